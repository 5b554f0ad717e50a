import { describe, expect, test } from 'vitest'
import type { Split } from '../../../shared/metrics/index.ts'
import { leadOf, tellLead } from '../../../renderer/measured/mover-words.ts'

const split = (parts: Readonly<Record<string, number | null>>, change: number | null = sum(parts)): Split => ({
  id: 'repository',
  name: 'Repository',
  ofWhat: 'change of the ratio',
  unit: 'h',
  change,
  parts: Object.entries(parts).map(([name, contribution]) => ({
    name,
    now: 1,
    before: 1,
    nNow: 9,
    nBefore: 9,
    contribution,
  })),
  note: null,
})
const sum = (parts: Readonly<Record<string, number | null>>) =>
  Object.values(parts).reduce<number>((total, part) => total + (part ?? 0), 0)
const noise = (isNoise: boolean) => ({ change: 1, low: -1, high: 3, isNoise })

describe('the lead of a split', () => {
  const check = (parts: Readonly<Record<string, number | null>>, expected: string | null) =>
    expect(leadOf(split(parts))?.name ?? null, JSON.stringify(parts)).toBe(expected)

  test('pulls in the direction of the change', () => {
    check({ shop: 3, site: -1, docs: 1 }, 'shop')
    check({ shop: 3, site: -5, docs: -1 }, 'site')
    check({ shop: 0, site: null }, null)
  })

  test('is a group with a name where one pulled at all', () => {
    check({ shop: 1, '12 others': 5 }, 'shop')
    check({ shop: -1, '12 others': 5 }, '12 others')
  })
})

describe('the answer', () => {
  const check = (parts: Readonly<Record<string, number | null>>, expected: string, isNoise = false) =>
    expect(tellLead(split(parts), noise(isNoise), 'USD')).toBe(expected)

  test('says how much of the change the lead gave', () => {
    check({ shop: 3, site: 1 }, 'Mostly shop: +3 h of +4 h.')
    check({ shop: 3, site: 2.5, docs: 2 }, 'First of all shop: +3 h of +7.5 h.')
    check({ shop: 3, site: -1 }, 'shop alone gave +3 h; the others took it back to +2 h.')
  })

  test('calls noise noise, and says where nothing can be said', () => {
    check({ shop: 3, site: 1 }, 'Within noise. The largest part of it: shop, +3 h.', true)
    check({ shop: 0 }, 'Nothing moved it.')
    expect(tellLead(split({ shop: 3 }, null), null, 'USD')).toBe('There is no period before to hold this against.')
  })
})
