import type { Day, Zone } from '../calendar/index.ts'
import type { CostKind, Instant, TokenBuckets } from '../quantities/index.ts'
import type { FactChunk, FactKind, Overlap } from '../facts/index.ts'
import type { Issue } from '../issues/index.ts'
import type { Identified } from '../records/index.ts'

/** Bytes as a host handed them over, before anyone looked inside. A file and an API pull meet here. */
export interface SourceDocument {
  readonly name: string
  readonly bytes: Uint8Array
  /** `fingerprintOf(bytes)`. */
  readonly fingerprint: string
  readonly takenAt: Instant
}

/** What the user decided for one file; nothing here is ever guessed. */
export interface ImportChoices {
  /** Format id forced by the user (`--as`). */
  readonly as?: string
  /** Zone for times without an offset. */
  readonly zone?: Zone
  /** Generic CSV: fact column -> header as it stands in the file. */
  readonly mapping?: Readonly<Record<string, string>>
  /** Decimal mark of a file in which both readings are possible. */
  readonly decimalMark?: '.' | ','
  /** Order of day and month where every date of the column allows both. */
  readonly dayOrder?: 'day-first' | 'month-first'
  /** What the bytes of a file that is not UTF-8 mean. `utf-8` keeps the damaged rows aside. */
  readonly encoding?: 'utf-8' | 'windows-1252'
  /** 1-based physical line of the header, where lines of other text stand above it. */
  readonly headerLine?: number
  /** ISO 4217, for a file that states amounts without a currency. */
  readonly currency?: string
  /** Name of the repository a git export is of, where the file name does not tell. */
  readonly repository?: string
  /** Where another file states the same days: whose rows of them count. */
  readonly overlap?: Overlap['counts']
  /** Days a file without dates is the total of. */
  readonly days?: { readonly from: Day; readonly to: Day }
}

/** How the user mapped a table of their own once: used again where the same column names come. */
export interface ImportMapping extends Identified {
  /** Column names as they stood, in their order. */
  readonly header: readonly string[]
  readonly choices: ImportChoices
  /** The file it was made for. */
  readonly fileName: string
}

/** What the workbook already holds: rows are judged against it. */
export interface KnownFacts {
  readonly chunks: readonly FactChunk[]
  readonly imports: readonly ImportRecord[]
}

/** One run of an import: who it will be when committed, and how the host follows and stops it. */
export interface ImportRun {
  readonly importId: string
  readonly seq: number
  readonly committedAt: Instant
  /** Share 0 … 1 of the bytes, records so far. */
  readonly onProgress?: (share: number, rows: number) => void
  readonly isCancelled?: () => boolean
  /** Records one file may have; 10,000,000 unless said. */
  readonly mostRows?: number
  /** Awaited between batches, so that a page stays alive. */
  readonly pause?: () => Promise<void>
}

/** A row that was not taken over: never lost, always shown, with what would make it readable. */
export interface KeptAside {
  /** 1-based data record; 0 = the file as a whole. */
  readonly row: number
  /** 1-based physical line on which the record starts. */
  readonly line: number
  readonly column: string | null
  readonly issue: Issue
  /** The record as it stood, cells joined by the file's delimiter. */
  readonly text: string
}

export interface RowCounts {
  /** Data records read: new + changed + duplicate + kept aside + blank. */
  readonly rows: number
  readonly new: number
  readonly changed: number
  readonly duplicate: number
  readonly keptAside: number
  /** Records the format defines as carrying nothing (an empty day of an OpenAI export). */
  readonly blank: number
}

export interface UsageTotals {
  readonly currency: string | null
  /** Sums over rows that state the bucket; null when none does. */
  readonly tokens: TokenBuckets & { readonly unsplit: number | null }
  /** Decimal strings; null when no row states the kind. */
  readonly cost: Readonly<Record<CostKind, string | null>>
}

/** One committed file. Totals are of the file as read, so they can be held against the vendor's own. */
export interface ImportRecord {
  readonly id: string
  /** Order of commits in this workbook, from 1; a counter, not a clock. */
  readonly seq: number
  readonly fileName: string
  readonly fingerprint: string
  readonly format: string
  readonly formatName: string
  readonly committedAt: Instant
  /** Who imported it, as they call themselves in Settings; left out = nobody said. */
  readonly by?: string
  /** The newest moment the file speaks of. Between two statements about one record the file with the later moment wins, whatever the order of import. */
  readonly asOf: Instant | null
  readonly counts: RowCounts
  readonly period: { readonly from: Day; readonly to: Day } | null
  readonly totals: UsageTotals
  /** Facts kept per table. */
  readonly facts: Readonly<Partial<Record<FactKind, number>>>
  /** Checksum over the chunks' contents, compared at start. */
  readonly checksum: string
  /** Things worth knowing about the whole file (round row counts, partial last day). */
  readonly notes: readonly Issue[]
  /** Imports that speak of the same use over the same days, and whose rows count there. */
  readonly overlaps?: readonly Overlap[]
}

export type RowFate = 'new' | 'changed' | 'duplicate'

/** A row of a file as it was read, to look at before saying yes. */
export interface ExampleRow {
  /** 1-based data record. */
  readonly row: number
  readonly fate: RowFate
  readonly said: Said
  /** Of a changed row: where the statement stands that it changes. */
  readonly changes?: FactPlace
  /** Of a changed row: what that statement says, where it is at hand. */
  readonly former?: Said
  /** Of a duplicate whose record another row of the same file states: that row. */
  readonly repeats?: number
}

/** Column of the facts and what it holds; what the row is silent on is left out. */
export type Said = readonly (readonly [column: string, text: string])[]

/** One fact among all that are stored. */
export interface FactPlace {
  readonly importId: string
  readonly kind: FactKind
  /** Of its chunk within the import and table. */
  readonly seq: number
  readonly at: number
}

/** How much of some usage lies in some days of some account. */
export interface UsageShare {
  readonly rows: number
  readonly totals: UsageTotals
}

/** Days of an earlier import that this file states anew, and what it says of them. */
export interface InPlace {
  /** Id of the earlier import. */
  readonly of: string
  readonly windows: readonly Pick<Overlap, 'from' | 'to' | 'account'>[]
  /** What this file says of those days. */
  readonly own: UsageShare
}

/** A read file waiting for the user's yes. Nothing of it is stored yet. */
export interface StagedImport {
  readonly record: ImportRecord
  readonly chunks: readonly FactChunk[]
  /** At most 100,000; `record.counts.keptAside` has them all. */
  readonly keptAside: readonly KeptAside[]
  /** Why the file was recognised: the columns or marks that decided. */
  readonly recognisedBy: string
  /** The earlier import of the same bytes when nothing here is new or changed: committing this one again adds nothing. */
  readonly sameAs: string | null
  /** The first rows of each fate. */
  readonly examples: readonly ExampleRow[]
  /** Where it counts in place of earlier imports, or they in place of it. */
  readonly inPlace: readonly InPlace[]
}
