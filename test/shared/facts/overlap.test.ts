import { describe, expect, it } from 'vitest'
import type { Day } from '../../../shared/calendar/index.ts'
import { eachFact, FactBuilder, type FactChunk, type Overlap, resolveFacts } from '../../../shared/facts/index.ts'
import { SILENT_USAGE } from '../../../shared/importers/usage-row.ts'
import { hashText } from '../../../shared/records/index.ts'

const DAYS: readonly Day[] = ['2026-04-01' as Day, '2026-04-02' as Day, '2026-04-03' as Day]

function billOf(importId: string, account: string | null, days: readonly Day[], output: number): readonly FactChunk[] {
  const builder = new FactBuilder(importId)
  days.forEach((day, i) =>
    builder.add('usage', { ...SILENT_USAGE, day, account, output }, `${importId}|${account ?? ''}|${day}`, i + 1),
  )
  return builder.finish()
}

const OVERLAP: Overlap = {
  with: 'old',
  why: 'restated',
  from: DAYS[1]!,
  to: DAYS[2]!,
  account: null,
  counts: 'this',
}

function said(chunks: readonly FactChunk[], overlaps: readonly Overlap[], ids = ['old', 'new']): readonly string[] {
  const imports = ids.map((id, i) => ({ id, asOf: i, seq: i + 1, ...(id === 'new' && { overlaps }) }))
  return [...eachFact(resolveFacts(chunks, imports).usage)]
    .map(({ origin, day }) => `${origin.importId} ${day!.slice(-2)}`)
    .sort()
}

describe('where imports overlap', () => {
  const chunks = [...billOf('old', null, DAYS, 1), ...billOf('new', null, DAYS.slice(1), 2)]

  it.each([
    ['this', ['new 02', 'new 03', 'old 01']],
    ['that', ['old 01', 'old 02', 'old 03']],
    ['both', ['new 02', 'new 03', 'old 01', 'old 02', 'old 03']],
  ] as const)('%s counts', (counts, rows) => {
    expect(said(chunks, [{ ...OVERLAP, counts }])).toEqual(rows)
    expect(resolveFacts(chunks, [order('old'), order('new', [{ ...OVERLAP, counts }])]).usage.rows).toBe(rows.length)
  })

  it('counts everything of one file again when the other is taken back', () => {
    const old = chunks.filter(({ importId }) => importId === 'old')
    expect(said(old, [], ['old'])).toEqual(['old 01', 'old 02', 'old 03'])
    const own = chunks.filter(({ importId }) => importId === 'new')
    expect(said(own, [{ ...OVERLAP, counts: 'that' }], ['new'])).toEqual(['new 02', 'new 03'])
  })

  it('leaves rows of other accounts as they are', () => {
    const bills = [...billOf('old', 'a', DAYS, 1), ...billOf('old', 'b', DAYS, 1).map(renumbered)]
    expect(said(bills, [{ ...OVERLAP, account: 'b' }])).toEqual(['old 01', 'old 01', 'old 02', 'old 03'])
    expect(said(bills, [{ ...OVERLAP, account: 'c' }])).toHaveLength(6)
  })
})

describe('later columns', () => {
  it('leave the content of a row that does not use them as it was', () => {
    const [chunk] = billOf('i', null, DAYS.slice(0, 1), 7)
    const cells = Object.keys(SILENT_USAGE).map((name) => (name === 'day' ? DAYS[0]! : name === 'output' ? '7' : ''))
    expect(chunk!.contents[0]).toBe(hashText(cells.map((cell) => `${cell}\u001f`).join('')))
    const [other] = billOf('i', 'a', DAYS.slice(0, 1), 7)
    expect(other!.contents[0]).not.toBe(chunk!.contents[0])
  })

  it('are unknown in chunks stored before there were any', () => {
    const [chunk] = billOf('i', 'a', DAYS, 1)
    const { account: _account, extra: _extra, ...columns } = chunk!.columns
    const [first] = [...eachFact(resolveFacts([{ ...chunk!, columns }], [order('i')]).usage)]
    expect(first).toMatchObject({ account: null, extra: null, output: 1 })
  })
})

function order(id: string, overlaps: readonly Overlap[] = []) {
  return { id, asOf: null, seq: id === 'new' ? 2 : 1, overlaps }
}

function renumbered(chunk: FactChunk): FactChunk {
  return { ...chunk, seq: 1 }
}
