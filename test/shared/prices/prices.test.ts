import { describe, expect, it } from 'vitest'
import type { Day } from '../../../shared/calendar/index.ts'
import { buildUsageCube, costBasisOf } from '../../../shared/cube/index.ts'
import { formatNanos } from '../../../shared/money/index.ts'
import {
  type OwnRate,
  plainModel,
  priceBookOf,
  pricingOf,
  priceUse,
  type Rate,
  repricing,
  tellPrices,
  tellRate,
  termsOf,
  withEstimates,
} from '../../../shared/prices/index.ts'
import type { TokenBuckets } from '../../../shared/quantities/index.ts'
import { factsOf, importAll, bytesOf } from '../../support/stage.ts'

const NONE: TokenBuckets = {
  uncachedInput: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  cacheWriteUnknown: null,
  cacheRead: null,
  output: null,
}
const day = (text: string) => text as Day

function cost(rate: Rate | null, tokens: Partial<TokenBuckets>): string | null {
  const nanos = rate === null ? 'no-rate' : priceUse(rate, { ...NONE, ...tokens })
  return typeof nanos === 'string' ? null : formatNanos(nanos)
}

function ownRate(model: string, perMillion: OwnRate['perMillion'], more: Partial<OwnRate> = {}): OwnRate {
  const open = { from: null, to: null, currency: 'USD', longPrompts: null, batch: null, regions: {}, note: '' }
  return { id: `rate-${model}-${more.from ?? ''}`, model, perMillion, ...open, ...more }
}

describe('names of models', () => {
  it.each([
    ['Claude Opus 4.5', 'claude-opus-4-5'],
    ['claude-4.5-opus-high-thinking', 'claude-opus-4-5'],
    ['anthropic/claude-opus-4.7', 'claude-opus-4-7'],
    ['us.anthropic.claude-opus-4-5-20251101-v1:0', 'claude-opus-4-5-20251101'],
    ['Claude 3.5 Sonnet 2024-10-22', 'claude-3-5-sonnet-2024-10-22'],
    ['Auto: GPT-5.3-Codex', 'gpt-5.3-codex'],
    ['gpt-5.1-codex-high', 'gpt-5.1-codex'],
    ['auto', null],
    ['', null],
    [null, null],
  ])('%s is %s', (text, name) => expect(plainModel(text)).toBe(name))
})

describe('the price book', () => {
  const book = priceBookOf()

  it('prices a turn with its cache, once', () => {
    const rate = book.rateOf('Claude Sonnet 4.5', day('2026-02-01'))
    const turn = { uncachedInput: 2, cacheWrite5m: 92, cacheRead: 19_171, output: 500 }
    expect(cost(rate, turn)).toBe('0.0136023')
    expect(cost(rate, { ...turn, uncachedInput: 2 + 19_171 })).toBe('0.0711153')
    expect(cost(rate, { uncachedInput: 2, output: 500 })).toBe('0.007506')
  })

  it('agrees with what Anthropic charged', () => {
    const rate = book.rateOf('claude-opus-4-5-20251101', day('2026-02-01'))
    expect(cost(rate, { cacheWrite5m: 302_527 })).toBe('1.89079375')
    expect(cost(rate, { cacheRead: 3_301_672 })).toBe('1.650836')
    expect(cost(rate, { output: 32_676 })).toBe('0.8169')
    expect(cost(rate, { cacheWrite1h: 1_000_000 })).toBe('10')
  })

  it('takes the price of the day of use', () => {
    const at = (when: string) => book.rateOf('gpt-5.6-sol', day(when))
    expect([cost(at('2026-08-20'), { output: 1e6 }), at('2026-08-20')?.from]).toEqual(['30', null])
    expect([cost(at('2026-08-21'), { output: 1e6 }), at('2026-08-21')?.from]).toEqual(['20', '2026-08-21'])
    expect(at('2026-08-21')).toMatchObject({
      source: 'list',
      provider: 'openai',
      model: 'gpt-5.6-sol',
      longPrompts: [{ above: 271_999 }],
    })
    expect([at('2026-08-20')?.to, at('2026-08-21')?.to]).toEqual(['2026-08-20', null])
  })

  it('prices nothing it has no price for', () => {
    for (const name of ['auto', 'no-such-model-9', 'claude-opus-4-8-fast', null])
      expect(book.rateOf(name, day('2026-09-01'))).toBeNull()
    const own = priceBookOf({
      rates: [ownRate('house', { uncachedInput: '0.000001' }, { currency: 'EUR' })],
      aliases: [],
    })
    const rate = own.rateOf('House', day('2026-01-01'))
    expect([cost(rate, { uncachedInput: 1, output: 1 }), cost(rate, {}), cost(rate, { output: 0 })]).toEqual([
      null,
      null,
      '0',
    ])
    // A thousandth of a nano a token: 500 tokens are half a nano, rounded up once.
    expect([cost(rate, { uncachedInput: 499 }), cost(rate, { uncachedInput: 500 })]).toEqual(['0', '0.000000001'])
  })

  it('puts own rates before the list, on their days', () => {
    const march = { from: day('2026-03-01'), to: day('2026-03-31') }
    const own = priceBookOf({ rates: [ownRate('Claude Opus 4.5', { output: '20' }, march)], aliases: [] })
    const on = (when: string) => own.rateOf('claude-opus-4-5', day(when))
    expect(['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map((when) => on(when)?.source)).toEqual([
      'list',
      'own',
      'own',
      'list',
    ])
  })
})

describe('terms of a use', () => {
  const anthropic = priceBookOf().rateOf('claude-opus-4-8', day('2026-09-01'))!
  const million = { ...NONE, uncachedInput: 1_000_000 }
  const costOf = (
    rate: Rate,
    terms: Parameters<typeof termsOf>,
    tokens: TokenBuckets = million,
    requests: number | null = null,
  ) => {
    const found = priceUse(rate, tokens, termsOf(...terms), requests)
    return typeof found === 'string' ? found : formatNanos(found)
  }

  it.each([
    [['standard', 'not_available'], '5'],
    [['batch'], '2.5'],
    [['standard', 'us'], '5.5'],
    [['batch', 'US'], '2.75'],
    [['standard/fast'], 'no-tier'],
    [['priority'], 'no-tier'],
    [[null, 'eu'], 'no-region'],
    [[null, 'constructor'], 'no-region'],
    [[null, '__proto__'], 'no-region'],
  ] as const)('%j costs %s', (terms, expected) => expect(costOf(anthropic, [...terms])).toBe(expected))

  it('are not guessed for a rate that does not name them', () => {
    const book = priceBookOf({ rates: [ownRate('house', { uncachedInput: '3' })], aliases: [] })
    const plain = book.rateOf('house', day('2026-01-01'))!
    expect([costOf(plain, [null]), costOf(plain, ['batch']), costOf(plain, [null, 'us'])]).toEqual([
      '3',
      'no-batch',
      'no-region',
    ])
  })

  it('take the dearer price of a long prompt only where one request is surely long', () => {
    const rate = priceBookOf().rateOf('gpt-5.6-sol', day('2026-09-01'))!
    const long = { ...NONE, uncachedInput: 300_000, cacheRead: 100_000, output: 10_000 }
    // 0.3 at 8, 0.1 at 0.80, 0.01 at 30 a million, against 4, 0.40 and 20.
    expect([1, 2, null].map((requests) => costOf(rate, [null], long, requests))).toEqual(['2.78', '1.44', '1.44'])
    const windows = ['200k-1M', '> 200k', '≤ 200k', '0-200k', null]
    expect(windows.map((window) => costOf(rate, [null, null, window], long))).toEqual([
      '2.78',
      '2.78',
      '1.44',
      '1.44',
      '1.44',
    ])
  })

  it('lets own rates say all of it', () => {
    const rate = priceBookOf({
      rates: [
        ownRate(
          'house',
          { uncachedInput: '2', cacheWrite5m: '2.5' },
          {
            longPrompts: { above: 1000, perMillion: { uncachedInput: '4' } },
            batch: '0.4',
            regions: { EU: '1.25' },
          },
        ),
      ],
      aliases: [],
    }).rateOf('house', day('2026-01-01'))!
    expect([costOf(rate, ['batch']), costOf(rate, [null, 'eu']), costOf(rate, [null], million, 1)]).toEqual([
      '0.8',
      '2.5',
      '4',
    ])
    // A write without a stated time to live costs what one of five minutes does; one of an hour was never named.
    expect(costOf(rate, [null], { ...NONE, cacheWriteUnknown: 1_000_000 })).toBe('2.5')
    expect(costOf(rate, [null], { ...NONE, cacheWrite1h: 1 })).toBe('no-token-rate')
  })
})

describe('own prices', () => {
  it('let the later agreement win, and an alias name what the list cannot know', () => {
    const book = priceBookOf({
      rates: [
        ownRate('house-1', { output: '9' }, { from: day('2026-01-01') }),
        ownRate('House-1', { output: '8' }, { from: day('2026-06-01') }),
        ownRate('house-1', { output: '10' }),
      ],
      aliases: [
        { id: 'a', written: 'Team Default', model: 'house-1' },
        { id: 'b', written: 'auto', model: 'claude-sonnet-5' },
      ],
    })
    const output = (model: string, when: string) => cost(book.rateOf(model, day(when)), { output: 1e6 })
    expect(['2025-12-31', '2026-01-01', '2026-06-01'].map((when) => output('house-1', when))).toEqual(['10', '9', '8'])
    expect([output('team default', '2026-07-01'), output('AUTO', '2026-07-01')]).toEqual(['8', '10'])
    expect(output('auto-2', '2026-07-01')).toBeNull()
  })
})

describe('estimates of usage', () => {
  const HEAD =
    'usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count'
  const tokens = `${HEAD}\n2026-02-01,claude-opus-4-5-20251101,k,w,standard,≤ 200k,0,302527,0,3301672,32676,0\n2026-02-02,mystery-1,k,w,standard,≤ 200k,5,0,0,0,5,0\n`
  const money =
    'usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n2026-02-01,Claude Opus 4.5,w,k,message,output,4.35\n'

  it('stand for tools without any cost, exact to the nano; unknown models stay unpriced', async () => {
    const facts = factsOf(await importAll([['t', bytesOf(tokens)]]))
    const estimated = withEstimates(facts, priceBookOf())
    const cells = buildUsageCube(estimated, ['model']).cells.map(({ key, cost: stated }) => [
      key[0],
      stated['USD']?.estimated,
    ])
    expect(cells).toEqual([
      ['claude-opus-4-5-20251101', 4_358_529_750n],
      ['mystery-1', undefined],
    ])
    expect(costBasisOf(estimated).get('Claude API')).toBe('estimated')
    expect(buildUsageCube(facts, []).total.cost).toEqual({})
  })

  it('name their rate and its day, and what waits for a price with the reason', async () => {
    const facts = factsOf(await importAll([['t', bytesOf(tokens)]]))
    const groups = pricingOf(facts, priceBookOf())
    expect(groups.map(({ model, rows, tokens: count, nanos, why }) => ({ model, rows, count, nanos, why }))).toEqual([
      { model: 'claude-opus-4-5-20251101', rows: 1, count: 3_636_875, nanos: 4_358_529_750n, why: null },
      { model: 'mystery-1', rows: 1, count: 10, nanos: null, why: 'no-rate' },
    ])
    expect(tellRate(groups[0]!.rate!)).toBe('price list of 23 Sep 2026, claude-opus-4-5')
    expect(tellPrices(groups[0]!.rate!)).toBe(
      'input 5, cache write 6.25, 1 h 10, cache read 0.5, output 25 USD per million tokens',
    )
    expect(groups[1]!.example.sourceRow).toBe(2)
    expect(pricingOf(facts, priceBookOf(), { from: day('2026-02-02') }).map(({ model }) => model)).toEqual([
      'mystery-1',
    ])
  })

  it('tell before it is done what another price book would change, and only that', async () => {
    const facts = factsOf(await importAll([['t', bytesOf(tokens)]]))
    const rates = [
      ownRate('mystery-1', { uncachedInput: '1', output: '2' }),
      ownRate('claude-opus-4-5-20251101', { output: '1' }, { from: day('2027-01-01') }),
    ]
    const own = priceBookOf({ rates, aliases: [] })
    const changed = repricing(facts, priceBookOf(), own)
    expect(changed.map(({ model, rows, before, after }) => [model, rows, before.nanos, after.nanos])).toEqual([
      ['mystery-1', 1, null, 15_000n],
    ])
    expect(repricing(facts, own, priceBookOf())[0]).toMatchObject({
      before: { nanos: 15_000n, unpricedRows: 0 },
      after: { nanos: null, unpricedRows: 1 },
    })
    expect(repricing(facts, own, own)).toEqual([])
  })

  it('never stand beside a cost the tool states', async () => {
    const facts = factsOf(
      await importAll([
        ['t', bytesOf(tokens)],
        ['c', bytesOf(money)],
      ]),
    )
    expect(withEstimates(facts, priceBookOf())).toBe(facts)
  })

  it('never say that what a seat covers is owed', async () => {
    const cursor =
      'Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost\n2025-09-06T10:00:00.000Z,Included,gpt-5,No,1,2,3,4,10,Included\n'
    const facts = factsOf(await importAll([['c', bytesOf(cursor)]]))
    expect(withEstimates(facts, priceBookOf())).toBe(facts)
  })
})
