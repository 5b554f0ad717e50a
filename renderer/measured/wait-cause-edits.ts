import { type WaitCause, type WaitCauses, waitKey } from '../../shared/metrics/index.ts'
import { editRecords } from '../commands/index.ts'

/** Keeps what waiting in a stage or status is about. */
export function editWaitCause(name: string, cause: WaitCause): void {
  void editRecords(`what ${name} is about`, (records) => {
    const settings = records.settings['settings']
    if (!settings) return records
    return {
      ...records,
      settings: { settings: { ...settings, waitCauses: withCause(settings.waitCauses, name, cause) } },
    }
  })
}

export function withCause(causes: WaitCauses | undefined, name: string, cause: WaitCause): WaitCauses {
  return { ...causes, [waitKey(name)]: cause }
}
