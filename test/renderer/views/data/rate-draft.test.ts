import { describe, expect, it } from 'vitest'
import { draftOfRate, newRateDraft, readRateDraft } from '../../../../renderer/views/data/prices/rate-draft.ts'

const draft = { ...newRateDraft('house-1', 'USD'), prices: { ...newRateDraft('', '').prices, uncachedInput: '0.5' } }

describe('a rate that is typed', () => {
  it('is read as it stands; what is empty stays unpriced', () => {
    const full = {
      ...draft,
      from: '2026-05-01',
      longAbove: '200,000',
      longPrices: { ...draft.longPrices, output: '4' },
      batch: '0.5',
      regions: 'US 1.1, eu=1.2',
      note: ' Contract ',
    }
    const { rate, problems } = readRateDraft('r', full)
    expect(problems).toEqual({})
    expect(rate).toEqual({
      id: 'r',
      model: 'house-1',
      from: '2026-05-01',
      to: null,
      currency: 'USD',
      perMillion: { uncachedInput: '0.5' },
      longPrompts: { above: 200_000, perMillion: { uncachedInput: '0.5', output: '4' } },
      batch: '0.5',
      regions: { us: '1.1', eu: '1.2' },
      note: 'Contract',
    })
    expect(readRateDraft('r', draftOfRate(rate!)).rate).toEqual(rate)
  })

  it.each([
    [{ model: ' ' }, 'model'],
    [{ from: 'May' }, 'from'],
    [{ from: '2026-05-02', to: '2026-05-01' }, 'to'],
    [{ currency: 'Dollar' }, 'currency'],
    [{ prices: newRateDraft('', '').prices }, 'prices'],
    [{ prices: { ...draft.prices, output: '-1' } }, 'output'],
    [{ prices: { ...draft.prices, output: '1,5' } }, 'output'],
    [{ longAbove: 'many' }, 'longAbove'],
    [{ longAbove: '1000' }, 'longAbove'],
    [{ batch: 'half' }, 'batch'],
    [{ regions: 'us' }, 'regions'],
  ] as const)('%j is told beside its field', (part, field) => {
    const { rate, problems } = readRateDraft('r', { ...draft, ...part })
    expect([rate, Object.keys(problems)]).toEqual([null, [field]])
  })
})
