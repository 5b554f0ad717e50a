import type { CheckIn, KeyResult, Objective } from '../../../shared/okr/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'

export function putObjective(records: WorkbookRecords, objective: Objective): WorkbookRecords {
  return { ...records, objectives: { ...records.objectives, [objective.id]: objective } }
}

export function putKeyResult(records: WorkbookRecords, keyResult: KeyResult): WorkbookRecords {
  return { ...records, keyResults: { ...records.keyResults, [keyResult.id]: keyResult } }
}

/** Without the objective and its key results; initiatives that pointed at them stay and point at none. */
export function withoutObjective(records: WorkbookRecords, id: string): WorkbookRecords {
  const own = Object.values(records.keyResults).filter(({ objectiveId }) => objectiveId === id)
  const { [id]: _gone, ...objectives } = records.objectives
  return own.reduce((left, keyResult) => withoutKeyResult(left, keyResult.id), { ...records, objectives })
}

export function withoutKeyResult(records: WorkbookRecords, id: string): WorkbookRecords {
  const { [id]: _gone, ...keyResults } = records.keyResults
  const initiatives = Object.fromEntries(
    Object.entries(records.initiatives).map(([key, initiative]) => [
      key,
      initiative.keyResultId === id ? { ...initiative, keyResultId: null } : initiative,
    ]),
  )
  return { ...records, keyResults, initiatives }
}

export function withCheckIns(keyResult: KeyResult, checkIns: readonly CheckIn[]): KeyResult {
  return { ...keyResult, source: { kind: 'entered', checkIns } }
}

/** In their order on screen. */
export function inOrder<R extends { readonly id: string; readonly order: number }>(
  records: Readonly<Record<string, R>>,
): readonly R[] {
  return Object.values(records).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
}
