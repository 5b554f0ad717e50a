import { accepted } from '../../../issues/index.ts'
import { instantOf } from '../../../quantities/index.ts'
import type { TableFormat, UsageMeaning } from '../../format.ts'
import { missing, notOneOf } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { timesOf } from './openai-usage.ts'

const MEANING: UsageMeaning = {
  tool: 'OpenAI API',
  use: 'OpenAI API',
  states: 'money',
  inputIncludesCache: true,
  costs: { amount_value: 'billed' },
  currency: null,
  moneyUnit: 'units',
  identity: [
    'start_time',
    'end_time',
    'line_item',
    'user_id',
    'api_key_id',
    'project_id',
    'organization_id',
    'api_source',
  ],
  // The last day of an export is provisional.
  restated: ['amount_value'],
  restates: 'window',
}

/** OpenAI dashboard, cost export: money by day and whatever it was grouped by, up to 36 decimals. */
export const openaiCost: TableFormat = {
  shape: 'table',
  id: 'openai-cost-csv',
  name: 'OpenAI cost (CSV)',
  kind: 'usage',
  required: ['start_time', 'amount_value', 'amount_currency'],
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      start_time: ['day', 'at', 'key'],
      end_time: ['at', 'key'],
      // Where the times in seconds are empty.
      start_time_iso: ['day', 'at', 'key'],
      end_time_iso: ['at', 'key'],
      amount_value: 'billed',
      amount_currency: 'currency',
      quantity: 'quantity',
      quantity_unit: 'unit',
      line_item: ['model', 'detail', 'key'],
      user_email: 'person',
      // A person where no e-mail stands.
      user_id: ['person', 'key', 'extra'],
      api_key_id: ['apiKey', 'key'],
      project_id: ['workspace', 'key'],
      // The workspace of a row without a project.
      organization_id: ['account', 'workspace', 'key'],
      api_source: ['key', 'extra'],
    },
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const times = timesOf(columns)
    const identity = MEANING.identity.slice(2).map((name) => columns.place(name as string))
    const at = {
      amount: columns.find('amount_value'),
      currency: columns.find('amount_currency'),
      line: columns.find('line_item'),
      user: columns.find('user_email', 'user_id'),
      userId: columns.place('user_id'),
      key: columns.find('api_key_id'),
      project: columns.find('project_id'),
      organization: columns.find('organization_id'),
      quantity: columns.find('quantity'),
      unit: columns.find('quantity_unit'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const bucket = times.read(read)
        const billed = read.money(at.amount)
        const currency = read.text(at.currency)?.toUpperCase() ?? null
        const quantity = read.quantity(at.quantity)
        if (bucket && !read.flaw && billed === null && currency === null) {
          sink.spoke(bucket.startMs, bucket.day)
          return sink.blank()
        }
        if (billed === null) read.fail(at.amount, missing('an amount'))
        if (currency === null) read.fail(at.currency, missing('a currency'))
        else if (!/^[A-Z]{3}$/.test(currency))
          read.fail(at.currency, notOneOf(currency, ['usd', 'another ISO 4217 code']))
        if (read.flaw || bucket === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        const line = read.text(at.line)
        const comma = line?.lastIndexOf(',') ?? -1
        sink.spoke(bucket.startMs, bucket.day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: bucket.day,
            at: bucket.isDay ? null : instantOf(bucket.startMs),
            tool: MEANING.tool,
            // "gpt-5-nano, input_tokens": model, then token class.
            model: line !== null && comma > 0 ? line.slice(0, comma) : null,
            person: read.text(at.user) ?? read.text(at.userId),
            apiKey: read.text(at.key),
            workspace: read.text(at.project) ?? read.text(at.organization),
            detail: line,
            currency,
            billed,
            account: read.text(at.organization),
            quantity,
            unit: quantity === null ? null : read.text(at.unit),
          },
          read.key(`openai-cost|${bucket.startMs}|${bucket.endMs}`, identity),
        )
      },
    })
  },
}
