import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GENERIC_DELIVERY, GENERIC_FACTS } from '../../../../shared/importers/index.ts'
import { fateShares } from '../../../../renderer/views/data/fates.ts'
import { FACT_COLUMNS, mappableColumns, questionsFor } from '../../../../renderer/views/data/import-questions.ts'
import { moveRule, withoutRule } from '../../../../renderer/views/data/ownership/rule-order.ts'
import { orderedRules } from '../../../../shared/plan/index.ts'
import { tellSize } from '../../../../renderer/parts/size-text.ts'

describe('fateShares', () => {
  const counts = fc.nat(1_000_000)
  it('fills the bar and shows every fate that happened (seed 20261120)', () => {
    fc.assert(
      fc.property(counts, counts, counts, counts, (a, b, c, d) => {
        const shares = fateShares({ rows: a + b + c + d, new: a, changed: b, duplicate: c, keptAside: d, blank: 0 })
        const sum = shares.reduce((total, { share }) => total + share, 0)
        expect(sum).toBeCloseTo(a + b + c + d === 0 ? 0 : 1)
        for (const { count, share } of shares) expect(share >= 0.01).toBe(count > 0)
      }),
      { seed: 20_261_120, numRuns: 100 },
    )
  })
})

describe('questionsFor', () => {
  const issue = (code: `${string}/${string}`) => ({ code, wanted: 'x', did: 'stopped' as const })

  it('asks what the file leaves open, each once', () => {
    expect(questionsFor([issue('import/decimal-mark-ambiguous'), issue('import/decimal-mark-ambiguous')], {})).toEqual([
      'decimalMark',
    ])
    expect(questionsFor([issue('import/unknown-format')], {})).toEqual(['as', 'mapping'])
    expect(questionsFor([issue('import/not-a-time')], {})).toEqual(['zone'])
    expect(questionsFor([issue('import/not-a-count')], {})).toEqual([])
    expect(questionsFor([issue('import/days-needed')], {})).toEqual(['days'])
    for (const code of ['import/same-money-twice', 'import/overlap-without-match', 'import/restates-period'] as const)
      expect(questionsFor([issue(code)], {})).toEqual(['overlap'])
    expect(questionsFor([issue('import/columns-needed')], {})).toEqual(['as', 'mapping'])
  })

  it('keeps asking what was answered, so that it can be changed', () => {
    expect(questionsFor([], { decimalMark: ',' })).toEqual(['decimalMark'])
  })

  it('maps on columns the importer knows', () => {
    for (const [column] of FACT_COLUMNS) expect(GENERIC_FACTS).toContain(column)
    for (const { id, columns } of GENERIC_DELIVERY)
      expect(mappableColumns(id).map(([column]) => column)).toEqual(columns.map(({ name }) => name))
    expect(mappableColumns('cursor-usage-csv')).toBe(FACT_COLUMNS)
  })
})

describe('attribution rules', () => {
  const rule = (id: string, order: number) =>
    ({ id, order, field: 'workspace', equals: id, initiativeId: 'i' }) as const
  const rules = { a: rule('a', 1), b: rule('b', 2), c: rule('c', 7) }
  const ids = (all: typeof rules | ReturnType<typeof moveRule>) => orderedRules(Object.values(all)).map(({ id }) => id)

  it('moves one place and numbers anew', () => {
    expect(ids(moveRule(rules, 'c', -1))).toEqual(['a', 'c', 'b'])
    expect(orderedRules(Object.values(moveRule(rules, 'c', -1))).map(({ order }) => order)).toEqual([1, 2, 3])
    expect(ids(moveRule(moveRule(rules, 'a', 1), 'a', -1))).toEqual(['a', 'b', 'c'])
  })

  it('stays at the ends', () => {
    expect(moveRule(rules, 'a', -1)).toBe(rules)
    expect(moveRule(rules, 'c', 1)).toBe(rules)
    expect(moveRule(rules, 'nobody', 1)).toBe(rules)
  })

  it('deletes', () => expect(ids(withoutRule(rules, 'b'))).toEqual(['a', 'c']))
})

it('tells sizes', () => {
  const sizes: readonly (readonly [number, string])[] = [
    [0, '0 B'],
    [812, '812 B'],
    [4_100, '4.1 KB'],
    [999_600, '1.0 MB'],
    [72_400_000, '72 MB'],
    [11_000_000_000, '11 GB'],
  ]
  for (const [bytes, expected] of sizes) expect(tellSize(bytes)).toBe(expected)
})
