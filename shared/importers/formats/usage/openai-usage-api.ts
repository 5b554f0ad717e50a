import { accepted } from '../../../issues/index.ts'
import { instantOf } from '../../../quantities/index.ts'
import { type JsonPage, ownField } from '../../../tables/index.ts'
import { bucketItems, FieldReader, judgeItems, keyOf, lacksPages } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { missing, morePages, notADay, totalMismatch, unitsNotTokens } from '../../messages.ts'
import { dayOfUnixSeconds } from '../../read-dates.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { firstResult } from './anthropic-usage-report.ts'
import { OPENAI_PARTS, OPENAI_USAGE_FIELDS, uncachedOf } from './openai-usage.ts'

const DIMENSIONS = ['project_id', 'user_id', 'api_key_id', 'model', 'batch', 'service_tier'] as const

/** What the sisters of completions count, field -> unit. */
const UNITS = {
  images: 'images',
  characters: 'characters',
  seconds: 'seconds',
  usage_bytes: 'bytes',
  num_sessions: 'sessions',
  num_requests: 'calls',
} as const

const USAGE: UsageMeaning = {
  tool: 'OpenAI API',
  use: 'OpenAI API',
  states: 'tokens',
  keys: 'openai-usage',
  inputIncludesCache: true,
  costs: {},
  currency: null,
  moneyUnit: 'units',
  // The same as in the dashboard's export, so that both name the same rows.
  identity: ['start_time', 'end_time', ...DIMENSIONS],
  restated: ['input_tokens', 'output_tokens', 'num_model_requests'],
  restates: 'key',
}

const COSTS: UsageMeaning = {
  tool: 'OpenAI API',
  use: 'OpenAI API',
  states: 'money',
  inputIncludesCache: true,
  costs: { amount: 'billed' },
  currency: null,
  moneyUnit: 'units',
  identity: ['start_time', 'line_item', 'project_id', 'api_key_id'],
  // The last day of an answer is provisional.
  restated: ['amount'],
  restates: 'window',
}

function kindOf(pages: readonly JsonPage[]): string | null {
  const said = ownField(firstResult(pages), 'object')
  return typeof said === 'string' ? said : null
}

/** OpenAI `organization/usage/…`: completions and its sisters, which count images, seconds, bytes, sessions and calls. */
export const openaiUsageApi: JsonFormat = {
  shape: 'json',
  id: 'openai-usage-json',
  name: 'OpenAI usage (API, JSON)',
  kind: 'usage',
  meaning: USAGE,
  fields: {
    of: 'usage',
    read: {
      // The endpoint that counted.
      object: ['detail', 'key'],
      ...OPENAI_USAGE_FIELDS,
      images: 'quantity',
      characters: 'quantity',
      seconds: 'quantity',
      usage_bytes: 'quantity',
      num_sessions: 'quantity',
      num_requests: 'quantity',
      size: ['key', 'extra'],
      source: ['key', 'extra'],
      context_level: ['key', 'extra'],
      vector_store_id: ['key', 'extra'],
    },
    around: {
      'data.*.start_time': ['day', 'at', 'key'],
      'data.*.end_time': ['at', 'key'],
      has_more: 'note',
    },
    left: OPENAI_PARTS,
  },
  recognise(pages) {
    const kind = kindOf(pages)
    return kind?.startsWith('organization.usage.') === true ? `results that are ${kind}` : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(bucketItems(pages), ({ value, around }, sink) => {
      const bucket = readBucket(read, around)
      if (bucket === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      sink.spoke(bucket.startMs, bucket.day)
      if (value === null) return sink.blank()
      read.begin(value)
      const endpoint = (read.text('object') ?? '').replace(/^organization\.usage\./, '').replace(/\.result$/, '')
      const input = read.count('input_tokens')
      const write = read.count('input_cache_write_tokens')
      const cached = read.count('input_cached_tokens')
      const uncached = uncachedOf(input, cached, write, read.count('input_uncached_tokens'))
      const output = read.count('output_tokens')
      const requests = read.count('num_model_requests')
      const counted = Object.entries(UNITS).flatMap(([name, unit]) => {
        const quantity = read.count(name)
        return quantity === null ? [] : [{ quantity, unit }]
      })
      if (uncached === 'mismatch') read.fail('input_tokens', totalMismatch(String(input), (cached ?? 0) + (write ?? 0)))
      if (read.flaw || uncached === 'mismatch') return sink.aside(read.flaw!.column, read.flaw!.issue)
      if (input === null && output === null) {
        sink.note(unitsNotTokens(endpoint))
        if (requests === null && counted.length === 0) return sink.blank()
      }
      const isCompletions = endpoint === 'completions'
      const isBatch = read.text('batch') === 'true'
      const detail = [isCompletions ? null : endpoint, isBatch ? 'batch' : null, read.text('service_tier')]
      const dimensions = DIMENSIONS.map((name) => read.text(name))
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day: bucket.day,
          at: bucket.isDay ? null : instantOf(bucket.startMs),
          tool: USAGE.tool,
          model: read.text('model'),
          person: read.text('user_id'),
          apiKey: read.text('api_key_id'),
          workspace: read.text('project_id'),
          detail: detail.filter((part) => part !== null).join('/') || null,
          requests,
          uncachedInput: uncached,
          cacheWriteUnknown: write,
          cacheRead: cached,
          output,
          ...counted[0],
        },
        keyOf(
          `openai-usage|${bucket.startMs}|${bucket.endMs}`,
          isCompletions ? dimensions : [endpoint, ...dimensions, ...sisterKeys(read)],
        ).toLowerCase(),
      )
    })
    return accepted({ records, finish: (sink) => (lacksPages(pages) ? sink.note(morePages()) : undefined) })
  },
}

/** Dimensions only some of the sisters have; keys were made before the last two were known, so silence adds nothing. */
function sisterKeys(read: FieldReader): readonly (string | null)[] {
  const later = ['context_level', 'vector_store_id'].flatMap((name) => read.text(name) ?? [])
  return [read.text('size'), read.text('source'), ...later]
}

/** OpenAI `organization/costs`: dollars by day. */
export const openaiCostsApi: JsonFormat = {
  shape: 'json',
  id: 'openai-costs-json',
  name: 'OpenAI costs (API, JSON)',
  kind: 'usage',
  meaning: COSTS,
  fields: {
    of: 'usage',
    read: {
      object: 'fate',
      'amount.value': 'billed',
      'amount.currency': 'currency',
      line_item: ['model', 'detail', 'key'],
      project_id: ['workspace', 'key'],
      api_key_id: ['apiKey', 'key'],
      quantity: 'quantity',
      quantity_unit: 'unit',
    },
    around: { 'data.*.start_time': ['day', 'key'], has_more: 'note' },
  },
  recognise: (pages) =>
    kindOf(pages) === 'organization.costs.result' ? 'results that are organization.costs.result' : null,
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(bucketItems(pages), ({ value, around }, sink) => {
      const bucket = readBucket(read, around)
      if (bucket === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      sink.spoke(bucket.startMs, bucket.day)
      if (value === null) return sink.blank()
      read.begin(value)
      const billed = read.money('amount.value')
      const currency = read.text('amount.currency')?.toUpperCase() ?? null
      if (billed === null) read.fail('amount.value', missing('an amount'))
      if (currency === null) read.fail('amount.currency', missing('a currency'))
      if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
      const quantity = Number(read.text('quantity') ?? NaN)
      const line = read.text('line_item')
      const comma = line?.lastIndexOf(',') ?? -1
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day: bucket.day,
          tool: COSTS.tool,
          model: line !== null && comma > 0 ? line.slice(0, comma) : null,
          apiKey: read.text('api_key_id'),
          workspace: read.text('project_id'),
          detail: line,
          currency,
          billed,
          ...(Number.isFinite(quantity) ? { quantity, unit: read.text('quantity_unit') } : {}),
        },
        keyOf('openai-costs-api', [bucket.startMs, line, read.text('project_id'), read.text('api_key_id')]),
      )
    })
    return accepted({ records, finish: (sink) => (lacksPages(pages) ? sink.note(morePages()) : undefined) })
  },
}

function readBucket(read: FieldReader, around: JsonPage['value']) {
  read.begin(around)
  const from = read.count('start_time')
  const to = read.count('end_time')
  const day = from === null ? null : dayOfUnixSeconds(from)
  if (from === null) read.fail('start_time', missing('a start time'))
  else if (day === null) read.fail('start_time', notADay(String(from)))
  if (read.flaw || from === null || day === null) return null
  const isDay = to === null || (from % 86_400 === 0 && to - from >= 86_400)
  return { startMs: from * 1000, endMs: (to ?? from) * 1000, day, isDay }
}
