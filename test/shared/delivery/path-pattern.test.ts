import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { expressionOf, pathPattern, walkOf } from '../../../shared/delivery/path-pattern.ts'
import { textFits } from '../../../shared/delivery/text-fits.ts'

const letters = (of: string, maxLength: number) =>
  fc.array(fc.constantFrom(...of), { maxLength }).map((own) => own.join(''))

test('law: going through a path once says what trying all ways says (seed 33)', () => {
  const pieces = fc.array(fc.constantFrom('/**/', '**/', '/**', '*', '**', '?', 'a', 'b', '/', '.', 'ab/'), {
    maxLength: 7,
  })
  fc.assert(
    fc.property(pieces, fc.constantFrom('below', 'inside', 'nothing'), letters('aab//.', 12), (own, end, path) => {
      expect(walkOf(own, end).test(path)).toBe(expressionOf(own, end).test(path))
    }),
    { seed: 33, numRuns: 20_000 },
  )
})

test('law: a rule fits as its pieces do in order (seed 34)', () => {
  fc.assert(
    fc.property(letters('ab**', 6), letters('abab', 8), (rule, text) => {
      const trying = new RegExp(`^${rule.split('*').join('.*')}$`)
      expect(textFits(rule)(text)).toBe(rule !== '' && trying.test(text))
    }),
    { seed: 34, numRuns: 5000 },
  )
})

test.each([
  ['a star after every letter', `${'*a'.repeat(30)}*b`, 'a'.repeat(4000)],
  ['folders after every letter', `/${'**/a/'.repeat(30)}b`, 'a/'.repeat(2000)],
])('%s takes no time: owners of files are read from files', (_name, pattern, path) => {
  const start = performance.now()
  expect(pathPattern(pattern).test(path)).toBe(false)
  expect(textFits(pattern)(path)).toBe(false)
  expect(performance.now() - start).toBeLessThan(1000)
})
