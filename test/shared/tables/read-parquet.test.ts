import { describe, expect, test } from 'vitest'
import { tellIssue } from '../../../shared/issues/index.ts'
import { csvOfParquet, isParquet, LIMITS } from '../../../shared/tables/index.ts'
import { writeParquet } from '../../support/write-parquet.ts'

const file = writeParquet([
  { name: 'day', type: 'date', values: [20_454, null, 0] },
  { name: 'said, quoted', type: 'text', values: ['plain', 'a "b", c\nd', null] },
  { name: 'count', type: 'int64', values: [9_007_199_254_740_993n, 0, null] },
  { name: 'exact', type: 'decimal', scale: 9, values: ['-12345678901.000000001', '0.5', null] },
  { name: 'real', type: 'double', values: [0.1, -2, null] },
  { name: 'at', type: 'timestamp', values: [Date.UTC(2026, 0, 1, 12), null, 0] },
])

async function csvOf(bytes: Uint8Array): Promise<string> {
  const csv = await csvOfParquet(bytes)
  return csv.ok ? new TextDecoder().decode(csv.value) : csv.issues.map(tellIssue).join(' ')
}

test('rows come out as text, every digit kept', async () => {
  expect(isParquet(file)).toBe(true)
  expect(await csvOf(file)).toBe(
    [
      'day,"said, quoted",count,exact,real,at',
      '2026-01-01,plain,9007199254740993,-12345678901.000000001,0.1,2026-01-01T12:00:00.000Z',
      ',"a ""b"", c\nd",0,0.500000000,-2,',
      '1970-01-01,,,,,1970-01-01T00:00:00.000Z',
      '',
    ].join('\n'),
  )
})

describe('what is no whole file of ours to read', () => {
  test('text and cut files are no Parquet', () => {
    expect(isParquet(new TextEncoder().encode('PAR1 is what it says, and no more'))).toBe(false)
    expect(isParquet(file.subarray(0, file.length - 1))).toBe(false)
    expect(isParquet(new TextEncoder().encode('PAR1PAR1'))).toBe(false)
  })

  test('any byte damaged: rows or a sentence, never a crash', async () => {
    for (let at = 4; at < file.length - 4; at += 3) {
      const hurt = file.slice()
      hurt[at]! ^= 0xff
      const csv = await csvOfParquet(hurt)
      if (!csv.ok) expect(csv.issues[0]!.code).toMatch(/^tables\/parquet-/)
    }
  })

  test('the limit of rows, on both sides', async () => {
    const column = { name: 'n', type: 'int32', values: [1] } as const
    expect(await csvOf(writeParquet([column], LIMITS.parquetRows + 1))).toMatch(/5000001 rows.*at most 5000000 rows/)
    expect(await csvOf(writeParquet([column], LIMITS.parquetRows))).not.toMatch(/at most 5000000 rows/)
  })

  test('a bomb: the limit of unpacked bytes, on both sides', async () => {
    const column = { name: 'n', type: 'int32', values: [1] } as const
    expect(await csvOf(writeParquet([column], 1, LIMITS.parquetBytes + 1))).toMatch(
      /at most 5000000 rows and 1073741824/,
    )
    expect(await csvOf(writeParquet([column], 1, LIMITS.parquetBytes))).toBe('n\n1\n')
  })
})
