import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberedPairs } from '../../../shared/facts/index.ts'

test('law: pairs are numbered as they come, like the keys of a map (seed 11)', () => {
  const half = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }))
  fc.assert(
    fc.property(fc.array(fc.tuple(half, half), { maxLength: 600 }), (all) => {
      const [pairs, known] = [new NumberedPairs(), new Map<string, number>()]
      for (const [first, second] of all) {
        const key = `${first} ${second}`
        expect(pairs.find(first, second)).toBe(known.get(key) ?? -1)
        if (!known.has(key)) known.set(key, known.size)
        expect(pairs.numberOf(first, second)).toBe(known.get(key))
      }
      expect(pairs.count).toBe(known.size)
      for (const [key, number] of known) {
        const [first, second] = key.split(' ').map(Number)
        expect(pairs.find(first!, second!)).toBe(number)
      }
    }),
    { seed: 11, numRuns: 60 },
  )
})
