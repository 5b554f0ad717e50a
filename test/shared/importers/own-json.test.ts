import { describe, expect, it } from 'vitest'
import { bytesOf, refusal, rowsOf, staged } from '../../support/stage.ts'
import { peekTable } from '../../../shared/importers/peek-table.ts'

const RECORDS = [
  { when: '2026-02-01', who: { name: 'ann' }, spent: 1.5, tags: ['a'] },
  { when: '2026-02-02', who: { name: 'bob' }, spent: 2e-7, note: 'a "quoted", note' },
]

const MAPPING = { mapping: { date: 'when', user: 'who.name', cost: 'spent' }, currency: 'USD' }

describe('JSON of your own', () => {
  it.each([
    ['a list', JSON.stringify(RECORDS)],
    ['a list inside an object', JSON.stringify({ version: 2, entries: RECORDS })],
    ['lines', RECORDS.map((record) => JSON.stringify(record)).join('\n')],
  ])('as %s is read by the fields you name', async (_name, text) => {
    const one = await staged('own.json', text, MAPPING)
    expect(one.record).toMatchObject({ format: 'generic-usage-csv', counts: { rows: 2, new: 2, keptAside: 0 } })
    expect(rowsOf(one, 'usage').map(({ day, person, billed, extra }) => [day, person, billed, extra])).toEqual([
      ['2026-02-01', 'ann', 1_500_000_000n, 'tags: a'],
      ['2026-02-02', 'bob', 200n, 'note: a "quoted", note'],
    ])
  })

  it('whose fields say what they are needs no naming, and what nobody can tell stays refused', async () => {
    const plain = JSON.stringify([{ date: '2026-02-01', model: 'm', input_tokens: 5, cost_usd: 1 }])
    expect((await staged('own.json', plain)).record.counts.new).toBe(1)
    const [issue] = await refusal(JSON.stringify(RECORDS))
    expect([issue!.code, issue!.wanted]).toEqual(['import/unknown-format', expect.stringContaining('JSON') as string])
  })

  it('of deployments is read as what it is said to be', async () => {
    const text = JSON.stringify({ items: [{ id: 1, service: 's', finished_at: '2026-02-01T10:00:00Z' }] })
    expect((await staged('own.json', text, { as: 'generic-deployments-csv' })).record.facts).toEqual({ deployment: 1 })
  })

  it('keeps no text of people in fields it has no column for', async () => {
    const text = JSON.stringify([
      { date: '2026-02-01', cost_usd: 1, model: 'm', userPrompt: 'secret', answer: { text: 'secret' } },
    ])
    const one = await staged('own.json', text)
    expect(rowsOf(one, 'usage')[0]).toMatchObject({ extra: null })
    expect(one.record.notes.find(({ code }) => code === 'import/texts-not-kept')?.said).toBe('userPrompt, answer.text')
    expect(
      Object.values(one.chunks[0]!.columns).flatMap((column) => ('words' in column ? column.words : [])),
    ).not.toContain('secret')
  })

  it('shows its fields to be named, of a cut-off file those of its whole lines', () => {
    const lines = RECORDS.map((record) => JSON.stringify(record)).join('\n')
    expect(peekTable(bytesOf(JSON.stringify(RECORDS)))).toMatchObject({
      header: ['when', 'who.name', 'spent', 'tags', 'note'],
    })
    expect(peekTable(bytesOf(`${lines}\n{"when": "2026-0`))!.rows).toHaveLength(2)
    expect(peekTable(bytesOf('[{"a": 1,'))).toBeNull()
    expect(peekTable(bytesOf('[1, 2]'))).toBeNull()
  })
})
