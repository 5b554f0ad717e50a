import { expect, test } from 'vitest'
import { fanOption, tellSpread } from '../../../renderer/charts/fan-option.ts'

const PALETTE = {
  text: '#111',
  faint: '#666',
  line: '#eee',
  border: '#999',
  surface: '#fff',
  series: '#15d',
  font: 'Inter',
}
const spread = (p10: number, p50: number, p90: number) => ({ p10, p50, p90, mean: p50, sd: 1, undefined: 0 })
const DATA = {
  labels: ['Nov', 'Dec'],
  spreads: [spread(-30, -10, 5), spread(-50, 0, 60)],
  show: (value: number) => `$${value}`,
}

test('the band spans P10 to P90, also across zero', () => {
  const { series } = fanOption(DATA, PALETTE) as { series: { name: string; data: number[]; stackStrategy?: string }[] }
  expect(series.find(({ name }) => name === 'from')).toMatchObject({ data: [-30, -50], stackStrategy: 'all' })
  expect(series.find(({ name }) => name === 'to')?.data).toEqual([35, 110])
  expect(series.find(({ name }) => name === 'P50')?.data).toEqual([-10, 0])
})

test('nothing in it makes HTML: tooltips are drawn on the canvas', () => {
  expect(fanOption(DATA, PALETTE)['tooltip']).toMatchObject({ renderMode: 'richText' })
})

test('a month is told with its three values', () => {
  expect(tellSpread('Nov', DATA.spreads[0], DATA.show)).toBe('Nov\nP90  $5\nP50  $-10\nP10  $-30')
})
