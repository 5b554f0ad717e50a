import { expect, test } from 'vitest'
import { parseFormula } from '../../../shared/formula/index.ts'
import { readEntry } from '../../../renderer/views/plan/read-entry.ts'

test.each([
  ['1.2k', '1.2k'],
  ['3M', '3M'],
  ['12%', '12%'],
  ['$4.50', '4.5'],
  ['$1,234.50', '1234.5'],
  ['(1,200)', '-1200'],
  ['.5', '0.5'],
  ['1e9', '1000000000'],
  ['$1.2k', '1200'],
  ['(5%)', '-5%'],
  ['0.000001', '0.000001'],
])('%s is the amount %s', (typed, text) => {
  expect(readEntry(typed)).toEqual({ kind: 'amount', text })
  expect(parseFormula(text).errors).toEqual([])
})

test.each([
  ['10k to 20k', '10k to 20k'],
  ['$10,000 to $20,000', '10000 to 20000'],
  ['12M to 70M at 90%', '12M to 70M at 90%'],
  ['65% TO 80%', '65% to 80%'],
  ['180 of 250', '180 of 250'],
])('%s is the range %s', (typed, text) => {
  expect(readEntry(typed)).toEqual({ kind: 'range', text })
  expect(parseFormula(text).errors).toEqual([])
})

test('a formula starts with an equals sign', () => {
  expect(readEntry('= Seats * 40 ')).toEqual({ kind: 'formula', formula: 'Seats * 40' })
})

test('nothing is nothing', () => {
  expect(readEntry('  ')).toEqual({ kind: 'nothing' })
})

test.each(['abc', '1,2', '10k to', 'to 5', 'a to b', '--5'])('%s is refused with what is wanted', (typed) => {
  const entry = readEntry(typed)
  expect(entry.kind).toBe('unreadable')
  expect(entry.kind === 'unreadable' && entry.why).toContain(`“${typed}”`)
})
