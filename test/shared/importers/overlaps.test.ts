import { describe, expect, it } from 'vitest'
import { formatNanos, nanosOf } from '../../../shared/money/index.ts'
import { type ImportChoices, type KnownFacts, usageInside } from '../../../shared/importers/index.ts'
import { eachFact } from '../../../shared/facts/index.ts'
import { factsOf, joined, NOTHING, staged } from '../../support/stage.ts'

const COST = 'usage_date_utc,model,api_key,usage_type,token_type,cost_usd\n2025-08-01,m,k,message,output,4.35\n'
const TOKENS =
  'usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count\n2025-08-01,m,k,w,standard,1,0,0,0,5,0\n'
const report = (day: string) =>
  JSON.stringify({
    data: [
      { starting_at: `${day}T00:00:00Z`, results: [{ amount: '435', currency: 'USD', token_type: null, model: 'm' }] },
    ],
  })

const FOCUS_HEADER =
  'ProviderName,BillingAccountId,BilledCost,EffectiveCost,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeDescription,BillingCurrency'
const focus = (...rows: readonly (readonly [account: string, day: number, what: string, cost: string])[]) =>
  [
    FOCUS_HEADER,
    ...rows.map(
      ([account, day, what, cost]) =>
        `AWS,${account},${cost},${cost},2025-08-0${day}T00:00:00Z,2025-08-0${day + 1}T00:00:00Z,Usage,${what},USD`,
    ),
  ].join('\n')

async function imported(files: readonly (readonly [content: string, choices?: ImportChoices])[]): Promise<KnownFacts> {
  let known = NOTHING
  for (const [i, [content, choices = {}]] of files.entries())
    known = joined(known, await staged(`file-${i + 1}`, content, choices, known))
  return known
}

function billed(known: KnownFacts): string {
  let sum = 0n
  for (const { billed: cost } of eachFact(factsOf(known).usage)) sum += cost ?? 0n
  return formatNanos(nanosOf(sum))
}

function without(known: KnownFacts, at: number): KnownFacts {
  const { id } = known.imports[at]!
  return {
    chunks: known.chunks.filter(({ importId }) => importId !== id),
    imports: known.imports.filter((record) => record.id !== id),
  }
}

/** Codes of the notes of the second file, imported after the first. */
async function notesOf(first: string, second: string): Promise<readonly string[]> {
  return (await imported([[first], [second]])).imports[1]!.notes.map(({ code }) => code)
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

  it('is told when it may be part of a bill: Claude Code beside the tokens of the account', async () => {
    const own = JSON.stringify({ daily: [{ date: '2025-08-01', totalTokens: 5, outputTokens: 5, totalCost: 1 }] })
    expect(await notesOf(TOKENS, own)).toEqual(['import/local-days', 'import/maybe-part'])
    expect(await notesOf(own, COST)).toEqual(['import/maybe-part'])
    const known = await imported([[TOKENS], [own, { overlap: 'that' }]])
    expect([...eachFact(factsOf(known).usage)].map(({ output }) => output)).toEqual([5])
  })

  it('is no matter on other days, or when it is the same file', async () => {
    expect(await notesOf(COST, report('2025-08-02'))).toEqual([])
    expect(await notesOf(COST, COST)).toEqual([])
  })

  it.each([
    [undefined, '8.7'],
    ['both', '8.7'],
    ['this', '4.35'],
    ['that', '4.35'],
  ] as const)('counts as decided: %s', async (overlap, sum) => {
    const known = await imported([[COST], [report('2025-08-01'), overlap === undefined ? {} : { overlap }]])
    expect(billed(known)).toBe(sum)
    const left = [...eachFact(factsOf(known).usage)].map(({ origin }) => origin.importId)
    expect(left).toEqual(
      overlap === 'this' ? ['import-2'] : overlap === 'that' ? ['import-1'] : ['import-1', 'import-2'],
    )
    expect(known.imports[1]!.overlaps).toMatchObject([
      { with: 'import-1', why: 'same-money', from: '2025-08-01', to: '2025-08-01', counts: overlap ?? 'both' },
    ])
    // Taking either back leaves the other whole.
    for (const at of [0, 1]) expect(billed(without(known, at))).toBe('4.35')
  })

  it('is asked about where a changed layout gives every row another key', async () => {
    const changed = COST.replace('api_key,', 'api_key,context_window,').replace(',k,', ',k,"≤ 200k",')
    const known = await imported([[COST], [changed]])
    expect(known.imports[1]!.notes.map(({ code }) => code)).toEqual(['import/overlap-without-match'])
    expect(billed(known)).toBe('8.7')
    expect(billed(await imported([[COST], [changed, { overlap: 'this' }]]))).toBe('4.35')
  })
})

describe('a statement of a whole period', () => {
  const first = focus(['1', 1, 'a', '1'], ['1', 2, 'b', '2'], ['2', 2, 'c', '4'])
  const later = focus(['1', 1, 'a', '1'], ['1', 2, 'b', '3'], ['1', 3, 'd', '8'])

  it('replaces the days of its account, rows it lacks included, and leaves other accounts', async () => {
    const lacking = focus(['1', 1, 'a', '1'], ['1', 3, 'd', '8'])
    const known = await imported([[first], [lacking]])
    expect(billed(known)).toBe('13')
    const [, { notes, overlaps, counts }] = known.imports as [unknown, KnownFacts['imports'][number]]
    expect(notes.find(({ code }) => code === 'import/restates-period')).toMatchObject({
      said: '1 to 2 Aug 2025 in file-1 too (1 of its rows is here again, 1 is not)',
    })
    expect(overlaps).toEqual([
      { with: 'import-1', why: 'restated', from: '2025-08-01', to: '2025-08-02', account: 'AWS/1', counts: 'this' },
    ])
    expect(counts).toMatchObject({ rows: 2, new: 1, duplicate: 1 })
  })

  it('is told with what it counts in place of, in rows and money, before anything is taken over', async () => {
    const known = await imported([[first]])
    const { inPlace } = await staged('later', later, {}, known)
    const [one] = inPlace
    expect(one).toMatchObject({ of: 'import-1', own: { rows: 2, totals: { cost: { billed: '4' }, currency: 'USD' } } })
    const { usage } = factsOf(known)
    expect(usageInside(usage.chunks, one!.windows, usage.live)).toMatchObject({
      rows: 2,
      totals: { cost: { billed: '3' } },
    })
  })

  it('gives the rows it replaced back when it is taken back', async () => {
    const known = await imported([[first], [later]])
    expect(billed(known)).toBe('16')
    expect(billed(without(known, 1))).toBe('7')
    expect(billed(without(known, 0))).toBe('12')
  })

  it('counts the same whichever comes first, and calls what it has alone a duplicate when it is the older', async () => {
    const known = await imported([[later], [first]])
    expect(billed(known)).toBe('16')
    expect(known.imports[1]!.counts).toMatchObject({ new: 1, changed: 0, duplicate: 2 })
    expect(known.imports[1]!.overlaps).toMatchObject([{ account: 'AWS/1', counts: 'that' }])
  })

  it('stays beside the other when the user counts both', async () => {
    const lacking = focus(['1', 1, 'a', '1'], ['1', 3, 'd', '8'])
    expect(billed(await imported([[first], [lacking, { overlap: 'both' }]]))).toBe('15')
  })

  it('is settled pair by pair among three', async () => {
    const files = [focus(['1', 1, 'a', '1']), focus(['1', 1, 'b', '2'], ['1', 2, 'b', '2']), later]
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]
    for (const order of orders) expect(billed(await imported(order.map((at) => [files[at]!])))).toBe('12')
  })

  it('of another account over the same days is no overlap', async () => {
    const known = await imported([[focus(['1', 1, 'a', '1'])], [focus(['2', 1, 'a', '1'])]])
    expect(billed(known)).toBe('2')
    expect(known.imports[1]).not.toHaveProperty('overlaps')
  })

  it('without an account is of the same one when a row says so', async () => {
    const row = (day: number, key: string, cost: string) => `2025-08-0${day},m,${key},message,output,${cost}\n`
    const header = 'usage_date_utc,model,api_key,usage_type,token_type,cost_usd\n'
    const renamed = header + row(1, 'k', '4.35') + row(2, 'renamed', '2.00')
    const known = await imported([[header + row(1, 'k', '4.35') + row(2, 'former', '2.00')], [renamed]])
    expect(billed(known)).toBe('6.35')
    expect(known.imports[1]!.notes.map(({ code }) => code)).toEqual(['import/restates-period'])
  })
})

describe('columns a format does not read', () => {
  it('are kept with each row, new ones of a later layout too', async () => {
    const file = COST.replace('cost_usd\n', 'cost_usd,billing_tag\n').replace('4.35\n', '4.35,blue\n')
    const [row] = [...eachFact(factsOf(await imported([[file]])).usage)]
    expect(row).toMatchObject({ extra: 'billing_tag: blue' })
  })

  it('are left out where they may hold what somebody wrote, and kept where they hold numbers', async () => {
    const file = COST.replace('cost_usd\n', 'cost_usd,prompt,Output\n').replace('4.35\n', '4.35,secret words,12\n')
    const known = await imported([[file]])
    expect([...eachFact(factsOf(known).usage)][0]).toMatchObject({ extra: 'Output: 12' })
    const note = known.imports[0]!.notes.find(({ code }) => code === 'import/texts-not-kept')
    expect(note?.said).toBe('prompt')
  })

  it('are bounded, and what is beyond is told', async () => {
    const names = Array.from({ length: 103 }, (_, i) => `c${i}`)
    const file = COST.replace('cost_usd\n', `cost_usd,${names.join()}\n`).replace('4.35\n', `4.35,${names.join()}\n`)
    const [row] = [...eachFact(factsOf(await imported([[file]])).usage)]
    expect(row!.extra?.split('\n').slice(-2)).toEqual(['c99: c99', '… and 3 more'])
  })

  it('are shortened, and left out where empty', async () => {
    const file = `${COST.replace('cost_usd\n', 'cost_usd,a,b\n').replace('4.35\n', `4.35,,${'x'.repeat(999)}\n`)}2025-08-02,m,k,message,output,1,,\n`
    const rows = [...eachFact(factsOf(await imported([[file]])).usage)]
    expect(rows.map(({ extra }) => extra)).toEqual([`b: ${'x'.repeat(200)}`, null])
  })
})
