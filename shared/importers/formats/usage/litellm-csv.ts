import { dayIn, epochDayOf, MS_PER_DAY, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { TableFormat } from '../../format.ts'
import { missing, notATime, splitUnproven } from '../../messages.ts'
import { DateReader } from '../../read-dates.ts'
import { RowReader } from '../../row-reader.ts'
import { keptPlaces } from '../../unread-columns.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { LITELLM, LITELLM_LOG_FIELDS, LITELLM_TEXTS, SHOWN, withoutCache } from './litellm.ts'

/** Table `LiteLLM_SpendLogs` as CSV: one request each. Messages, answers and metadata in other columns are never read. */
export const litellmLogsCsv: TableFormat = {
  shape: 'table',
  id: 'litellm-logs-csv',
  name: 'LiteLLM spend logs (CSV)',
  kind: 'usage',
  required: ['request_id', 'spend', 'prompt_tokens', 'completion_tokens', 'starttime', 'model'],
  meaning: LITELLM,
  fields: {
    of: 'usage',
    mayHoldTexts: true,
    read: { ...LITELLM_LOG_FIELDS, starttime: ['day', 'at'], endtime: 'extra' },
    left: LITELLM_TEXTS,
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const dates = new DateReader(null, UTC)
    const text = (...names: readonly string[]) => {
      const places = names.map((name) => columns.place(name))
      return () => places.map((at) => read.text(at)).find((said) => said !== null) ?? null
    }
    const [idAt, startAt, spendAt] = [columns.find('request_id'), columns.find('starttime'), columns.find('spend')]
    const [promptAt, outputAt] = [columns.find('prompt_tokens'), columns.find('completion_tokens')]
    const said = {
      model: text('model'),
      person: text('user', 'end_user'),
      apiKey: text('api_key'),
      workspace: text('team_id', 'organization_id'),
      session: text('session_id'),
      detail: text('call_type'),
    }
    return accepted({
      width: columns.header.length,
      unread: keptPlaces(litellmLogsCsv.fields!, columns),
      shown: SHOWN.map((name) => columns.find(name)).filter((at) => at >= 0),
      judge(cells, sink) {
        read.begin(cells)
        const id = read.text(idAt)
        if (id === null) read.fail(idAt, missing('a request id'))
        const start = read.date(startAt, dates)
        if (start !== null && start.at === null) read.fail(startAt, notATime(read.raw(startAt)))
        const [uncachedInput, output, estimated] = [read.count(promptAt), read.count(outputAt), read.money(spendAt)]
        if (start === null && !read.flaw) read.fail(startAt, missing('a start time'))
        if (read.flaw || start?.at == null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        if (uncachedInput !== null) sink.note(splitUnproven())
        const day = dayIn(start.at, UTC)
        sink.spoke(start.at, day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day,
            at: start.at,
            tool: LITELLM.tool,
            model: said.model(),
            person: said.person(),
            apiKey: said.apiKey(),
            workspace: said.workspace(),
            session: said.session(),
            detail: said.detail(),
            requests: 1,
            uncachedInput,
            output,
            currency: LITELLM.currency,
            estimated,
          },
          `litellm\u001f${id!}`,
        )
      },
    })
  },
}

const OWNERS = ['user_id', 'team_id', 'organization_id', 'agent_id'] as const

/**
 * Tables of daily spend (`LiteLLM_DailyUserSpend` and its like for teams, organisations and agents) as CSV: one row per day,
 * owner, key, model and endpoint. The table by tag is not read: it counts a request once for each of its tags.
 */
export const litellmDailyCsv: TableFormat = {
  shape: 'table',
  id: 'litellm-daily-csv',
  name: 'LiteLLM daily spend (CSV)',
  kind: 'usage',
  required: [
    'date',
    'api_key',
    'model',
    'custom_llm_provider',
    'prompt_tokens',
    'completion_tokens',
    'spend',
    [...OWNERS],
  ],
  meaning: { ...LITELLM, identity: ['date', OWNERS, 'api_key', 'model', 'custom_llm_provider', 'endpoint'] },
  fields: {
    of: 'usage',
    read: {
      date: ['day', 'key'],
      user_id: ['person', 'key'],
      team_id: ['workspace', 'key'],
      // Read where no team is named.
      organization_id: ['workspace', 'key', 'extra'],
      agent_id: ['key', 'extra'],
      api_key: ['apiKey', 'key'],
      model: ['model', 'key'],
      custom_llm_provider: ['key', 'extra'],
      mcp_namespaced_tool_name: ['key', 'extra'],
      endpoint: ['key', 'extra'],
      prompt_tokens: 'uncachedInput',
      cache_read_input_tokens: ['cacheRead', 'uncachedInput'],
      cache_creation_input_tokens: ['cacheWriteUnknown', 'uncachedInput'],
      completion_tokens: 'output',
      api_requests: 'requests',
      spend: 'estimated',
    },
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const dates = new DateReader(null, UTC)
    const at = {
      date: columns.find('date'),
      model: columns.find('model'),
      key: columns.find('api_key'),
      user: columns.find('user_id'),
      team: columns.find('team_id'),
      organization: columns.place('organization_id'),
      prompt: columns.find('prompt_tokens'),
      output: columns.find('completion_tokens'),
      cacheRead: columns.find('cache_read_input_tokens'),
      cacheWrite: columns.find('cache_creation_input_tokens'),
      requests: columns.find('api_requests'),
      spend: columns.find('spend'),
    }
    const identity = [...OWNERS, 'api_key', 'model', 'custom_llm_provider', 'mcp_namespaced_tool_name', 'endpoint']
    const places = identity.map((name) => columns.place(name))
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const date = read.date(at.date, dates)
        if (date === null && !read.flaw) read.fail(at.date, missing('a date'))
        const [cacheRead, cacheWriteUnknown] = [read.count(at.cacheRead), read.count(at.cacheWrite)]
        const uncachedInput = withoutCache(read.count(at.prompt), cacheRead, cacheWriteUnknown)
        const [output, requests, estimated] = [read.count(at.output), read.count(at.requests), read.money(at.spend)]
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        sink.spoke(epochDayOf(date.day) * MS_PER_DAY, date.day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: date.day,
            tool: LITELLM.tool,
            model: read.text(at.model),
            person: read.text(at.user),
            apiKey: read.text(at.key),
            workspace: read.text(at.team) ?? read.text(at.organization),
            requests,
            uncachedInput,
            cacheRead,
            cacheWriteUnknown,
            output,
            currency: LITELLM.currency,
            estimated,
          },
          ['litellm-daily-csv', date.day, ...places.map((place) => read.text(place) ?? '')].join('\u001f'),
        )
      },
    })
  },
}
