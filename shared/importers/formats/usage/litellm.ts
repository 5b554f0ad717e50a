import { dayIn, epochDayOf, MS_PER_DAY, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonObject, type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import { FieldReader, itemsOf, type JsonItem, judgeItems, keyOf } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { missing, splitUnproven } from '../../messages.ts'
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
  meaning: { ...LITELLM, identity: ['date', 'model'] },
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
        return {
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
      })
      const flaw = read.problem()
      if (flaw) return sink.aside(flaw.column, flaw.issue)
      sink.spoke(epochDayOf(day) * MS_PER_DAY, day)
      if (rows.length === 0) return sink.blank()
      for (const row of rows) sink.fact('usage', row, keyOf('litellm-daily', [day, row.model]))
    })
    return accepted({ records })
  },
}
