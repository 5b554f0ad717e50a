import { epochDayOf, MS_PER_DAY, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { ownField } from '../../../tables/index.ts'
import { FieldReader, itemsOf, judgeItems, keyOf } from '../../field-reader.ts'
import type { JsonFormat, TableFormat, UsageMeaning } from '../../format.ts'
import { missing, paidElsewhere, totalMismatch } from '../../messages.ts'
import { DateReader } from '../../read-dates.ts'
import { RowReader } from '../../row-reader.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

const GROUPED: UsageMeaning = {
  tool: 'OpenRouter',
  use: 'OpenRouter',
  states: 'money',
  inputIncludesCache: true,
  costs: { usage: 'billed' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: ['date', 'slug'],
  restated: ['usage', 'requests', 'prompt tokens', 'completion tokens'],
  restates: 'key',
}

const GENERATIONS: UsageMeaning = {
  tool: 'OpenRouter',
  use: 'OpenRouter',
  states: 'money',
  inputIncludesCache: true,
  costs: { cost_total: 'billed' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: ['generation_id'],
  restated: ['cost_total'],
  restates: 'key',
}

/** OpenRouter activity, grouped by day and model. Reasoning is inside completion; what own keys paid is not part of it. */
export const openrouterActivity: TableFormat = {
  shape: 'table',
  id: 'openrouter-activity-csv',
  name: 'OpenRouter activity (CSV)',
  kind: 'usage',
  required: ['date', 'slug', 'usage', 'prompt tokens', 'completion tokens'],
  meaning: GROUPED,
  fields: {
    of: 'usage',
    read: {
      date: ['day', 'key'],
      slug: ['model', 'key'],
      usage: 'billed',
      requests: 'requests',
      'prompt tokens': 'uncachedInput',
      'completion tokens': 'output',
      // Paid to somebody else, with a key of one's own.
      'byok usage': 'extra',
      // Inside the completion.
      'reasoning tokens': 'extra',
    },
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const dates = new DateReader(null, UTC)
    const [dateAt, slugAt, usageAt] = [columns.find('date'), columns.find('slug'), columns.find('usage')]
    const [byokAt, requestsAt] = [columns.place('byok usage'), columns.find('requests')]
    const [promptAt, completionAt] = [columns.find('prompt tokens'), columns.find('completion tokens')]
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const date = read.date(dateAt, dates)
        const [billed, byok] = [read.money(usageAt), read.money(byokAt)]
        const counts = { uncachedInput: read.count(promptAt), output: read.count(completionAt) }
        const requests = read.quantity(requestsAt)
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        if (byok !== null && byok !== 0n) sink.note(paidElsewhere())
        const model = read.text(slugAt)
        sink.spoke(epochDayOf(date.day) * MS_PER_DAY, date.day)
        sink.fact(
          'usage',
          { ...SILENT_USAGE, day: date.day, tool: GROUPED.tool, model, requests, ...counts, currency: 'USD', billed },
          `openrouter|${date.day}|${model ?? ''}`,
        )
      },
    })
  },
}

/** OpenRouter, one generation a row. */
export const openrouterGenerations: TableFormat = {
  shape: 'table',
  id: 'openrouter-generations-csv',
  name: 'OpenRouter generations (CSV)',
  kind: 'usage',
  required: ['generation_id', 'created_at', 'cost_total', 'tokens_prompt', 'tokens_completion'],
  meaning: GENERATIONS,
  fields: {
    of: 'usage',
    read: {
      generation_id: 'key',
      created_at: ['day', 'at'],
      cost_total: 'billed',
      byok_usage_inference: 'extra',
      tokens_prompt: 'uncachedInput',
      tokens_cached: ['cacheRead', 'uncachedInput'],
      tokens_completion: 'output',
      tokens_reasoning: 'extra',
      model_permaslug: 'model',
      provider_name: 'detail',
      user: 'person',
      api_key_name: 'apiKey',
      app_name: 'workspace',
      // Parts of the total.
      cost_web_search: 'extra',
      cost_cache: 'extra',
      cost_file_processing: 'extra',
    },
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const dates = new DateReader(null, UTC)
    const at = {
      id: columns.find('generation_id'),
      created: columns.find('created_at'),
      cost: columns.find('cost_total'),
      byok: columns.place('byok_usage_inference'),
      prompt: columns.find('tokens_prompt'),
      cached: columns.find('tokens_cached'),
      completion: columns.find('tokens_completion'),
      model: columns.find('model_permaslug'),
      user: columns.find('user'),
      key: columns.find('api_key_name'),
      app: columns.find('app_name'),
      provider: columns.find('provider_name'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const id = read.text(at.id)
        if (id === null) read.fail(at.id, missing('an id'))
        const date = read.date(at.created, dates)
        const [billed, byok] = [read.money(at.cost), read.money(at.byok)]
        const [prompt, cached, output] = [read.count(at.prompt), read.count(at.cached), read.count(at.completion)]
        const uncachedInput = prompt === null ? null : prompt - (cached ?? 0)
        if (uncachedInput !== null && uncachedInput < 0)
          read.fail(at.prompt, totalMismatch(read.raw(at.prompt), cached ?? 0))
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        if (byok !== null && byok !== 0n) sink.note(paidElsewhere())
        sink.spoke(date.at ?? epochDayOf(date.day) * MS_PER_DAY, date.day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: date.day,
            at: date.at,
            tool: GENERATIONS.tool,
            model: read.text(at.model),
            person: read.text(at.user),
            apiKey: read.text(at.key),
            workspace: read.text(at.app),
            detail: read.text(at.provider),
            requests: 1,
            uncachedInput,
            cacheRead: cached,
            output,
            currency: GENERATIONS.currency,
            billed,
          },
          `openrouter-generation|${id!}`,
        )
      },
    })
  },
}

const ACTIVITY: UsageMeaning = {
  ...GROUPED,
  identity: ['date', 'model', 'endpoint_id'],
  restated: ['usage', 'requests', 'prompt_tokens', 'completion_tokens'],
}

/** OpenRouter `GET /api/v1/activity`: the last 30 whole days by model and endpoint. */
export const openrouterActivityJson: JsonFormat = {
  shape: 'json',
  id: 'openrouter-activity-json',
  name: 'OpenRouter activity (API, JSON)',
  kind: 'usage',
  meaning: ACTIVITY,
  fields: {
    of: 'usage',
    read: {
      date: ['day', 'key'],
      model_permaslug: ['model', 'key'],
      // Read where there is no permanent name.
      model: ['model', 'key', 'extra'],
      endpoint_id: ['key', 'extra'],
      provider_name: 'detail',
      usage: 'billed',
      byok_usage_inference: 'extra',
      requests: 'requests',
      prompt_tokens: 'uncachedInput',
      completion_tokens: 'output',
      reasoning_tokens: 'extra',
    },
  },
  recognise(pages) {
    const first = itemsOf(pages, 'data')[0]?.value
    const marks = ['date', 'model', 'usage', 'prompt_tokens', 'byok_usage_inference']
    return marks.every((name) => ownField(first, name) !== undefined) ? `data with ${marks.join(', ')}` : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(itemsOf(pages, 'data'), ({ value }, sink) => {
      read.begin(value)
      const day = read.day('date')
      const [billed, byok] = [read.money('usage'), read.money('byok_usage_inference')]
      const counts = { uncachedInput: read.count('prompt_tokens'), output: read.count('completion_tokens') }
      const requests = read.count('requests')
      if (read.flaw || day === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      if (byok !== null && byok !== 0n) sink.note(paidElsewhere())
      const model = read.text('model_permaslug') ?? read.text('model')
      sink.spoke(epochDayOf(day) * MS_PER_DAY, day)
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day,
          tool: ACTIVITY.tool,
          model,
          detail: read.text('provider_name'),
          requests,
          ...counts,
          currency: ACTIVITY.currency,
          billed,
        },
        keyOf('openrouter-activity', [day, model, read.text('endpoint_id')]),
      )
    })
    return accepted({ records })
  },
}
