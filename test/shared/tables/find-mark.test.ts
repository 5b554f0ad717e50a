import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markFinder } from '../../../shared/tables/find-mark.ts'
import { RecordSplitter, type SplitRecord } from '../../../shared/tables/split-records.ts'

const MARKS = [',', ';', '\t', '|', '"', '\n', '\r', '.', '^', '\\', ']', '$', ' ']

test('finds what indexOf finds, whatever the letter means in an expression', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MARKS),
      fc.string({ unit: fc.constantFrom('a', 'é', '😀', ...MARKS), maxLength: 30 }),
      fc.nat(31),
      (mark, text, from) => {
        expect(markFinder(mark)(text, from)).toBe(text.indexOf(mark, from) < from ? -1 : text.indexOf(mark, from))
      },
    ),
    { seed: 1, numRuns: 500 },
  )
})

test('what is known of one piece is not taken for another, equal or shorter', () => {
  const splitter = new RecordSplitter(',', 'lf', 1000)
  const records: SplitRecord[] = []
  for (const piece of ['ab,c\nd', 'ab,c\nd', 'x\n', 'x\n', 'plain']) splitter.push(piece, records)
  splitter.finish(records)
  expect(records.map(({ text }) => text)).toEqual(['ab,c', 'dab,c', 'dx', 'x', 'plain'])
  const again: SplitRecord[] = []
  const [piece, one] = ['a,b\n"c",d\ne\n', new RecordSplitter(',', 'lf', 1000)]
  const readAll = () => {
    for (let at = 0; at < piece.length;) at = one.takeOne(piece, at, again)
  }
  readAll()
  readAll()
  expect(again.map(({ text }) => text)).toEqual(['a,b', '"c",d', 'e', 'a,b', '"c",d', 'e'])
})
