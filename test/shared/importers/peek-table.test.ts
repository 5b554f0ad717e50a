import { expect, test } from 'vitest'
import { mappingFor, peekTable } from '../../../shared/importers/index.ts'
import { bytesOf } from '../../support/stage.ts'

test('a table shows its column names and first records, however it is separated', () => {
  const rows = Array.from({ length: 9 }, (_, i) => `2026-01-0${i + 1};"a;b";${i}`).join('\n')
  expect(peekTable(bytesOf(`Tag;Was;Tok\n${rows}\n`))).toEqual({
    header: ['Tag', 'Was', 'Tok'],
    rows: [0, 1, 2, 3, 4].map((i) => [`2026-01-0${i + 1}`, 'a;b', String(i)]),
  })
})

test('a header further down is found where it was said to be', () => {
  const text = 'Report of May\n\nday,spent,who\n2026-05-01,3,ada\n2026-05-02,4,bo\n'
  expect(peekTable(bytesOf(text), { headerLine: 3 })).toEqual({
    header: ['day', 'spent', 'who'],
    rows: [
      ['2026-05-01', '3', 'ada'],
      ['2026-05-02', '4', 'bo'],
    ],
  })
})

test('what is no table shows none', () => {
  expect(peekTable(bytesOf('{"a": 1}'))).toBeNull()
  expect(peekTable(bytesOf(''))).toBeNull()
  expect(peekTable(bytesOf('just a line\nand another\n'))).toBeNull()
})

test('a mapping is taken again for the same names in the same order only', () => {
  const mapping = { id: 'm', header: ['a', 'b'], choices: { mapping: { day: 'a' } }, fileName: 'x.csv' }
  expect(mappingFor(['a', 'b'], [mapping])).toBe(mapping)
  for (const header of [['b', 'a'], ['a'], ['a', 'b', 'c'], ['A', 'b']])
    expect(mappingFor(header, [mapping])).toBeNull()
})
