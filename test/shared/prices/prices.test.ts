import { describe, expect, it } from 'vitest'
import type { Day } from '../../../shared/calendar/index.ts'
import { buildUsageCube, costBasisOf } from '../../../shared/cube/index.ts'
import { formatNanos } from '../../../shared/money/index.ts'
import { estimateCost, plainModel, priceBookOf, type Rate, withEstimates } from '../../../shared/prices/index.ts'
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
  const nanos = rate === null ? null : estimateCost(rate, { ...NONE, ...tokens })
  return nanos === null ? null : formatNanos(nanos)
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
    expect(at('2026-08-21')).toMatchObject({ source: 'list', provider: 'openai', model: 'gpt-5.6-sol', isTiered: true })
  })

  it('prices nothing it has no price for', () => {
    for (const name of ['auto', 'no-such-model-9', 'claude-opus-4-8-fast', null])
      expect(book.rateOf(name, day('2026-09-01'))).toBeNull()
    const own = priceBookOf([
      { model: 'house', from: null, to: null, currency: 'EUR', perMillion: { uncachedInput: '0.000001' } },
    ])
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
    const own = priceBookOf([
      {
        model: 'Claude Opus 4.5',
        from: day('2026-03-01'),
        to: day('2026-03-31'),
        currency: 'USD',
        perMillion: { output: '20' },
      },
    ])
    const on = (when: string) => own.rateOf('claude-opus-4-5', day(when))
    expect(['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map((when) => on(when)?.source)).toEqual([
      'list',
      'own',
      'own',
      'list',
    ])
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
