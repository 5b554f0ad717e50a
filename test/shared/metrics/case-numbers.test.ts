import { expect, test } from 'vitest'
import { addDays, UTC } from '../../../shared/calendar/index.ts'
import { asOfFacts, METRICS } from '../../../shared/metrics/index.ts'
import { factsOf } from '../../support/build-facts.ts'
import { smallTeam } from '../../support/small-team.ts'

const settings = { zone: UTC, currency: 'USD', featureMarks: ['feat:'], productionEnvironments: [], fewestCases: 1 }

test('the numbers a metric has at hand are those of its cases', () => {
  const rows = smallTeam({ changes: 240 })
  // Every third landing takes lines out of what the one before it added.
  const fileChange = rows.landing.map(({ repository, sha }, i) => ({
    repository: repository!,
    sha: sha!,
    path: `src/file${Math.floor(i / 3)}.ts`,
    added: i % 3 === 2 ? 2 : 30,
    deleted: i % 3 === 2 ? 12 : 0,
  }))
  const facts = factsOf({ ...rows, fileChange })
  const asOf = asOfFacts(facts, UTC)!
  const context = { facts, settings, asOf }
  const period = { from: addDays(asOf, -69), to: addDays(asOf, -14) }
  const compared = METRICS.flatMap((metric) => {
    const numbers = metric.caseNumbers?.(context, period)
    if (!numbers) return []
    const { shape, cases } = metric.cases!(context, period)
    expect(numbers.shape, metric.id).toBe(shape)
    expect([...numbers.part], metric.id).toEqual(cases.map(({ part }) => part))
    expect([...numbers.whole], metric.id).toEqual(cases.map(({ whole }) => whole))
    return cases.length > 0 ? [metric.id] : []
  })
  expect(compared).toContain('rework-rate')
  expect(compared.length).toBeGreaterThan(12)
  // Somebody's lines went in the period beside those that were added.
  expect(
    [...METRICS.find(({ id }) => id === 'rework-rate')!.caseNumbers!(context, period).part].some((n) => n > 0),
  ).toBe(true)
})
