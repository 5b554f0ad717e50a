import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { MARKER, metricReference } from '../../../build/make-metric-docs.mjs'
import { METRIC_GROUPS, METRICS, priorOf, PRIORS, priorValue } from '../../../shared/metrics/index.ts'

const PAGE = readFileSync(path.join(import.meta.dirname, '../../../docs/metrics.md'), 'utf8')

test('the page is that of the metrics themselves (npm run docs:metrics writes it)', () => {
  expect(PAGE.split(MARKER)[1]!.trim()).toBe(metricReference(METRIC_GROUPS, PRIORS).trim())
})

test.each(METRICS.map((metric) => [metric.id, metric] as const))(
  '%s says what it is, where from, and how sure',
  (_, metric) => {
    for (const text of [metric.definition, metric.formula, metric.source, metric.quality])
      expect(text.length).toBeGreaterThan(4)
    expect(metric.definition).toMatch(/\.$|; 1 = none\.$/)
    expect(METRIC_GROUPS.filter(({ metrics }) => metrics.includes(metric))).toHaveLength(1)
  },
)

describe('published numbers', () => {
  test.each(PRIORS.map(({ metricId }) => [metricId]))(
    '%s is marked as a prior and covers nothing of one’s own',
    (id) => {
      expect(METRICS.some((metric) => metric.id === id)).toBe(true)
      const { low, high } = priorOf(id)!
      expect(priorValue(id)).toMatchObject({ known: true, quality: 'prior', n: 0, coverage: 0, interval: [low, high] })
      const value = priorValue(id)!
      expect(value.known && value.value >= low && value.value <= high).toBe(true)
    },
  )

  test('what nobody published has none', () => expect(priorValue('merge-frequency')).toBeNull())
})
