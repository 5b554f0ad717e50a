import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import { FACT_KINDS, FACT_TABLES, type FactKind } from '../../../shared/facts/index.ts'
import { asOfFacts, measureWall, type MetricContext, METRICS } from '../../../shared/metrics/index.ts'
import { type FactRows, factsOf, onDay } from '../../support/build-facts.ts'
import { smallTeam } from '../../support/small-team.ts'

const march = { from: onDay('2026-03-02'), to: onDay('2026-03-29') }
const team = smallTeam({ changes: 200 })

function contextOf(rows: FactRows): MetricContext {
  const facts = factsOf(rows)
  const settings = { zone: UTC, currency: 'USD', featureMarks: ['feat:'], productionEnvironments: [], fewestCases: 1 }
  return { facts, settings, asOf: asOfFacts(facts) ?? onDay('2026-05-04') }
}

/** Without these the records of the made-up team are one: their key. */
const KEYS = new Set(['incident.incidentId', 'deployment.deploymentId', 'landing.sha', 'pullRequest.number'])
const columns = FACT_KINDS.flatMap((kind) =>
  Object.keys(FACT_TABLES[kind]).map((column) => [kind, column] as const),
).filter(([kind, column]) => !KEYS.has(`${kind}.${column}`))

/** The team with some columns unknown everywhere. */
function blanked(unknown: readonly (readonly [FactKind, string])[]): FactRows {
  return Object.fromEntries(
    Object.entries(team).map(([kind, rows]) => [
      kind,
      rows.map((row) => ({
        ...row,
        ...Object.fromEntries(unknown.filter(([of]) => of === kind).map(([, column]) => [column, null])),
      })),
    ]),
  )
}

const whole = new Map(METRICS.map((metric) => [metric.id, metric.measure(contextOf(team), march)]))

test('law: unknown columns make numbers unknown or say they stand in, never zero and never NaN (seed 622)', () => {
  fc.assert(
    fc.property(fc.subarray(columns, { minLength: 1, maxLength: 4 }), (unknown) => {
      const context = contextOf(blanked(unknown))
      for (const metric of METRICS) {
        const [before, after] = [whole.get(metric.id)!, metric.measure(context, march)]
        if (!after.known) {
          expect(after.why.can, metric.id).toBeTruthy()
          continue
        }
        expect(Number.isFinite(after.value), metric.id).toBe(true)
        expect(after.n, metric.id).toBeGreaterThan(0)
        expect(after.coverage, metric.id).toBeGreaterThanOrEqual(0)
        expect(after.coverage, metric.id).toBeLessThanOrEqual(1)
        if (before.known && before.value !== 0 && after.value === 0)
          expect.fail(`${metric.id} became zero without ${unknown.map((own) => own.join('.')).join(', ')}`)
      }
    }),
    { seed: 622, numRuns: 25 },
  )
}, 60_000)

test('every single column unknown, every metric: none becomes zero', () => {
  const zeros: string[] = []
  for (const [kind, column] of columns) {
    if (!(kind in team)) continue
    const context = contextOf(blanked([[kind, column]]))
    for (const metric of METRICS) {
      const [before, after] = [whole.get(metric.id)!, metric.measure(context, march)]
      if (before.known && before.value !== 0 && after.known && after.value === 0)
        zeros.push(`${metric.id} without ${kind}.${column}`)
    }
  }
  expect(zeros).toEqual([])
}, 60_000)

test('nothing imported: the Wall has five unknown numbers, each with what would make it known', () => {
  const { numbers } = measureWall({ ...contextOf({}), asOf: null })
  expect(numbers.every(({ current }) => !current.known && current.why.can)).toBe(true)
})
