import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHANGE_DIMENSIONS, measureBy, metricById, METRICS } from '../../../../shared/metrics/index.ts'
import { asking, cases, OF_CASES, OF_MONEY, period, sameAs, sameGroups, windowsOf, workbookOf } from './held-against.ts'
import { costBy, toldBy } from './plain-groups.ts'
import { accepted } from './plain-money.ts'

test('there is a plain program for every metric', () => {
  expect([...Object.keys(OF_CASES), ...Object.keys(OF_MONEY)].sort()).toEqual(METRICS.map(({ id }) => id).sort())
})

test('law: every metric of random teams is what the plain program says', () => {
  const knownOf = new Map<string, number>()
  fc.assert(
    fc.property(cases, (own) => {
      const { context, team } = workbookOf(own)
      for (const { id } of METRICS) {
        const ask = asking(id, team)
        for (const window of windowsOf(own)) {
          const expected = ask(window)
          if (expected !== null) knownOf.set(id, (knownOf.get(id) ?? 0) + 1)
          const found = sameAs(expected, metricById(id)!.measure(context, period(window)))
          if (found !== null) throw new Error(`${id} of ${window.join(' to ')}: ${found}`)
        }
      }
    }),
    { numRuns: 30, seed: 20261121 },
  )
  // A law about unknown numbers says nothing.
  expect(METRICS.filter(({ id }) => (knownOf.get(id) ?? 0) < 5).map(({ id }) => id)).toEqual([])
}, 60_000)

test('law: every metric by every dimension is what the plain program says, and nothing is told of fewer than five people', () => {
  fc.assert(
    fc.property(cases, (own) => {
      const { context, team } = workbookOf(own)
      const [, month] = windowsOf(own)
      for (const [id, metricOf] of Object.entries(OF_CASES)) {
        const plain = metricOf(team)
        // Its cases are domains, which are no changes to be told apart.
        if (plain === null || id === 'ownership-diffusion') continue
        for (const dimension of CHANGE_DIMENSIONS) {
          const found = measureBy(metricById(id)!, context, period(month!), dimension)
          const why = sameGroups(toldBy(team, plain, month!, dimension), found)
          if (why !== null) throw new Error(`${id} by ${dimension}: ${why}`)
        }
      }
    }),
    { numRuns: 8, seed: 5 },
  )
}, 60_000)

test('law: cost per change by tool, model and what its changes are is what the plain program says', () => {
  let compared = 0
  fc.assert(
    fc.property(cases, (own) => {
      const { context, team } = workbookOf(own)
      const [, , quarter] = windowsOf(own)
      for (const dimension of ['tool', 'model', 'repository', 'ai-marked', 'agent', 'area', 'initiative'] as const) {
        const found = measureBy(metricById('cost-per-accepted-change')!, context, period(quarter!), dimension)
        if (!('groups' in found)) continue
        const expected = costBy(team, accepted(team), quarter!, dimension)
        const told = found.groups.map(
          ({ group, value }) => [group, value.known ? [value.n, value.value] : null] as const,
        )
        expect(told.map(([group]) => group).sort()).toEqual([...expected.keys()].sort())
        for (const [group, value] of told) {
          expect(value?.[0]).toBe(expected.get(group)?.n)
          // Equal shares of whole nanos.
          if (value) expect(value[1]).toBeCloseTo(expected.get(group)!.value, 6)
          compared++
        }
      }
    }),
    { numRuns: 12, seed: 6 },
  )
  expect(compared).toBeGreaterThan(60)
}, 60_000)
