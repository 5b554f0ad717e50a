import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatHtmlTable } from '../../../renderer/grid/html-table.ts'
import { formatTsv, parseTsv } from '../../../renderer/grid/tsv.ts'

test.each<[string, string, string[][]]>([
  [
    'Windows line ends',
    'a\tb\r\nc\td\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'quoted line end and doubled quotes',
    '"two\nlines"\tx\n"say ""hi"""\t\n',
    [
      ['two\nlines', 'x'],
      ['say "hi"', ''],
    ],
  ],
  ['a quote that closes nothing is text', '5" pipe\t"unclosed', [['5" pipe', '"unclosed']]],
  ['a quote with text behind it is text', '"a"b\tc', [['"a"b', 'c']]],
  ['an empty line is a row', 'a\n\nb', [['a'], [''], ['b']]],
  [
    'short lines are filled',
    'a\tb\nc',
    [
      ['a', 'b'],
      ['c', ''],
    ],
  ],
  ['nothing', '', []],
  ['a quoted tab', '"tab\there"', [['tab\there']]],
])('%s', (_, text, block) => {
  expect(parseTsv(text)).toEqual(block)
})

test('law: any rectangle written out and read again is the same (seed 11)', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', ' ', '=', 'é', ','), maxLength: 6 })
  const block = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }))
  fc.assert(
    fc.property(block, (rows) => {
      const last = rows[rows.length - 1]!
      // One empty last cell reads like the line end every spreadsheet writes behind the last row.
      fc.pre(last.length > 1 || last[0] !== '')
      expect(parseTsv(formatTsv(rows))).toEqual(rows)
    }),
    { seed: 11, numRuns: 500 },
  )
})

test('the table for other programs cannot carry markup', () => {
  expect(formatHtmlTable([['<b>&"', 'x\ny']])).toBe(
    '<meta charset="utf-8"><table><tr><td>&lt;b&gt;&amp;&quot;</td><td>x<br>y</td></tr></table>',
  )
})
