import { expect, test } from 'vitest'
import { driverScale } from '../../../renderer/charts/driver-scale.ts'

const swing = (low: number, high: number) => ({ name: 'x', share: 0.5, sign: 1 as const, low, high })

test('the widest swing fills the scale and the middle stands inside it', () => {
  const scale = driverScale([swing(-100, 300), swing(50, 0)], 20)
  expect([scale.place(-100), scale.place(20), scale.place(300)]).toEqual([0, 0.3, 1])
})

test('a result that never moves stands in the centre', () => {
  expect(driverScale([swing(5, 5)], 5).place(5)).toBe(0.5)
})
