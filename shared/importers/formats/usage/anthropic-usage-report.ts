import { dayIn, MS_PER_DAY, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonPage, ownField } from '../../../tables/index.ts'
import { bucketItems, FieldReader, judgeItems, keyOf, lacksPages } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { missing, morePages, webSearches } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { searchesOf } from './anthropic-tokens.ts'

const DIMENSIONS = [
  'model',
  'workspace_id',
  'api_key_id',
  'account_id',
  'service_account_id',
  'service_tier',
  'context_window',
  'inference_geo',
  'speed',
] as const

const MEANING: UsageMeaning = {
  tool: 'Claude API',
  use: 'Claude API',
  states: 'tokens',
  inputIncludesCache: false,
  costs: {},
  currency: null,
  moneyUnit: 'units',
  identity: ['starting_at', 'ending_at', ...DIMENSIONS],
  // Counts of the last minutes still move.
  restated: ['uncached_input_tokens', 'cache_read_input_tokens', 'output_tokens'],
  restates: 'key',
}

/** Anthropic Admin API, `usage_report/messages`: token counts by time bucket and whatever was grouped by. */
export const anthropicUsageReport: JsonFormat = {
  shape: 'json',
  id: 'anthropic-usage-report-json',
  name: 'Anthropic usage report (Admin API, JSON)',
  kind: 'usage',
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      model: ['model', 'key'],
      workspace_id: ['workspace', 'key'],
      api_key_id: ['apiKey', 'key'],
      account_id: ['person', 'key'],
      // A person where no account is named.
      service_account_id: ['key', 'extra'],
      service_tier: ['detail', 'key'],
      speed: ['detail', 'key'],
      context_window: ['contextWindow', 'key'],
      inference_geo: ['region', 'key'],
      uncached_input_tokens: 'uncachedInput',
      'cache_creation.ephemeral_5m_input_tokens': 'cacheWrite5m',
      'cache_creation.ephemeral_1h_input_tokens': 'cacheWrite1h',
      cache_read_input_tokens: 'cacheRead',
      output_tokens: 'output',
      'server_tool_use.web_search_requests': 'quantity',
    },
    around: {
      'data.*.starting_at': ['day', 'at', 'key'],
      'data.*.ending_at': ['at', 'key'],
      has_more: 'note',
    },
  },
  recognise(pages) {
    const first = firstResult(pages)
    return ownField(first, 'uncached_input_tokens') !== undefined && ownField(first, 'cache_creation') !== undefined
      ? 'time buckets with uncached_input_tokens and cache_creation'
      : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(bucketItems(pages), ({ value, around }, sink) => {
      read.begin(around)
      const from = read.instant('starting_at')
      const to = read.instant('ending_at')
      if (from === null) read.fail('starting_at', missing('a start time'))
      if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
      const day = dayIn(from!, UTC)
      sink.spoke(from!, day)
      if (value === null) return sink.blank()
      read.begin(value)
      const counts = {
        uncachedInput: read.count('uncached_input_tokens'),
        cacheWrite5m: read.count('cache_creation.ephemeral_5m_input_tokens'),
        cacheWrite1h: read.count('cache_creation.ephemeral_1h_input_tokens'),
        cacheRead: read.count('cache_read_input_tokens'),
        output: read.count('output_tokens'),
      }
      const searches = read.count('server_tool_use.web_search_requests')
      const flaw = read.problem()
      if (flaw) return sink.aside(flaw.column, flaw.issue)
      if (searches !== null && searches > 0) sink.note(webSearches())
      const isDay = to === null || to - from! >= MS_PER_DAY
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day,
          at: isDay ? null : from,
          tool: MEANING.tool,
          model: read.text('model'),
          person: read.text('account_id') ?? read.text('service_account_id'),
          apiKey: read.text('api_key_id'),
          workspace: read.text('workspace_id'),
          // Both decide the price: batch or priority, fast or not.
          detail: ['service_tier', 'speed'].flatMap((name) => read.text(name) ?? []).join('/') || null,
          ...counts,
          contextWindow: read.text('context_window'),
          region: read.text('inference_geo'),
          ...searchesOf(searches),
        },
        keyOf('anthropic-usage-report', [from, to, ...DIMENSIONS.map((name) => read.text(name))]),
      )
    })
    return accepted({ records, finish: (sink) => (lacksPages(pages) ? sink.note(morePages()) : undefined) })
  },
}

/** The first record of the first bucket that has one. */
export function firstResult(pages: readonly JsonPage[]) {
  return bucketItems(pages).find(({ value }) => value !== null)?.value ?? undefined
}
