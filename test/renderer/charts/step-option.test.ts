import { expect, test } from 'vitest'
import { evenStep, stepOption, tellPoint, tellSteps } from '../../../renderer/charts/step-option.ts'

const palette = { text: 't', faint: 'f', line: 'l', border: 'b', surface: 's', series: 'c', font: 'x' }
const points = [
  { label: '2026-W01', value: 4 },
  { label: '2026-W02', value: null },
  { label: '2026-W03', value: 6 },
]
const show = (value: number) => `${value} h`

test('an unknown step is a gap, never zero', () => {
  const { series } = stepOption(points, show, palette) as {
    series: readonly { data: unknown; connectNulls: boolean }[]
  }
  expect(series[0]).toMatchObject({ data: [4, null, 6], connectNulls: false })
  expect(tellPoint(points[1], show)).toBe('2026-W02  unknown')
})

test('the picture in one sentence', () => {
  expect(tellSteps('Cycle time', points, show)).toBe(
    'Cycle time: 2 of 3 steps known, from 4 h in 2026-W01 to 6 h in 2026-W03.',
  )
  expect(tellSteps('Cycle time', [points[1]!], show)).toBe('Cycle time: no step is known.')
})

test('a given top is parted evenly by labels people can read', () => {
  const steps = [1, 2, 2.5, 5, 10, 25, 100, 250, 5000].map((most) => [most, evenStep(most)])
  expect(steps).toEqual([
    [1, 0.25],
    [2, 0.5],
    [2.5, 0.5],
    [5, 1],
    [10, 2.5],
    [25, 5],
    [100, 25],
    [250, 50],
    [5000, 1000],
  ])
})
