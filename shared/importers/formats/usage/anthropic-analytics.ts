import { dayIn, parseInstant, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonObject, type JsonPage, ownField } from '../../../tables/index.ts'
import { FieldReader, itemsOf, type JsonItem, judgeItems, keyOf, lacksPages, listAt } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { groupsCountFully, missing, morePages } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

const DIMENSIONS = [
  'actor.user_id',
  'product',
  'model',
  'rbac_group_id',
  'slack_channel_id',
  'cost_type',
  'token_type',
  'context_window',
  'inference_geo',
  'speed',
] as const

const MEANING: UsageMeaning = {
  tool: 'Claude Enterprise',
  use: 'Claude Enterprise',
  states: 'money',
  inputIncludesCache: false,
  // Cents as decimal strings, after and before discount.
  costs: { amount: 'billed', list_amount: 'listed' },
  currency: null,
  moneyUnit: 'cents',
  identity: ['starting_at', 'ending_at', ...DIMENSIONS],
  // Values move for 30 days; data_refreshed_at says which statement is the later.
  restated: ['amount', 'list_amount', 'requests'],
  restates: 'key',
}

/** Reports of people are rows; those of the organisation are time buckets with results, which begin when their bucket does. */
function rowsOf(pages: readonly JsonPage[]): readonly JsonItem[] {
  return itemsOf(pages, 'data').flatMap((item) => {
    const results = listAt(item.value, 'results')
    const bucket = {
      starting_at: ownField(item.value, 'starting_at') ?? null,
      ending_at: ownField(item.value, 'ending_at') ?? null,
    }
    return results === null
      ? [item]
      : results.map((result) => ({ ...item, value: { ...bucket, ...(result as JsonObject) } }))
  })
}

/** Claude Enterprise analytics, cost and usage reports of people or of the organisation. */
export const anthropicAnalytics: JsonFormat = {
  shape: 'json',
  id: 'claude-enterprise-analytics-json',
  name: 'Claude Enterprise analytics (JSON)',
  kind: 'usage',
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      starting_at: ['day', 'key'],
      ending_at: 'key',
      'actor.email': 'person',
      'actor.user_id': 'key',
      product: ['workspace', 'key'],
      model: ['model', 'key'],
      cost_type: ['detail', 'key'],
      token_type: ['detail', 'key'],
      speed: ['detail', 'key'],
      rbac_group_id: ['key', 'extra'],
      slack_channel_id: ['key', 'extra'],
      context_window: ['contextWindow', 'key'],
      inference_geo: ['region', 'key'],
      amount: 'billed',
      list_amount: 'listed',
      currency: 'currency',
      requests: 'requests',
      uncached_input_tokens: 'uncachedInput',
      'cache_creation.ephemeral_5m_input_tokens': 'cacheWrite5m',
      'cache_creation.ephemeral_1h_input_tokens': 'cacheWrite1h',
      cache_read_input_tokens: 'cacheRead',
      output_tokens: 'output',
    },
    around: { data_refreshed_at: 'moment', has_more: 'note' },
  },
  recognise(pages) {
    const first = rowsOf(pages)[0]?.value
    const isRow = ownField(first, 'starting_at') !== undefined
    const isOurs = ownField(first, 'list_amount') !== undefined || ownField(first, 'product') !== undefined
    return isRow && isOurs ? 'records with starting_at and list_amount or product' : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(rowsOf(pages), ({ value, around }, sink) => {
      read.begin(value)
      const from = read.instant('starting_at')
      if (from === null) read.fail('starting_at', missing('a start time'))
      const billed = read.money('amount', 'cents')
      const listed = read.money('list_amount', 'cents')
      const counts = {
        requests: read.count('requests'),
        uncachedInput: read.count('uncached_input_tokens'),
        cacheWrite5m: read.count('cache_creation.ephemeral_5m_input_tokens'),
        cacheWrite1h: read.count('cache_creation.ephemeral_1h_input_tokens'),
        cacheRead: read.count('cache_read_input_tokens'),
        output: read.count('output_tokens'),
      }
      if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
      if (read.text('rbac_group_id') !== null) sink.note(groupsCountFully())
      const day = dayIn(from!, UTC)
      const refreshed = parseInstant(String(ownField(around, 'data_refreshed_at') ?? ''))
      sink.spoke(refreshed.ok ? refreshed.value : from!, day)
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day,
          tool: MEANING.tool,
          model: read.text('model'),
          person: read.text('actor.email') ?? read.text('actor.user_id'),
          workspace: read.text('product'),
          detail: ['cost_type', 'token_type', 'speed'].flatMap((name) => read.text(name) ?? []).join('/') || null,
          ...counts,
          currency: billed === null && listed === null ? null : (read.text('currency')?.toUpperCase() ?? null),
          billed,
          listed,
          contextWindow: read.text('context_window'),
          region: read.text('inference_geo'),
        },
        keyOf('claude-analytics', [from, read.text('ending_at'), ...DIMENSIONS.map((name) => read.text(name))]),
      )
    })
    return accepted({ records, finish: (sink) => (lacksPages(pages) ? sink.note(morePages()) : undefined) })
  },
}
