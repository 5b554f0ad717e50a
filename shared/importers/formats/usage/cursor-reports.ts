import { dayIn, epochDayOf, MS_PER_DAY, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type Nanos, nanosOf } from '../../../money/index.ts'
import { instantOf } from '../../../quantities/index.ts'
import { type JsonPage, ownField } from '../../../tables/index.ts'
import { FieldReader, itemsOf, type JsonItem, judgeItems, keyOf } from '../../field-reader.ts'
import type { JsonFormat, TableFormat, UsageMeaning } from '../../format.ts'
import { cycleSoFar, missing, morePages, notATime, totalMismatch } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { totalOfDaysOf } from '../../total-of-days.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { readCost } from './cursor-usage.ts'

const SPEND: UsageMeaning = {
  tool: 'Cursor',
  use: 'Cursor',
  states: 'money',
  inputIncludesCache: false,
  // Cents. Spend is on demand only; overall has what the plan included as well.
  costs: { spendCents: 'billed', overallSpendCents: 'included' },
  currency: 'USD',
  moneyUnit: 'cents',
  identity: ['subscriptionCycleStart', 'userId'],
  restated: ['spendCents', 'overallSpendCents'],
  restates: 'key',
}

const ACTIVITY: UsageMeaning = {
  tool: 'Cursor',
  use: 'Cursor',
  // Raw events, no billable units: no requests and no money are read from them.
  states: 'tokens',
  inputIncludesCache: false,
  costs: {},
  currency: null,
  moneyUnit: 'units',
  identity: ['day', 'userId'],
  restated: ['agentRequests', 'totalLinesAdded'],
  restates: 'key',
}

const MODELS: UsageMeaning = {
  tool: 'Cursor',
  use: 'Cursor',
  states: 'money',
  inputIncludesCache: false,
  costs: { 'cost ($)': 'listed' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: ['model'],
  restated: ['request count', 'total tokens', 'cost ($)'],
  restates: 'key',
  isTotalOfDays: true,
}

/** Moments of this API are epoch milliseconds, as numbers or text. */
function momentOf(read: FieldReader, path: string) {
  const at = read.count(path)
  if (at === null) return null
  if (at >= 1e11 && at <= 7.3e12) return instantOf(at)
  read.fail(path, notATime(String(at)))
  return null
}

/** Cursor Admin API, `teams/spend`: what each member has spent in the billing cycle so far. A cycle lasts a month. */
export const cursorSpend: JsonFormat = {
  shape: 'json',
  id: 'cursor-spend-json',
  name: 'Cursor spend of members (Admin API, JSON)',
  kind: 'usage',
  meaning: SPEND,
  fields: {
    of: 'usage',
    read: {
      userId: ['key', 'extra'],
      email: 'person',
      // A person where no e-mail stands.
      name: ['person', 'extra'],
      spendCents: ['billed', 'included'],
      overallSpendCents: 'included',
    },
    around: { subscriptionCycleStart: ['day', 'key'], totalPages: 'note' },
  },
  recognise(pages) {
    const page = pages[0]?.value
    const first = itemsOf(pages, 'teamMemberSpend')[0]?.value
    return ownField(first, 'spendCents') !== undefined && ownField(page, 'subscriptionCycleStart') !== undefined
      ? 'teamMemberSpend with spendCents, and subscriptionCycleStart'
      : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(itemsOf(pages, 'teamMemberSpend'), ({ value, around }, sink) => {
      read.begin(around)
      const start = momentOf(read, 'subscriptionCycleStart')
      if (start === null) read.fail('subscriptionCycleStart', missing('the start of the billing cycle'))
      if (read.flaw || start === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      read.begin(value)
      const billed = read.money('spendCents', 'cents')
      const overall = read.money('overallSpendCents', 'cents')
      const user = read.text('userId') ?? read.text('email')
      if (billed === null) read.fail('spendCents', missing('an amount'))
      const flaw = read.problem()
      if (flaw) return sink.aside(flaw.column, flaw.issue)
      sink.spoke(start, dayIn(start, UTC))
      sink.spoke(start, dayIn(lastOfCycle(start), UTC))
      sink.note(cycleSoFar())
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day: dayIn(start, UTC),
          tool: SPEND.tool,
          person: read.text('email') ?? read.text('name') ?? user,
          detail: 'spend of the billing cycle',
          currency: SPEND.currency,
          billed,
          included: includedOf(billed!, overall),
        },
        keyOf('cursor-spend', [start, user]),
      )
    })
    const [last] = pages.slice(-1)
    const total = Number(ownField(last?.value, 'totalPages') ?? 1)
    return accepted({ records, finish: (sink) => (total > pages.length ? sink.note(morePages()) : undefined) })
  },
}

function includedOf(billed: Nanos, overall: Nanos | null): Nanos | null {
  return overall === null || overall < billed ? null : nanosOf(overall - billed)
}

function lastOfCycle(start: number) {
  const date = new Date(start)
  return instantOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()) - MS_PER_DAY)
}

const EVENTS = ['subscriptionIncludedReqs', 'usageBasedReqs', 'apiKeyReqs'] as const

function activityOf(pages: readonly JsonPage[]): readonly JsonItem[] {
  return itemsOf(pages, 'data')
}

/** Cursor Admin API, `teams/daily-usage-data`: a person and day each, events counted raw. Days without activity are blank. */
export const cursorDailyUse: JsonFormat = {
  shape: 'json',
  id: 'cursor-daily-use-json',
  name: 'Cursor daily use (Admin API, JSON)',
  kind: 'usage',
  meaning: ACTIVITY,
  fields: {
    of: 'usage',
    read: {
      day: ['day', 'key'],
      date: ['day', 'key'],
      email: ['person', 'key'],
      userId: 'key',
      isActive: 'fate',
      mostUsedModel: 'model',
      subscriptionIncludedReqs: 'quantity',
      usageBasedReqs: 'quantity',
      apiKeyReqs: 'quantity',
      // What people did, by feature, is kept as it stands.
    },
    around: {
      'pagination.hasNextPage': 'note',
    },
  },
  recognise(pages) {
    const first = activityOf(pages)[0]?.value
    const marks = ['email', 'isActive', 'composerRequests', 'usageBasedReqs']
    return marks.every((name) => ownField(first, name) !== undefined) ? `data with ${marks.join(', ')}` : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(activityOf(pages), ({ value }, sink) => {
      read.begin(value)
      const written = read.text('day')
      const at = written === null ? momentOf(read, 'date') : null
      const day = at === null ? read.day('day') : dayIn(at, UTC)
      const counts = EVENTS.map((name) => read.count(name))
      if (read.flaw || day === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      const start = epochDayOf(day) * MS_PER_DAY
      sink.spoke(start, day)
      if (read.text('isActive') === 'false') return sink.blank()
      const events = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day,
          tool: ACTIVITY.tool,
          model: read.text('mostUsedModel'),
          person: read.text('email'),
          detail: 'activity',
          quantity: events,
          unit: 'events',
        },
        keyOf('cursor-daily-use', [day, read.text('userId') ?? read.text('email')]),
      )
    })
    const lacks = ownField(ownField(pages.at(-1)?.value, 'pagination'), 'hasNextPage') === true
    return accepted({ records, finish: (sink) => (lacks ? sink.note(morePages()) : undefined) })
  },
}

/** Cache write, the rest of the input, cache read, output: only together do they make the total. */
const PARTS = [['input (w/ cache write)'], ['input (w/o cache write)'], ['cache read'], ['output tokens', 'output']]

/** Cursor dashboard, totals of each model over a range the file does not state. */
export const cursorModels: TableFormat = {
  shape: 'table',
  id: 'cursor-models-csv',
  name: 'Cursor totals by model (CSV)',
  kind: 'usage',
  required: ['model', 'request count', 'total tokens', ['cost ($)', 'cost']],
  without: ['date', 'kind'],
  meaning: MODELS,
  fields: {
    of: 'usage',
    read: {
      model: ['model', 'key'],
      'request count': 'requests',
      'input (w/ cache write)': 'cacheWriteUnknown',
      'input (w/o cache write)': 'uncachedInput',
      'cache read': 'cacheRead',
      'output tokens': 'output',
      output: 'output',
      // Held against its parts; read where not all of them stand.
      'total tokens': 'unsplitTokens',
      'cost ($)': 'listed',
      cost: 'listed',
    },
  },
  open(table, columns, context) {
    const total = totalOfDaysOf(context, 'totals by model', (table.batches().next().value?.rows.length ?? 0) > 0)
    if (!total.ok) return total
    const range = total.value
    const read = new RowReader(columns.header)
    const isSplit = PARTS.every((names) => columns.has(names[0]!) || columns.has(names.at(-1)!))
    const [write = -1, uncached = -1, cacheRead = -1, output = -1] = isSplit
      ? PARTS.map((names) => columns.find(...names))
      : []
    const at = {
      model: columns.find('model'),
      requests: columns.find('request count'),
      total: columns.find('total tokens'),
      cost: columns.find('cost ($)', 'cost'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const listed = readCost(read, at.cost)
        const counts = isSplit
          ? {
              cacheWriteUnknown: read.count(write),
              uncachedInput: read.count(uncached),
              cacheRead: read.count(cacheRead),
              output: read.count(output),
            }
          : { unsplitTokens: read.count(at.total) }
        if (isSplit) holdTotal(read, at.total, Object.values(counts))
        const requests = read.quantity(at.requests)
        const model = read.text(at.model)
        if (model === null && !read.flaw) read.fail(at.model, missing('a model'))
        if (read.flaw || range === null) return sink.aside(read.flaw?.column ?? null, read.flaw!.issue)
        range.speak(sink)
        const stated = { ...SILENT_USAGE, day: range.day, tool: MODELS.tool, model, requests, ...counts }
        sink.fact(
          'usage',
          { ...stated, currency: MODELS.currency, listed },
          keyOf(`cursor-models|${range.range}`, [model]),
        )
      },
    })
  },
}

function holdTotal(read: RowReader, at: number, counts: readonly (number | null)[]): void {
  const total = read.count(at)
  const sum = counts.reduce<number>((all, count) => all + (count ?? 0), 0)
  if (total !== null && sum !== total) read.fail(at, totalMismatch(read.raw(at), sum))
}
