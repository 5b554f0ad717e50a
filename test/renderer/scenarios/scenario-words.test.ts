import { expect, test } from 'vitest'
import { tellEvidence } from '../../../renderer/parts/evidence-text.ts'
import {
  tellBesideBaseline,
  tellFit,
  tellEnds,
  tellInformation,
  tellMonths,
  tellNeverPaysBack,
  tellOdds,
  tellShare,
} from '../../../renderer/views/scenarios/scenario-words.ts'
import type { ScenarioOutcome } from '../../../shared/scenario/index.ts'

const SPREAD = { p10: 10, p50: 20, p90: 30, mean: 20, sd: 5, undefined: 0 }
const OUTCOME = {
  samples: 10_240,
  currency: 'USD',
  months: Array(18).fill('2026-11'),
  allIn: { ...SPREAD, p50: 33_000 },
  paybackMonths: SPREAD,
  baselineBudget: 66_000,
} as unknown as ScenarioOutcome

test.each([
  [0, 'under 1%'],
  [0.004, 'under 1%'],
  [0.62, '62%'],
  [0.999, 'over 99%'],
  [1, 'over 99%'],
])('odds of %d read %s', (odds, text) => {
  expect(tellOdds(odds)).toBe(text)
})

test.each([
  [undefined, null],
  [{ all: 0, inputs: [] }, 'The decision is the same in every run, so to know more before it is worth nothing.'],
  [
    { all: 4310, inputs: [{ name: 'Success per attempt', value: 2100 }] },
    'To know everything before deciding is worth $4,310 at most; to know Success per attempt alone, $2,100.',
  ],
])('what it is worth to know more (%j)', (information, sentence) => {
  expect(tellInformation({ ...OUTCOME, ...(information && { information }) })).toBe(sentence)
})

test.each([
  [0, 'none'],
  [0.002, 'under 1%'],
  [0.344, '34%'],
])('a share of %d of the spread reads %s', (share, text) => {
  expect(tellShare(share)).toBe(text)
})

test.each([
  [1, '1 month'],
  [8.33, '8.3 months'],
  [14.6, '15 months'],
  [Number.NaN, 'never'],
])('%d months read %s', (months, text) => {
  expect(tellMonths(months)).toBe(text)
})

test('a unit written after both ends is said once', () => {
  expect(tellEnds(95_400_000, 123_000_000, 'tokens', 'USD')).toBe('95.4M to 123M tokens')
  expect(tellEnds(26.9, 36.5, 'h', 'USD')).toBe('26.9 to 36.5 h')
  expect(tellEnds(-46_968, 88_123, '$', 'USD')).toBe('−$46,968 to $88,123')
  expect(tellEnds(0.137, 0.174, '%', 'USD')).toBe('13.7% to 17.4%')
})

test('runs that never pay back are counted', () => {
  const never = (count: number) => tellNeverPaysBack({ ...SPREAD, undefined: count }, OUTCOME)
  expect(never(0)).toBe('Every run pays back within 18 months.')
  expect(never(3210)).toBe('Of the runs that pay back; 3,210 of 10,240 never do within 18 months.')
  expect(never(10_240)).toBe('None of 10,240 runs pays back within 18 months.')
})

test('the cost stands beside the baseline, or says that there is none', () => {
  expect(tellBesideBaseline(OUTCOME)).toContain("50% of the baseline's $66,000")
  expect(tellBesideBaseline({ ...OUTCOME, baselineBudget: null })).toContain('No budget')
})

test('evidence carries its source', () => {
  expect(tellEvidence({ kind: 'your data', n: 143, method: 'log-t', source: 'PR history' })).toEqual({
    word: 'your data, n = 143',
    tone: 'good',
    why: 'log-t, from PR history',
  })
})

test('a draw from history says how many values, how, and how many have none', () => {
  const fit = { row: 'CI hours', unit: 'h', source: 'Pull requests', column: 'hours_open', pairs: [] }
  expect(tellFit({ ...fit, n: 12, missing: 1, method: 'log-Student-t' })).toBe(
    'Pull requests, hours_open: n = 12, the next value by a Student-t of their logarithms. 1 more has no value.',
  )
  expect(tellFit({ ...fit, n: 140, missing: 0, method: 'drawn again' })).toBe(
    'Pull requests, hours_open: n = 140, drawn again as they are, so every quantile is that of your data.',
  )
  const rule = 'P10 to P90 of start to resolution'
  expect(tellFit({ ...fit, source: 'incident imports', column: '', n: 41, missing: 0, method: 'range', rule })).toBe(
    '41 values. The range: P10 to P90 of start to resolution. From incident imports.',
  )
})
