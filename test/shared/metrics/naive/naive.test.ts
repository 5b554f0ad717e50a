import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { metricById, METRICS } from '../../../../shared/metrics/index.ts'
import { asking, cases, OF_CASES, OF_MONEY, period, sameAs, windowsOf, workbookOf } from './held-against.ts'

test('there is a plain program for every metric', () => {
  expect([...Object.keys(OF_CASES), ...Object.keys(OF_MONEY)].sort()).toEqual(METRICS.map(({ id }) => id).sort())
})

/** Definitions in which the product is being mended; held again one by one. */
const BEING_MENDED = new Set(['token-cost-per-shipped-feature', 'cost-per-accepted-change'])

test('law: every metric of random teams is what the plain program says', () => {
  const knownOf = new Map<string, number>()
  fc.assert(
    fc.property(cases, (own) => {
      const { context, team } = workbookOf(own)
      for (const { id } of METRICS.filter((one) => !BEING_MENDED.has(one.id))) {
        const ask = asking(id, team)
        for (const window of windowsOf(own)) {
          const expected = ask(window)
          if (expected !== null) knownOf.set(id, (knownOf.get(id) ?? 0) + 1)
          const found = sameAs(expected, metricById(id)!.measure(context, period(window)))
          if (found !== null) throw new Error(`${id} of ${window.join(' to ')}: ${found}`)
        }
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 60), seed: 20261121 },
  )
  // A law about unknown numbers says nothing.
  expect([...knownOf].filter(([, count]) => count < 20)).toEqual([])
}, 60_000)
