/** The world failed: disk, quota, another window. Caught in a command and shown where the user acted. */
export type StorageErrorCode =
  | 'storage/full'
  | 'storage/too-large'
  | 'storage/closed'
  | 'storage/other-window'
  | 'storage/newer'
  | 'storage/unreadable'
  | 'storage/second-copy'

const SENTENCES: Record<StorageErrorCode, string> = {
  'storage/full':
    'The disk or this browser’s share of it is full: nothing of this step was stored. Free some space or save the workbook as a file, then do it again.',
  'storage/too-large':
    'This is more than one import can hold, 1 GiB of facts or some ten million rows: nothing of this step was stored. Split the file, by month for instance, and import the parts.',
  'storage/closed':
    'The database was closed by another window or the browser. Reload to go on; everything saved is kept.',
  'storage/other-window':
    'Another window has written since this one last read. Reload to see what it wrote, then do this step again.',
  'storage/newer':
    'This workbook was last opened by a newer Quarterdeck, and this version cannot read it. Nothing was changed. Update Quarterdeck and open it again.',
  'storage/unreadable': 'The database did not answer. Nothing of this step was stored. Reload and do it again.',
  'storage/second-copy':
    'Stored in the database, but the second copy could not be written. Free some space; the next change writes it again.',
}

export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, cause?: unknown) {
    super(SENTENCES[code], cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** What a failed database or file step means for the user. Dexie wraps the browser's own error as `inner`. */
export function storageErrorOf(cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause
  const names = namesOf(cause)
  if (names.some((name) => name === 'QuotaExceededError' || name === 'ENOSPC'))
    return new StorageError('storage/full', cause)
  if (names.includes('WorkbookTooLargeError')) return new StorageError('storage/too-large', cause)
  if (names.some((name) => name === 'DatabaseClosedError' || name === 'InvalidStateError')) {
    return new StorageError('storage/closed', cause)
  }
  return new StorageError('storage/unreadable', cause)
}

function namesOf(cause: unknown): readonly string[] {
  const names: string[] = []
  let error = cause
  for (let depth = 0; depth < 5 && typeof error === 'object' && error !== null; depth++) {
    const { name, code, message, inner, cause: deeper } = error as Record<string, unknown>
    for (const word of [name, code]) if (typeof word === 'string') names.push(word)
    if (typeof message === 'string' && /ENOSPC|QuotaExceeded|quota/i.test(message)) names.push('QuotaExceededError')
    error = inner ?? deeper
  }
  return names
}
