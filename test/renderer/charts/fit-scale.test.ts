import { describe, expect, test } from 'vitest'
import { fitScale, quantileRows } from '../../../renderer/charts/fit-scale.ts'

describe('fitScale', () => {
  test('is one line for both, by powers of ten from ten times on', () => {
    const plain = fitScale([
      [2, 1],
      [4, 5],
    ])!
    expect([plain.low, plain.high, plain.isLog, plain.place(3)]).toEqual([1, 5, false, 0.5])
    const log = fitScale([
      [1, 2],
      [50, 100],
    ])!
    expect(log.isLog).toBe(true)
    expect(log.place(10)).toBeCloseTo(0.5, 12)
  })

  test('knows nothing without values, and puts equal ones in the middle', () => {
    expect(fitScale([])).toBeNull()
    expect(fitScale([[3, 3]])!.place(3)).toBe(0.5)
  })
})

test('a short table keeps the share each pair stands for', () => {
  const pairs = Array.from({ length: 90 }, (_, k) => [k, 2 * k] as const)
  const rows = quantileRows(pairs)
  expect(rows).toHaveLength(9)
  expect(rows[4]).toEqual({ share: 45.5 / 90, observed: 45, fitted: 90 })
  expect(quantileRows(pairs.slice(0, 2)).map(({ share }) => share)).toEqual([0.25, 0.75])
})
