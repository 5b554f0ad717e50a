import type { KeyResult, KeyResultType } from '../../../shared/okr/index.ts'

/** A key result while it is being typed: numbers may still be missing. */
export interface KeyResultDraft {
  readonly name: string
  readonly type: KeyResultType
  readonly unit: string
  readonly start: number | null
  readonly target: number | null
  readonly isStrict: boolean
  readonly metricId: string | null
  readonly weight: number | null
}

export const TYPE_NAMES: Readonly<Record<KeyResultType, string>> = {
  increase: 'Increase',
  decrease: 'Decrease',
  'keep-below': 'Keep below',
  'keep-above': 'Keep above',
}

export const NEW_DRAFT: KeyResultDraft = {
  name: '',
  type: 'increase',
  unit: '%',
  start: null,
  target: null,
  isStrict: false,
  metricId: null,
  weight: 1,
}

export function draftOf(keyResult: KeyResult): KeyResultDraft {
  const { name, type, unit, start, target, isStrict, source, weight } = keyResult
  return {
    name,
    type,
    unit,
    start,
    target,
    isStrict,
    weight,
    metricId: source.kind === 'measured' ? source.metricId : null,
  }
}

export function isKeepType(type: KeyResultType): boolean {
  return type === 'keep-below' || type === 'keep-above'
}

/** What still stands against saving, as one sentence; null = nothing. */
export function draftProblem(draft: KeyResultDraft): string | null {
  if (draft.name.trim() === '') return 'Give the key result a name.'
  if (draft.target === null) return 'Say which value is the target.'
  if (!isKeepType(draft.type)) {
    if (draft.start === null) return 'Say from which value it starts.'
    if (draft.start === draft.target) return 'Start and target are the same, so there is no way to go.'
    if (draft.type === 'increase' && draft.target < draft.start)
      return 'The target is below the start: choose “Decrease”.'
    if (draft.type === 'decrease' && draft.target > draft.start)
      return 'The target is above the start: choose “Increase”.'
  }
  if (draft.weight === null || draft.weight <= 0) return 'The weight must be above zero.'
  return null
}

/** The record to store; check-ins survive as long as values are entered by hand. Call only without a problem. */
export function finishDraft(
  draft: KeyResultDraft,
  former: KeyResult | null,
  made: { readonly id: string; readonly objectiveId: string; readonly order: number },
): KeyResult {
  const checkIns = former?.source.kind === 'entered' ? former.source.checkIns : []
  return {
    id: former?.id ?? made.id,
    objectiveId: former?.objectiveId ?? made.objectiveId,
    order: former?.order ?? made.order,
    name: draft.name.trim(),
    type: draft.type,
    unit: draft.unit,
    start: isKeepType(draft.type) ? null : draft.start,
    target: draft.target ?? 0,
    isStrict: draft.isStrict,
    weight: draft.weight ?? 1,
    source: draft.metricId === null ? { kind: 'entered', checkIns } : { kind: 'measured', metricId: draft.metricId },
  }
}

/** How the target reads: `from 41.0% to 25.0%`, `below 5.0%`, `at most 5.0%`, `at least 99.9%`. */
export function tellTarget(
  keyResult: Pick<KeyResult, 'type' | 'start' | 'target' | 'isStrict'>,
  format: (value: number) => string,
): string {
  const { type, start, target, isStrict } = keyResult
  if (type === 'keep-below') return `${isStrict ? 'below' : 'at most'} ${format(target)}`
  if (type === 'keep-above') return `${isStrict ? 'above' : 'at least'} ${format(target)}`
  return start === null ? `to ${format(target)}` : `from ${format(start)} to ${format(target)}`
}
