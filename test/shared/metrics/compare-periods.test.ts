import { expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import { asOfFacts, comparePeriods, metricById, METRICS, type MetricContext } from '../../../shared/metrics/index.ts'
import { factsOf, onDay } from '../../support/build-facts.ts'
import { smallTeam } from '../../support/small-team.ts'

const facts = factsOf(smallTeam())
const settings = { zone: UTC, currency: 'USD', featureMarks: ['feat:'], productionEnvironments: [] }
const context: MetricContext = { facts, settings, asOf: asOfFacts(facts)! }
const march = { from: onDay('2026-03-02'), to: onDay('2026-03-29') }
const week = { from: onDay('2026-02-16'), to: onDay('2026-02-22') }

test('every metric stands in both periods as it does alone, with the interval of the difference', () => {
  const numbers = comparePeriods(context, march, week)
  expect(numbers.map(({ metricId }) => metricId)).toEqual(METRICS.map(({ id }) => id))
  for (const { metricId, current, before, interval } of numbers) {
    const metric = metricById(metricId)!
    expect(current).toEqual(metric.measure(context, march))
    expect(before).toEqual(metric.measure(context, week))
    if (interval) {
      if (!current.known || !before.known) throw new Error('an interval of something unknown')
      expect(interval.change).toBeCloseTo(current.value - before.value, 12)
      expect(interval.low).toBeLessThanOrEqual(interval.high)
    }
  }
  expect(numbers.filter(({ interval }) => interval).length).toBeGreaterThan(3)
})

test('a period without data is unknown, not zero', () => {
  const early = { from: onDay('2020-01-06'), to: onDay('2020-02-02') }
  expect(
    comparePeriods(context, march, early).every(({ before, interval }) => !before.known && interval === null),
  ).toBe(true)
})
