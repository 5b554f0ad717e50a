import { expect, test } from 'vitest'
import { layWaterfall, placeInWaterfall } from '../../../renderer/charts/waterfall.ts'

test('parts are laid end to end and a part not known moves nothing', () => {
  expect(layWaterfall([3, -1, null])).toEqual({
    steps: [
      { from: 0, to: 3 },
      { from: 3, to: 2 },
      { from: 2, to: 2 },
    ],
    low: 0,
    high: 3,
  })
  expect(layWaterfall([-2, 1])).toMatchObject({ low: -2, high: 0 })
  expect(layWaterfall([])).toEqual({ steps: [], low: 0, high: 0 })
})

test('the lowest and the highest sum lie inside the edges; one point lies in the middle', () => {
  const waterfall = layWaterfall([-2, 6])
  expect([-2, 1, 4].map((sum) => placeInWaterfall(waterfall, sum))).toEqual([3, 50, 97])
  expect(placeInWaterfall(layWaterfall([0, 0]), 0)).toBe(50)
})
