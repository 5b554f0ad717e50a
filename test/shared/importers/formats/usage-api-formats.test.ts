import { describe, expect, it } from 'vitest'
import { formatNanos } from '../../../../shared/money/index.ts'
import type { Nanos } from '../../../../shared/money/index.ts'
import { rowsOf, staged } from '../../../support/stage.ts'

type Fields = Readonly<Record<string, unknown>>

/** What usage rows state: money as decimal text, nothing that is unknown. */
async function usageIn(content: unknown): Promise<readonly Fields[]> {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  const staging = await staged('file', text)
  return rowsOf(staging, 'usage').map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([name, value]) =>
        value === null ? [] : [[name, typeof value === 'bigint' ? formatNanos(value as Nanos) : value]],
      ),
    ),
  )
}

async function recordOf(content: unknown) {
  const staging = await staged('file', typeof content === 'string' ? content : JSON.stringify(content))
  return { ...staging.record, codes: staging.record.notes.map(({ code }) => code), keptAside: staging.keptAside }
}

const bucket = (result: unknown) => ({
  data: [
    { starting_at: '2025-08-01T00:00:00Z', ending_at: '2025-08-02T00:00:00Z', results: [result] },
    { starting_at: '2025-08-02T00:00:00Z', ending_at: '2025-08-03T00:00:00Z', results: [] },
  ],
  has_more: true,
})

describe('Anthropic Admin API', () => {
  const usage = {
    uncached_input_tokens: 1500,
    cache_creation: { ephemeral_1h_input_tokens: 1000, ephemeral_5m_input_tokens: 500 },
    cache_read_input_tokens: 200,
    output_tokens: 500,
    server_tool_use: { web_search_requests: 10 },
    api_key_id: 'apikey_1',
    workspace_id: null,
    model: 'claude-opus-4-6',
  }

  it('keeps the cache apart by its time to live, an empty day blank, and says that pages follow', async () => {
    expect(await usageIn(bucket(usage))).toEqual([
      {
        day: '2025-08-01',
        tool: 'Claude API',
        model: 'claude-opus-4-6',
        apiKey: 'apikey_1',
        uncachedInput: 1500,
        cacheWrite5m: 500,
        cacheWrite1h: 1000,
        cacheRead: 200,
        output: 500,
        quantity: 10,
        unit: 'web searches',
      },
    ])
    const { counts, codes } = await recordOf(bucket(usage))
    expect([counts.rows, counts.blank, codes]).toEqual([2, 1, ['import/web-searches', 'import/more-pages']])
  })

  it('reads costs as cents in decimal text', async () => {
    const cost = { amount: '123.78912', currency: 'USD', description: 'Input', token_type: 'output_tokens' }
    expect(await usageIn(bucket(cost))).toEqual([
      {
        day: '2025-08-01',
        tool: 'Claude API',
        detail: 'Input',
        currency: 'USD',
        billed: '1.2378912',
        extra: 'token_type: output_tokens',
      },
    ])
  })

  it('takes Claude Code days apart by model, cents as numbers, estimated', async () => {
    const model = (name: string, amount: number) => ({
      model: name,
      tokens: { input: 10, output: 2, cache_read: 3, cache_creation: 4 },
      estimated_cost: { amount, currency: 'USD' },
    })
    const record = {
      actor: { type: 'user_actor', email_address: 'a@example.com' },
      date: '2025-08-08T00:00:00Z',
      customer_type: 'api',
      model_breakdown: [model('claude-opus-4-8', 186), model('claude-sonnet-5', 42)],
    }
    const rows = await usageIn({ data: [record], has_more: false })
    expect(rows.map(({ model: name, estimated, cacheWriteUnknown }) => [name, estimated, cacheWriteUnknown])).toEqual([
      ['claude-opus-4-8', '1.86', 4],
      ['claude-sonnet-5', '0.42', 4],
    ])
    expect(rows[0]!['person']).toBe('a@example.com')
  })

  it('reads Enterprise analytics before and after discount', async () => {
    const row = {
      actor: { user_id: 'u1', email: null },
      amount: '41280.000000',
      list_amount: '51600.000000',
      currency: 'USD',
      product: 'chat',
      requests: 128,
      rbac_group_id: 'g',
      starting_at: '2026-01-02T00:00:00Z',
    }
    const page = { data: [row], data_refreshed_at: '2026-02-01T00:00:00Z' }
    expect(await usageIn(page)).toMatchObject([{ billed: '412.8', listed: '516', person: 'u1', requests: 128 }])
    const { asOf, codes } = await recordOf(page)
    expect([asOf, codes]).toEqual([Date.UTC(2026, 1, 1), ['import/groups-count-fully']])
  })
})

describe('OpenAI API pages', () => {
  const page = (result: unknown) => ({
    object: 'page',
    data: [{ object: 'bucket', start_time: 1_730_419_200, end_time: 1_730_505_600, results: [result] }],
  })
  const completions = {
    object: 'organization.usage.completions.result',
    input_tokens: 1000,
    input_cached_tokens: 400,
    input_cache_write_tokens: 100,
    input_uncached_tokens: 500,
    output_tokens: 500,
    num_model_requests: 5,
    model: 'gpt-5',
    batch: false,
  }

  it('takes the cache out of the input', async () => {
    expect(await usageIn(page(completions))).toMatchObject([
      { day: '2024-11-01', uncachedInput: 500, cacheRead: 400, cacheWriteUnknown: 100, output: 500, requests: 5 },
    ])
  })

  it('names the rows of the dashboard export', async () => {
    const header = 'start_time,end_time,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier'
    const csv = `${header},input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens,input_cache_write_tokens
1730419200,1730505600,,5,,,gpt-5,False,,1000,500,400,500,100`
    const [api, table] = [await staged('a', JSON.stringify(page(completions))), await staged('b', csv)]
    expect([api.chunks[0]!.keys, api.chunks[0]!.contents]).toEqual([table.chunks[0]!.keys, table.chunks[0]!.contents])
  })

  it('tells units that are no tokens, and keeps their requests', async () => {
    const images = { object: 'organization.usage.images.result', images: 2, num_model_requests: 2 }
    expect(await usageIn(page(images))).toMatchObject([{ detail: 'images', requests: 2 }])
    expect((await recordOf(page(images))).codes).toEqual(['import/units-not-tokens'])
  })

  it('reads costs in dollars', async () => {
    const cost = {
      object: 'organization.costs.result',
      amount: { value: 0.06, currency: 'usd' },
      line_item: 'gpt-5, in',
    }
    expect(await usageIn(page(cost))).toMatchObject([{ billed: '0.06', currency: 'USD', model: 'gpt-5' }])
    const tiny = { ...cost, amount: { value: 3.4e-7, currency: 'usd' } }
    expect(await usageIn(page(tiny))).toMatchObject([{ billed: '0.00000034' }])
  })
})

describe('Cursor Admin API', () => {
  const event = {
    timestamp: '1750979225854',
    userEmail: 'd@example.com',
    model: 'claude-4.5-sonnet',
    kind: 'Usage-based',
    requestsCosts: 5,
    tokenUsage: {
      inputTokens: 126,
      outputTokens: 450,
      cacheWriteTokens: 6112,
      cacheReadTokens: 11_964,
      totalCents: 20.18,
    },
    chargedCents: 21.36232,
  }

  it('charges what was charged, in cents, by kind', async () => {
    expect(await usageIn({ usageEvents: [event] })).toMatchObject([
      { billed: '0.2136232', uncachedInput: 126, cacheWriteUnknown: 6112, cacheRead: 11_964, output: 450 },
    ])
    const aborted = { ...event, kind: 'USAGE_EVENT_KIND_ABORTED_NOT_CHARGED' }
    expect(await usageIn({ usageEventsDisplay: [aborted] })).toMatchObject([
      { listed: '0.2136232', detail: 'aborted, not charged' },
    ])
  })

  it('names the events of the dashboard export', async () => {
    const csv = `Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost
2025-06-26T23:07:05.854Z,d@example.com,Usage-based,claude-4.5-sonnet,No,6112,126,11964,450,18652,0.21`
    const [api, table] = [await staged('a', JSON.stringify({ usageEvents: [event] })), await staged('b', csv)]
    expect(api.chunks[0]!.keys).toEqual(table.chunks[0]!.keys)
  })
})

describe('Copilot', () => {
  it('reads billing of a period, net and gross apart', async () => {
    const item = {
      product: 'Copilot',
      sku: 'Copilot AI Credit',
      model: 'GPT-5',
      unitType: 'ai-credits',
      grossQuantity: 10,
      grossAmount: 0.1,
      discountAmount: 0.1,
      netAmount: 0,
    }
    const page = { timePeriod: { year: 2026, month: 6, day: 3 }, organization: 'o', usageItems: [item] }
    expect(await usageIn(page)).toMatchObject([{ day: '2026-06-03', listed: '0.1', included: '0.1', billed: '0' }])
  })

  it('reads activity lines', async () => {
    const line = (user: string) =>
      JSON.stringify({
        user_id: 1,
        user_login: user,
        day: '2026-04-25',
        user_initiated_interaction_count: 24,
        totals_by_cli: { token_usage: { prompt_tokens_sum: 9, output_tokens_sum: 2 } },
      })
    const rows = await usageIn(`${line('hubot')}\n${line('mona')}\n`)
    expect(rows).toMatchObject([{ person: 'hubot', requests: 24, uncachedInput: 9, output: 2 }, { person: 'mona' }])
  })
})

describe('FOCUS', () => {
  const header =
    'BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargeDescription,ChargePeriodEnd,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,EffectiveCost,ListCost,PricingCurrency,ServiceName,SkuId'
  const row = (cells: string) => `${header}\n${cells}`

  it('counts prepaid money when it is used, once', async () => {
    const text = row(
      `200000.00,1,USD,2025-04-01T00:00:00Z,Purchase,Prepaid,2026-04-01T00:00:00Z,2025-04-01T00:00:00Z,NULL,NULL,0.00,200000.00,USD,Acme AI,1
0.00,1,USD,2025-04-01T00:00:00Z,Usage,Opus output tokens,2025-04-02T00:00:00Z,2025-04-01T00:00:00Z,2.5,1000 Tokens,35.2E-7,490,Token,Acme AI,2`,
    )
    expect(await usageIn(text)).toMatchObject([
      { billed: '0', listed: '200000', detail: 'Purchase/Prepaid', tool: 'Acme AI' },
      { billed: '0.00000352', output: 2500, day: '2025-04-01' },
    ])
    expect((await recordOf(text)).codes).toEqual(['import/amortised-cost', 'import/virtual-currency'])
  })

  it('reads times without a zone as UTC, and asks for the order of days a spreadsheet wrote', async () => {
    const text = row('-1,1,USD,2024-09-01 00:00:00,Credit,x,2024-09-02 00:00:00,2024-09-01 00:00:00,,,-1,-1,USD,S,1')
    expect(await usageIn(text)).toMatchObject([{ day: '2024-09-01', billed: '-1' }])
    const spreadsheet = row('1,1,USD,4/1/25,Usage,x,4/2/25,4/1/25,,,1,1,USD,S,1')
    await expect(staged('f', spreadsheet)).rejects.toThrow('import/day-order-ambiguous')
    const chosen = await staged('f', spreadsheet, { dayOrder: 'month-first' })
    expect(rowsOf(chosen, 'usage')[0]!.day).toBe('2025-04-01')
  })

  it('keeps aside what has no category of the specification', async () => {
    const { keptAside } = await recordOf(row('1,1,USD,2025-04-01,Gift,x,2025-04-02,2025-04-01,,,1,1,USD,S,1'))
    expect(keptAside.map(({ column, issue }) => [column, issue.code])).toEqual([
      ['ChargeCategory', 'import/not-one-of'],
    ])
  })
})

describe('gateways', () => {
  it('reads LiteLLM logs and never keeps what was said', async () => {
    const log = {
      request_id: 'r1',
      startTime: '2026-05-01T10:00:00',
      model: 'gpt-5',
      spend: 0.0012,
      prompt_tokens: 10,
      completion_tokens: 5,
      messages: [{ content: 'SECRET' }],
      response: { text: 'SECRET' },
    }
    const staging = await staged(
      'f',
      JSON.stringify([log, { ...log, request_id: 'r2', spend: 'SECRET?', startTime: 'x' }]),
    )
    expect(rowsOf(staging, 'usage')).toHaveLength(1)
    expect(staging.record.totals.cost.estimated).toBe('0.0012')
    const kept = JSON.stringify({ aside: staging.keptAside, notes: staging.record.notes })
    expect(staging.keptAside).toHaveLength(1)
    expect(kept).not.toContain('"SECRET"')
    expect(kept).not.toContain('messages')
  })

  it('reads LiteLLM days by model', async () => {
    const metrics = {
      spend: 1.5,
      prompt_tokens: 100,
      cache_read_input_tokens: 60,
      completion_tokens: 7,
      api_requests: 3,
    }
    const page = { results: [{ date: '2026-05-01', breakdown: { models: { 'gpt-5': { metrics } } } }] }
    expect(await usageIn(page)).toMatchObject([
      { model: 'gpt-5', uncachedInput: 40, cacheRead: 60, output: 7, requests: 3, estimated: '1.5' },
    ])
  })

  it('reads OpenRouter days and generations', async () => {
    const days = `Date,Slug,Usage,BYOK Usage,Requests,Prompt Tokens,Completion Tokens,Reasoning Tokens
"2026-05-12 00:00:00","anthropic/claude-opus-4.7","430.07","1","4115","70965665","3009973","0"`
    expect(await usageIn(days)).toMatchObject([{ day: '2026-05-12', billed: '430.07', requests: 4115 }])
    expect((await recordOf(days)).codes).toEqual(['import/paid-elsewhere'])
    const one = `generation_id,created_at,cost_total,byok_usage_inference,tokens_prompt,tokens_completion,tokens_cached,model_permaslug
g1,2026-05-12 10:00:00,0.5,0,100,7,60,x/y`
    expect(await usageIn(one)).toMatchObject([{ uncachedInput: 40, cacheRead: 60, output: 7, billed: '0.5' }])
  })

  it('reads Langfuse observations and never keeps prompts', async () => {
    const one = {
      id: 'o1',
      trace_id: 't',
      type: 'GENERATION',
      start_time: '2026-05-01 10:00:00.000000',
      input: 'SECRET',
      output: 'SECRET',
      usage_details: { input: 10, output: 3, input_cached_tokens: 4, total: 17 },
      total_cost: 0.02,
    }
    const span = { ...one, id: 'o2', usage_details: {} }
    const bad = { ...one, id: 'o3', usage_details: { input: -1 } }
    const staging = await staged('f', [one, span, bad].map((value) => JSON.stringify(value)).join('\n'))
    expect(rowsOf(staging, 'usage')).toMatchObject([
      { uncachedInput: 10, cacheRead: 4, output: 3, unsplitTokens: null },
    ])
    expect([staging.record.counts.blank, staging.keptAside.length]).toEqual([1, 1])
    expect(JSON.stringify(staging.keptAside)).not.toContain('SECRET')
  })
})

describe('kinds of use of Langfuse, whose names are free', () => {
  const observation = { id: 'o', trace_id: 't', start_time: '2026-05-01T10:00:00Z' }
  const parts = { input: 100, output: 50, input_cached_tokens: 30, output_reasoning_tokens: 20 }

  it.each<readonly [string, Fields, Fields]>([
    ['beside each other', { ...parts, total: 200 }, { uncachedInput: 100, cacheRead: 30, output: 70 }],
    ['without a total', parts, { uncachedInput: 100, cacheRead: 30, output: 70 }],
    ['inside the plain counts', { ...parts, total: 150 }, { uncachedInput: 70, cacheRead: 30, output: 50 }],
    [
      'a count under two names',
      { input: 10, prompt_tokens: 10, output: 2, total: 12 },
      { uncachedInput: 10, output: 2 },
    ],
    ['a total alone', { total: 12 }, { unsplitTokens: 12 }],
    [
      'cache written for some time',
      { input: 1, input_cache_creation_5m: 2, input_cache_creation_1h: 3, cache_creation_input_tokens: 4 },
      { uncachedInput: 1, cacheWrite5m: 2, cacheWrite1h: 3, cacheWriteUnknown: 4 },
    ],
    ['a kind nobody knows', { input: 1, seconds: 9 }, { uncachedInput: 1 }],
  ])('%s', async (_name, usage_details, counts) => {
    const [row] = await usageIn({ ...observation, usage_details })
    const { id: _id, ...said } = { id: '', ...row }
    const buckets = Object.entries(said).filter(([name]) => /uncached|cache|output|unsplit/.test(name))
    expect(Object.fromEntries(buckets)).toEqual(counts)
  })
})

describe('records taken apart by model', () => {
  it.each<readonly [string, unknown, string]>([
    ['ccusage', { daily: [{ date: 'soon', totalTokens: 1, modelBreakdowns: [{ modelName: 'm' }] }] }, 'date'],
    [
      'ccusage',
      {
        daily: [
          {
            date: '2026-01-01',
            totalTokens: 1,
            modelBreakdowns: [{ inputTokens: -1 }, { modelName: 'm', inputTokens: 1 }],
          },
        ],
      },
      'inputTokens',
    ],
    [
      'LiteLLM',
      {
        results: [
          {
            date: '2026-01-01',
            breakdown: { models: { a: { metrics: { prompt_tokens: -1 } }, b: { metrics: { prompt_tokens: 1 } } } },
          },
        ],
      },
      'prompt_tokens',
    ],
  ])(
    'of %s are kept aside for the first thing that cannot be read, wherever it stands',
    async (_name, page, column) => {
      expect((await recordOf(page)).keptAside.map((aside) => aside.column)).toEqual([column])
    },
  )
})

describe('Claude Code on a machine', () => {
  const entry = {
    inputTokens: 300,
    outputTokens: 125,
    cacheCreationTokens: 75,
    cacheReadTokens: 30,
    totalTokens: 530,
    totalCost: 0.46,
  }

  it('reads ccusage reports, by model where they say it', async () => {
    const breakdown = {
      modelName: 'claude-opus-4',
      inputTokens: 300,
      outputTokens: 125,
      cacheCreationTokens: 75,
      cacheReadTokens: 30,
      cost: 0.46,
    }
    expect(await usageIn({ daily: [{ ...entry, date: '2026-01-09', modelBreakdowns: [breakdown] }] })).toMatchObject([
      { day: '2026-01-09', model: 'claude-opus-4', estimated: '0.46', cacheWriteUnknown: 75 },
    ])
    expect(await usageIn({ monthly: [{ ...entry, month: '2026-01' }] })).toMatchObject([{ day: '2026-01-01' }])
    expect(await usageIn({ projects: { alpha: [{ ...entry, date: '2026-01-09' }] } })).toMatchObject([
      { workspace: 'alpha' },
    ])
    const block = {
      id: 'b',
      startTime: '2026-01-09T10:00:00.000Z',
      isGap: false,
      tokenCounts: { inputTokens: 3, outputTokens: 1, cacheCreationInputTokens: 2, cacheReadInputTokens: 0 },
      costUSD: 0.4,
      models: ['m'],
    }
    const blocks = { blocks: [block, { ...block, id: 'gap', isGap: true }] }
    expect(await usageIn(blocks)).toMatchObject([
      { model: 'm', uncachedInput: 3, cacheWriteUnknown: 2, estimated: '0.4' },
    ])
    expect((await recordOf(blocks)).counts.blank).toBe(1)
  })

  const point = (value: object, type: string | null, time: string) => ({
    ...value,
    startTimeUnixNano: '1750000000000000000',
    timeUnixNano: time,
    attributes: [
      { key: 'model', value: { stringValue: 'claude-opus-4-8' } },
      { key: 'session.id', value: { stringValue: 's' } },
      ...(type === null ? [] : [{ key: 'type', value: { stringValue: type } }]),
    ],
  })
  const file = (temporality: number, dataPoints: readonly object[], name = 'claude_code.token.usage') => ({
    resourceMetrics: [
      { scopeMetrics: [{ metrics: [{ name, sum: { aggregationTemporality: temporality, dataPoints } }] }] },
    ],
  })
  const [early, late] = ['1750000060000000000', '1750000120000000000']

  it('adds up deltas, and takes the last of a running total', async () => {
    const points = [point({ asInt: '10' }, 'input', early), point({ asInt: '15' }, 'input', late)]
    expect((await recordOf(file(1, points))).totals.tokens.uncachedInput).toBe(25)
    expect((await recordOf(file(2, points))).totals.tokens.uncachedInput).toBe(15)
  })

  it('takes a later file of the same running total for a change, not for more', async () => {
    const first = await staged('a', JSON.stringify(file(2, [point({ asInt: '10' }, 'cacheRead', early)])))
    const known = { chunks: first.chunks, imports: [first.record] }
    const next = await staged('b', JSON.stringify(file(2, [point({ asInt: '15' }, 'cacheRead', late)])), {}, known)
    expect(next.record.counts).toMatchObject({ new: 0, changed: 1 })
  })

  it('names metrics that state no use', async () => {
    const [tokens] = file(1, [point({ asInt: '10' }, 'input', early)]).resourceMetrics
    const [commits] = file(1, [point({ asInt: '1' }, null, early)], 'claude_code.commit.count').resourceMetrics
    const { codes, notes } = await recordOf({ resourceMetrics: [tokens, commits] })
    expect(codes).toEqual(['import/metrics-not-read'])
    expect(notes[0]!.said).toBe('claude_code.commit.count')
  })

  it('reads cost as estimated and keeps other types aside', async () => {
    expect(await usageIn(file(1, [point({ asDouble: 0.25 }, null, early)], 'claude_code.cost.usage'))).toMatchObject([
      { estimated: '0.25', currency: 'USD', session: 's' },
    ])
    expect((await recordOf(file(1, [point({ asInt: 1 }, 'thought', early)]))).keptAside).toHaveLength(1)
  })
})
