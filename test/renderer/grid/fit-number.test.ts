import { expect, test } from 'vitest'
import { fitNumber } from '../../../renderer/grid/fit-number.ts'
import { cellOf } from '../../../renderer/grid/sheet.ts'

const cell = cellOf({ value: 20_719_000, text: '$20,719,000', shortText: '$20.7M' })

test.each([
  [120, '$20,719,000'],
  [80, '$20.7M'],
  [56, '#####'],
])('in %d pixels', (width, text) => {
  expect(fitNumber(cell, width)).toBe(text)
})

test('a mark takes its room', () => {
  expect(fitNumber({ ...cell, mark: 'range' }, 100)).toBe('$20.7M')
})

test('words are not numbers', () => {
  expect(fitNumber(cellOf({ text: 'included' }), 56)).toBe('included')
})
