import type { SaveState } from '../stores/workbook.ts'

/** The save state in words: short for the bar, whole for the tooltip and for screen readers. */
export function tellSaveState(state: SaveState): { readonly short: string; readonly whole: string } {
  switch (state.kind) {
    case 'saved':
      return { short: 'Saved', whole: 'Everything is saved on this machine.' }
    case 'saving':
      return { short: 'Saving…', whole: 'The last change is being written.' }
    case 'failed':
      return { short: 'Not saved', whole: `The last change is not saved: ${state.reason}` }
  }
}
