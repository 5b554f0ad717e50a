import type { Zone } from '../calendar/index.ts'
import type { FactKind } from '../facts/index.ts'
import { type Issue, type Outcome, accepted, placed, refused } from '../issues/index.ts'
import {
  type BytesLook,
  type JsonPage,
  type RawTable,
  LIMITS,
  emptyFile,
  fileTooBig,
  isUtf8,
  lookAtBytes,
  notText,
  readJson,
  readTable,
  readText,
  startOfText,
} from '../tables/index.ts'
import { Columns, matchColumns, namesOf, plainName } from './columns.ts'
import type { Format, JsonFormat, LooseFile, ReadContext, RecordJudge, TableFormat, TextFormat } from './format.ts'
import { FORMATS, KNOWN_FORMATS } from './formats/all-formats.ts'
import { GENERIC_USAGE, openGeneric, planGeneric } from './formats/usage/generic-usage.ts'
import { isGenericDelivery, openDelivery, planDelivery } from './formats/delivery/generic-delivery.ts'
import { notNeededTable } from './formats/not-needed.ts'
import { notNeededFile, unknownFormatId, unknownJson, wrongFormat } from './messages.ts'
import { tableOfJson } from './table-of-json.ts'
import type { ImportChoices, SourceDocument } from './types.ts'
import { UnreadColumns } from './unread-columns.ts'
import { UnreadFields } from './unread-fields.ts'

export interface RecognisedFormat {
  readonly format: string
  readonly name: string
  /** The columns or marks that decided. */
  readonly by: string
}

/** Says what a file is from its content alone: never from its name or the position of a column. */
export function recogniseFormat(document: SourceDocument, choices: ImportChoices = {}): Outcome<RecognisedFormat> {
  const found = findReading(document, choices)
  return found.ok ? accepted(found.value.recognised) : placedIn(found, document.name)
}

/** A document on its way into records. */
export type Reading =
  | {
      readonly shape: 'table'
      readonly table: RawTable
      readonly judge: RecordJudge
      readonly unread: UnreadColumns
      /** Somebody said what its columns mean, and may have forgotten one. */
      readonly isMapped: boolean
    }
  | { readonly shape: 'loose'; readonly file: LooseFile; readonly unread: UnreadFields | null }

export function openDocument(
  document: SourceDocument,
  choices: ImportChoices,
): Outcome<{ recognised: RecognisedFormat; reading: Reading }> {
  const found = findReading(document, choices)
  if (!found.ok) return placedIn(found, document.name)
  const opened = found.value.open()
  if (!opened.ok) return placedIn(opened, document.name)
  return accepted({ recognised: found.value.recognised, reading: opened.value })
}

interface Found {
  readonly recognised: RecognisedFormat
  open(): Outcome<Reading>
}

function findReading(document: SourceDocument, choices: ImportChoices): Outcome<Found> {
  const { bytes } = document
  if (bytes.length > LIMITS.fileBytes) return refused(fileTooBig(bytes.length))
  const look = lookAtBytes(bytes)
  if (look.kind === 'empty') return refused(emptyFile())
  if (look.kind !== 'text' && look.kind !== 'json') return refused(notText(look.kind))
  if (choices.as !== undefined && !FORMATS.some(({ id }) => id === choices.as)) {
    return refused(
      unknownFormatId(
        choices.as,
        FORMATS.map(({ id }) => id),
      ),
    )
  }
  const context: ReadContext = { choices, zone: choices.zone as Zone | undefined, fileName: document.name }
  const wanted = choices.as === undefined ? null : (KNOWN_FORMATS.find(({ id }) => id === choices.as) ?? null)
  const shape = wanted?.shape ?? (look.kind === 'json' ? 'json' : null)
  if (shape === 'json') return findJson(bytes, look, wanted, context)
  const start = startOfText(bytes, look)
  if (shape === 'text' || shape === null) {
    const found = findText(bytes, look, start, wanted, context)
    if (found) return found
  }
  return findTable(bytes, look, wanted, context)
}

function findText(
  bytes: Uint8Array,
  look: BytesLook,
  start: string,
  wanted: Format | null,
  context: ReadContext,
): Outcome<Found> | null {
  const texts = KNOWN_FORMATS.filter((format): format is TextFormat => format.shape === 'text')
  for (const format of texts) {
    const by = format.recognise(start)
    if (by === null || (wanted !== null && wanted.id !== format.id)) continue
    return accepted({
      recognised: { format: format.id, name: format.name, by },
      open() {
        const isPlain = look.encoding === 'utf-8' && context.choices.encoding !== 'windows-1252'
        if (format.openBytes && isPlain && isUtf8(bytes)) {
          return asReading(format, format.openBytes(bytes.subarray(look.bomBytes), context))
        }
        const text = readText(bytes, look, context.choices.encoding)
        return text.ok ? asReading(format, format.open(text.value, context)) : text
      },
    })
  }
  return wanted === null ? null : refused(wrongFormat(wanted.name, 'records of git log text', start.slice(0, 60)))
}

function findJson(bytes: Uint8Array, look: BytesLook, wanted: Format | null, context: ReadContext): Outcome<Found> {
  const pages = readJson(bytes, look)
  if (!pages.ok) return pages
  const jsons = KNOWN_FORMATS.filter((format): format is JsonFormat => format.shape === 'json')
  for (const format of jsons) {
    const by = format.recognise(pages.value)
    if (by === null || (wanted !== null && wanted.id !== format.id)) continue
    return accepted({
      recognised: { format: format.id, name: format.name, by },
      open: () => asReading(format, format.open(pages.value, context)),
    })
  }
  const own = wanted === null ? findOwnJson(pages.value, context) : null
  if (own !== null) return own
  const said = describePages(pages.value)
  return refused(wanted === null ? unknownJson(said) : wrongFormat(wanted.name, 'JSON objects with its fields', said))
}

/** JSON of people's own: read as a table where its fields say what they are, or where people did. */
function findOwnJson(pages: readonly JsonPage[], context: ReadContext): Outcome<Found> | null {
  const table = tableOfJson(pages)
  if (table === null) return null
  const found = findTable(table, lookAtBytes(table), null, context)
  const isAsked = context.choices.mapping !== undefined || context.choices.as !== undefined
  // What is known and of no use is said, too.
  return found.ok || isAsked || found.issues.some(({ code }) => code === 'import/not-needed') ? found : null
}

function describePages(pages: readonly JsonPage[]): string {
  return (JSON.stringify(pages[0]?.value ?? null) ?? '').slice(0, 80)
}

function asReading({ fields }: Format, file: Outcome<LooseFile>): Outcome<Reading> {
  const unread = fields === undefined ? null : new UnreadFields(fields)
  return file.ok ? accepted({ shape: 'loose', file: file.value, unread }) : file
}

function findTable(bytes: Uint8Array, look: BytesLook, wanted: Format | null, context: ReadContext): Outcome<Found> {
  const { choices } = context
  const read = readTable(bytes, look, {
    ...(choices.encoding === undefined ? {} : { encoding: choices.encoding }),
    ...(choices.headerLine === undefined ? {} : { headerLine: choices.headerLine }),
  })
  if (!read.ok) return read
  const table = read.value
  const columns = new Columns(table.header)
  const tables = KNOWN_FORMATS.filter((format): format is TableFormat => format.shape === 'table')
  if (isGenericDelivery(choices.as)) {
    const plan = planDelivery(table, context)
    if (!plan.ok) return plan
    const { spec, mapping, by } = plan.value
    return accepted({
      recognised: { format: spec.id, name: spec.name, by },
      open: () => asTable(table, openDelivery(table, mapping, context), spec.kind),
    })
  }
  const isGeneric = choices.as === GENERIC_USAGE.id || (choices.as === undefined && choices.mapping !== undefined)
  for (const format of isGeneric ? [] : tables) {
    if (wanted !== null && wanted.id !== format.id) continue
    const by = matchTable(format, columns)
    if (by === null) continue
    return accepted({
      recognised: { format: format.id, name: format.name, by },
      open() {
        const asked = new Columns(table.header)
        const judge = format.open(table, asked, context)
        if (!judge.ok) return judge
        const of = format.fields?.of ?? (format.kind === 'usage' ? 'usage' : null)
        const positions =
          of === null ? [] : (judge.value.unread ?? (of === 'usage' ? asked.unasked() : unnamed(format, table.header)))
        const unread = new UnreadColumns(table.header, positions, of ?? 'usage')
        return accepted({ shape: 'table', table, judge: judge.value, unread, isMapped: false })
      },
    })
  }
  if (wanted !== null && wanted.shape === 'table') {
    const wants = wanted.required.map((column) => namesOf(column)[0]).join(', ')
    return refused(wrongFormat(wanted.name, `the columns ${wants}`, table.header.slice(0, 20).join(', ')))
  }
  const notNeeded = isGeneric ? null : notNeededTable(columns)
  if (notNeeded) return refused(notNeededFile(notNeeded.what, notNeeded.instead))
  const plan = planGeneric(table, choices)
  if (!plan.ok) return plan
  return accepted({
    recognised: { format: GENERIC_USAGE.id, name: GENERIC_USAGE.name, by: plan.value.by },
    open: () => asTable(table, openGeneric(table, plan.value.mapping, context)),
  })
}

/** Columns of a delivery export its layout does not name. */
function unnamed({ fields }: TableFormat, header: readonly string[]): readonly number[] {
  const known = new Set([...Object.keys(fields?.read ?? {}), ...Object.keys(fields?.left ?? {})])
  // Fields of one's own may end in a space inside their brackets.
  return header.flatMap((name, at) => (known.has(plainName(name).replace(/ \)$/, ')')) ? [] : [at]))
}

function asTable(table: RawTable, judge: Outcome<RecordJudge>, of: FactKind = 'usage'): Outcome<Reading> {
  if (!judge.ok) return judge
  const unread = new UnreadColumns(table.header, judge.value.unread ?? [], of)
  return accepted({ shape: 'table', table, judge: judge.value, unread, isMapped: true })
}

function matchTable(format: TableFormat, columns: Columns): string | null {
  if (format.without?.some((name) => columns.has(name))) return null
  return matchColumns(columns, format.required)
}

function placedIn(result: { readonly issues: readonly Issue[] }, file: string): ReturnType<typeof refused> {
  return refused(...result.issues.map((issue) => placed(issue, { file })))
}
