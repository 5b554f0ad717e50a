import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatHtmlTable, parseHtmlTable } from '../../../renderer/grid/html-table.ts'

const EXCEL = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {mso-number-format:General;}</style></head>
<body><table border=0 cellpadding=0><!--StartFragment-->
 <col width=64 span=2><tr height=20><td class=xl65 align=right>$1,200 </td><td>two<br>
  lines</td></tr>
 <tr><td>A&amp;B</td><td align=right>12%</td></tr><!--EndFragment--></table></body></html>`
const SHEETS = `<google-sheets-html-origin><style type="text/css"><!--td {border: 1px}--></style><table xmlns="http://www.w3.org/1999/xhtml">
<colgroup><col width="100"/></colgroup><tbody><tr style="height:21px;"><td data-sheets-value="{&quot;3&quot;:1200}">$1,200</td><td>two<br/>lines</td></tr>
<tr><td>A&amp;B</td><td data-sheets-numberformat="x">12%</td></tr></tbody></table>`
const LIBREOFFICE = `<!DOCTYPE html><html><body><table cellspacing="0" border="0"><colgroup width="85"></colgroup>
<tr><td height="17" align="right" sdval="1200" sdnum="1033;">$1,200</td><td align="left">two<br>lines</td></tr>
<tr><td height="17" align="left">A&amp;B</td><td align="right" sdval="0.12">12%</td></tr></table></body></html>`

test.each([
  ['Excel', EXCEL],
  ['Sheets', SHEETS],
  ['LibreOffice', LIBREOFFICE],
])('a table as %s puts it on the clipboard', (_, html) => {
  expect(parseHtmlTable(html)).toEqual([
    ['$1,200', 'two\nlines'],
    ['A&B', '12%'],
  ])
})

test('spans make no table larger than the memory', () => {
  const cell = '<td colspan=1000 rowspan=1000>x'
  const rows = parseHtmlTable(`<table><tr>${cell.repeat(100)}</table>`)
  expect([rows.length, rows[0]!.length, rows[0]!.filter((text) => text === 'x').length]).toEqual([1000, 1099, 100])
})

test('cells over several columns and rows, ends left out, and no table', () => {
  const merged = '<table><tr><td colspan=2>a<td rowspan="2">b<tr><td>c<td>&#100;&#x65;&nbsp;f</table>'
  expect(parseHtmlTable(merged)).toEqual([
    ['a', '', 'b'],
    ['c', 'de f', ''],
  ])
  expect(parseHtmlTable('<p>none</p>')).toEqual([])
})

test('what we write, we read (seed 5)', () => {
  const cell = fc
    .stringMatching(/^[a-z0-9<>&"'$,.\n]{0,8}$/)
    .filter((text) => text === text.trim() && !/^['=+\-@]/.test(text))
  const rows = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([height, width]) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
    )
  fc.assert(
    fc.property(rows, (block) => {
      expect(parseHtmlTable(formatHtmlTable(block))).toEqual(block)
    }),
    { seed: 5, numRuns: 200 },
  )
})
