import { MS_PER_DAY, UTC, epochDayOf } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { namesOf } from '../../columns.ts'
import type { TableFormat, UsageMeaning } from '../../format.ts'
import { webSearches } from '../../messages.ts'
import { DateReader } from '../../read-dates.ts'
import { RowReader } from '../../row-reader.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { personOfKey } from './anthropic-cost.ts'

const MEANING: UsageMeaning = {
  tool: 'Claude API',
  use: 'Claude API',
  states: 'tokens',
  inputIncludesCache: false,
  costs: {},
  currency: null,
  moneyUnit: 'units',
  identity: [
    'usage_date_utc',
    'model_version',
    ['api_key_id', 'api_key'],
    'workspace',
    'usage_type',
    'context_window',
    'inference_geo',
    'speed',
  ],
  restated: [],
  restates: 'key',
}

/** Claude Console, usage export: token counts in disjoint buckets, no money. The date column holds days, hours or minutes. */
export const anthropicTokens: TableFormat = {
  shape: 'table',
  id: 'anthropic-tokens-csv',
  name: 'Anthropic Console tokens (CSV)',
  kind: 'usage',
  required: ['usage_date_utc', 'model_version', 'usage_input_tokens_no_cache', 'usage_output_tokens'],
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      usage_date_utc: ['day', 'at', 'key'],
      model_version: ['model', 'key'],
      api_key: ['apiKey', 'person', 'key'],
      api_key_id: ['key', 'extra'],
      workspace: ['workspace', 'key'],
      usage_type: ['detail', 'key'],
      speed: ['detail', 'key'],
      context_window: ['contextWindow', 'key'],
      inference_geo: ['region', 'key'],
      usage_input_tokens_no_cache: 'uncachedInput',
      usage_input_tokens_cache_write: 'cacheWriteUnknown',
      usage_input_tokens_cache_write_5m: 'cacheWrite5m',
      usage_input_tokens_cache_write_1h: 'cacheWrite1h',
      usage_input_tokens_cache_read: 'cacheRead',
      usage_output_tokens: 'output',
      web_search_count: 'quantity',
    },
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const dates = new DateReader(null, UTC)
    const identity = MEANING.identity.map((column) => columns.place(...namesOf(column)))
    const at = {
      date: columns.find('usage_date_utc'),
      model: columns.find('model_version'),
      key: columns.find('api_key'),
      workspace: columns.find('workspace'),
      usage: columns.find('usage_type'),
      speed: columns.find('speed'),
      window: columns.find('context_window'),
      region: columns.find('inference_geo'),
      uncached: columns.find('usage_input_tokens_no_cache'),
      write: columns.find('usage_input_tokens_cache_write'),
      write5m: columns.find('usage_input_tokens_cache_write_5m'),
      write1h: columns.find('usage_input_tokens_cache_write_1h'),
      cacheRead: columns.find('usage_input_tokens_cache_read'),
      output: columns.find('usage_output_tokens'),
      searches: columns.find('web_search_count'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const date = read.date(at.date, dates)
        const counts = {
          uncachedInput: read.count(at.uncached),
          cacheWrite5m: read.count(at.write5m),
          cacheWrite1h: read.count(at.write1h),
          cacheWriteUnknown: read.count(at.write),
          cacheRead: read.count(at.cacheRead),
          output: read.count(at.output),
        }
        const searches = read.count(at.searches)
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        if (searches !== null && searches > 0) sink.note(webSearches())
        const apiKey = read.text(at.key)
        const detail = [read.text(at.usage), read.text(at.speed)].filter((part) => part !== null)
        sink.spoke(date.at ?? epochDayOf(date.day) * MS_PER_DAY, date.day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: date.day,
            at: date.at,
            tool: MEANING.tool,
            model: read.text(at.model),
            person: personOfKey(apiKey),
            apiKey,
            workspace: read.text(at.workspace),
            detail: detail.length === 0 ? null : detail.join('/'),
            ...counts,
            contextWindow: read.text(at.window),
            region: read.text(at.region),
            ...searchesOf(searches),
          },
          read.key('anthropic-tokens', identity),
        )
      },
    })
  },
}

/** Searches of the web stand beside the tokens of a row: they are billed apart. */
export function searchesOf(searches: number | null): { readonly quantity?: number; readonly unit?: string } {
  return searches === null || searches === 0 ? {} : { quantity: searches, unit: 'web searches' }
}
