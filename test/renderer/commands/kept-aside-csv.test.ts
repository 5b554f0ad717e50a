import { expect, test } from 'vitest'
import { fileNameOf } from '../../../renderer/commands/file-names.ts'
import { keptAsideCsv } from '../../../renderer/commands/kept-aside-csv.ts'

function recordCell(text: string): string {
  const issue = { code: 'import/x', wanted: 'y', did: 'kept-aside' } as const
  const lines = keptAsideCsv([{ row: 1, line: 2, column: null, issue, text }])
  return /,"((?:[^"]|"")*)"\r\n$/.exec(lines)?.[1]?.replaceAll('""', '"') ?? ''
}

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' \u00a0=1', "' \u00a0=1"],
  ['\ufeff=1', "'\ufeff=1"],
  ['\u200b=1', "'\u200b=1"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['＝1', "'＝1"],
  ["'=1", "''=1"],
  ['a=1', 'a=1'],
  ['a "b", c', 'a "b", c'],
  ['', ''],
])('%j leaves as %j', (text, cell) => expect(recordCell(text)).toBe(cell))

test.each([
  ['Plan', 'Plan.csv'],
  ['../../etc/passwd', 'etc passwd.csv'],
  ['C:\\x', 'C x.csv'],
  ['con', 'Quarterdeck con.csv'],
  ['', 'Quarterdeck.csv'],
  ['…', 'Quarterdeck.csv'],
  ['Über 2026 – Q4', 'Über 2026 Q4.csv'],
  ['\u202eevil', 'evil.csv'],
])('%j becomes the file %j', (title, name) => expect(fileNameOf(title, 'csv')).toBe(name))

test('at most 120 bytes whatever the letters', () => {
  expect(new TextEncoder().encode(fileNameOf('界'.repeat(500), 'quarterdeck')).length).toBeLessThanOrEqual(120)
})
