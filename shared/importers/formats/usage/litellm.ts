import { dayIn, epochDayOf, MS_PER_DAY, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonObject, type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import { FieldReader, itemsOf, type JsonItem, judgeItems, keyOf } from '../../field-reader.ts'
import type { FieldUses, JsonFormat, UsageMeaning } from '../../format.ts'
import { missing, morePages, splitUnproven } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

export const LITELLM: UsageMeaning = {
  tool: 'LiteLLM',
  use: 'requests through a gateway',
  states: 'money',
  inputIncludesCache: true,
  // Computed by the gateway, nobody's invoice.
  costs: { spend: 'estimated' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: ['request_id'],
  restated: ['spend', 'prompt_tokens', 'completion_tokens'],
  restates: 'key',
}

/** All that may be kept of a record: logs can hold messages and answers, which are never stored. */
export const SHOWN = [
  'request_id',
  'startTime',
  'model',
  'user',
  'team_id',
  'spend',
  'prompt_tokens',
  'completion_tokens',
]

/** Fields of a logged request, in JSON as in a table. */
export const LITELLM_LOG_FIELDS = {
  request_id: 'key',
  model: 'model',
  user: 'person',
  // Read where the ones before are silent.
  end_user: ['person', 'extra'],
  api_key: 'apiKey',
  team_id: 'workspace',
  organization_id: ['workspace', 'extra'],
  session_id: 'session',
  call_type: 'detail',
  prompt_tokens: 'uncachedInput',
  completion_tokens: 'output',
  spend: 'estimated',
  request_duration_ms: 'extra',
  model_id: 'extra',
  model_group: 'extra',
  custom_llm_provider: 'extra',
  api_base: 'extra',
  cache_hit: 'extra',
  status: 'extra',
  agent_id: 'extra',
  mcp_namespaced_tool_name: 'extra',
  request_tags: 'extra',
} as const satisfies FieldUses['read']

/** What was asked and answered, and what may hold it. */
export const LITELLM_TEXTS = {
  messages: 'what was asked',
  response: 'what was answered',
  proxy_server_request: 'what was asked',
  metadata: 'may hold what was asked',
  requester_ip_address: 'where somebody was',
  total_tokens: 'the sum of both counts',
} as const

export function onlyFields(value: JsonValue, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const field = ownField(value, name)
      return field === undefined || (typeof field === 'object' && field !== null) ? [] : [[name, field]]
    }),
  )
}

/** Input beside the cache; some versions do not count the cache into the prompt. */
export function withoutCache(prompt: number | null, read: number | null, written: number | null): number | null {
  const rest = prompt === null ? null : prompt - (read ?? 0) - (written ?? 0)
  return rest !== null && rest < 0 ? prompt : rest
}

function logsOf(pages: readonly JsonPage[]): readonly JsonItem[] {
  return pages.flatMap(({ value, line }) => {
    const list = Array.isArray(value)
      ? (value as readonly JsonValue[])
      : ((ownField(value, 'data') as readonly JsonValue[] | undefined) ?? [value])
    return (Array.isArray(list) ? list : [value]).map((item) => ({ value: item, around: value, line }))
  })
}

/** LiteLLM `LiteLLM_SpendLogs`, as a list, pages or NDJSON: one request each. */
export const litellmLogs: JsonFormat = {
  shape: 'json',
  id: 'litellm-logs-json',
  name: 'LiteLLM spend logs (JSON)',
  kind: 'usage',
  meaning: LITELLM,
  fields: {
    of: 'usage',
    mayHoldTexts: true,
    read: {
      ...LITELLM_LOG_FIELDS,
      startTime: ['day', 'at'],
      endTime: 'extra',
    },
    left: LITELLM_TEXTS,
  },
  recognise(pages) {
    const first = logsOf(pages)[0]?.value
    return ['request_id', 'spend', 'prompt_tokens'].every((name) => ownField(first, name) !== undefined)
      ? 'records with request_id, spend, prompt_tokens'
      : null
  },
  open(pages) {
    const read = new FieldReader()
    const judge = ({ value }: JsonItem, sink: Parameters<Parameters<typeof judgeItems>[1]>[1]) => {
      read.begin(value)
      const id = read.text('request_id')
      const at = read.instant('startTime')
      if (id === null) read.fail('request_id', missing('a request id'))
      if (at === null) read.fail('startTime', missing('a start time'))
      const counts = { uncachedInput: read.count('prompt_tokens'), output: read.count('completion_tokens') }
      const estimated = read.money('spend')
      if (read.flaw || at === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      if (counts.uncachedInput !== null) sink.note(splitUnproven())
      const day = dayIn(at, UTC)
      sink.spoke(at, day)
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day,
          at,
          tool: LITELLM.tool,
          model: read.text('model'),
          person: read.text('user') ?? read.text('end_user'),
          apiKey: read.text('api_key'),
          workspace: read.text('team_id') ?? read.text('organization_id'),
          session: read.text('session_id'),
          detail: read.text('call_type'),
          requests: 1,
          ...counts,
          currency: LITELLM.currency,
          estimated,
        },
        keyOf('litellm', [id]),
      )
    }
    return accepted({ records: judgeItems(logsOf(pages), judge, (value) => onlyFields(value, SHOWN)) })
  },
}

/** LiteLLM `/user/daily/activity`: days, each taken apart by model. */
export const litellmDaily: JsonFormat = {
  shape: 'json',
  id: 'litellm-daily-json',
  name: 'LiteLLM daily activity (JSON)',
  kind: 'usage',
  meaning: { ...LITELLM, identity: ['date', 'breakdown.models'] },
  fields: {
    of: 'usage',
    read: {
      date: ['day', 'key'],
      'breakdown.models.*.metrics.spend': 'estimated',
      'breakdown.models.*.metrics.prompt_tokens': 'uncachedInput',
      'breakdown.models.*.metrics.cache_read_input_tokens': ['cacheRead', 'uncachedInput'],
      'breakdown.models.*.metrics.cache_creation_input_tokens': ['cacheWriteUnknown', 'uncachedInput'],
      'breakdown.models.*.metrics.completion_tokens': 'output',
      'breakdown.models.*.metrics.api_requests': 'requests',
    },
    around: { 'metadata.has_more': 'note' },
    left: {
      metrics: 'the sums over all models',
      'breakdown.models.*.metrics.total_tokens': 'the sum of both counts',
      'breakdown.models.*.metadata': 'names of nothing that is read',
      'breakdown.models.*.api_key_breakdown': 'the same spend by key',
      'breakdown.model_groups': 'the same spend by group of models',
      'breakdown.mcp_servers': 'the same spend by tool server',
      'breakdown.providers': 'the same spend by provider',
      'breakdown.endpoints': 'the same spend by endpoint',
      'breakdown.api_keys': 'the same spend by key',
      'breakdown.entities': 'the same spend by user or team',
    },
  },
  recognise(pages) {
    const first = itemsOf(pages, 'results')[0]?.value
    return ownField(ownField(first, 'breakdown'), 'models') !== undefined && ownField(first, 'date') !== undefined
      ? 'results with date and breakdown.models'
      : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(itemsOf(pages, 'results'), ({ value }, sink) => {
      read.begin(value)
      const day = read.day('date')
      if (read.flaw || day === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      const models = Object.entries((read.at('breakdown.models') ?? {}) as JsonObject)
      const rows = models.map(([model, said]) => {
        read.begin(ownField(said, 'metrics') ?? said)
        const prompt = read.count('prompt_tokens')
        const cacheRead = read.count('cache_read_input_tokens')
        const cacheWriteUnknown = read.count('cache_creation_input_tokens')
        const row = {
          ...SILENT_USAGE,
          day,
          tool: LITELLM.tool,
          model,
          requests: read.count('api_requests'),
          uncachedInput: withoutCache(prompt, cacheRead, cacheWriteUnknown),
          cacheRead,
          cacheWriteUnknown,
          output: read.count('completion_tokens'),
          currency: LITELLM.currency,
          estimated: read.money('spend'),
        }
        return { row, flaw: read.problem() }
      })
      const bad = rows.find(({ flaw }) => flaw !== null)?.flaw
      if (bad) return sink.aside(bad.column, bad.issue)
      sink.spoke(epochDayOf(day) * MS_PER_DAY, day)
      if (rows.length === 0) return sink.blank()
      for (const { row } of rows) sink.fact('usage', row, keyOf('litellm-daily', [day, row.model]))
    })
    const lacks = ownField(ownField(pages.at(-1)?.value, 'metadata'), 'has_more') === true
    return accepted({ records, finish: (sink) => (lacks ? sink.note(morePages()) : undefined) })
  },
}
