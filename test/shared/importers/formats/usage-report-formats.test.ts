import { describe, expect, it } from 'vitest'
import type { Day } from '../../../../shared/calendar/index.ts'
import { formatNanos, type Nanos } from '../../../../shared/money/index.ts'
import type { ImportChoices } from '../../../../shared/importers/index.ts'
import { joined, NOTHING, refusal, rowsOf, stageBytes, bytesOf, staged } from '../../../support/stage.ts'

const FEBRUARY: ImportChoices = { days: { from: '2026-02-01' as Day, to: '2026-02-28' as Day } }

/** What the rows say, without what they are silent on; money as text. */
async function said(content: string, choices: ImportChoices = {}): Promise<readonly Record<string, unknown>[]> {
  return rowsOf(await staged('file', content, choices), 'usage').map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([name, value]) =>
        value === null ? [] : [[name, typeof value === 'bigint' ? formatNanos(value as Nanos) : value]],
      ),
    ),
  )
}

async function recordOf(content: string, choices: ImportChoices = {}) {
  const { record, keptAside } = await staged('file', content, choices)
  const { format, counts, period, notes } = record
  return { format, counts, period, codes: notes.map(({ code }) => code), keptAside }
}

describe('totals without dates', () => {
  const header =
    'user_email,account_uuid,product,model,model_family,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd\n'
  const row = 'ann@example.com,acc-1,Claude Code,claude-opus-5,opus,12,1000,50,1.25,1.50\n'

  it('ask for their days before they are read', async () => {
    expect((await refusal(header + row)).map(({ code }) => code)).toEqual(['import/days-needed'])
    expect((await recordOf(header)).codes).toEqual(['import/no-rows'])
  })

  it('of the Enterprise spend report count on the last of the days, tokens unsplit, net and gross apart', async () => {
    expect(await said(header + row, FEBRUARY)).toEqual([
      {
        day: '2026-02-28',
        tool: 'Claude Enterprise',
        model: 'claude-opus-5',
        person: 'ann@example.com',
        workspace: 'Claude Code',
        requests: 12,
        unsplitTokens: 1050,
        currency: 'USD',
        billed: '1.25',
        listed: '1.5',
        extra: 'account_uuid: acc-1\nmodel_family: opus',
      },
    ])
    expect((await recordOf(header + row, FEBRUARY)).period).toEqual(FEBRUARY.days)
  })

  it.each([
    ['some of the same days', { from: '2026-02-15', to: '2026-03-14' }, 'import/days-overlap'],
    ['other days', { from: '2026-03-01', to: '2026-03-31' }, 'read'],
    ['the same days anew', { from: '2026-02-01', to: '2026-02-28' }, 'read'],
  ] as const)('beside a total of %s', async (_name, days, outcome) => {
    const known = joined(NOTHING, await staged('february', header + row, FEBRUARY))
    const choices = { days: days as unknown as NonNullable<ImportChoices['days']> }
    const second = await stageBytes('next', bytesOf(header + row.replace('1.25', '1.30')), choices, known)
    expect(second.ok ? 'read' : second.issues[0]!.code).toBe(outcome)
  })

  it('change when the same days are exported anew', async () => {
    const known = joined(NOTHING, await staged('february', header + row, FEBRUARY))
    const again = await staged('again', header + row.replace('1.25', '1.30'), FEBRUARY, known)
    expect(again.record.counts).toMatchObject({ rows: 1, changed: 1 })
  })

  it('of LiteLLM keys are taken apart by model, estimated', async () => {
    const model = (name: string, cost: number, input: number, output: number) => ({
      model: name,
      total_cost: cost,
      total_input_tokens: input,
      total_output_tokens: output,
    })
    const file = JSON.stringify([
      { api_key: 'k1', total_cost: 3, model_details: [model('a', 1, 10.0, 2), model('b', 2, 20, 4)] },
    ])
    const rows = await said(file, FEBRUARY)
    expect(
      rows.map(({ apiKey, model: name, estimated, uncachedInput }) => [apiKey, name, estimated, uncachedInput]),
    ).toEqual([
      ['k1', 'a', '1', 10],
      ['k1', 'b', '2', 20],
    ])
  })

  it('of Cursor models are a listed price of each', async () => {
    const file = 'Model,Request Count,Cache Read,Total Tokens,Cost ($)\nauto,3,9,12,$1.20\n'
    expect(await said(file, FEBRUARY)).toEqual([
      {
        day: '2026-02-28',
        tool: 'Cursor',
        model: 'auto',
        requests: 3,
        unsplitTokens: 12,
        currency: 'USD',
        listed: '1.2',
        extra: 'Cache Read: 9',
      },
    ])
  })
})

describe('Cursor Admin API', () => {
  it('tells what a member spent on demand from what the plan included', async () => {
    const file = {
      teamMemberSpend: [
        { userId: 1, email: 'ann@example.com', spendCents: 1875, overallSpendCents: 3200 },
        { userId: 2, email: 'bob@example.com', spendCents: 0 },
      ],
      subscriptionCycleStart: Date.UTC(2026, 0, 15),
      totalPages: 2,
    }
    const rows = await said(JSON.stringify(file))
    expect(rows.map(({ day, billed, included }) => [day, billed, included])).toEqual([
      ['2026-01-15', '18.75', '13.25'],
      ['2026-01-15', '0', undefined],
    ])
    const { period, codes } = await recordOf(JSON.stringify(file))
    expect(period).toEqual({ from: '2026-01-15', to: '2026-02-14' })
    expect(codes).toEqual(['import/cycle-so-far', 'import/more-pages'])
  })

  it('meets the events of the same cycle as the same money', async () => {
    const events =
      'Date,User,Kind,Model,Max Mode,Total Tokens,Cost\n2026-01-20T10:00:00.000Z,a,On-Demand,auto,No,5,0.5\n'
    const known = joined(NOTHING, await staged('events', events))
    const spend = { teamMemberSpend: [{ userId: 1, spendCents: 50 }], subscriptionCycleStart: Date.UTC(2026, 0, 15) }
    const { record } = await staged('spend', JSON.stringify(spend), {}, known)
    expect(record.notes.map(({ code }) => code)).toContain('import/same-money-twice')
  })

  it('counts raw events of a day as events, and skips who did nothing', async () => {
    const person = (email: string, isActive: boolean) => ({
      userId: email,
      email,
      day: '2026-02-03',
      isActive,
      composerRequests: 2,
      chatRequests: 1,
      agentRequests: 4,
      subscriptionIncludedReqs: 5,
      usageBasedReqs: 1,
      apiKeyReqs: 0,
      mostUsedModel: 'composer-2.5',
      totalLinesAdded: 40,
    })
    const file = JSON.stringify({ data: [person('ann@example.com', true), person('bob@example.com', false)] })
    expect(await said(file)).toEqual([
      {
        day: '2026-02-03',
        tool: 'Cursor',
        model: 'composer-2.5',
        person: 'ann@example.com',
        detail: 'activity',
        quantity: 6,
        unit: 'events',
        extra: 'composerRequests: 2\nchatRequests: 1\nagentRequests: 4\ntotalLinesAdded: 40',
      },
    ])
    expect((await recordOf(file)).counts).toMatchObject({ rows: 2, new: 1, blank: 1 })
  })
})

describe('GitHub', () => {
  const header =
    'date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,organization,repository,cost_center_name\n'

  it('reads AI products of the metered bill, by cost center, and leaves the rest of the bill out', async () => {
    const file = `${header}2026-06-02,copilot,copilot_ai_credit,100,ai-credits,0.01,1.00,0.40,0.60,acme,acme/api,R&D\n2026-06-02,actions,linux,30,minutes,0.008,0.24,0,0.24,acme,,\n`
    expect(await said(file)).toEqual([
      {
        day: '2026-06-02',
        tool: 'GitHub Copilot',
        workspace: 'acme',
        repository: 'acme/api',
        detail: 'copilot_ai_credit',
        currency: 'USD',
        listed: '1',
        included: '0.4',
        billed: '0.6',
        costCenter: 'R&D',
        quantity: 100,
        unit: 'ai-credits',
        extra: 'product: copilot\napplied_cost_per_quantity: 0.01',
      },
    ])
    const { format, counts, codes } = await recordOf(file)
    expect([format, counts.new, counts.blank, codes]).toEqual(['copilot-metered-csv', 1, 1, ['import/other-products']])
  })

  it('reads days of an organisation as use of nobody in particular', async () => {
    const day = {
      day: '2026-04-25',
      organization_id: '7',
      daily_active_users: 2,
      user_initiated_interaction_count: 24,
      totals_by_cli: { token_usage: { prompt_tokens_sum: 900, output_tokens_sum: 30 } },
    }
    const row = {
      day: '2026-04-25',
      tool: 'GitHub Copilot',
      workspace: '7',
      detail: 'activity of all',
      requests: 24,
      uncachedInput: 900,
      output: 30,
      quantity: 2,
      unit: 'active people',
    }
    expect(await said(JSON.stringify(day))).toEqual([row])
    expect(await said(JSON.stringify({ organization_id: '7', day_totals: [day] }))).toEqual([row])
    expect(await said(`${JSON.stringify(day)}\n${JSON.stringify({ ...day, day: '2026-04-26' })}`)).toHaveLength(2)
  })
})

describe('AWS cost and usage report', () => {
  const header =
    'bill_payer_account_id,line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,line_item_product_code,line_item_usage_type,line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit,product_region_code\n'
  const row = (type: string, amount: string, cost: string, unit: string, product = 'AmazonBedrock') =>
    `111,222,Usage,2026-03-01T00:00:00Z,${product},${type},${amount},USD,${cost},${unit},us-east-1\n`

  it.each([
    ['USE1-Claude4.6Sonnet-input-tokens', 'uncachedInput'],
    ['USE1-Claude4.6Sonnet-output-tokens-batch', 'output'],
    ['USE1-Claude4.6Sonnet-cache-read-input-token-count', 'cacheRead'],
    ['USE1-Claude4.6Sonnet-cache-write-input-token-count', 'cacheWriteUnknown'],
  ] as const)('reads %s as %s', async (type, bucket) => {
    const [found] = await said(header + row(type, '12.5', '0.0375', '1K tokens'))
    expect(found).toMatchObject({
      model: 'Claude4.6Sonnet',
      [bucket]: 12_500,
      billed: '0.0375',
      account: '111',
      workspace: '222',
      region: 'us-east-1',
    })
  })

  it('guesses no thousands where the unit does not say, and leaves other services out', async () => {
    const file = header + row('USE1-X-input-tokens', '12', '1', '') + row('USE1-BoxUsage', '3', '2', 'Hrs', 'AmazonEC2')
    const [found] = await said(file)
    expect(found).toMatchObject({ quantity: 12, billed: '1' })
    expect(found).not.toHaveProperty('uncachedInput')
    const { counts, codes } = await recordOf(file)
    expect([counts.new, counts.blank, codes]).toEqual([1, 1, ['import/units-not-tokens', 'import/other-products']])
  })

  it('knows the names of the report before', async () => {
    const old =
      'bill/PayerAccountId,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,lineItem/UsageAmount,lineItem/CurrencyCode,lineItem/UnblendedCost,pricing/unit\n111,2026-03-01T00:00:00Z,AmazonBedrock,EUC1-Nova-output-tokens,2,USD,1,1000 tokens\n'
    expect((await said(old))[0]).toMatchObject({ output: 2000, region: 'EUC1', model: 'Nova' })
  })
})

describe('FOCUS', () => {
  const row = (providers: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) => {
    const cells = {
      ...providers,
      BillingAccountId: '111',
      BillingCurrency: 'USD',
      BilledCost: '0',
      EffectiveCost: '35.2E-7',
      ListCost: '4',
      ChargeCategory: 'Usage',
      ChargePeriodStart: '2026-04-01T00:00:00Z',
      ChargePeriodEnd: '2026-04-02T00:00:00Z',
      ConsumedQuantity: '2',
      ConsumedUnit: '1000 Tokens',
      SkuMeter: 'Output Tokens',
      RegionId: 'eu-west-1',
      ...more,
    }
    return `${Object.keys(cells).join(',')}\n${Object.values(cells).join(',')}\n`
  }

  it.each([
    ['1.0', { ProviderName: 'AWS', PublisherName: 'AWS' }],
    ['1.2', { ProviderName: 'AWS', PublisherName: 'AWS', InvoiceIssuerName: 'AWS' }],
    ['1.3', { ProviderName: 'AWS', ServiceProviderName: 'AWS', HostProviderName: 'AWS', AllocatedMethodId: '' }],
    ['1.4', { ServiceProviderName: 'AWS', HostProviderName: 'AWS', InvoiceDetailId: 'i1' }],
  ])(
    '%s: effective cost once, tokens by their unit, one account under every name of the provider',
    async (_version, providers) => {
      expect((await said(row(providers)))[0]).toMatchObject({
        day: '2026-04-01',
        account: 'AWS/111',
        region: 'eu-west-1',
        output: 2000,
        billed: '0.00000352',
        listed: '4',
      })
      expect((await recordOf(row(providers))).codes).toEqual(['import/amortised-cost'])
    },
  )

  it('keeps what is counted in other units, and columns of tools', async () => {
    const [found] = await said(row({ ProviderName: 'AWS' }, { ConsumedUnit: 'Hours', x_Team: 'core' }))
    expect(found).toMatchObject({
      quantity: 2,
      unit: 'Hours',
      extra: 'BilledCost: 0\nChargePeriodEnd: 2026-04-02T00:00:00Z\nSkuMeter: Output Tokens\nx_Team: core',
    })
    expect(found).not.toHaveProperty('output')
  })
})

describe('Langfuse as CSV', () => {
  const header = 'id,trace_id,start_time,type,provided_model_name,usage_details,total_cost,input,output,metadata\n'
  const secret = 'my password is swordfish'
  const row = (usage: string, id = 'o1') =>
    `${id},t1,2026-02-01 10:00:00.123456,GENERATION,gpt-5,"${usage.replaceAll('"', '""')}",0.5,${secret},${secret},${secret}\n`

  it('reads counts and never the words', async () => {
    const file = header + row('{"input":10,"output":2,"input_cached_tokens":4}')
    expect(await said(file)).toEqual([
      {
        day: '2026-02-01',
        at: Date.UTC(2026, 1, 1, 10, 0, 0, 123),
        tool: 'Langfuse',
        model: 'gpt-5',
        detail: 'GENERATION',
        requests: 1,
        uncachedInput: 10,
        cacheRead: 4,
        output: 2,
        currency: 'USD',
        estimated: '0.5',
        extra: 'trace_id: t1',
      },
    ])
  })

  it('keeps rows aside without the words either', async () => {
    const all = await staged('file', header + row('nonsense') + row('{}', 'o2') + 'cut,off\n')
    expect(all.record.counts).toMatchObject({ rows: 3, new: 0, keptAside: 2, blank: 1 })
    const text = JSON.stringify(all, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    expect(text).not.toContain('swordfish')
    expect(text).toContain('o1')
  })

  it('names the same observation as the JSON export', async () => {
    const json = JSON.stringify({
      id: 'o1',
      trace_id: 't1',
      start_time: '2026-02-01T10:00:00.123Z',
      usage_details: { input: 10 },
    })
    const known = joined(NOTHING, await staged('json', json))
    const { counts } = (await staged('csv', header + row('{"input":10}'), {}, known)).record
    expect(counts.new).toBe(0)
  })
})

describe('transcripts', () => {
  const answer = (id: string, output: number, more: object = {}) =>
    JSON.stringify({
      type: 'assistant',
      timestamp: '2026-01-09T10:00:00.000Z',
      sessionId: 's1',
      cwd: '/home/ann/work/api',
      requestId: `r-${id}`,
      message: {
        id,
        role: 'assistant',
        model: 'claude-opus-5',
        content: 'swordfish',
        usage: { input_tokens: 3, output_tokens: output, cache_read_input_tokens: 5, ...more },
      },
    })
  const words = JSON.stringify({ type: 'user', sessionId: 's1', message: { role: 'user', content: 'swordfish' } })

  it('of Claude Code: each answer once, at its last count, cache apart by its time to live, no words', async () => {
    const file = [
      words,
      answer('m1', 1),
      answer('m1', 7),
      answer('m2', 2, { cache_creation: { ephemeral_5m_input_tokens: 8, ephemeral_1h_input_tokens: 9 } }),
    ].join('\n')
    const rows = await said(file)
    expect(
      rows.map(({ output, cacheWrite5m, cacheWrite1h, workspace }) => [output, cacheWrite5m, cacheWrite1h, workspace]),
    ).toEqual([
      [7, undefined, undefined, 'api'],
      [2, 8, 9, 'api'],
    ])
    const { counts, codes } = await recordOf(file)
    expect([counts.rows, counts.new, counts.blank, codes]).toEqual([4, 2, 2, ['import/other-events']])
    expect(JSON.stringify(rows)).not.toContain('swordfish')
  })

  it('of Codex: turns, not sums; reasoning is added only where the total says it stands beside the output', async () => {
    const event = (minute: number, last: object, total: number) =>
      JSON.stringify({
        timestamp: `2026-05-13T09:0${minute}:00.000Z`,
        type: 'event_msg',
        payload: { type: 'token_count', info: { last_token_usage: last, total_token_usage: { total_tokens: total } } },
      })
    const turn = { input_tokens: 1000, cached_input_tokens: 250, output_tokens: 125, reasoning_output_tokens: 75 }
    const file = [
      JSON.stringify({ timestamp: '2026-05-13T09:00:00.000Z', type: 'session_meta', payload: { id: 'c1' } }),
      JSON.stringify({
        timestamp: '2026-05-13T09:00:00.000Z',
        type: 'turn_context',
        payload: { model: 'gpt-5.2-codex' },
      }),
      event(1, { ...turn, total_tokens: 1200 }, 1200),
      event(2, { ...turn, total_tokens: 1200 }, 1200),
      event(3, { ...turn, total_tokens: 1125 }, 2325),
    ].join('\n')
    const rows = await said(file)
    expect(
      rows.map(({ model, session, uncachedInput, cacheRead, output }) => [
        model,
        session,
        uncachedInput,
        cacheRead,
        output,
      ]),
    ).toEqual([
      ['gpt-5.2-codex', 'c1', 750, 250, 200],
      ['gpt-5.2-codex', 'c1', 750, 250, 125],
    ])
  })
})

describe('other shapes of known sources', () => {
  it('reads OpenRouter activity of the API', async () => {
    const file = JSON.stringify({
      data: [
        {
          date: '2026-05-12',
          model: 'anthropic/claude-opus-4.7',
          endpoint_id: 'e',
          usage: 1.5,
          byok_usage_inference: 0.2,
          requests: 3,
          prompt_tokens: 10,
          completion_tokens: 4,
        },
      ],
    })
    expect((await said(file))[0]).toMatchObject({ billed: '1.5', requests: 3, uncachedInput: 10, output: 4 })
    expect((await recordOf(file)).codes).toEqual(['import/paid-elsewhere'])
  })

  it('reads Enterprise analytics in time buckets', async () => {
    const file = JSON.stringify({
      data: [
        {
          starting_at: '2026-02-01T00:00:00Z',
          ending_at: '2026-02-02T00:00:00Z',
          results: [{ amount: '250', list_amount: '300', currency: 'USD', token_type: null, product: 'claude_code' }],
        },
      ],
    })
    expect((await recordOf(file)).format).toBe('claude-enterprise-analytics-json')
    expect((await said(file))[0]).toMatchObject({ billed: '2.5', listed: '3', workspace: 'claude_code' })
  })
})

describe('answers of GitHub that hold no use themselves', () => {
  it.each([
    ['links', { download_links: ['https://example.com/1.ndjson'], report_day: '2026-05-07' }, /Open each of the links/],
    [
      'teams',
      { user_id: 1, user_login: 'ann', day: '2026-05-07', organization_id: 2, team_id: 3, slug: 'core' },
      /users-1-day/,
    ],
  ])('are told from unknown ones: %s', async (_name, answer, instead) => {
    const [issue] = await refusal(JSON.stringify(answer))
    expect(issue).toMatchObject({ code: 'import/not-needed', can: expect.stringMatching(instead) as string })
  })
})

describe('days GitHub wrote once more when AI credits came', () => {
  const header = 'date,username,product,sku,model,quantity,unit_type,gross_amount,discount_amount,net_amount\n'

  it.each([
    ['2026-04-23', []],
    ['2026-04-24', ['import/copilot-backfill']],
    ['2026-04-30', ['import/copilot-backfill']],
    ['2026-05-01', []],
  ])('%s: %j', async (day, codes) => {
    const row = `${day},ann,copilot,copilot_premium_request,GPT-5,1,requests,0.04,0,0.04\n`
    expect((await recordOf(header + row)).codes.filter((code) => code.includes('backfill'))).toEqual(codes)
  })
})
