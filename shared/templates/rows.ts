import type { Evidence, ModelRow, RowKind } from '../model/index.ts'
import { effectId, ROLE, type Role } from '../scenario/index.ts'

export const ENTERED: Evidence = { kind: 'entered' }
export const GUESS: Evidence = { kind: 'guess' }
const COMPUTED: Evidence = { kind: 'computed' }

export function published(source: string): Evidence {
  return { kind: 'published', source }
}

/** A row before it has its place in the template. */
export type DraftRow = Omit<ModelRow, 'order' | 'owner' | 'overrides'>

/** A number someone can set. `formula` as in the sheet: `250`, `$15 to $120`, `55% to 95%`. */
export function driver(name: string, unit: string, formula: string, evidence: Evidence, note = ''): DraftRow {
  return draft(`driver/${slugOf(name)}`, name, unit, 'driver', 'Drivers', formula, evidence, note)
}

/** A step between drivers and outcomes. */
export function step(name: string, unit: string, formula: string, note = ''): DraftRow {
  return draft(`step/${slugOf(name)}`, name, unit, 'outcome', 'Steps', formula, COMPUTED, note)
}

/** A row the answer is read from. */
export function outcome(role: Role, name: string, unit: string, formula: string, note = ''): DraftRow {
  return draft(ROLE[role], name, unit, 'outcome', 'Outcomes', formula, COMPUTED, note)
}

/** What a metric becomes while the work runs; only used where a key result is measured by it. */
export function effect(metricId: string, name: string, unit: string, formula: string, note: string): DraftRow {
  return draft(effectId(metricId), name, unit, 'key result', 'Effects', formula, COMPUTED, note)
}

/** What every template ends with: net by month, its sum, its value today and when it is back at zero. */
export function moneyTail(): readonly DraftRow[] {
  return [
    outcome('net', 'Net', '$', "'Value in month' - 'Cost in month'"),
    outcome('cumulative', 'Cumulative net', '$', 'cumulate(Net)'),
    outcome(
      'npv',
      'NPV',
      '$',
      "npv('Hurdle rate' / 12, Net)",
      'End-of-month flows; the first month is discounted once.',
    ),
    outcome(
      'payback',
      'Payback',
      'months',
      "payback('Cumulative net')",
      'Months from the start; undefined when never within the months looked at.',
    ),
  ]
}

export const HURDLE = driver('Hurdle rate', '%', '10%', ENTERED, 'A year; a twelfth of it a month.')
export const REVIEW_RATE = driver(
  'Review rate',
  '$/h',
  '110',
  published('loaded engineer at $230k a year over 2,080 hours'),
  'What an hour of an engineer costs with everything on top.',
)

export function inOrder(drafts: readonly DraftRow[]): readonly ModelRow[] {
  return drafts.map((row, order) => ({ ...row, owner: '', overrides: {}, order }))
}

export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function draft(
  id: string,
  name: string,
  unit: string,
  kind: RowKind,
  group: string,
  formula: string,
  evidence: Evidence,
  note: string,
): DraftRow {
  return { id, name, unit, kind, group, formula, evidence, note }
}
