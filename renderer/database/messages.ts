/* What people read about how their workbook was opened. */

export interface Restored {
  readonly why: 'empty' | 'behind' | 'damaged'
  readonly imports: number
  readonly rows: number
  readonly edits: number
  /** Files whose facts could not be read from either copy. */
  readonly lost: readonly string[]
}

const FOUND: Record<Restored['why'], string> = {
  empty: 'The database of this app was found empty',
  behind: 'The database of this app was found set back to an earlier state',
  damaged: 'The database of this app was found damaged',
}

export function tellRestored({ why, imports, rows, edits, lost }: Restored): string {
  const kept = `${count(imports, 'import')} with ${count(rows, 'row')} and ${count(edits, 'hand-edited record')}`
  const missing =
    lost.length === 0
      ? 'Nothing that was shown as saved is missing.'
      : `Not readable in either copy: ${lost.join(', ')}. Import these files again.`
  return `${FOUND[why]}. Restored from the second copy: ${kept}. ${missing}`
}

export const ONE_COPY_ONLY =
  'The place for the second copy cannot be reached, so this workbook is kept in one copy only. Save it as a file from time to time.'

export const SECOND_COPY_RENEWED = 'The second copy of this workbook was missing and was written again.'

export function tellDamaged(what: readonly string[]): string {
  return `The database of this app was found damaged (${what.join(', ')}) and there is no second copy to restore from. What is shown is what could be read; open your last saved file or import the named files again.`
}

export const OTHER_WINDOW_WRITES =
  'Another window has this workbook open and writes to it. This one shows it and changes nothing; close the other window to edit here.'

export const TAKEN_OVER = 'A newer Quarterdeck has opened this workbook in another window. Reload to go on.'

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}
