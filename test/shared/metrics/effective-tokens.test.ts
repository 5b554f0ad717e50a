import { expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import { metricById, type MetricContext } from '../../../shared/metrics/index.ts'
import { NO_OWN_PRICES, type OwnRate, priceBookOf } from '../../../shared/prices/index.ts'
import { at, factsOf, onDay } from '../../support/build-facts.ts'

const march = { from: onDay('2026-03-01'), to: onDay('2026-03-31') }
const rate = (model: string, currency: string, uncachedInput: string, output: string): OwnRate => ({
  id: model,
  model,
  from: null,
  to: null,
  currency,
  perMillion: { uncachedInput, output },
  longPrompts: null,
  batch: null,
  regions: {},
  note: '',
})

function tokensPerChange(model: string, rates: readonly OwnRate[]) {
  const facts = factsOf({
    usage: [{ day: onDay('2026-03-02'), tool: 'T', model, uncachedInput: 1_000_000, output: 200_000 }],
    pullRequest: [
      {
        repository: 'r',
        number: 1,
        state: 'merged',
        createdAt: at('2026-03-02T09:00'),
        mergedAt: at('2026-03-02T10:00'),
      },
    ],
  })
  const settings = { zone: UTC, currency: 'USD', featureMarks: [], productionEnvironments: [], fewestCases: 1 }
  const context: MetricContext = {
    facts,
    settings: { ...settings, ...(rates.length > 0 && { prices: { ...NO_OWN_PRICES, rates } }) },
    asOf: march.to,
  }
  const value = metricById('tokens-per-accepted-change')!.measure(context, march)
  return value.known ? [value.value, value.quality] : 'unknown'
}

test('the model effective tokens are told in costs what the sentence says', () => {
  expect(priceBookOf().rateOf('claude-sonnet-4-5', onDay('2026-03-02'))?.perMillion.uncachedInput).toBe(3_000_000_000n)
})

test('tokens weigh by rates of one’s own, else by the list; rates in other currencies are not converted', () => {
  const list = [1_000_000 + 200_000 * 5, 'exact']
  const cases: readonly (readonly [string, readonly OwnRate[], unknown])[] = [
    ['claude-sonnet-4-5', [], list],
    ['claude-sonnet-4-5', [rate('claude-sonnet-4-5', 'USD', '6', '6')], [2_400_000, 'exact']],
    ['claude-sonnet-4-5', [rate('claude-sonnet-4-5', 'EUR', '6', '6')], list],
    ['house-1', [], [1_200_000, 'proxy']],
    ['house-1', [rate('house-1', 'USD', '1.5', '3')], [700_000, 'exact']],
    ['house-1', [rate('house-1', 'EUR', '1.5', '3')], [1_200_000, 'proxy']],
  ]
  for (const [model, rates, expected] of cases) expect(tokensPerChange(model, rates), model).toEqual(expected)
})
