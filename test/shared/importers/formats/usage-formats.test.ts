import { describe, expect, it } from 'vitest'
import { refusal, rowsOf, staged } from '../../../support/stage.ts'
import type { ImportChoices } from '../../../../shared/importers/index.ts'

async function usage(text: string, choices: ImportChoices = {}) {
  const one = await staged('file.csv', text, choices)
  return { rows: rowsOf(one, 'usage'), aside: one.keptAside.map(({ issue }) => issue.code), record: one.record }
}

describe('Anthropic', () => {
  it('reads cost rows of old and new layouts, key owners of Claude Code, both prices', async () => {
    const { rows } = await usage(
      'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status\n' +
        '2026-08-04,Claude Haiku 4.5,Default,claude_code_key_ada.l_x1y2,message,≤ 200k,output,0.10,1.00,token,us,fast,apikey_1,active\n',
    )
    expect(rows[0]).toMatchObject({
      day: '2026-08-04',
      at: null,
      tool: 'Claude API',
      model: 'Claude Haiku 4.5',
      person: 'ada.l',
      apiKey: 'claude_code_key_ada.l_x1y2',
      workspace: 'Default',
      detail: 'message/output/fast',
      currency: 'USD',
      billed: 100_000_000n,
      listed: 1_000_000_000n,
      output: null,
    })
  })

  it('keeps the record when a key is renamed but its id stays', async () => {
    const of = (label: string) =>
      `usage_date_utc,model,api_key,token_type,cost_usd,api_key_id\n2026-08-04,Claude,${label},output,1.00,apikey_1\n`
    const [first, second] = [await staged('a', of('old')), await staged('b', of('new'))]
    expect(first.chunks[0]!.keys[0]).toBe(second.chunks[0]!.keys[0])
  })

  it('reads token rows whose date holds a day, an hour or a minute', async () => {
    const head =
      'usage_date_utc,model_version,usage_input_tokens_no_cache,usage_input_tokens_cache_write_1h,usage_output_tokens,web_search_count'
    const { rows, record } = await usage(`${head}\n2026-07-16,m,1,2,3,0\n2026-07-16 23:00,m,4,5,6,7\n`)
    expect(
      rows.map(({ day, at, uncachedInput, cacheWrite1h, cacheWrite5m, output }) => [
        day,
        at,
        uncachedInput,
        cacheWrite1h,
        cacheWrite5m,
        output,
      ]),
    ).toEqual([
      ['2026-07-16', null, 1, 2, null, 3],
      ['2026-07-16', Date.UTC(2026, 6, 16, 23), 4, 5, null, 6],
    ])
    expect(record.notes.map(({ code }) => code)).toEqual(['import/web-searches'])
  })
})

describe('Cursor', () => {
  const head =
    'Date,User,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost'
  const row = (kind: string, cost: string) =>
    `2026-07-24T22:58:47.622Z,ada@example.com,bc-1,,"${kind}","Opus 4.8, Auto",false,1,2,3,4,10,${cost}`

  it.each([
    ['Included', '0.72', { included: 720_000_000n, billed: null, listed: null }],
    ['Included in Pro', '$0.02', { included: 20_000_000n, billed: null, listed: null }],
    ['Included', 'Included', { included: null, billed: null, listed: null }],
    ['Free', 'Free', { included: null, billed: null, listed: null }],
    ['Included', '-', { included: null, billed: null, listed: null }],
    ['Included', '', { included: null, billed: null, listed: null }],
    ['On-Demand', '0.5', { included: null, billed: 500_000_000n, listed: null }],
    ['Usage-based', '"$1,234.50"', { included: null, billed: 1_234_500_000_000n, listed: null }],
    ['Errored, Not Charged', '0.3', { included: null, billed: null, listed: 300_000_000n }],
    ['Aborted, Not Charged', '0.3', { included: null, billed: null, listed: 300_000_000n }],
    ['Unknown', '0.3', { included: null, billed: null, listed: 300_000_000n }],
  ])('%s with cost %s', async (kind, cost, wanted) => {
    const { rows, aside } = await usage(`${head}\n${row(kind, cost)}\n`)
    expect(aside).toEqual([])
    expect(rows[0]).toMatchObject({
      ...wanted,
      cacheWriteUnknown: 1,
      uncachedInput: 2,
      cacheRead: 3,
      output: 4,
      session: 'bc-1',
      detail: kind,
      person: 'ada@example.com',
    })
  })

  it('keeps rows aside whose parts are not their total, and costs that are no number', async () => {
    expect((await usage(`${head}\n${row('Included', '1').replace(',10,', ',11,')}\n`)).aside).toEqual([
      'import/total-mismatch',
    ])
    expect((await usage(`${head}\n${row('Included', '1 EUR')}\n`)).aside).toEqual(['import/not-an-amount'])
  })

  it('reads totals that are not split as such', async () => {
    const { rows } = await usage(
      'Date,User,Kind,Max Mode,Model,Tokens,Cost ($)\n2025-08-29T15:39:20.571Z,You,Included,No,auto,2747,Included\n',
    )
    expect(rows[0]).toMatchObject({ unsplitTokens: 2747, uncachedInput: null, person: null })
  })

  it('reads requests of plans without costs', async () => {
    const { rows } = await usage(
      'Date,User,Kind,Model,Max Mode,Total Tokens,Requests\n2025-09-25T15:09:18.685Z,a,Included,auto,No,5,1.5\n',
    )
    expect(rows[0]).toMatchObject({ requests: 1.5, currency: null, included: null })
  })
})

describe('OpenAI', () => {
  const head =
    'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,input_cache_write_tokens,input_uncached_tokens'
  const of = (input: string, cached: string, write: string, uncached: string) =>
    `${head}\n1759622400,1759708800,,,p,2.0,u,k,gpt-5,FALSE,default,${input},7.0,${cached},${write},${uncached}\n`

  it.each([
    ['100.0', '30', '10', '60', 60],
    ['100', '30', '10', '', 60],
    ['100', '30', '', '', 70],
    ['100', '30', '10', '70', 60],
    ['100', '', '', '', 100],
  ])('input %s with %s read, %s written, %s stated uncached', async (input, cached, write, uncached, wanted) => {
    const { rows } = await usage(of(input, cached, write, uncached))
    expect(rows[0]).toMatchObject({
      uncachedInput: wanted,
      output: 7,
      requests: 2,
      day: '2025-10-05',
      at: null,
      detail: 'default',
    })
  })

  it('keeps aside what cannot be', async () => {
    expect((await usage(of('10', '30', '', ''))).aside).toEqual(['import/total-mismatch'])
    expect((await usage(of('100', '30', '10', '55'))).aside).toEqual(['import/total-mismatch'])
  })

  it('counts days without usage as blank and twins as two', async () => {
    const line = '1759622400,1759708800,,,p,2,u,k,gpt-5,FALSE,default,5,7,0,0,5'
    const empty = '1759708800,1759795200,2025-10-06T00:00:00+00:00,2025-10-07T00:00:00+00:00,,,,,,,,,,,,'
    const { record } = await usage(
      [head, line, line.replace(',5,7,', ',6,7,').replace(',0,5', ',0,6'), line, empty].join('\n'),
    )
    expect(record.counts).toMatchObject({ rows: 4, new: 3, blank: 1 })
    expect(record.facts).toEqual({ usage: 3 })
  })

  it('reads cost of a model and its token class, in its own currency', async () => {
    const { rows, record } = await usage(
      'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id\n' +
        '1790553600,1790640000,,,0.003400000000000000000000000000000000,usd,"gpt-5-nano, input_tokens",p\n' +
        '1790640000,1790726400,2026-09-29T00:00:00+00:00,2026-09-30T00:00:00+00:00,,,,\n',
    )
    expect(rows[0]).toMatchObject({
      model: 'gpt-5-nano',
      detail: 'gpt-5-nano, input_tokens',
      billed: 3_400_000n,
      currency: 'USD',
    })
    expect(record.counts).toMatchObject({ rows: 2, new: 1, blank: 1 })
  })
})

describe('GitHub Copilot', () => {
  const head =
    'date,username,product,sku,model,quantity,unit_type,gross_amount,discount_amount,net_amount,organization,repository,cost_center_name,aic_quantity,aic_gross_amount'

  it('reads credits by their gross amount and requests by their number', async () => {
    const { rows } = await usage(
      `\uFEFF${head}\n2026-06-11,ada,copilot,copilot_ai_credit,GPT,2.5,ai-credits,0.025,0.025,0,org,repo,cc,0,0\n` +
        '2026-05-11,,copilot,copilot_premium_request,GPT,0.9,requests,0.036,0,0.036,org,,,0,0\n',
    )
    expect(rows[0]).toMatchObject({
      requests: null,
      listed: 25_000_000n,
      included: 25_000_000n,
      billed: 0n,
      repository: 'repo',
    })
    expect(rows[1]).toMatchObject({ requests: 0.9, billed: 36_000_000n, person: null })
  })

  it('keeps rows apart that differ in repository or cost center only', async () => {
    const row = (repository: string, center: string) =>
      `2026-06-11,ada,copilot,s,GPT,1,ai-credits,1,1,0,org,${repository},${center},0,0`
    const { record } = await usage([head, row('a', 'x'), row('b', 'x'), row('a', 'y')].join('\n'))
    expect(record.facts).toEqual({ usage: 3 })
  })

  it('takes dates a spreadsheet has turned around where the column proves its order, else asks', async () => {
    const row = (date: string) => `${date},ada,copilot,s,GPT,1,requests,1,1,0,org,,,0,0`
    const { rows } = await usage([head, row('5/29/26'), row('5/3/26')].join('\n'))
    expect(rows.map(({ day }) => day)).toEqual(['2026-05-29', '2026-05-03'])
    expect((await refusal([head, row('5/3/26')].join('\n')))[0]!.code).toBe('import/day-order-ambiguous')
    const chosen = await usage([head, row('5/3/26')].join('\n'), { dayOrder: 'day-first' })
    expect(chosen.rows[0]!.day).toBe('2026-03-05')
  })

  it('reads the first layout, which states no money', async () => {
    const { rows } = await usage(
      'Timestamp,User,Model,Requests Used,Exceeds Monthly Quota,Total Monthly Quota\n2025-06-11T21:13:27Z,ada,GPT-4.1,1.00,false,Unlimited\n',
    )
    expect(rows[0]).toMatchObject({ person: 'ada', requests: 1, listed: null, currency: null, day: '2025-06-11' })
  })
})

describe('tables of your own', () => {
  it('are read by names that mean one thing', async () => {
    const { rows } = await usage(
      'Date,Team,Model,User Email,Input Tokens,Output-Tokens,Cost_USD\n2026-02-01,Atlas,opus,a@b.c,10,20,0.5\n',
    )
    expect(rows[0]).toMatchObject({
      day: '2026-02-01',
      workspace: 'Atlas',
      model: 'opus',
      person: 'a@b.c',
      uncachedInput: 10,
      output: 20,
      billed: 500_000_000n,
      currency: 'USD',
    })
  })

  it('are read by the columns the user maps', async () => {
    const { rows } = await usage('when;who;spent\n2026-02-01;ada;1,5\n', {
      mapping: { date: 'when', user: 'Who', cost: 'spent' },
      currency: 'EUR',
    })
    expect(rows[0]).toMatchObject({ day: '2026-02-01', person: 'ada', billed: 1_500_000_000n, currency: 'EUR' })
  })

  it.each([
    ['date,team,team,cost\n2026-02-01,a,b,1\n', 'import/duplicate-header'],
    ['date,Cost,cost\n2026-02-01,1,2\n', 'import/duplicate-header'],
    ['2026-02-01,a,1\n2026-02-02,b,2\n', 'import/no-header'],
    ['Report of usage\n\ndate,model,cost\n2026-02-01,m,1\n', 'import/header-further-down'],
    ['date,cost\n2026-02-01,m,1\n2026-02-01,m,2\n', 'import/header-shorter'],
    ['date;cost\n2026-02-01;1.234\n', 'import/decimal-mark-ambiguous'],
    ['date,cost\n01/02/2026,1\n', 'import/day-order-ambiguous'],
    ['date,cost\n13/01/2026,1\n01/13/2026,1\n', 'import/day-order-mixed'],
    ['date,cost\n46027,1\n', 'import/numbers-in-date-column'],
  ])('ask instead of guessing: %j', async (text, code) => {
    expect((await refusal(text))[0]!.code).toBe(code)
  })

  it('refuse a mapping to columns that are not there, or to facts nobody knows', async () => {
    expect((await refusal('a,b\n1,2\n', { mapping: { cost: 'c' } }))[0]!.code).toBe('import/no-such-column')
    expect((await refusal('a,b\n1,2\n', { mapping: { __proto__x: 'a' } }))[0]!.code).toBe('import/unknown-fact-column')
    expect((await refusal('a,b\n1,2\n', { mapping: { constructor: 'a' } }))[0]!.code).toBe('import/unknown-fact-column')
  })

  it('say which columns they do not use and what they do not state', async () => {
    const { record } = await usage('date,cost,mood\n2026-02-01 10:00,1,good\n')
    expect(record.notes.map(({ code }) => code).sort()).toEqual([
      'import/columns-not-used',
      'import/currency-not-stated',
      'import/zone-not-stated',
    ])
  })

  it('place times in the zone the user names', async () => {
    const { rows } = await usage('date,cost\n2026-02-01 00:30,1\n', { zone: 'Europe/Berlin' as never })
    expect(rows[0]).toMatchObject({ day: '2026-02-01', at: Date.UTC(2026, 0, 31, 23, 30) })
  })

  it('lose the apostrophe our own exports put before formulas', async () => {
    const { rows } = await usage("date,model,cost\n2026-02-01,'=1+1,1\n2026-02-01,'quoted',1\n2026-02-01,=1+1,2\n")
    expect(rows.map(({ model }) => model)).toEqual(['=1+1', "'quoted'", '=1+1'])
  })
})
