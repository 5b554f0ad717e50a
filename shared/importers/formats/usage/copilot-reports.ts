import { epochDayOf, MS_PER_DAY } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonPage, ownField } from '../../../tables/index.ts'
import { namesOf } from '../../columns.ts'
import { FieldReader, judgeItems, keyOf } from '../../field-reader.ts'
import type { JsonFormat, TableFormat, UsageMeaning } from '../../format.ts'
import { centuryAssumed, otherProducts, splitUnproven } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { AI_PRODUCT, dayTotalsOf, METRIC_BREAKDOWNS } from './copilot-api.ts'
import { openDates } from './copilot-usage.ts'

const METERED: UsageMeaning = {
  tool: 'GitHub Copilot',
  use: 'GitHub Copilot',
  states: 'money',
  inputIncludesCache: false,
  // Gross - discount = net, as in the AI usage report; seats stand only here.
  costs: { gross_amount: 'listed', discount_amount: 'included', net_amount: 'billed' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: [
    ['date', 'usage_at'],
    'product',
    'sku',
    'unit_type',
    'username',
    'organization',
    'repository',
    'cost_center_name',
    ['workflow_path', 'workflow_name'],
  ],
  restated: ['quantity', 'gross_amount', 'discount_amount', 'net_amount'],
  restates: 'key',
}

const ORGANISATION: UsageMeaning = {
  tool: 'GitHub Copilot',
  use: 'GitHub Copilot',
  states: 'tokens',
  // Not proven; the size of the prompt counts suggests it.
  inputIncludesCache: true,
  costs: {},
  currency: null,
  moneyUnit: 'units',
  identity: ['day', ['organization_id', 'enterprise_id']],
  restated: ['user_initiated_interaction_count', 'totals_by_cli'],
  restates: 'key',
}

/** GitHub billing, metered usage, summarised or detailed: money by product and SKU, without models. */
export const copilotMetered: TableFormat = {
  shape: 'table',
  id: 'copilot-metered-csv',
  name: 'GitHub metered billing (CSV)',
  kind: 'usage',
  required: [['date', 'usage_at'], 'product', 'sku', 'quantity', 'unit_type', 'gross_amount', 'net_amount'],
  without: ['model'],
  meaning: METERED,
  fields: {
    of: 'usage',
    read: {
      date: ['day', 'key'],
      usage_at: ['day', 'key'],
      product: ['key', 'extra'],
      sku: ['detail', 'key'],
      quantity: ['requests', 'quantity'],
      unit_type: ['unit', 'key'],
      gross_amount: 'listed',
      discount_amount: 'included',
      net_amount: 'billed',
      username: ['person', 'key'],
      organization: ['workspace', 'key'],
      repository: ['repository', 'key'],
      cost_center_name: ['costCenter', 'key'],
      workflow_path: ['key', 'extra'],
      workflow_name: ['key', 'extra'],
    },
  },
  open(table, columns, context) {
    const read = new RowReader(columns.header)
    const opened = openDates(table, columns.find('date', 'usage_at'), context)
    if (!opened.ok) return opened
    const { dates, hasShortYears } = opened.value
    const identity = METERED.identity.map((column) => columns.place(...namesOf(column)))
    const at = {
      date: columns.find('date', 'usage_at'),
      product: columns.place('product'),
      sku: columns.find('sku'),
      quantity: columns.find('quantity'),
      unit: columns.find('unit_type'),
      gross: columns.find('gross_amount'),
      discount: columns.find('discount_amount'),
      net: columns.find('net_amount'),
      user: columns.find('username'),
      organization: columns.find('organization'),
      repository: columns.find('repository'),
      costCenter: columns.find('cost_center_name'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const date = read.date(at.date, dates)
        const quantity = read.quantity(at.quantity)
        const money = { listed: read.money(at.gross), included: read.money(at.discount), billed: read.money(at.net) }
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        if (hasShortYears) sink.note(centuryAssumed())
        sink.spoke(epochDayOf(date.day) * MS_PER_DAY, date.day)
        const sku = read.text(at.sku)
        if (!AI_PRODUCT.test(`${read.raw(at.product)} ${sku ?? ''}`)) {
          sink.note(otherProducts('AI use'))
          return sink.blank()
        }
        const unit = read.text(at.unit)
        const isRequests = unit?.toLowerCase().startsWith('request') === true
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: date.day,
            tool: METERED.tool,
            person: read.text(at.user),
            workspace: read.text(at.organization),
            repository: read.text(at.repository),
            detail: sku,
            requests: isRequests ? quantity : null,
            currency: METERED.currency,
            ...money,
            costCenter: read.text(at.costCenter),
            ...(isRequests || quantity === null ? {} : { quantity, unit }),
          },
          read.key(`copilot-metered|${date.day}`, identity.slice(1)),
        )
      },
    })
  },
}

/** Copilot usage metrics of an organisation or enterprise by day: counts of nobody in particular. */
export const copilotOrganisation: JsonFormat = {
  shape: 'json',
  id: 'copilot-organization-metrics-json',
  name: 'GitHub Copilot usage metrics of an organisation (NDJSON)',
  kind: 'usage',
  meaning: ORGANISATION,
  fields: {
    of: 'usage',
    read: {
      day: ['day', 'key'],
      // Where no record names them, those around all of them count.
      organization_id: ['workspace', 'key'],
      enterprise_id: ['workspace', 'key', 'extra'],
      user_initiated_interaction_count: 'requests',
      daily_active_users: 'quantity',
      'totals_by_cli.token_usage.prompt_tokens_sum': 'uncachedInput',
      'totals_by_cli.token_usage.output_tokens_sum': 'output',
    },
    around: { organization_id: ['workspace', 'key'], enterprise_id: ['workspace', 'key'] },
    left: METRIC_BREAKDOWNS,
  },
  recognise(pages) {
    const first = dayTotalsOf(pages)[0]?.value
    const marks = ['day', 'daily_active_users', 'user_initiated_interaction_count']
    return marks.every((name) => ownField(first, name) !== undefined) ? `days with ${marks.slice(1).join(', ')}` : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(dayTotalsOf(pages), ({ value, around }, sink) => {
      read.begin(value)
      const day = read.day('day')
      const requests = read.count('user_initiated_interaction_count')
      const prompt = read.count('totals_by_cli.token_usage.prompt_tokens_sum')
      const output = read.count('totals_by_cli.token_usage.output_tokens_sum')
      const active = read.count('daily_active_users')
      if (read.flaw || day === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      if (prompt !== null) sink.note(splitUnproven())
      const named = (name: string) => read.text(name) ?? textOf(around, name)
      const organisation = named('organization_id') ?? named('enterprise_id')
      sink.spoke(epochDayOf(day) * MS_PER_DAY, day)
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day,
          tool: ORGANISATION.tool,
          workspace: organisation,
          detail: 'activity of all',
          requests,
          uncachedInput: prompt,
          output,
          ...(active === null ? {} : { quantity: active, unit: 'active people' }),
        },
        keyOf('copilot-organization-metrics', [day, organisation]),
      )
    })
    return accepted({ records })
  },
}

function textOf(value: JsonPage['value'], name: string): string | null {
  const field = ownField(value, name)
  return typeof field === 'string' && field !== '' ? field : null
}
