import { type Day, MS_PER_DAY, epochDayOf } from '../../../calendar/index.ts'
import { type Outcome, accepted, refused } from '../../../issues/index.ts'
import type { RawTable } from '../../../tables/index.ts'
import { type Columns, namesOf } from '../../columns.ts'
import type { ReadContext, TableFormat, UsageMeaning } from '../../format.ts'
import { backfilled, centuryAssumed, mixedDayOrder, needsDayOrder, splitUnproven } from '../../messages.ts'
import { DateEvidence, DateReader } from '../../read-dates.ts'
import { RowReader } from '../../row-reader.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

const MEANING: UsageMeaning = {
  tool: 'GitHub Copilot',
  use: 'GitHub Copilot',
  states: 'money',
  inputIncludesCache: false,
  // Gross - discount = net; the discount is what seats and pools cover. A net of 0 does not mean no use.
  costs: { gross_amount: 'listed', discount_amount: 'included', net_amount: 'billed' },
  currency: 'USD',
  moneyUnit: 'units',
  // Without repository and cost center rows collapse and credits are lost.
  identity: [
    ['date', 'timestamp'],
    ['username', 'user'],
    'product',
    'sku',
    'model',
    'unit_type',
    'organization',
    'repository',
    'cost_center_name',
  ],
  restated: ['quantity', 'gross_amount', 'discount_amount', 'net_amount'],
  restates: 'key',
}

/** Rows of these days were written once more when credits came; GitHub's own preview halves or drops them. */
const BACKFILLED = { from: '2026-04-24' as Day, to: '2026-04-30' as Day }

/**
 * GitHub billing, Copilot usage: AI credits (2026-06 on), premium requests (2025-10 on) and the layout between them, plus
 * the first one (`Requests Used`, no money). On credit rows `aic_*` are written as 0, so quantity and gross are read.
 */
export const copilotUsage: TableFormat = {
  shape: 'table',
  id: 'copilot-usage-csv',
  name: 'GitHub Copilot usage (CSV)',
  kind: 'usage',
  required: [
    ['date', 'timestamp'],
    ['username', 'user'],
    'model',
    ['gross_amount', 'requests used'],
    ['quantity', 'requests used'],
    ['net_amount', 'exceeds monthly quota'],
  ],
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      date: ['day', 'key'],
      timestamp: ['at', 'day', 'key'],
      username: ['person', 'key'],
      user: ['person', 'key'],
      product: ['key', 'extra'],
      sku: ['detail', 'key'],
      model: ['model', 'key'],
      quantity: ['requests', 'quantity'],
      'requests used': 'requests',
      unit_type: ['unit', 'key'],
      gross_amount: 'listed',
      discount_amount: 'included',
      net_amount: 'billed',
      organization: ['workspace', 'key'],
      repository: ['repository', 'key'],
      cost_center_name: ['costCenter', 'key'],
      input: 'uncachedInput',
      total_input_tokens: 'uncachedInput',
      output: 'output',
      total_output_tokens: 'output',
      cache_read: 'cacheRead',
      total_cache_read_tokens: 'cacheRead',
      cache_write: 'cacheWriteUnknown',
      total_cache_creation_tokens: 'cacheWriteUnknown',
      // Written as 0 on rows of credits.
      aic_quantity: 'extra',
      aic_gross_amount: 'extra',
    },
  },
  open(table, columns, context) {
    const read = new RowReader(columns.header)
    const opened = openDates(table, columns.find('date', 'timestamp'), context)
    if (!opened.ok) return opened
    const { dates, hasShortYears } = opened.value
    const identity = MEANING.identity.map((column) => columns.place(...namesOf(column)))
    const at = positionsOf(columns)
    const hasTokens = at.input >= 0
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const date = read.date(at.date, dates)
        const quantity = read.quantity(at.quantity)
        const unit = read.lowered(at.unit)
        const money = { listed: read.money(at.gross), included: read.money(at.discount), billed: read.money(at.net) }
        const counts = {
          uncachedInput: read.count(at.input),
          output: read.count(at.output),
          cacheRead: read.count(at.cacheRead),
          cacheWriteUnknown: read.count(at.cacheWrite),
        }
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        if (hasShortYears) sink.note(centuryAssumed())
        if (hasTokens) sink.note(splitUnproven())
        if (date.day >= BACKFILLED.from && date.day <= BACKFILLED.to)
          sink.note(backfilled(BACKFILLED.from, BACKFILLED.to))
        const isRequests = at.unit < 0 || unit.startsWith('request')
        sink.spoke(date.at ?? epochDayOf(date.day) * MS_PER_DAY, date.day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: date.day,
            at: date.at,
            tool: MEANING.tool,
            model: read.text(at.model),
            person: read.text(at.user),
            workspace: read.text(at.organization),
            repository: read.text(at.repository),
            detail: read.text(at.sku),
            requests: isRequests ? quantity : null,
            ...counts,
            currency: at.gross < 0 ? null : MEANING.currency,
            ...money,
            costCenter: read.text(at.costCenter),
            ...(isRequests || quantity === null ? {} : { quantity, unit: unit }),
          },
          read.key(`copilot|${date.day}`, at.isFirstLayout ? identity : identity.slice(1)),
        )
      },
    })
  },
}

function positionsOf(columns: Columns) {
  return {
    isFirstLayout: columns.has('requests used'),
    date: columns.find('date', 'timestamp'),
    user: columns.find('username', 'user'),
    sku: columns.find('sku'),
    costCenter: columns.find('cost_center_name'),
    model: columns.find('model'),
    quantity: columns.find('quantity', 'requests used'),
    unit: columns.find('unit_type'),
    gross: columns.find('gross_amount'),
    discount: columns.find('discount_amount'),
    net: columns.find('net_amount'),
    organization: columns.find('organization'),
    repository: columns.find('repository'),
    input: columns.find('input', 'total_input_tokens'),
    output: columns.find('output', 'total_output_tokens'),
    cacheRead: columns.find('cache_read', 'total_cache_read_tokens'),
    cacheWrite: columns.find('cache_write', 'total_cache_creation_tokens'),
  }
}

/** Dates are ISO unless a spreadsheet saved the file; then the whole column must show which comes first. */
export function openDates(
  table: RawTable,
  at: number,
  context: ReadContext,
): Outcome<{ dates: DateReader; hasShortYears: boolean }> {
  const evidence = new DateEvidence()
  let isIso = true
  for (const { rows, flaws } of table.batches()) {
    rows.forEach((cells, i) => {
      if (!flaws.has(i)) evidence.see(cells[at] ?? '')
    })
    // ISO in the first batch is ISO throughout: no tool mixes them, and a row that does is kept aside.
    const seen = evidence.decide()
    isIso = seen.kind === 'order' && seen.order === null
    if (isIso) break
  }
  const column = table.header[at] ?? ''
  const decided = evidence.decide()
  const chosen = context.choices.dayOrder
  if (decided.kind === 'ambiguous' && !chosen) return refused(needsDayOrder(column, decided.said))
  if (decided.kind === 'mixed' && !chosen) return refused(mixedDayOrder(column, decided.said))
  const order = isIso ? null : (chosen ?? (decided.kind === 'order' ? decided.order : null))
  return accepted({ dates: new DateReader(order, context.zone), hasShortYears: evidence.hasShortYears })
}
