import type { Day, Zone } from '../calendar/index.ts'
import type { FACT_TABLES, FactColumns, FactKey, FactKind, FactRow } from '../facts/index.ts'
import type { Issue, Outcome } from '../issues/index.ts'
import type { CostKind } from '../quantities/index.ts'
import type { JsonPage, JsonValue, RawTable, RecordCells } from '../tables/index.ts'
import type { ColumnNames, Columns } from './columns.ts'
import type { ImportChoices } from './types.ts'

/** What a format says about one record; each record is accepted (one or more facts), blank, or kept aside. */
export interface RecordSink {
  /** `saidAt`: where several records of the file have one key, the one said last stays. */
  fact<K extends FactKind>(kind: K, row: FactRow<K>, key: string, saidAt?: number | null): void
  /** For layouts of many rows: the columns of one table to put cells into, and the end of a row they make. */
  columns<K extends FactKind>(kind: K): FactColumns<K>
  close(kind: FactKind, key: FactKey): void
  /** The format defines this record as carrying nothing. */
  blank(): void
  aside(column: string | null, issue: Issue): void
  /** The record speaks of this moment: the newest of all is the file's `asOf`. */
  spoke(at: number, day?: Day): void
  /** Something worth knowing about the whole file; said once per code. */
  note(issue: Issue): void
}

export interface ReadContext {
  readonly choices: ImportChoices
  /** For times without an offset; undefined = such times are not read. */
  readonly zone: Zone | undefined
  readonly fileName: string
}

interface FormatFace {
  readonly id: string
  readonly name: string
  readonly kind: 'usage' | 'delivery'
  readonly fields?: FieldUses
}

type ColumnPaths = { [K in FactKind]: `${K}.${keyof (typeof FACT_TABLES)[K] & string}` }[FactKind]

/**
 * What a field decides: a column of the facts (of usage by its name alone), part of their key, whether the record makes a
 * fact at all, the moment the file speaks of, or only a note.
 */
export type FieldUse = keyof (typeof FACT_TABLES)['usage'] | ColumnPaths | 'key' | 'fate' | 'moment' | 'note'

/**
 * What becomes of each field (of JSON, by path: `*` stands for a place in a list or a free name) or column of a record. One
 * that is not named here, or that is named with `extra`, is kept with the fact as text, unless it may be a text somebody wrote.
 */
export interface FieldUses {
  /** Kind of fact a record is: what nobody reads is kept with it. */
  readonly of: FactKind
  readonly read: Readonly<Record<string, FieldUse | readonly FieldUse[]>>
  /** Fields that stand around the records: of a page, or of a span of time. None of them is kept. */
  readonly around?: Readonly<Record<string, FieldUse | readonly FieldUse[]>>
  /** Kept nowhere, and why. */
  readonly left?: Readonly<Record<string, string>>
  /** Such records may hold prompts, messages or answers: only what is named with `extra` is kept. */
  readonly mayHoldTexts?: boolean
}

/** What the columns of a usage export mean; the traps of each vendor, declared. */
export interface UsageMeaning {
  readonly tool: string
  /**
   * Whose use it is. Over the same days two files of one use that both state money, or both tokens, state it twice; tokens
   * beside money explain it. Null = nobody can tell.
   */
  readonly use: string | null
  readonly states: 'money' | 'tokens'
  /** Another use this one may be part of: whoever pays by key has it on that bill too. */
  readonly partOf?: string
  /** Formats whose rows bear the same keys: they name the same records, and nothing is stated twice. */
  readonly keys?: string
  /** Whether the input column contains cache reads and writes (superset) or stands beside them (disjoint). */
  readonly inputIncludesCache: boolean
  /** Amount column -> what kind of money it states. */
  readonly costs: Readonly<Record<string, CostKind | 'by-row'>>
  /** Currency of the amounts; null = a column says. */
  readonly currency: string | null
  /** What an amount of 1 is: one of the currency, or its hundredth. */
  readonly moneyUnit: 'units' | 'cents'
  /** Columns that make a row the same row in another export. */
  readonly identity: readonly ColumnNames[]
  /** Columns a later export may restate about the same row. */
  readonly restated: readonly string[]
  /** key: a later file changes the rows it names. window: it states all its days of one account anew, and rows it lacks are gone. */
  readonly restates: 'key' | 'window'
  /** Rows are totals of days the file does not name: two such files must not share some of their days. */
  readonly isTotalOfDays?: boolean
}

export interface TableFormat extends FormatFace {
  readonly shape: 'table'
  /** Columns without which the layout is another one. */
  readonly required: readonly ColumnNames[]
  /** Columns that show another layout. */
  readonly without?: readonly string[]
  readonly meaning?: UsageMeaning
  /** Called once per file, then once per record. */
  open(table: RawTable, columns: Columns, context: ReadContext): Outcome<RecordJudge>
}

export interface RecordJudge {
  judge(cells: RecordCells, sink: RecordSink): void
  /** Cells that must be there; more only as empty ones. */
  readonly width: number
  /** Columns it does not read and that are kept with each row; unless said, those it has not asked for. Texts are never kept. */
  readonly unread?: readonly number[]
  /** Columns that may be kept as the text of a row; of files that hold prompts, those that hold none. */
  readonly shown?: readonly number[]
  /** Moves the file's moment, in ms: a file that says less yields to one that says more at the same moment. */
  readonly asOfShift?: number
  /**
   * Asked behind the last record. True = what the whole file shows changes how its records are read: they are judged once
   * more, and what was said of them is forgotten. An issue = it shows that the user must be asked.
   */
  again?(): Issue | boolean
}

/** One record of a file that is not a table; calling it judges the record. */
export interface LooseRecord {
  readonly line: number
  readonly text: string
  /** 0 … 1 of the file. */
  readonly share: number
  /** The record as JSON, of which what nobody reads is kept; see `FieldUses`. */
  readonly value?: JsonValue
  judge(sink: RecordSink): void
}

export interface TextFormat extends FormatFace {
  readonly shape: 'text'
  /** The mark that decided, or null. `start` is the first 64 KiB. */
  recognise(start: string): string | null
  open(text: string, context: ReadContext): Outcome<LooseFile>
  /** The same records found in bytes that are UTF-8 throughout, without making the whole file text. */
  openBytes?(bytes: Uint8Array, context: ReadContext): Outcome<LooseFile>
}

export interface JsonFormat extends FormatFace {
  readonly shape: 'json'
  readonly meaning?: UsageMeaning
  recognise(pages: readonly JsonPage[]): string | null
  open(pages: readonly JsonPage[], context: ReadContext): Outcome<LooseFile>
}

export interface LooseFile {
  readonly records: Iterable<LooseRecord>
  /** As in `RecordJudge`. */
  readonly asOfShift?: number
  /** After the last record. */
  finish?(sink: Pick<RecordSink, 'note'>): void
}

export type Format = TableFormat | TextFormat | JsonFormat
