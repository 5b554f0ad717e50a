import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { GrowingNumbers, NumberedPairs, NumberedTexts, TableReader } from '../../../shared/facts/index.ts'
import { factsOf } from '../../support/build-facts.ts'

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

test('columns of one list of texts share its numbers', () => {
  const facts = factsOf({
    fileChange: [
      { repository: 'a', sha: '1', path: 'x.ts', fromPath: null, added: 1, deleted: null },
      { repository: 'a', sha: '1', path: 'y.ts', fromPath: 'x.ts', added: null, deleted: 3 },
    ],
  })
  const [reader, texts] = [new TableReader(facts.fileChange), new NumberedTexts()]
  expect([...reader.numbersOfTexts('path', texts)]).toEqual([0, 1])
  expect([...reader.numbersOfTexts('fromPath', texts)]).toEqual([-1, 0])
  expect(texts.texts).toEqual(['x.ts', 'y.ts'])
  expect([...reader.numbers('deleted')]).toEqual([NaN, 3])
  expect([0, 1].map(reader.texts('fromPath'))).toEqual([null, 'x.ts'])
  expect([0, 1].map(reader.answers('path', (path) => path.length))).toEqual([4, 4])
})

test('a growing list keeps what was pushed, however much', () => {
  const [list, plain] = [new GrowingNumbers(), [] as number[]]
  expect([...list.values]).toEqual([])
  for (let i = 0; i < 5000; i++) {
    list.push(i * 7 - 3)
    plain.push(i * 7 - 3)
  }
  expect([...list.values]).toEqual(plain)
  expect(list.length).toBe(5000)
})
