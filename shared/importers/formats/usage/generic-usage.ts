import { MS_PER_DAY, epochDayOf } from '../../../calendar/index.ts'
import { type Outcome, accepted, refused } from '../../../issues/index.ts'
import type { Nanos } from '../../../money/index.ts'
import { hashText } from '../../../records/index.ts'
import type { RawTable, RecordCells } from '../../../tables/index.ts'
import { plainName } from '../../columns.ts'
import { factKey } from '../../../facts/index.ts'
import type { ReadContext, RecordJudge } from '../../format.ts'
import {
  centuryAssumed,
  currencyNotStated,
  duplicateHeader,
  headerFurtherDown,
  headerShorter,
  missing,
  mixedDayOrder,
  needsDayOrder,
  needsDecimalMark,
  noHeader,
  noSuchColumn,
  numbersAsDates,
  undatedRows,
  unknownFactColumn,
  unknownFormat,
  zoneNotStated,
} from '../../messages.ts'
import { DateEvidence, DateReader } from '../../read-dates.ts'
import { DecimalEvidence, type DecimalMark } from '../../read-numbers.ts'
import { RowReader } from '../../row-reader.ts'
import type { ImportChoices } from '../../types.ts'

/** A CSV of no known vendor: one use per row, columns named by the user or by names that can mean only one thing. */
export const GENERIC_USAGE = { id: 'generic-usage-csv', name: 'Usage table (CSV)', kind: 'usage' } as const

const TEXTS = ['tool', 'model', 'person', 'apiKey', 'workspace', 'repository', 'session', 'detail', 'currency'] as const
const COUNTS = [
  'uncachedInput',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknown',
  'cacheRead',
  'output',
  'unsplitTokens',
] as const
const MONEY = ['listed', 'billed', 'included', 'estimated'] as const

type GenericFact = 'day' | 'requests' | (typeof TEXTS)[number] | (typeof COUNTS)[number] | (typeof MONEY)[number]
export const GENERIC_FACTS: readonly GenericFact[] = ['day', ...TEXTS, 'requests', ...COUNTS, ...MONEY]

/** Header names that mean one thing only, spaces for underscores and hyphens. The earlier of two names is taken. */
const NAMES: Readonly<Record<GenericFact, readonly string[]>> = {
  day: ['date', 'day', 'date (utc)', 'date utc', 'usage date', 'timestamp', 'time', 'datetime', 'created at'],
  tool: ['tool', 'vendor', 'provider', 'product'],
  model: ['model', 'model name', 'model id'],
  person: ['user', 'username', 'user name', 'user email', 'email', 'person', 'developer', 'author', 'login'],
  apiKey: ['api key', 'api key name', 'api key id', 'key'],
  workspace: ['team', 'workspace', 'project', 'organization', 'department', 'cost center'],
  repository: ['repository', 'repo'],
  session: ['session', 'session id', 'conversation id'],
  detail: ['kind', 'type', 'usage type'],
  currency: ['currency'],
  requests: ['requests', 'request count', 'calls'],
  uncachedInput: ['input tokens', 'uncached input tokens', 'inputtokens'],
  cacheWrite5m: ['cache write 5m tokens'],
  cacheWrite1h: ['cache write 1h tokens'],
  cacheWriteUnknown: ['cache write tokens', 'cache creation tokens', 'cachecreationtokens'],
  cacheRead: ['cache read tokens', 'cachereadtokens'],
  output: ['output tokens', 'outputtokens'],
  unsplitTokens: ['tokens', 'total tokens', 'totaltokens'],
  listed: ['list cost', 'list price', 'gross amount', 'listed'],
  billed: ['cost', 'cost usd', 'cost eur', 'cost gbp', 'cost ($)', 'amount', 'amount usd', 'net amount', 'billed'],
  included: ['included cost', 'included'],
  estimated: ['estimated cost', 'estimated cost usd', 'estimated'],
}

/** Words people use in `--map` for our columns. */
const SPOKEN: Readonly<Record<string, GenericFact>> = {
  date: 'day',
  user: 'person',
  team: 'workspace',
  cost: 'billed',
  input: 'uncachedInput',
  input_tokens: 'uncachedInput',
  output_tokens: 'output',
  cache_read: 'cacheRead',
  cache_write: 'cacheWriteUnknown',
  tokens: 'unsplitTokens',
}

export type GenericMapping = ReadonlyMap<GenericFact, number>

export function planGeneric(table: RawTable, choices: ImportChoices): Outcome<{ mapping: GenericMapping; by: string }> {
  const { header } = table
  const plain = header.map(spacedName)
  const mapping = new Map<GenericFact, number>()
  for (const [said, wanted] of Object.entries(choices.mapping ?? {})) {
    const fact = factNamed(said)
    if (fact === null) return refused(unknownFactColumn(said, GENERIC_FACTS))
    const at = onlyPosition(header, wanted)
    if (at < 0) return refused(noSuchColumn(said, wanted))
    mapping.set(fact, at)
  }
  const isExplicit = mapping.size > 0
  if (!isExplicit) {
    const bad = headerProblem(table, plain)
    if (bad) return bad
  }
  const taken = new Set(mapping.values())
  for (const fact of isExplicit ? [] : GENERIC_FACTS) {
    const name = NAMES[fact].find((wanted) => plain.includes(wanted))
    const at = name === undefined ? -1 : plain.indexOf(name)
    if (at >= 0 && !taken.has(at)) {
      mapping.set(fact, at)
      taken.add(at)
    }
  }
  // A total beside its parts would count twice.
  if (COUNTS.slice(0, -1).some((fact) => mapping.has(fact)) && !choices.mapping) mapping.delete('unsplitTokens')
  if (!isExplicit && !isEnough(mapping)) return refused(unknownFormat(header.slice(0, 12).join(', ')))
  return accepted({ mapping, by: [...mapping].map(([fact, at]) => `${fact} = ${header[at]!}`).join(', ') })
}

function isEnough(mapping: GenericMapping): boolean {
  return mapping.has('day') && ['requests' as const, ...COUNTS, ...MONEY].some((fact) => mapping.has(fact))
}

function factNamed(said: string): GenericFact | null {
  const own = GENERIC_FACTS.find((fact) => fact.toLowerCase() === said.trim().toLowerCase())
  const spoken = said.trim().toLowerCase()
  return own ?? (Object.hasOwn(SPOKEN, spoken) ? SPOKEN[spoken]! : null)
}

function onlyPosition(header: readonly string[], wanted: string): number {
  const exact = header.flatMap((name, at) => (name === wanted.trim() ? [at] : []))
  if (exact.length > 0) return exact.length === 1 ? exact[0]! : -1
  const alike = header.flatMap((name, at) => (plainName(name) === plainName(wanted) ? [at] : []))
  return alike.length === 1 ? alike[0]! : -1
}

function spacedName(name: string): string {
  return plainName(name.replaceAll(/[_-]/g, ' '))
}

/** Why this header cannot be taken without a question. */
function headerProblem(table: RawTable, plain: readonly string[]): ReturnType<typeof refused> | null {
  const { header } = table
  if (header.some((name) => /^\d{4}-\d{2}-\d{2}|^-?\d+(?:[.,]\d+)?$/.test(name)))
    return refused(noHeader(header.join(', ')))
  const first = table.batches().next().value
  if (first && !NAMES.day.some((name) => plain.includes(name))) {
    const at = first.rows.slice(0, 30).findIndex((cells) => isHeaderRow(cells))
    if (at >= 0) return refused(headerFurtherDown(first.lines[at]!, header.join(', ')))
  }
  const seen = new Set<string>()
  for (const name of plain) {
    if (name !== '' && seen.has(name)) return refused(duplicateHeader(name))
    seen.add(name)
  }
  return null
}

function isHeaderRow(cells: readonly string[]): boolean {
  const plain = cells.map(spacedName)
  const known = Object.values(NAMES).flat()
  return NAMES.day.some((name) => plain.includes(name)) && plain.filter((name) => known.includes(name)).length >= 2
}

export function openGeneric(table: RawTable, mapping: GenericMapping, context: ReadContext): Outcome<RecordJudge> {
  const survey = new Survey(table.header, mapping, context)
  const start = survey.begin(table)
  if (!start.ok) return start
  let reading = start.value
  const read = new RowReader(table.header)
  const at = (fact: GenericFact) => mapping.get(fact) ?? -1
  const signature = hashText([...table.header].map(spacedName).sort().join('\u001f'))
  const named = currencyOfHeader(table.header, mapping)
  const texts = TEXTS.filter((fact) => fact !== 'currency')
    .map((fact) => [fact, at(fact)] as const)
    .filter(([, position]) => position >= 0)
  const counts = COUNTS.map((fact) => [fact, at(fact)] as const).filter(([, position]) => position >= 0)
  const amounts = MONEY.map((fact) => [fact, at(fact)] as const).filter(([, position]) => position >= 0)
  const [dayAt, requestsAt, currencyAt] = [at('day'), at('requests'), at('currency')]
  const identity = texts.map(([, position]) => position)
  const key = factKey()
  /** Of the record at hand, in the order of `counts` and `amounts`. */
  const countsSaid: (number | null)[] = []
  const amountsSaid: (Nanos | null)[] = []
  const used = new Set(mapping.values())
  const unread = table.header.flatMap((_, position) => (used.has(position) ? [] : [position]))
  return accepted({
    width: table.header.length,
    unread,
    again() {
      const decided = survey.decide()
      if (!decided.ok) return decided.issues[0]!
      const isSame = reading?.says === decided.value.says
      if (!isSame) reading = decided.value
      return !isSame
    },
    judge(cells, sink) {
      read.begin(cells)
      survey.seeRecord(cells)
      if (reading === null) return sink.blank()
      const { dates, marks } = reading
      const date = dayAt < 0 ? null : read.date(dayAt, dates)
      counts.forEach(([fact, position], i) => (countsSaid[i] = countWith(read, position, marks.get(fact) ?? '.')))
      amounts.forEach(([fact, position], i) => (amountsSaid[i] = read.money(position, marks.get(fact) ?? '.')))
      const requests = read.quantity(requestsAt)
      const statesMoney = amountsSaid.some((said) => said !== null)
      const statesNothing = !statesMoney && requests === null && countsSaid.every((said) => said === null)
      if (statesNothing && !read.flaw && (amounts.length > 0 || counts.length > 0 || requestsAt >= 0)) {
        read.fail(amounts[0]?.[1] ?? counts[0]?.[1] ?? requestsAt, missing('an amount or a count'))
      }
      if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
      const currency = read.text(currencyAt)?.toUpperCase() ?? named ?? context.choices.currency ?? null
      if (statesMoney && currency === null) sink.note(currencyNotStated())
      if (date === null) sink.note(undatedRows())
      else {
        if (date.isZoneless) sink.note(zoneNotStated())
        if (survey.hasShortYears) sink.note(centuryAssumed())
        sink.spoke(date.at ?? epochDayOf(date.day) * MS_PER_DAY, date.day)
      }
      const usage = sink.columns('usage')
      usage.day.put(date?.day ?? null)
      usage.at.put(date?.at ?? null)
      for (const [fact, position] of texts) usage[fact].putWord(read.word(position))
      counts.forEach(([fact], i) => usage[fact].put(countsSaid[i]!))
      amounts.forEach(([fact], i) => usage[fact].put(amountsSaid[i]!))
      usage.requests.put(requests)
      if (statesMoney) usage.currency.put(currency)
      key.begin().text(`generic|${signature}|${date?.day ?? ''}|${date?.at ?? ''}`)
      sink.close('usage', read.feed(key, identity))
    },
  })
}

/** Counts of people's own tables may be grouped: `1,234`. */
function countWith(read: RowReader, at: number, mark: DecimalMark): number | null {
  if (read.isDigits(at)) return read.count(at)
  const cell = read.raw(at).trim()
  if (!/[.,'\u2019\u00A0\u202F ]/.test(cell)) return read.count(at)
  const amount = read.amount(at, cell, mark)
  if (amount === null) return null
  const whole = amount / 1_000_000_000n
  if (amount < 0n || whole * 1_000_000_000n !== amount) {
    read.fail(at, missing('a whole number of 0 or more'))
    return null
  }
  return Number(whole)
}

/** How the cells of a file are read that people and spreadsheets wrote in more ways than one. */
interface Reading {
  readonly dates: DateReader
  readonly marks: ReadonlyMap<GenericFact, DecimalMark>
  /** The two as a text: equal texts read alike. */
  readonly says: string
}

/**
 * What whole columns show about the order of day and month and about decimal marks. The start of a file mostly settles it,
 * and its records are then read at once; looking on meanwhile, we notice a later one that says otherwise.
 */
class Survey {
  private readonly header: readonly string[]
  private readonly context: ReadContext
  private readonly dayAt: number
  private readonly dates = new DateEvidence()
  private readonly numbers: readonly {
    readonly fact: GenericFact
    readonly at: number
    readonly evidence: DecimalEvidence
  }[]

  constructor(header: readonly string[], mapping: GenericMapping, context: ReadContext) {
    this.header = header
    this.context = context
    this.dayAt = mapping.get('day') ?? -1
    this.numbers = [...COUNTS, ...MONEY].flatMap((fact) =>
      mapping.has(fact) ? [{ fact, at: mapping.get(fact)!, evidence: new DecimalEvidence() }] : [],
    )
  }

  get hasShortYears(): boolean {
    return this.dates.hasShortYears
  }

  /** Looks at the first piece of the file; null where it leaves a question that the rest may answer. */
  begin(table: RawTable): Outcome<Reading | null> {
    const first = table.batches().next().value
    const width = this.header.length
    const rows = first?.rows.filter((_, i) => !first.flaws.has(i)) ?? []
    const start = rows.slice(0, 50)
    const wide = start.filter((cells) => cells.slice(width).some((cell) => cell.trim() !== '')).length
    if (start.length > 1 && wide * 2 > start.length) return refused(headerShorter(width, width + 1))
    for (const cells of rows) if (cells.length >= width) this.see((at) => cells[at]!)
    const decided = this.decide()
    return decided.ok || !first || first.share === 1 ? decided : accepted(null)
  }

  see(cellAt: (position: number) => string): void {
    if (this.dayAt >= 0) this.dates.see(cellAt(this.dayAt))
    for (const { at, evidence } of this.numbers) evidence.see(cellAt(at))
  }

  /** As `see`, of a record that is being judged. */
  seeRecord(cells: RecordCells): void {
    if (this.dayAt >= 0) this.dates.seeCell(cells, this.dayAt)
    for (const { at, evidence } of this.numbers) evidence.seeCell(cells, at)
  }

  decide(): Outcome<Reading> {
    const { header, dayAt } = this
    const { choices, zone } = this.context
    const dates = this.dates.decide()
    const dayName = header[dayAt] ?? ''
    const chosen = choices.dayOrder
    if (dates.kind === 'numbers') return refused(numbersAsDates(dayName, dates.said))
    if (dates.kind === 'ambiguous' && !chosen) return refused(needsDayOrder(dayName, dates.said))
    if (dates.kind === 'mixed' && !chosen) return refused(mixedDayOrder(dayName, dates.said))
    const marks = new Map<GenericFact, DecimalMark>()
    for (const { fact, at, evidence } of this.numbers) {
      const decided = evidence.decide()
      const mark = choices.decimalMark ?? decided.mark
      if (mark === null) return refused(needsDecimalMark(header[at]!, decided.mark === null ? decided.said : ''))
      marks.set(fact, mark)
    }
    const order = chosen ?? (dates.kind === 'order' ? dates.order : null)
    const says = [order ?? '', ...marks.values()].join(' ')
    return accepted({ dates: new DateReader(order, zone), marks, says })
  }
}

function currencyOfHeader(header: readonly string[], mapping: GenericMapping): string | null {
  for (const fact of MONEY) {
    const name = plainName(header[mapping.get(fact) ?? -1] ?? '')
    const code = /(?:^|[\s_(-])(usd|eur|gbp|chf|jpy|cad|aud|inr)\)?$/.exec(name)?.[1]
    if (code) return code.toUpperCase()
    if (name.endsWith('($)')) return 'USD'
  }
  return null
}
