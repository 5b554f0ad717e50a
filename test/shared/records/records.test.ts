import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyDiff,
  diffTables,
  fingerprintOf,
  hashBytes,
  hashText,
  type Identified,
  invertDiff,
  joinDiffs,
  type Tables,
} from '../../../shared/records/index.ts'

const SEED = 20_261_120
const ids = fc.constantFrom('a', 'b', 'c')
const anyTables: fc.Arbitrary<Tables> = fc
  .array(fc.tuple(fc.constantFrom('rows', 'goals'), ids, fc.integer({ min: 0, max: 3 })), { maxLength: 6 })
  .map((entries) => {
    const tables: Record<string, Record<string, Identified>> = { rows: {}, goals: {} }
    for (const [table, id, value] of entries) tables[table]![id] = { id, value } as Identified
    return tables
  })

describe('diffs of records', () => {
  it(`lead from one state to the other and back (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyTables, anyTables, (from, to) => {
        const diff = diffTables(from, to)
        expect(applyDiff(from, diff)).toEqual(to)
        expect(applyDiff(to, invertDiff(diff))).toEqual(from)
      }),
      { seed: SEED },
    )
  })

  it(`joined do what both did (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyTables, anyTables, anyTables, (a, b, c) => {
        const one = joinDiffs(diffTables(a, b), diffTables(b, c))
        expect(applyDiff(a, one)).toEqual(c)
        expect(one.every(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))).toBe(true)
      }),
      { seed: SEED },
    )
  })
})

describe('hashes', () => {
  it('are whole numbers a double holds, the same for the same text', () => {
    for (const text of ['', 'a', '≤ 200k', 'x'.repeat(10_000)]) {
      expect(Number.isSafeInteger(hashText(text))).toBe(true)
      expect(hashText(text)).toBe(hashText(text))
      expect(hashText(text)).not.toBe(hashText(text, 1))
    }
  })

  it('tell 20,000 similar keys apart', () => {
    const seen = new Set(Array.from({ length: 20_000 }, (_, i) => hashText(`cursor|${i}|auto`)))
    expect(seen.size).toBe(20_000)
  })

  it('fingerprint bytes as 26 hex digits', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    expect(fingerprintOf(bytes)).toMatch(/^[0-9a-f]{26}$/)
    expect(fingerprintOf(bytes)).toBe(fingerprintOf(Uint8Array.of(1, 2, 3)))
    expect(fingerprintOf(bytes)).not.toBe(fingerprintOf(Uint8Array.of(1, 2, 4)))
    expect(hashBytes(bytes)).not.toBe(hashBytes(bytes, 1))
  })
})
