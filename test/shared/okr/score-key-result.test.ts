import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Actual,
  type KeyResultScore,
  scoreKeyResult,
  type ScoredKeyResult,
  scoreObjective,
} from '../../../shared/okr/index.ts'

function keyResult(
  type: ScoredKeyResult['type'],
  start: number | null,
  target: number,
  more: Partial<ScoredKeyResult> = {},
) {
  return { type, start, target, isStrict: false, ...more }
}

function weeks(met: number, of: number, good: number, bad: number): Actual {
  return { periods: Array.from({ length: of }, (_, i) => (i < met ? good : bad)) }
}

function score(result: ScoredKeyResult, actual: Actual): KeyResultScore {
  const outcome = scoreKeyResult(result, actual)
  if (!outcome.ok) throw new Error(outcome.issues[0]!.code)
  return outcome.value
}

describe('scores of known answers', () => {
  const cycleTime = keyResult('decrease', 4, 2.8)
  test.each([
    ['cycle time 4.0 to 2.8, now 3.1', cycleTime, { value: 3.1 }, 0.75],
    ['now worse than the start', cycleTime, { value: 4.4 }, 0],
    ['now better than the target', cycleTime, { value: 2.5 }, 1],
    ['tokens per change 5.0M to 4.0M, now 4.2M', keyResult('decrease', 5e6, 4e6), { value: 4.2e6 }, 0.8],
    ['failure rate below 5%, 11 of 13 weeks', keyResult('keep-below', null, 0.05), weeks(11, 13, 0.04, 0.06), 0.8462],
    ['tolerance 2.5 points, now 6%', keyResult('keep-below', null, 5, { tolerance: 2.5 }), { value: 6 }, 0.6],
    ['rework 22 to 15, now 17', keyResult('decrease', 22, 15), { value: 17 }, 0.7143],
    ['wait state 41 to 25, now 33', keyResult('decrease', 41, 25), { value: 33 }, 0.5],
    ['uptime at least 98%, 11 of 12', keyResult('keep-above', null, 0.98), weeks(11, 12, 0.98, 0.97), 0.9167],
    ['revenue 1.0M to 1.5M at 1.35M', keyResult('increase', 1e6, 1.5e6), { value: 1.35e6 }, 0.7],
    ['cost 500k to 400k at 420k, not 0.2', keyResult('decrease', 5e5, 4e5), { value: 4.2e5 }, 0.8],
    ['tolerance, on the good side', keyResult('keep-above', null, 5, { tolerance: 1 }), { value: 9 }, 1],
    ['tolerance, beyond it', keyResult('keep-above', null, 5, { tolerance: 1 }), { value: 3 }, 0],
  ] as const)('%s', (_, result, actual, expected) => {
    expect(score(result, actual).score).toBeCloseTo(expected, 4)
  })

  test('raw is kept for display', () => {
    expect(score(cycleTime, { value: 4.4 }).raw).toBeCloseTo(-0.3333, 4)
    expect(score(cycleTime, { value: 2.5 }).raw).toBeCloseTo(1.25, 4)
  })

  test('a week exactly at the limit is a miss when strict', () => {
    const periods = { periods: [0.05, 0.04] }
    expect(score(keyResult('keep-below', null, 0.05, { isStrict: true }), periods).score).toBe(0.5)
    expect(score(keyResult('keep-below', null, 0.05), periods).score).toBe(1)
  })

  test('an earlier week without data is not met, weeks after the latest data do not count', () => {
    const below = keyResult('keep-below', null, 10)
    expect(score(below, { periods: [5, null, 5, 5, null, null] }).score).toBe(0.75)
  })

  test.each([
    [0.7, 'good'],
    [0.69, 'fair'],
    [0.4, 'fair'],
    [0.39, 'poor'],
  ] as const)('%d is %s', (value, band) => {
    expect(score(keyResult('increase', 0, 1), { value }).band).toBe(band)
  })
})

describe('what cannot be scored says why', () => {
  test.each([
    ['decrease to more', keyResult('decrease', 14, 15), { value: 15.6 }, 'okr/wrong-way'],
    ['increase to less', keyResult('increase', 15, 14), { value: 15.6 }, 'okr/wrong-way'],
    ['start is target', keyResult('increase', 3, 3), { value: 3 }, 'okr/start-is-target'],
    ['no start', keyResult('decrease', null, 3), { value: 3 }, 'okr/no-start'],
    ['no period known', keyResult('keep-below', null, 3), { periods: [null, null] }, 'okr/no-period-known'],
    ['one value where periods are wanted', keyResult('keep-below', null, 3), { value: 2 }, 'okr/no-periods'],
    ['not a number', keyResult('increase', 0, 3), { value: NaN }, 'okr/not-a-number'],
  ] as const)('%s', (_, result, actual, code) => {
    const outcome = scoreKeyResult(result, actual)
    expect(outcome.ok ? 'scored' : outcome.issues[0]!.code).toBe(code)
  })
})

describe('objectives', () => {
  const of = (value: number) => score(keyResult('increase', 0, 1), { value })

  test('weighted mean, weakest band', () => {
    const outcome = scoreObjective([
      { weight: 3, score: of(1) },
      { weight: 1, score: of(0.2) },
    ])
    expect(outcome).toEqual({ ok: true, value: { score: 0.8, band: 'poor', coverage: 1 } })
  })

  test('an unknown key result is left out and told, not scored zero', () => {
    const outcome = scoreObjective([
      { weight: 1, score: of(0.8) },
      { weight: 1, score: null },
    ])
    expect(outcome).toEqual({ ok: true, value: { score: 0.8, band: 'good', coverage: 0.5 } })
  })

  test('nothing known has no score', () => {
    expect(scoreObjective([{ weight: 1, score: null }]).ok).toBe(false)
  })
})

describe('laws (seed 7)', () => {
  const seeded = { seed: 7, numRuns: 200 }
  const level = fc.double({ min: -1e6, max: 1e6, noNaN: true })

  test('coming nearer the target from the side of the start never lowers the score', () => {
    fc.assert(
      fc.property(level, level, level, fc.double({ min: 0, max: 1, noNaN: true }), (start, target, value, share) => {
        fc.pre(start !== target)
        const isRising = start < target
        const far = isRising ? Math.min(value, target) : Math.max(value, target)
        const result = keyResult(isRising ? 'increase' : 'decrease', start, target)
        const near = far + (target - far) * share
        expect(score(result, { value: near }).score).toBeGreaterThanOrEqual(score(result, { value: far }).score - 1e-12)
      }),
      seeded,
    )
  })

  test('meeting one more period never lowers the score', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(level, { nil: null }), { minLength: 1 }),
        level,
        fc.nat(),
        (periods, target, at) => {
          fc.pre(periods.at(-1) !== null)
          const result = keyResult('keep-below', null, target)
          const better = periods.map((value, i) => (i === at % periods.length ? target - 1 : value))
          expect(score(result, { periods: better }).score).toBeGreaterThanOrEqual(score(result, { periods }).score)
        },
      ),
      seeded,
    )
  })
})
