import { MS_PER_DAY, epochDayOf } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { namesOf } from '../../columns.ts'
import type { TableFormat, UsageMeaning } from '../../format.ts'
import { DateReader } from '../../read-dates.ts'
import { RowReader } from '../../row-reader.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

const MEANING: UsageMeaning = {
  tool: 'Claude API',
  use: 'Claude API',
  states: 'money',
  inputIncludesCache: false,
  // After and before discount; both rounded to cents per row, so sums drift from the invoice by cents.
  costs: { cost_usd: 'billed', list_price_usd: 'listed' },
  currency: 'USD',
  moneyUnit: 'units',
  // Key labels can be renamed, ids cannot.
  identity: [
    'usage_date_utc',
    'model',
    'workspace',
    ['api_key_id', 'api_key'],
    'usage_type',
    'context_window',
    'token_type',
    'cost_type',
    'inference_geo',
    'speed',
  ],
  restated: ['cost_usd', 'list_price_usd', 'api_key_status'],
  restates: 'window',
}

/** Claude Console, cost export: a day x model x key x token class per row, money only. Seven header generations. */
export const anthropicCost: TableFormat = {
  shape: 'table',
  id: 'anthropic-cost-csv',
  name: 'Anthropic Console cost (CSV)',
  kind: 'usage',
  required: ['usage_date_utc', 'model', 'token_type', 'cost_usd'],
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      usage_date_utc: ['day', 'key'],
      model: ['model', 'key'],
      workspace: ['workspace', 'key'],
      // The key of a row where there is no id.
      api_key: ['apiKey', 'person', 'key'],
      api_key_id: ['key', 'extra'],
      usage_type: ['detail', 'key'],
      token_type: ['detail', 'key'],
      speed: ['detail', 'key'],
      context_window: ['contextWindow', 'key'],
      cost_type: ['key', 'extra'],
      inference_geo: ['region', 'key'],
      cost_usd: 'billed',
      list_price_usd: 'listed',
      api_key_status: 'extra',
    },
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const dates = new DateReader(null, undefined)
    const identity = MEANING.identity.map((column) => columns.place(...namesOf(column)))
    const at = {
      date: columns.find('usage_date_utc'),
      model: columns.find('model'),
      workspace: columns.find('workspace'),
      key: columns.find('api_key'),
      usage: columns.find('usage_type'),
      token: columns.find('token_type'),
      speed: columns.find('speed'),
      window: columns.find('context_window'),
      region: columns.find('inference_geo'),
      cost: columns.find('cost_usd'),
      list: columns.find('list_price_usd'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const day = read.day(at.date, dates)
        const billed = read.money(at.cost)
        const listed = read.money(at.list)
        if (read.flaw || day === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        const apiKey = read.text(at.key)
        const detail = [read.text(at.usage), read.text(at.token), read.text(at.speed)].filter((part) => part !== null)
        sink.spoke(epochDayOf(day) * MS_PER_DAY, day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day,
            tool: MEANING.tool,
            model: read.text(at.model),
            person: personOfKey(apiKey),
            apiKey,
            workspace: read.text(at.workspace),
            detail: detail.join('/'),
            currency: MEANING.currency,
            billed,
            listed,
            contextWindow: read.text(at.window),
            region: read.text(at.region),
          },
          read.key('anthropic-cost', identity),
        )
      },
    })
  },
}

/** Keys Claude Code makes are named `claude_code_key_<user>_<4 characters>`: the only hint of a person these files give. */
export function personOfKey(label: string | null): string | null {
  return label === null ? null : (/^claude_code_key_(.+)_[a-z0-9]{4}$/i.exec(label)?.[1] ?? null)
}
