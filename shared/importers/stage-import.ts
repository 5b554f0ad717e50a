import type { Day } from '../calendar/index.ts'
import {
  checksumOf,
  FactBuilder,
  type FactChunk,
  type FactColumns,
  type FactKey,
  type FactKind,
  type FactRow,
  type Repeat,
} from '../facts/index.ts'
import { type Issue, type Outcome, accepted, placed, refused } from '../issues/index.ts'
import { instantOf } from '../quantities/index.ts'
import { csvOfParquet, isParquet, type RecordCells } from '../tables/index.ts'
import type { RecordSink } from './format.ts'
import { exportLimit, isUnfinished } from './export-limits.ts'
import { exampleRows, saidAt, withFormer } from './example-rows.ts'
import { judgeFates } from './judge-fates.ts'
import {
  cancelled,
  columnsNotUsed,
  lastDayPartial,
  maybeTruncated,
  noRows,
  repeatedHeader,
  repeatsItself,
  severalCurrencies,
  textsNotKept,
  tooFewCells,
  tooManyCells,
  tooManyRows,
} from './messages.ts'
import { openDocument, type Reading, type RecognisedFormat } from './recognise-format.ts'
import { findOverlaps, sharedTotal } from './overlaps.ts'
import { UsageSum } from './sum-usage.ts'
import { inPlaceOf } from './usage-share.ts'
import type {
  ImportChoices,
  ImportRecord,
  ImportRun,
  KeptAside,
  KnownFacts,
  SourceDocument,
  StagedImport,
} from './types.ts'

/** Of more, only the count is kept. */
const MAX_KEPT_ASIDE = 100_000
/** Of a file that is no table, read between two reports of progress: some hundredths of a second. */
const STEP_BYTES = 512 * 1024
/** Some 110 bytes of facts each: a gigabyte, which a page still holds beside the file. */
const MOST_ROWS = 10_000_000

/**
 * Reads one file to the end and says what committing it would do; nothing is stored. Every record is accepted, blank or
 * kept aside: new + changed + duplicate + keptAside + blank = rows, always.
 *
 * Facts that repeat what the workbook knows are part of the import too: taking back the earlier import must not lose them.
 */
export async function stageImport(
  document: SourceDocument,
  choices: ImportChoices,
  known: KnownFacts,
  run: ImportRun,
): Promise<Outcome<StagedImport>> {
  const table = isParquet(document.bytes) ? await csvOfParquet(document.bytes) : accepted(document.bytes)
  if (!table.ok) return refused(...table.issues.map((issue) => placed(issue, { file: document.name })))
  const opened = openDocument({ ...document, bytes: table.value }, choices)
  if (!opened.ok) return opened
  const { recognised, reading } = opened.value
  const gathering = await gather(reading, document.bytes.length, run)
  if (!(gathering instanceof Gathering)) return refused(placed(gathering, { file: document.name }))
  const shift = (reading.shape === 'table' ? reading.judge.asOfShift : reading.file.asOfShift) ?? 0
  const clash = sharedTotal(recognised.format, gathering.period(), document.fingerprint, known)
  if (clash) return refused(placed(clash, { file: document.name }))
  return accepted(finish(document, recognised, choices, gathering, shift, known, run))
}

/** Row numbers in the order they come, four bytes each. */
class RowList {
  private rows = new Uint32Array(1024)
  private count = 0

  push(row: number): void {
    if (this.count === this.rows.length) {
      const more = new Uint32Array(this.count * 2)
      more.set(this.rows)
      this.rows = more
    }
    this.rows[this.count++] = row
  }

  all(): Uint32Array {
    return this.rows.subarray(0, this.count)
  }
}

/** Takes what a format says about each record and keeps count. */
class Gathering implements RecordSink {
  readonly builder: FactBuilder
  readonly keptAside: KeptAside[] = []
  readonly acceptedRows = new RowList()
  readonly notes = new Map<string, Issue>()
  rows = 0
  blanks = 0
  asides = 0
  asOf = -Infinity
  from: Day | null = null
  to: Day | null = null
  /** Place of the record at hand. */
  line = 0
  isSettled = false
  shown: { readonly text: string } = { text: '' }
  /** What the record says in columns or fields the format does not read, and the kind of fact it is kept with. */
  extraOf: (() => string | null) | null = null
  extraWith: FactKind = 'usage'

  constructor(importId: string) {
    this.builder = new FactBuilder(importId)
  }

  begin(row: number, line: number): void {
    this.rows = row
    this.line = line
    this.isSettled = false
  }

  /** A record that made no fact, was not blank and not kept aside repeats another of the file. */
  end(): void {
    if (!this.isSettled) this.acceptedRows.push(this.rows)
  }

  fact<K extends FactKind>(kind: K, row: FactRow<K>, key: string, saidAt: number | null = null): void {
    this.keepExtra(kind)
    this.builder.add(kind, row, key, this.rows, saidAt)
  }

  columns<K extends FactKind>(kind: K): FactColumns<K> {
    return this.builder.columns(kind)
  }

  close(kind: FactKind, key: FactKey): void {
    this.keepExtra(kind)
    this.builder.close(kind, key, this.rows)
  }

  /** Put beside the cells of the row at hand, which follow or are there. */
  private keepExtra(kind: FactKind): void {
    if (kind !== this.extraWith || this.extraOf === null) return
    const { extra } = this.builder.columns(kind) as unknown as Partial<Pick<FactColumns<'usage'>, 'extra'>>
    extra?.put(this.extraOf())
  }

  blank(): void {
    this.blanks++
    this.isSettled = true
  }

  aside(column: string | null, issue: Issue): void {
    this.isSettled = true
    this.asides++
    if (this.keptAside.length >= MAX_KEPT_ASIDE) return
    const where = { row: this.rows, line: this.line, ...(column === null ? {} : { column }) }
    this.keptAside.push({ row: this.rows, line: this.line, column, issue: placed(issue, where), text: this.shown.text })
  }

  spoke(at: number, day?: Day): void {
    if (at > this.asOf) this.asOf = at
    if (day === undefined) return
    if (this.from === null || day < this.from) this.from = day
    if (this.to === null || day > this.to) this.to = day
  }

  period(): ImportRecord['period'] {
    return this.from === null ? null : { from: this.from, to: this.to! }
  }

  note(issue: Issue): void {
    if (!this.notes.has(issue.code)) this.notes.set(issue.code, issue)
  }
}

async function gather(reading: Reading, bytes: number, run: ImportRun): Promise<Gathering | Issue> {
  for (;;) {
    const gathering = new Gathering(run.importId)
    const stopped =
      reading.shape === 'table'
        ? await readTableRecords(reading, gathering, run)
        : await readLooseRecords(reading, bytes, gathering, run)
    if (reading.unread !== null && reading.unread.texts.size > 0)
      gathering.note(textsNotKept([...reading.unread.texts]))
    const again = stopped ?? (reading.shape === 'table' && reading.judge.again?.())
    if (again !== true) return again || gathering
  }
}

async function readTableRecords(
  { table, judge, unread, isMapped }: Extract<Reading, { shape: 'table' }>,
  gathering: Gathering,
  run: ImportRun,
): Promise<Issue | null> {
  // A file whose header ends in empty names may leave those cells out.
  const least = lastNamed(table.header)
  if (isMapped && unread.names.length > 0) gathering.note(columnsNotUsed(unread.names))
  const { shown } = judge
  const most = run.mostRows ?? MOST_ROWS
  for (const piece of table.pieces()) {
    if (run.isCancelled?.()) return cancelled()
    const { cells } = piece
    gathering.shown = {
      get text() {
        return (shown?.map((at) => cells.text(at)) ?? cells.all()).join(table.delimiter)
      },
    }
    if (unread.names.length > 0) {
      gathering.extraOf = () => unread.textOf(cells)
      gathering.extraWith = unread.of
    }
    while (piece.next()) {
      gathering.begin(piece.row, piece.line)
      const shape = piece.flaw ?? shapeOf(cells, table.header, least, judge.width)
      if (shape === null) judge.judge(cells, gathering)
      else if (shape === 'blank') gathering.blank()
      else gathering.aside(null, shape)
      gathering.end()
    }
    if (piece.stopped) return piece.stopped
    if (gathering.rows > most) return tooManyRows(most)
    run.onProgress?.(piece.share, gathering.rows)
    await run.pause?.()
  }
  return run.isCancelled?.() ? cancelled() : null
}

function lastNamed(header: readonly string[]): number {
  let count = header.length
  while (count > 0 && header[count - 1] === '') count--
  return count
}

function isBlankRow(cells: RecordCells): boolean {
  for (let at = 0; at < cells.count; at++) if (!isBlank(cells, at)) return false
  return true
}

function isBlank(cells: RecordCells, at: number): boolean {
  return cells.isEmpty(at) || (!cells.beginsVisibly(at) && cells.text(at).trim() === '')
}

function shapeOf(cells: RecordCells, header: readonly string[], least: number, width: number): Issue | 'blank' | null {
  const isHeader = cells.mayBe(0, header[0]!)
  if (cells.count >= least && cells.count <= width && !isHeader) return null
  if (isBlankRow(cells)) return 'blank'
  if (cells.count < least) return tooFewCells(cells.count, header.length)
  for (let at = width; at < cells.count; at++) if (!isBlank(cells, at)) return tooManyCells(cells.count, header.length)
  return isHeader && header.every((name, at) => cells.text(at).trim() === name) ? repeatedHeader() : null
}

async function readLooseRecords(
  { file, unread }: Extract<Reading, { shape: 'loose' }>,
  bytes: number,
  gathering: Gathering,
  run: ImportRun,
): Promise<Issue | null> {
  const most = run.mostRows ?? MOST_ROWS
  let row = 0
  let reported = 0
  const step = STEP_BYTES / bytes
  if (unread !== null) gathering.extraWith = unread.of
  for (const record of file.records) {
    if (row === most) return tooManyRows(most)
    gathering.shown = record
    const { value } = record
    if (unread !== null && value !== undefined) gathering.extraOf = () => unread.textOf(value)
    gathering.begin(++row, record.line)
    record.judge(gathering)
    gathering.end()
    if (record.share - reported < step) continue
    reported = record.share
    if (run.isCancelled?.()) return cancelled()
    run.onProgress?.(record.share, row)
    await run.pause?.()
  }
  if (run.isCancelled?.()) return cancelled()
  file.finish?.(gathering)
  run.onProgress?.(1, row)
  return null
}

function finish(
  document: SourceDocument,
  recognised: RecognisedFormat,
  choices: ImportChoices,
  gathering: Gathering,
  asOfShift: number,
  known: KnownFacts,
  run: ImportRun,
): StagedImport {
  const { format, name: formatName, by: recognisedBy } = recognised
  const chunks = gathering.builder.finish()
  const asOf = gathering.asOf === -Infinity ? null : instantOf(gathering.asOf + asOfShift)
  const period = gathering.period()
  if (isUnfinished(period, document.takenAt, format)) gathering.note(lastDayPartial(period!.to))
  const { fingerprint } = document
  const same = known.imports.find((earlier) => earlier.fingerprint === fingerprint)
  const own = { format, fileName: document.name, fingerprint, period, asOf, seq: same?.seq ?? run.seq, chunks }
  const { overlaps, notes } = findOverlaps(own, known, choices.overlap)
  const {
    counts: fates,
    first,
    changes,
    repeated,
  } = judgeFates(chunks, known, { asOf, seq: run.seq, overlaps, same }, gathering.acceptedRows.all())
  const usage = new UsageSum()
  for (const chunk of chunks) if (chunk.kind === 'usage') usage.addChunk(chunk)
  const { currencies } = usage
  if (gathering.rows === 0) gathering.note(noRows())
  const limit = exportLimit(format, gathering.rows, document.bytes.length)
  if (limit !== null) gathering.note(maybeTruncated(limit.said, limit.can))
  if (currencies.size > 1) gathering.note(severalCurrencies([...currencies].map((code) => code ?? 'not stated')))
  for (const note of notes) gathering.note(note)
  const { repeats } = gathering.builder
  const firstRepeat = repeats.reduce<Repeat | null>(
    (one, next) => (one && one.sourceRow < next.sourceRow ? one : next),
    null,
  )
  if (repeated > 0) gathering.note(repeatsItself(repeated, firstRepeat))
  const facts = countFacts(chunks)
  const record: ImportRecord = {
    id: run.importId,
    seq: run.seq,
    fileName: document.name,
    fingerprint,
    format,
    formatName,
    committedAt: run.committedAt,
    asOf,
    counts: { rows: gathering.rows, ...fates, keptAside: gathering.asides, blank: gathering.blanks },
    period,
    totals: usage.totals(),
    facts,
    checksum: checksumOf(chunks),
    notes: [...gathering.notes.values()],
    ...(overlaps.length === 0 ? {} : { overlaps }),
  }
  const isSame = same !== undefined && fates.new === 0 && fates.changed === 0
  const sameAs = isSame ? same.id : null
  const examples = withFormer(exampleRows(chunks, first, changes, repeats), (places) => saidAt(known.chunks, places))
  const inPlace = inPlaceOf(chunks, overlaps)
  return { record, chunks, keptAside: gathering.keptAside, recognisedBy, sameAs, examples, inPlace }
}

function countFacts(chunks: readonly FactChunk[]): ImportRecord['facts'] {
  const counts: Partial<Record<FactKind, number>> = {}
  for (const { kind, rows } of chunks) counts[kind] = (counts[kind] ?? 0) + rows
  return counts
}
