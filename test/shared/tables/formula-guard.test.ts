import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guardFormula, unguardFormula } from '../../../shared/tables/index.ts'

test.each([
  ['=1+1', "'=1+1"],
  [' @cmd', "' @cmd"],
  ['\tx', "'\tx"],
  ["'=x", "''=x"],
  ["'quoted'", "'quoted'"],
  ['Search', 'Search'],
  ['a=b', 'a=b'],
])('%j goes out as %j', (text, guarded) => {
  expect(guardFormula(text)).toBe(guarded)
})

test('comes back as it was, and nothing that goes out begins like a formula (seed 5)', () => {
  const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", ' ', '\t', '\n', 'a', '1', '\u0000', '＝') })
  fc.assert(
    fc.property(text, (typed) => {
      expect(unguardFormula(guardFormula(typed))).toBe(typed)
      expect(guardFormula(typed)).not.toMatch(/^[\s]*[=+\-@]/)
    }),
    { seed: 5, numRuns: 2_000 },
  )
})
