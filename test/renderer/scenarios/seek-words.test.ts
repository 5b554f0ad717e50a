import { expect, test } from 'vitest'
import type { ScenarioOutcome, SeekWish } from '../../../shared/scenario/index.ts'
import type { DriverEntry } from '../../../renderer/views/scenarios/scenario-drivers.ts'
import { conditionChoices, conditionOf, firstSpan, tellSought } from '../../../renderer/views/scenarios/seek-words.ts'

const OUTCOME = {
  currency: 'USD',
  npv: { p50: 1 },
  paybackMonths: null,
  allIn: { p50: 61_234 },
  parts: [{}],
  months: [],
  drawnInputs: 5,
  keyResults: [
    { keyResultId: 'k', name: 'Cycle time', odds: 0.4 },
    { keyResultId: 'u', name: 'Unknown', odds: null },
  ],
  assumptions: [{ name: 'Services', span: [250, 250] }],
} as unknown as ScenarioOutcome
const WISH: SeekWish = {
  row: 'Services',
  between: [63, 1000],
  condition: conditionOf('npv', 0),
  odds: 0.8,
  end: 'largest',
}
const found = (value: number, interval: readonly [number, number] | null = null) =>
  ({ found: true, value, interval, method: 'exact' }) as const

test('only what the outcome tells can be asked of', () => {
  expect(conditionChoices(OUTCOME).map(({ label, first }) => [label, first])).toEqual([
    ['NPV is above', 0],
    ['All-in cost is below', 61_000],
    ['“Cycle time” is met', 0],
  ])
  expect(conditionOf('met k', 0)).toEqual({ kind: 'key result met', keyResultId: 'k' })
  const entry = { name: 'Services', unit: '1' } as DriverEntry
  expect(firstSpan(entry, OUTCOME)).toEqual([63, 1000])
  expect(firstSpan({ ...entry, name: 'Other' }, OUTCOME)).toEqual([null, null])
})

test.each([
  [
    WISH,
    found(76.4, [70.2, 82.8]),
    'With Services up to 76, NPV is above $0 in at least 80% of runs. Drawn again, the answer lies between 70 and 83 (95%).',
  ],
  [{ ...WISH, end: 'smallest' }, found(76.4), 'With Services from 77 on, NPV is above $0 in at least 80% of runs.'],
  [WISH, found(1000), 'NPV is above $0 in at least 80% of runs even with Services at 1,000, where the search ended.'],
  [
    { ...WISH, condition: conditionOf('met k', 0) },
    { found: false, why: '', curve: [{ value: 63, odds: 0.34 }] },
    'With no Services between 63 and 1,000 “Cycle time” is met in at least 80% of runs: 34% is the most. Look over a wider span, or ask for lower odds.',
  ],
] as const)('the answer of %j', (wish, sought, said) => {
  expect(tellSought(wish, sought, '1', OUTCOME)).toBe(said)
})

test('where nothing is uncertain odds are not spoken of', () => {
  const { drawnInputs: _, ...certain } = OUTCOME
  expect(tellSought(WISH, found(76.4, [76.4, 76.4]), '1', certain)).toBe('With Services up to 76, NPV is above $0.')
  expect(tellSought(WISH, { found: false, why: '', curve: [{ value: 1, odds: 0 }] }, '1', certain)).toBe(
    'With no Services between 63 and 1,000 NPV is above $0. Look over a wider span.',
  )
})
