import { describe, expect, it } from 'vitest'
import { rankActions } from '../../../renderer/app/rank-actions.ts'

const ACTIONS = ['Wall', 'Data', 'Scenarios', 'Save workbook', 'New scenario', 'Dark theme'].map((label) => ({
  id: label.toLowerCase(),
  label,
  group: 'Go',
}))

const ranked = (query: string, recent: readonly string[] = []) =>
  rankActions(ACTIONS, query, recent).map(({ label }) => label)

describe('rankActions', () => {
  it('puts the start of a label before the start of a word before letters in order', () => {
    expect(ranked('sc')).toEqual(['Scenarios', 'New scenario'])
    expect(ranked('da')).toEqual(['Data', 'Dark theme'])
    expect(ranked('wb')).toEqual(['Save workbook'])
    expect(ranked('THEME')).toEqual(['Dark theme'])
    expect(ranked('zzz')).toEqual([])
  })

  it('shows the recently used first while nothing is typed', () => {
    expect(ranked('', ['dark theme', 'data']).slice(0, 3)).toEqual(['Dark theme', 'Data', 'Wall'])
  })

  it('lets recency decide between equal fits only', () => {
    expect(ranked('da', ['dark theme'])).toEqual(['Dark theme', 'Data'])
    expect(ranked('sc', ['new scenario'])).toEqual(['Scenarios', 'New scenario'])
  })

  it('finds by group too', () => expect(ranked('go')).toHaveLength(ACTIONS.length))
})
