import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import {
  asOfFacts,
  explainMetric,
  measureBy,
  measureGroups,
  type MetricContext,
  METRICS,
  type MetricSettings,
} from '../../../shared/metrics/index.ts'
import { groupCases, peopleBehind } from '../../../shared/metrics/groups.ts'
import { factsOf, onDay } from '../../support/build-facts.ts'
import { smallTeam } from '../../support/small-team.ts'

const march = { from: onDay('2026-03-02'), to: onDay('2026-03-29') }
const february = { from: onDay('2026-02-02'), to: onDay('2026-03-01') }
const DIMENSIONS = ['team', 'author-group'] as const
const accounts = Array.from({ length: 12 }, (_, i) => `dev${i}`)

/** Twelve people in teams of the sizes given, one after the other; who is left over is in none. */
function teamsOf(sizes: readonly number[]): NonNullable<MetricSettings['people']> {
  let next = 0
  return sizes.map((size, i) => ({
    accounts: accounts.slice(next, (next += size)),
    teams: [{ team: `team ${i}`, from: null }],
  }))
}

/** Merges by `who(i)` instead of by turns. */
function contextOf(sizes: readonly number[], who: (change: number) => number): MetricContext {
  const team = smallTeam({ changes: 180 })
  const facts = factsOf({
    ...team,
    landing: team.landing.map((row, i) => ({ ...row, authorEmail: accounts[who(i)]! })),
    pullRequest: team.pullRequest.map((row, i) => ({ ...row, author: accounts[who(i)]! })),
  })
  const settings = {
    zone: UTC,
    currency: 'USD',
    featureMarks: ['feat:'],
    productionEnvironments: [],
    fewestCases: 1,
    people: teamsOf(sizes),
  }
  return { facts, settings, asOf: asOfFacts(facts)! }
}

const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })
const authors = fc.array(fc.nat(11), { minLength: 3, maxLength: 40 })

test('law: no side of a split has a group of one to four people, whoever is in which team (seed 623)', () => {
  fc.assert(
    fc.property(sizes, authors, (own, by) => {
      const context = contextOf(own, (i) => by[i % by.length]!)
      for (const metric of METRICS.filter(({ id }) => id === 'cycle-time' || id === 'merge-frequency')) {
        const sides = [march, february].map((period) => metric.cases!(context, period).cases)
        for (const dimension of DIMENSIONS)
          for (const groups of groupCases(context, sides, dimension) ?? [])
            for (const cases of groups.values()) expect([1, 2, 3, 4]).not.toContain(peopleBehind(cases).size)
      }
    }),
    { seed: 623, numRuns: 30 },
  )
}, 30_000)

test('three people now and three others before are no group of six', () => {
  const context = contextOf([], (i) => (i < 112 ? i % 3 : 3 + (i % 3)))
  const metric = METRICS.find(({ id }) => id === 'cycle-time')!
  const sides = [march, february].map((period) => metric.cases!(context, period).cases)
  expect(new Set(sides.flatMap((cases) => [...peopleBehind(cases)])).size).toBeGreaterThanOrEqual(5)
  expect(groupCases(context, sides, 'author-group')).toBeNull()
})

test('a small team takes the next larger one with it; large ones are told by their names', () => {
  const context = contextOf([2, 5, 5], (i) => i % 12)
  const told = measureBy(METRICS[0]!, context, march, 'team')
  expect('groups' in told && told.groups.map(({ group }) => group).sort()).toEqual([
    'Groups of fewer than five people',
    'team 2',
  ])
})

test('every metric: neither groups, splits nor rows name a team or a person of fewer than five', () => {
  const context = contextOf([2, 3], (i) => i % 5)
  const told = METRICS.map((metric) => [
    DIMENSIONS.map((by) => measureBy(metric, context, march, by)),
    // What the screen shows over time and saves as CSV.
    DIMENSIONS.map((by) => measureGroups(metric, context, by, 'week', { startMonth: 1 }, march.from, march.to)),
    explainMetric(metric, context, march, february),
  ])
  const words = JSON.stringify(told, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  expect(words).toContain('Groups of fewer than five people')
  expect(words).not.toMatch(/team [01]|dev\d/)
})
