import { describe, expect, it } from 'vitest'
import { bytesOf, NOTHING, rowsOf, runOf, stageBytes } from '../../support/stage.ts'

/** More than the first piece of a file: 1 MiB and some. */
const MANY = 6_000
const TEAM = 'a team with a long name '.repeat(8)

async function read(rows: readonly string[], cancelAt = Infinity) {
  const shares: number[] = []
  const outcome = await stageBytes(
    'table.csv',
    bytesOf(['date,team,cost', ...rows, ''].join('\n')),
    { currency: 'USD' },
    NOTHING,
    {
      ...runOf(),
      onProgress: (share) => shares.push(share),
      isCancelled: () => shares.length >= cancelAt,
    },
  )
  return { outcome, shares, passes: shares.filter((share) => share === 1).length }
}

const rowsAround = (date: string, cost: string, odd: string) => [
  ...Array.from({ length: MANY }, (_, i) => `${date},${TEAM}${i % 7},${cost}`),
  odd,
]

describe('a table of no known vendor', () => {
  it('is read once where its start says how', async () => {
    const { outcome, passes } = await read(rowsAround('2026-02-01', '1.25', '2026-02-03,last,2.50'))
    expect(outcome.ok && outcome.value.record.counts.new).toBe(MANY + 1)
    expect(passes).toBe(1)
  })

  it('is read once more where only its end proves that days come first', async () => {
    const { outcome, passes } = await read(rowsAround('03/02/2026', '1.25', '13/02/2026,last,2.50'))
    expect(passes).toBe(2)
    if (!outcome.ok) throw new Error(outcome.issues[0]!.code)
    expect(outcome.value.record.period).toEqual({ from: '2026-02-03', to: '2026-02-13' })
    expect(outcome.value.record.counts).toMatchObject({ rows: MANY + 1, new: MANY + 1, keptAside: 0, blank: 0 })
  })

  it('is read once more where its end changes the decimal mark of what stood before', async () => {
    const { outcome } = await read(rowsAround('2026-02-01', '7', '2026-02-01,last,"1,5"'))
    if (!outcome.ok) throw new Error(outcome.issues[0]!.code)
    expect(rowsOf(outcome.value, 'usage').at(-1)).toMatchObject({ billed: 1_500_000_000n })
    expect(outcome.value.record.counts.keptAside).toBe(0)
  })

  it.each([
    ['no date proves an order', '03/02/2026', '1.25', '04/02/2026,last,2.50', 'import/day-order-ambiguous'],
    ['its end speaks against its start', '13/02/2026', '1.25', '02/13/2026,last,2.50', 'import/day-order-mixed'],
    ['an amount could be either', '2026-02-01', '"1,234"', '2026-02-01,last,"2,345"', 'import/decimal-mark-ambiguous'],
  ])('is asked about where %s, though that shows late', async (_why, date, cost, odd, code) => {
    const { outcome } = await read(rowsAround(date, cost, odd))
    expect(outcome.ok ? null : outcome.issues.map((issue) => issue.code).join()).toBe(code)
  })

  it('stops between two pieces when cancelled, on either reading', async () => {
    for (const cancelAt of [1, 3]) {
      const { outcome, shares } = await read(rowsAround('03/02/2026', '1.25', '13/02/2026,last,2.50'), cancelAt)
      expect(outcome.ok ? null : outcome.issues[0]!.code).toBe('import/cancelled')
      expect(shares).toHaveLength(cancelAt)
    }
  })
})
