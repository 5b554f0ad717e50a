import { describe, expect, it } from 'vitest'
import type { UsageMeaning } from '../../../../shared/importers/format.ts'
import { KNOWN_FORMATS } from '../../../../shared/importers/formats/all-formats.ts'
import { COST_KINDS } from '../../../../shared/quantities/index.ts'

const USAGE = KNOWN_FORMATS.filter(({ kind }) => kind === 'usage')
const meaningOf = (id: string): UsageMeaning | undefined => {
  const format = KNOWN_FORMATS.find((one) => one.id === id)
  return format && 'meaning' in format ? format.meaning : undefined
}

describe('what a usage export means', () => {
  it.each(USAGE.map(({ id }) => id))('%s declares it', (id) => {
    const meaning = meaningOf(id)
    expect(meaning).toBeDefined()
    const { costs, identity, states, currency, restates, isTotalOfDays } = meaning!
    for (const kind of Object.values(costs)) expect([...COST_KINDS, 'by-row']).toContain(kind)
    expect(identity.length).toBeGreaterThan(0)
    // Tokens without money have no currency, and only money is restated by the period.
    if (Object.keys(costs).length === 0) expect([states, currency]).toEqual(['tokens', null])
    if (restates === 'window') expect(states).toBe('money')
    if (isTotalOfDays === true) expect(restates).toBe('key')
  })

  it('names the same use alike in the layouts of one source', () => {
    const uses = new Map<string, string[]>()
    for (const { id } of USAGE) {
      const use = meaningOf(id)!.use
      if (use !== null) uses.set(use, [...(uses.get(use) ?? []), id])
    }
    for (const ids of uses.values()) expect(ids.length).toBeGreaterThan(0)
    expect(uses.get('Claude API')).toEqual(
      expect.arrayContaining(['anthropic-cost-csv', 'anthropic-cost-report-json', 'anthropic-tokens-csv']),
    )
    expect(uses.get('OpenAI API')).toHaveLength(4)
  })

  it('knows which prices are in cents', () => {
    const cents = USAGE.filter(({ id }) => meaningOf(id)!.moneyUnit === 'cents').map(({ id }) => id)
    expect(cents.sort()).toEqual([
      'anthropic-claude-code-json',
      'anthropic-cost-report-json',
      'claude-enterprise-analytics-json',
      'cursor-admin-json',
      'cursor-spend-json',
    ])
  })

  it('has a name and an id of its own for every layout', () => {
    expect(new Set(KNOWN_FORMATS.map(({ id }) => id)).size).toBe(KNOWN_FORMATS.length)
    expect(new Set(KNOWN_FORMATS.map(({ name }) => name)).size).toBe(KNOWN_FORMATS.length)
  })
})
