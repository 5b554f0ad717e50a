import { type Day, UTC } from '../calendar/index.ts'
import { resolveFacts } from '../facts/index.ts'
import { sourceDocumentOf, stageImport } from '../importers/index.ts'
import { assertThat, tellIssue } from '../issues/index.ts'
import type { Instant } from '../quantities/index.ts'
import type { StoredImport, Workbook } from '../workbook/index.ts'
import type { SampleFile } from './delivery-files.ts'
import { makeSampleFiles } from './make-sample-files.ts'
import { makeSampleRecords } from './sample-records.ts'

export interface SampleChoices {
  readonly seed: number
  /** Last day of data; the plan is of the fiscal quarter it lies in. */
  readonly today: Day
  /** Time at which the imports count as committed. */
  readonly now: Instant
  /** Share of the work done, 0 … 1, and the file at hand. */
  readonly onProgress?: (share: number, fileName: string) => void
  /** Awaited between files and batches, so that a page stays alive. */
  readonly pause?: () => Promise<void>
}

/**
 * The sample: a made-up company whose exports go through the same import as everyone's, so that every number in it leads
 * down to a row of a file.
 */
export async function makeSampleWorkbook({ seed, today, now, onProgress, pause }: SampleChoices): Promise<Workbook> {
  const files = makeSampleFiles({ seed, today })
  const total = files.reduce((sum, { text }) => sum + text.length, 0)
  const imports: StoredImport[] = []
  let done = 0
  for (const file of files) {
    onProgress?.(done / total, file.name)
    imports.push(await importFile(file, imports.length + 1, now, pause))
    done += file.text.length
  }
  const facts = resolveFacts(
    imports.flatMap(({ chunks }) => chunks),
    imports.map(({ record }) => record),
  )
  const records = makeSampleRecords(seed, today, facts)
  onProgress?.(1, '')
  return { records, imports }
}

async function importFile(
  { name, text }: SampleFile,
  seq: number,
  now: Instant,
  pause: (() => Promise<void>) | undefined,
): Promise<StoredImport> {
  const staged = await stageImport(
    sourceDocumentOf(name, utf8Of(text), now),
    { zone: UTC },
    // No two of the files speak of one record, so none needs to know the others.
    { chunks: [], imports: [] },
    { importId: `sample-${String(seq).padStart(2, '0')}`, seq, committedAt: now, ...(pause ? { pause } : {}) },
  )
  assertThat(staged.ok, `sample file ${name}: ${staged.ok ? '' : staged.issues.map(tellIssue).join(' ')}`)
  const { record, chunks, keptAside } = staged.value
  return { record, chunks, keptAside }
}

/** UTF-8 of text whose characters lie in the basic plane, which is all the sample writes. */
export function utf8Of(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) bytes[at++] = code
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6)
      bytes[at++] = 0x80 | (code & 0x3f)
    } else {
      bytes[at++] = 0xe0 | (code >> 12)
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
      bytes[at++] = 0x80 | (code & 0x3f)
    }
  }
  return bytes.slice(0, at)
}
