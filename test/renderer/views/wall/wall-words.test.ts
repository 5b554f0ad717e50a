import { describe, expect, it } from 'vitest'
import type { PaidOutput, MetricValue, WallNumber } from '../../../../shared/metrics/index.ts'
import type { WeekKey } from '../../../../shared/calendar/index.ts'
import { tellChange, tellCoverage, tellDifference } from '../../../../renderer/measured/metric-words.ts'
import {
  remedyPlace,
  tellIllusion,
  tellQuarter,
  tellSparkline,
  unknownReasons,
} from '../../../../renderer/views/wall/wall-words.ts'

const known = (value: number): MetricValue => ({
  known: true,
  value,
  n: 10,
  quality: 'exact',
  coverage: 1,
  excluded: {},
})
const unknown = (wanted: string): MetricValue => ({
  known: false,
  why: { code: 'metrics/needs-reviews', wanted, did: 'noted', can: 'Import reviews.' },
})

describe('tellChange', () => {
  const check = (from: number, to: number, unit: WallNumber['unit'], better: WallNumber['better'], expected: unknown) =>
    expect(tellChange({ before: known(from), current: known(to), unit, better }), `${from} to ${to}`).toEqual(expected)

  it('judges by what is better, not by up and down', () => {
    check(0.2, 0.18, 'share', 'lower', { kind: 'favourable', direction: 'down', size: '−2.0 points' })
    check(0.2, 0.22, 'share', 'lower', { kind: 'unfavourable', direction: 'up', size: '+2.0 points' })
    check(0.2, 0.22, 'share', 'higher', { kind: 'favourable', direction: 'up', size: '+2.0 points' })
    check(100, 80, '$', 'lower', { kind: 'favourable', direction: 'down', size: '−20%' })
    check(28.4, 25.9, 'h', 'lower', { kind: 'favourable', direction: 'down', size: '−8.8%' })
  })

  it('calls a change within 2% of the former value steady', () => {
    check(100, 101.9, '$', 'lower', { kind: 'steady', direction: 'level', size: '+1.9%' })
    check(100, 102.1, '$', 'lower', { kind: 'unfavourable', direction: 'up', size: '+2.1%' })
    check(0, 0, 'h', 'lower', { kind: 'steady', direction: 'level', size: '±0 h' })
  })

  it('is unknown where either side is', () => {
    expect(tellChange({ before: unknown('x'), current: known(1), unit: 'h', better: 'lower' })).toEqual({
      kind: 'unknown',
    })
    expect(tellChange({ before: known(1), current: unknown('x'), unit: 'h', better: 'lower' })).toEqual({
      kind: 'unknown',
    })
  })
})

it('never rounds coverage up to a whole', () => {
  expect(tellCoverage(1)).toBe('100% covered')
  expect(tellCoverage(0.999)).toBe('99% covered')
  expect(tellCoverage(0.93)).toBe('93% covered')
  expect(tellCoverage(0)).toBe('0% covered')
})

const number = (values: readonly MetricValue[]): WallNumber => ({
  metricId: 'cycle-time',
  name: 'Cycle time',
  unit: 'h',
  better: 'lower',
  definition: '',
  weeks: values.map((value, index) => ({ week: `2026-W${40 + index}` as WeekKey, value })),
  current: known(1),
  before: known(1),
})

it('tells a line in words', () => {
  expect(tellSparkline(number([unknown('x'), known(30), known(24)]), 'USD', null)).toBe(
    'Cycle time: 2 of 3 weeks known, from 30 h in 2026-W41 to 24 h in 2026-W42.',
  )
  expect(tellSparkline(number([unknown('x')]), 'USD', null)).toBe('Cycle time: no week is known.')
})

it('gathers the reasons why weeks are unknown', () => {
  const values = [unknown('reviews'), known(1), unknown('reviews'), unknown('usage')]
  expect(unknownReasons([number(values)], (why) => why.wanted)).toEqual([
    { name: 'Cycle time', reason: 'reviews', weeks: 2 },
    { name: 'Cycle time', reason: 'usage', weeks: 1 },
  ])
})

it('says where it is cured', () => {
  expect(remedyPlace({ code: 'metrics/needs-usage', wanted: '', did: 'noted' })).toBe('data')
  expect(remedyPlace({ code: 'metrics/no-features', wanted: '', did: 'noted' })).toBe('settings')
})

describe('noise and illusion', () => {
  const interval = { change: 3, low: -1, high: 7, isNoise: true }

  it('calls noise noise, whatever its size', () => {
    const number = { before: known(10), current: known(13), unit: 'h', better: 'lower' } as const
    expect(tellChange({ ...number, interval })).toEqual({ kind: 'within noise', direction: 'up', size: '+30%' })
    expect(tellChange({ ...number, interval: { ...interval, low: 1, isNoise: false } }).kind).toBe('unfavourable')
  })

  const rises = [
    { metricId: 'rework-rate', name: 'Rework rate', unit: 'share', before: 0.1, now: 0.15, share: 0.5 },
    { metricId: 'review-latency', name: 'Review latency', unit: 'h', before: 4, now: 8, share: 1 },
  ] as const

  it('tells differences in the unit, with no more digits than it has', () => {
    expect(tellDifference(0.021, 'share', 'USD')).toBe('+2.1 points')
    expect(tellDifference(-0.6661, 'h', 'USD')).toBe('−0.7 h')
    expect(tellDifference(0.4933, '$', 'USD')).toBe('+$0.49')
  })

  it('says what the gain is paid with', () => {
    expect(tellIllusion({ days: 28, output: { now: 50, before: 40 }, rises }, 'USD')).toBe(
      '50 changes merged in 28 days, +25% on the 28 before, but rework rate went from 10.0% to 15.0% (+50%) and review latency went from 4 h to 8 h (+100%): what comes out is paid with more than it grew.',
    )
  })

  it('holds the gain against a quarter, and says when it cannot', () => {
    const quarter = (now: number, own: PaidOutput['rises'] = rises) => ({
      reachDays: 200,
      quarter: { days: 91, output: { now, before: 100 }, rises: own },
    })
    expect(tellQuarter({ quarter: null, reachDays: 75 })).toContain('reach back 75 days; from 182 on')
    expect(tellQuarter(quarter(98))).toBe(
      'Over 91 days 98 changes merged, −2% on the 91 before: the gain did not last.',
    )
    expect(tellQuarter(quarter(120))).toContain('with rework rate +50% and review latency +100%: it lasts.')
    expect(tellQuarter(quarter(120, []))).toContain('it is new, watch it')
  })
})
