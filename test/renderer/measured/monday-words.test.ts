import { describe, expect, test } from 'vitest'
import type { MetricValue, SplitPart, WallNumber } from '../../../shared/metrics/index.ts'
import { countsOf, tellBalance } from '../../../renderer/measured/decisions-or-artifacts.ts'
import { tellWaiting } from '../../../renderer/measured/waiting-words.ts'

const stage = (name: string, now: number | null): SplitPart => ({
  name,
  now,
  before: null,
  nNow: 9,
  nBefore: 0,
  contribution: null,
})

describe('which stage waits', () => {
  test('names the largest and what it is about', () => {
    expect(tellWaiting([stage('Waiting for the first review', 0.4), stage('Approved, not merged', 0.1)])).toBe(
      'Most of the waiting is “Waiting for the first review”: 40.0% of all time. By cause: people 40.0%, ownership 10.0%.',
    )
    expect(
      tellWaiting([
        stage('Waiting for the first review', 0.1),
        stage('Pauses of review over 24 h', 0.1),
        stage('Approved, not merged', 0.15),
      ]),
    ).toBe(
      'The largest part of the waiting is “Approved, not merged”: 15.0% of all time. By cause: people 20.0%, ownership 15.0%.',
    )
  })

  test('nothing waits where no stage has any', () => {
    expect(tellWaiting([stage('Waiting for the first review', 0), stage('Approved, not merged', null)])).toBe(
      'Nothing waits.',
    )
  })

  test('causes are those the team named', () => {
    expect(tellWaiting([stage('Blocked', 0.4)], { blocked: 'tooling' })).toMatch(/By cause: tooling 40\.0%\.$/)
  })
})

describe('decisions or artifacts', () => {
  const known = (n: number, value = 1): MetricValue => ({
    known: true,
    value,
    n,
    quality: 'exact',
    coverage: 1,
    excluded: {},
  })
  const unknown: MetricValue = {
    known: false,
    why: { code: 'metrics/needs-cost', wanted: 'a cost', did: 'noted' },
  }
  const number = (metricId: string, current: MetricValue, before: MetricValue) =>
    ({ metricId, current, before }) as WallNumber
  const check = (changes: readonly [number, number], features: readonly [number, number] | null, expected: string) =>
    expect(
      tellBalance(
        countsOf([
          number('cost-per-accepted-change', known(changes[0]), known(changes[1])),
          number(
            'token-cost-per-shipped-feature',
            features ? known(features[0]) : unknown,
            features ? known(features[1]) : unknown,
          ),
        ]),
      ),
    ).toBe(expected)

  test('compares how both grew', () => {
    check([130, 100], [21, 20], 'Changes +30%, features +5%: artifacts grew faster than what they are for.')
    check([90, 100], [30, 20], 'Changes −10%, features +50%: more came of every change.')
    check([105, 100], [20, 20], 'Changes +5%, features ±0%: both moved alike.')
  })

  test('where no cost is known in both periods, what landed is counted', () => {
    const [merged] = countsOf([
      number('cost-per-accepted-change', known(9), unknown),
      number('merge-frequency', known(12), known(8)),
    ])
    expect(merged).toMatchObject({ now: 12, before: 8 })
  })

  test('what cannot be counted is not known, never zero', () => {
    const unsaid = 'Not known: it takes merged changes, and features with their cost, in both periods.'
    check([130, 100], null, unsaid)
    expect(tellBalance(countsOf([]))).toBe(unsaid)
    expect(countsOf([]).every(({ now, before }) => now === null && before === null)).toBe(true)
  })
})
