import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  costContributions,
  differenceInterval,
  intervalOfCases,
  medianContributions,
  quantile,
  ratioContributions,
  splitEvenly,
  wilsonInterval,
} from '../../../shared/metrics/index.ts'

const seeded = { seed: 620, numRuns: 200 }
const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0)
const group = fc.constantFrom('shop', 'site', 'api', 'docs', 'jobs')

test('one group worse, one the same: the first gives all of it', () => {
  const before = new Map([
    ['shop', { part: 10, whole: 100 }],
    ['site', { part: 10, whole: 100 }],
  ])
  const now = new Map([...before, ['shop', { part: 30, whole: 100 }]])
  const given = ratioContributions(now, before)
  expect(given.get('shop')).toBeCloseTo(0.1, 12)
  expect(given.get('site')).toBeCloseTo(0, 12)
})

test('the same ratios in another mix: the group above the usual gives by growing', () => {
  const given = ratioContributions(
    new Map([
      ['high', { part: 45, whole: 90 }],
      ['low', { part: 1, whole: 10 }],
    ]),
    new Map([
      ['high', { part: 5, whole: 10 }],
      ['low', { part: 9, whole: 90 }],
    ]),
  )
  expect(given.get('high')).toBeGreaterThan(0)
  expect(given.get('low')).toBeGreaterThan(0)
})

const parts = fc
  .array(fc.tuple(group, fc.nat(1000), fc.nat(1000)), { minLength: 1 })
  .map((list) => new Map(list.map(([name, part, whole]) => [name, { part, whole }])))
  .filter((map) => sum([...map.values()].map(({ whole }) => whole)) > 0)

test('law: contributions to a ratio add up to its change (seed 620)', () => {
  const ratio = (map: ReadonlyMap<string, { part: number; whole: number }>) =>
    sum([...map.values()].map(({ part }) => part)) / sum([...map.values()].map(({ whole }) => whole))
  fc.assert(
    fc.property(parts, parts, (now, before) => {
      const given = sum(ratioContributions(now, before).values())
      expect(Math.abs(given - (ratio(now) - ratio(before)))).toBeLessThan(1e-9 * (1 + ratio(now) + ratio(before)))
    }),
    seeded,
  )
})

const values = fc
  .array(fc.tuple(group, fc.array(fc.nat(500), { maxLength: 6 })), { minLength: 1 })
  .map((list) => new Map(list))
  .filter((map) => [...map.values()].flat().length > 0)

test('law: contributions to a median add up to its change (seed 620)', () => {
  fc.assert(
    fc.property(values, values, (now, before) => {
      const median = (map: ReadonlyMap<string, number[]>) => quantile([...map.values()].flat(), 0.5)
      expect(sum(medianContributions(now, before).values())).toBeCloseTo(median(now) - median(before), 8)
    }),
    seeded,
  )
})

test('a group with the same values gives nothing to a median while only another moves', () => {
  const before = new Map([
    ['a', [1, 2, 3]],
    ['b', [2, 2, 2]],
  ])
  const given = medianContributions(new Map([...before, ['a', [7, 8, 9]]]), before)
  expect(given.get('b')).toBe(0)
  expect(given.get('a')).toBeGreaterThan(0)
})

test('cost per piece: the same money for half the pieces is all pieces', () => {
  const costs = new Map([['Cursor', 100]])
  const { groups, pieces } = costContributions({ costs, pieces: 5 }, { costs, pieces: 10 })
  expect([groups.get('Cursor'), pieces]).toEqual([0, 10])
})

test('law: contributions to a cost per piece add up to its change (seed 620)', () => {
  const costs = fc.array(fc.tuple(group, fc.nat(9000)), { minLength: 1 }).map((list) => new Map(list))
  const side = fc.record({ costs, pieces: fc.integer({ min: 1, max: 60 }) })
  fc.assert(
    fc.property(side, side, (now, before) => {
      const { groups, pieces } = costContributions(now, before)
      const change = sum(now.costs.values()) / now.pieces - sum(before.costs.values()) / before.pieces
      expect(sum(groups.values()) + pieces).toBeCloseTo(change, 6)
    }),
    seeded,
  )
})

test('law: equal shares add up to the nano (seed 620)', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 1, max: 40 }), (whole, count) => {
      const shares = splitEvenly(whole, count)
      expect(shares.reduce((all, share) => all + share, 0n)).toBe(whole)
      expect(shares.length).toBe(count)
    }),
    seeded,
  )
})

test('Newcombe’s published example: 56 of 70 against 48 of 80', () => {
  const { change, low, high, isNoise } = differenceInterval(
    { value: 56 / 70, interval: wilsonInterval(56, 70) },
    { value: 48 / 80, interval: wilsonInterval(48, 80) },
  )
  expect([change, low, high].map((value) => value.toFixed(4))).toEqual(['0.2000', '0.0524', '0.3339'])
  expect(isNoise).toBe(false)
})

test('intervals by shape: many like cases are sure, few scattered ones are not', () => {
  const cases = (list: readonly (readonly [number, number])[]) =>
    list.map(([part, whole]) => ({ pull: null, landing: null, part, whole }))
  const named = { partName: '', wholeName: '' }
  const like = Array.from({ length: 100 }, () => [1, 10] as const)
  expect(intervalOfCases({ shape: 'ratio', ...named, cases: cases(like) })).toEqual([0.1, 0.1])
  const scattered = intervalOfCases({
    shape: 'ratio',
    ...named,
    cases: cases([
      [0, 10],
      [0, 10],
      [0, 10],
      [6, 10],
    ]),
  })!
  expect(scattered[0]).toBeLessThan(0)
  expect(scattered[1]).toBeGreaterThan(0.3)
  const hours = Array.from({ length: 101 }, (_, i) => [i, 1] as const)
  const [low, high] = intervalOfCases({ shape: 'median', ...named, cases: cases(hours) })!
  expect([Math.round(low), Math.round(high)]).toEqual([40, 60])
  expect(intervalOfCases({ shape: 'share', ...named, cases: [] })).toBeNull()
})
