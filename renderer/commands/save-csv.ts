import { fileNameOf } from './file-names.ts'
import { commandHost } from './host.ts'
import { showToast } from './toasts.ts'

/** Offers the text as a file, with the mark by which spreadsheets know it is UTF-8, and says where it went. */
export async function saveCsv(title: string, csv: string): Promise<void> {
  const name = fileNameOf(title, 'csv')
  const bytes = new TextEncoder().encode(`\uFEFF${csv}`)
  const saved = await commandHost().bridge.call('file:save', name, bytes)
  if (saved.kind === 'saved') showToast(`Saved: ${saved.where}.`)
  if (saved.kind === 'failed') showToast(`${name} was not saved: ${saved.reason}`, { tone: 'warn' })
}
