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
  PairHash,
  RowHashes,
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

describe('hashes of texts that are never built', () => {
  it('are those of the text, fed by parts or by rows', () => {
    const numbers = [0, 7, 10, 999_999_999, 1_000_000_000, 10_000_000_001, 2 ** 53 - 1, -3, 0.5, 1e21]
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.nat(2000), fc.maxSafeNat(), fc.constantFrom(...numbers))),
        (parts) => {
          const text = parts.map(String).join('')
          const pair = new PairHash(0, 0x5bd1e995).begin()
          const rows = new RowHashes(3)
          for (const part of parts) {
            if (typeof part === 'string') pair.text(part)
            else pair.number(part)
            if (typeof part === 'string') rows.text(1, part)
            else rows.number(1, part)
          }
          rows.unitToAll(0x1f)
          expect([pair.hash(), pair.other()]).toEqual([hashText(text), hashText(text, 0x5bd1e995)])
          expect([...rows.hashes()]).toEqual([hashText('\u001f'), hashText(`${text}\u001f`), hashText('\u001f')])
        },
      ),
      { seed: 20_261_120 },
    )
  })

  it('are those of the text of each number, ended where there is none too', () => {
    const values = [0, 7, 1000, 2 ** 53 - 1, NaN, -3, 0.5, 1e21, 12]
    const rows = new RowHashes(values.length)
    rows.numbers(Float64Array.from(values), values.length, 0x1f)
    const said = values.map((value) => `${Number.isNaN(value) ? '' : value}\u001f`)
    expect([...rows.hashes()]).toEqual(said.map((text) => hashText(text)))
  })

  it('are the same for a text and for its bytes', () => {
    const bytes = new TextEncoder().encode('x|src/a.ts|')
    const key = new PairHash(0, 1).begin().bytes(bytes, 2, 10)
    expect([key.hash(), key.other()]).toEqual([hashText('src/a.ts'), hashText('src/a.ts', 1)])
  })

  it('go on from a mark as often as asked', () => {
    const key = new PairHash(0, 1).begin().text('file|').keep()
    expect([key.again().text('a').hash(), key.again().text('b').hash()]).toEqual([
      hashText('file|a'),
      hashText('file|b'),
    ])
  })

  it('are the same for words fed by their codes', () => {
    const words = ['a', 'é', 'auto']
    const letters = {
      units: Uint16Array.from(words.join(''), (letter) => letter.charCodeAt(0)),
      starts: Uint32Array.of(0, 1, 2, 6),
      count: 3,
    }
    const codes = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(codes, (rows) => {
        const fed = new RowHashes(rows.length)
        const built = new RowHashes(rows.length)
        for (const [column, end] of [[0, 0x1f] as const, [1, null] as const]) {
          fed.words(
            Uint32Array.from(rows, (row) => row[column]),
            rows.length,
            letters,
            end,
          )
          rows.forEach((row, i) => {
            if (row[column] > 0) built.text(i, words[row[column] - 1]!)
            if (end !== null) built.text(i, String.fromCharCode(end))
          })
        }
        expect([...fed.hashes()]).toEqual([...built.hashes()])
      }),
      { seed: 20_261_121 },
    )
  })

  it('are the same for words that come thousands of times', () => {
    const rows = 6000
    const words = fc.array(fc.string({ maxLength: 40, unit: 'binary-ascii' }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(words, fc.option(fc.constant(0x1f)), (said, end) => {
        const starts = new Uint32Array(said.length + 1)
        said.forEach((word, i) => (starts[i + 1] = starts[i]! + word.length))
        const letters = { units: new TextEncoder().encode(said.join('')), starts, count: said.length }
        const fed = new RowHashes(rows)
        const texts = Array.from({ length: rows }, (_, row) => `${row}|`)
        texts.forEach((text, row) => fed.text(row, text))
        const codes = Uint32Array.from(texts, (_, row) => row % (said.length + 1))
        fed.words(codes, rows, letters, end)
        const ending = end === null ? '' : String.fromCharCode(end)
        const wanted = texts.map((text, row) => hashText(text + (said[codes[row]! - 1] ?? '') + ending))
        expect([...fed.hashes()]).toEqual(wanted)
      }),
      { seed: 20_261_122, numRuns: 30 },
    )
  })

  it('keep the definition that stored keys were made with', () => {
    expect(hashText('cursor|1757000000000|a@b.c|auto|42|')).toBe(3_583_319_552_712_204)
    expect(fingerprintOf(new TextEncoder().encode('Quarterdeck'))).toBe('192d196a13372de31a5f500586')
  })
})
