import { expect, test } from 'vitest'
import { parseTypedNumber } from '../../../renderer/grid/typed-number.ts'

test.each<[string, number]>([
  ['$1.2k', 1200],
  ['3M', 3e6],
  ['2bn', 2e9],
  ['12%', 0.12],
  ['33.3%', 0.333],
  ['25bps', 0.0025],
  ['(1,200)', -1200],
  ['-$5', -5],
  ['$-5', -5],
  ['1,234.50', 1234.5],
  ['1 234', 1234],
  ['1\u00a0234', 1234],
  ['.5', 0.5],
  ['1e3', 1000],
  ['\u22125', -5],
  ['0.1k', 100],
  ['1.1k', 1100],
  ['€2', 2],
  ['2 €', 2],
  ['+7', 7],
  ['(0)', 0],
])('%s is %d', (text, value) => {
  expect(parseTypedNumber(text)?.value).toBe(value)
})

test.each(['', 'abc', '1,2', '12 apples', '--5', '(-5)', '1.2.3', '$', '%', 'k', '2026-01-01', 'Q1 2026', '1,23,456'])(
  '“%s” is not one number',
  (text) => {
    expect(parseTypedNumber(text)).toBeNull()
  },
)
