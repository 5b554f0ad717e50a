import { type Day, parseDay, parseInstant, UTC } from '../../../calendar/index.ts'
import type { FactRow } from '../../../facts/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { Nanos } from '../../../money/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import { type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import { FieldReader, type JsonItem, judgeItems, keyOf } from '../../field-reader.ts'
import type { FieldUses, JsonFormat, RecordSink, TableFormat, UsageMeaning } from '../../format.ts'
import { missing, notADay, notATime } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

/**
 * The daily cube: usage summed where it lies, one row per day and everything a rule, a price or a metric may ask for. What
 * each column says is the table below; `quarterdeck cube sql` writes the query, docs/scale.md tells why these.
 */
export const CUBE_KEYS = [
  'source',
  'day',
  'tool',
  'model',
  'person',
  'api_key',
  'workspace',
  'repository',
  'detail',
  'currency',
] as const
export type CubeKey = (typeof CUBE_KEYS)[number]

/** Column of the cube -> column of the usage table. Empty where no event of the row states it. */
export const CUBE_COUNTS = {
  requests: 'requests',
  uncached_input: 'uncachedInput',
  cache_write_5m: 'cacheWrite5m',
  cache_write_1h: 'cacheWrite1h',
  cache_write_unknown: 'cacheWriteUnknown',
  cache_read: 'cacheRead',
  output: 'output',
  unsplit: 'unsplitTokens',
} as const satisfies Record<string, keyof FactRow<'usage'>>
export type CubeCount = keyof typeof CUBE_COUNTS

export const CUBE_MONEY = ['listed', 'billed', 'included', 'estimated'] as const
export type CubeMoney = (typeof CUBE_MONEY)[number]

/** When the query ran: of two cubes of one source the one that was made later states its days whole. */
export const CUBE_STATED_AT = 'stated_at'

const REQUIRED = [CUBE_STATED_AT, 'source', 'day', 'tool', 'model', 'requests', 'uncached_input', 'unsplit'] as const

const MEANING: UsageMeaning = {
  tool: '',
  use: null,
  states: 'money',
  inputIncludesCache: false,
  costs: { listed: 'listed', billed: 'billed', included: 'included', estimated: 'estimated' },
  currency: null,
  moneyUnit: 'units',
  identity: CUBE_KEYS,
  restated: [...Object.keys(CUBE_COUNTS), ...CUBE_MONEY],
  restates: 'window',
  keys: 'daily cube',
}

const CUBE_FIELDS: FieldUses = {
  of: 'usage',
  read: {
    // Of two cubes of one source the later holds.
    [CUBE_STATED_AT]: 'moment',
    source: ['account', 'key'],
    day: ['day', 'key'],
    tool: ['tool', 'key'],
    model: ['model', 'key'],
    person: ['person', 'key'],
    api_key: ['apiKey', 'key'],
    workspace: ['workspace', 'key'],
    repository: ['repository', 'key'],
    detail: ['detail', 'key'],
    currency: ['currency', 'key'],
    ...CUBE_COUNTS,
    ...Object.fromEntries(CUBE_MONEY.map((kind) => [kind, kind])),
  },
}

/** The same questions to a row of a table and to an object. */
interface CubeReader {
  text(name: string): string | null
  count(name: string): number | null
  money(name: string): Nanos | null
  fail(name: string, issue: ReturnType<typeof missing>): void
  flaw(): RowReader['flaw']
}

function judgeCube(read: CubeReader, sink: RecordSink): void {
  const day = dayIn(read)
  const statedAt = momentIn(read)
  const source = read.text('source')
  if (source === null) read.fail('source', missing('the name of the source'))
  const currency = read.text('currency')
  const counts = Object.fromEntries(
    Object.entries(CUBE_COUNTS).map(([name, column]) => [column, read.count(name)] as const),
  )
  const money = Object.fromEntries(CUBE_MONEY.map((kind) => [kind, read.money(kind)] as const))
  const flaw = read.flaw()
  if (flaw || day === null || statedAt === null) return sink.aside(flaw!.column, flaw!.issue)
  sink.spoke(statedAt, day)
  const keys = CUBE_KEYS.map((name) => read.text(name))
  const [
    ,
    ,
    tool = null,
    model = null,
    person = null,
    apiKey = null,
    workspace = null,
    repository = null,
    detail = null,
  ] = keys
  sink.fact(
    'usage',
    {
      ...SILENT_USAGE,
      ...counts,
      ...money,
      day,
      account: source,
      tool,
      model,
      person,
      apiKey,
      workspace,
      repository,
      detail,
      currency,
    },
    keyOf('cube', keys),
  )
}

function dayIn(read: CubeReader): Day | null {
  const said = read.text('day')
  // A column of type timestamp states midnight.
  const day = parseDay(said?.replace(/[T ]00:00:00(?:\.0+)?Z?$/, '') ?? '')
  if (day.ok) return day.value
  read.fail('day', said === null ? missing('a date') : notADay(said))
  return null
}

function momentIn(read: CubeReader): Instant | null {
  const said = read.text(CUBE_STATED_AT)
  const at = parseInstant(said?.replace(' ', 'T') ?? '', UTC)
  if (at.ok) return at.value
  read.fail(CUBE_STATED_AT, said === null ? missing('when the cube was made') : notATime(said))
  return null
}

export const dailyCube: TableFormat = {
  shape: 'table',
  id: 'daily-cube-csv',
  name: 'Daily cube of a warehouse',
  kind: 'usage',
  required: REQUIRED,
  meaning: MEANING,
  fields: CUBE_FIELDS,
  open(table, columns) {
    const row = new RowReader(table.header)
    const at = new Map<string, number>()
    for (const name of [CUBE_STATED_AT, ...CUBE_KEYS, ...Object.keys(CUBE_COUNTS), ...CUBE_MONEY])
      at.set(name, columns.find(name))
    const place = (name: string) => at.get(name) ?? -1
    const read: CubeReader = {
      text: (name) => (place(name) < 0 ? null : row.text(place(name))),
      count: (name) => (place(name) < 0 ? null : row.count(place(name))),
      money: (name) => (place(name) < 0 || row.isEmpty(place(name)) ? null : row.money(place(name))),
      fail: (name, issue) => row.fail(place(name), issue),
      flaw: () => row.flaw,
    }
    return accepted({
      width: table.header.length,
      judge(cells, sink) {
        row.begin(cells)
        judgeCube(read, sink)
      },
    })
  },
}

function rowsOf(pages: readonly JsonPage[]): readonly JsonItem[] {
  return pages.flatMap(({ value, line }) => {
    const list = Array.isArray(value) ? (value as readonly JsonValue[]) : [value]
    return list.map((item) => ({ value: item, around: null, line }))
  })
}

export const dailyCubeJson: JsonFormat = {
  shape: 'json',
  id: 'daily-cube-json',
  name: 'Daily cube of a warehouse (NDJSON)',
  kind: 'usage',
  meaning: MEANING,
  fields: CUBE_FIELDS,
  recognise(pages) {
    const first = rowsOf(pages)[0]?.value
    return REQUIRED.every((name) => ownField(first, name) !== undefined) ? REQUIRED.join(', ') : null
  },
  open(pages) {
    const fields = new FieldReader()
    const read: CubeReader = {
      text: (name) => fields.text(name),
      count: (name) => fields.count(name),
      money: (name) => fields.money(name),
      fail: (name, issue) => fields.fail(name, issue),
      flaw: () => fields.flaw,
    }
    return accepted({
      records: judgeItems(rowsOf(pages), ({ value }, sink) => {
        fields.begin(value)
        judgeCube(read, sink)
      }),
    })
  },
}
