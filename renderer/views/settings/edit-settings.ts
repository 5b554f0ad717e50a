import type { WorkbookSettings } from '../../../shared/workbook/index.ts'
import { editRecords } from '../../commands/index.ts'

/** Fields to set; `undefined` takes one away, so that the usual holds again. */
export type SettingsChange = { readonly [Field in keyof WorkbookSettings]?: WorkbookSettings[Field] | undefined }

export function editSettings(change: SettingsChange, label: string): void {
  void editRecords(
    label,
    (records) => {
      const settings = records.settings['settings']
      return settings ? { ...records, settings: { settings: withSettings(settings, change) } } : records
    },
    'join',
  )
}

export function withSettings(settings: WorkbookSettings, change: SettingsChange): WorkbookSettings {
  const all = Object.entries({ ...settings, ...change }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(all) as unknown as WorkbookSettings
}
