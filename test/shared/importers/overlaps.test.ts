import { describe, expect, it } from 'vitest'
import { joined, NOTHING, staged } from '../../support/stage.ts'

const COST = 'usage_date_utc,model,api_key,usage_type,token_type,cost_usd\n2025-08-01,m,k,message,output,4.35\n'
const TOKENS =
  'usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count\n2025-08-01,m,k,w,standard,1,0,0,0,5,0\n'
const report = (day: string) =>
  JSON.stringify({
    data: [
      { starting_at: `${day}T00:00:00Z`, results: [{ amount: '435', currency: 'USD', token_type: null, model: 'm' }] },
    ],
  })
const FOCUS =
  'BilledCost,EffectiveCost,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,BillingCurrency\n1,1,2025-08-01,2025-08-02,Usage,USD\n'

/** Codes of the notes of the second file, imported after the first. */
async function notesOf(first: string, second: string): Promise<readonly string[]> {
  const known = joined(NOTHING, await staged('first', first))
  return (await staged('second', second, {}, known)).record.notes.map(({ code }) => code)
}

describe('the same use in two files', () => {
  it('is told when both state its money', async () => {
    expect(await notesOf(COST, report('2025-08-01'))).toEqual(['import/same-money-twice'])
    expect(await notesOf(report('2025-08-01'), COST)).toEqual(['import/same-money-twice'])
  })

  it('is joined, and said so, when one states tokens and the other money', async () => {
    expect(await notesOf(COST, TOKENS)).toEqual(['import/tokens-and-cost'])
    expect(await notesOf(TOKENS, COST)).toEqual(['import/tokens-and-cost'])
  })

  it('is no matter on other days, or when it is the same file', async () => {
    expect(await notesOf(COST, report('2025-08-02'))).toEqual([])
    expect(await notesOf(COST, COST)).toEqual([])
  })

  it('is told of a restated billing period', async () => {
    expect(await notesOf(FOCUS, FOCUS.replace(',1,1', ',1,1').replace('\n1,1,', '\n2,2,'))).toContain(
      'import/restates-period',
    )
  })
})
