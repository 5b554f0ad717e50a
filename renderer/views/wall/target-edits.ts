import type { KeyResult } from '../../../shared/okr/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'

/** Sets the target of a metric where it is kept: in its key result, else in the settings; `null` takes it away there. */
export function putTarget(
  records: WorkbookRecords,
  metricId: string,
  keyResult: KeyResult | null,
  value: number | null,
): WorkbookRecords {
  if (keyResult !== null) {
    if (value === null) return records
    return { ...records, keyResults: { ...records.keyResults, [keyResult.id]: { ...keyResult, target: value } } }
  }
  const settings = records.settings['settings']
  if (!settings) return records
  const { [metricId]: _former, ...others } = settings.targets ?? {}
  const targets = value === null ? others : { ...others, [metricId]: value }
  return { ...records, settings: { settings: { ...settings, targets } } }
}
