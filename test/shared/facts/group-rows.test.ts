import { expect, test } from 'vitest'
import { groupRows } from '../../../shared/facts/index.ts'

test('rows of a group stand together in their order; those of none are left out', () => {
  const { starts, rows } = groupRows(Int32Array.of(2, 0, -1, 2, 0, 2), 4)
  expect([...starts]).toEqual([0, 2, 2, 5, 5])
  expect([...rows]).toEqual([1, 4, 0, 3, 5])
})
