import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deliveryOf, type HunkFile, type HunkLanding, walkHunks } from '../../../shared/delivery/index.ts'
import type { FactRow } from '../../../shared/facts/index.ts'
import { at, type FactRows, factsOf } from '../../support/build-facts.ts'
import { walkNaively } from '../../support/naive-lines.ts'
import { eachRemoval } from '../../support/removals.ts'

const HOUR = 3_600_000
const file = (path: string, hunks: readonly number[], more: Partial<HunkFile> = {}): HunkFile => ({
  path,
  fromPath: null,
  hunks,
  isNew: false,
  isDeleted: false,
  ...more,
})
const landing = (hours: number, ...files: readonly HunkFile[]): HunkLanding => ({ landedAt: hours * HOUR, files })
const walk = (...landings: readonly HunkLanding[]) =>
  eachRemoval(walkHunks(landings).removals).map(({ birth, death, ageMs, proportional }) => [
    birth,
    death,
    ageMs / HOUR,
    proportional,
  ])

describe('lines by hand', () => {
  const three = landing(0, file('a.ts', [0, 0, 1, 3], { isNew: true }))

  test('a replaced line is one removed and one added', () => {
    expect(walk(three, landing(5, file('a.ts', [2, 1, 2, 2])))).toEqual([[0, 1, 5, 1]])
    expect([...walkHunks([three, landing(5, file('a.ts', [2, 1, 2, 2]))]).added]).toEqual([3, 2])
  })

  test('the line that is meant is found behind others put in before it', () => {
    const two = landing(1, file('a.ts', [0, 0, 1, 10]))
    // Line 11 is the first of the three again.
    expect(walk(three, two, landing(2, file('a.ts', [11, 1, 11, 0])))).toEqual([[0, 2, 2, 1]])
    expect(walk(three, two, landing(2, file('a.ts', [10, 2, 10, 0])))).toEqual([
      [1, 2, 1, 1],
      [0, 2, 2, 1],
    ])
  })

  test('lines from before the first landing are of no known age', () => {
    expect(walk(landing(0, file('a.ts', [40, 3, 40, 1])), landing(1, file('a.ts', [39, 3, 39, 0])))).toEqual([
      [0, 1, 1, 1],
    ])
  })

  test('a rename keeps its lines, also when two names are swapped', () => {
    const b = landing(0, file('b.ts', [0, 0, 1, 2], { isNew: true }))
    const swap = landing(1, file('b.ts', [], { fromPath: 'a.ts' }), file('a.ts', [], { fromPath: 'b.ts' }))
    expect(walk(three, b, swap, landing(4, file('a.ts', [1, 2, 0, 0], { isDeleted: true })))).toEqual([[1, 3, 4, 2]])
  })

  test('a file that is deleted and made anew has only new lines', () => {
    const gone = landing(1, file('a.ts', [1, 3, 0, 0], { isDeleted: true }))
    const anew = landing(2, file('a.ts', [0, 0, 1, 3], { isNew: true }))
    expect(walk(three, gone, anew, landing(3, file('a.ts', [1, 1, 1, 0])))).toEqual([
      [0, 1, 1, 3],
      [2, 3, 1, 1],
    ])
  })

  test('lines count as removed by the path they have then', () => {
    const renamed = landing(1, file('a.md', [1, 2, 1, 0], { fromPath: 'a.ts' }))
    expect(walk(three, renamed)).toEqual([])
  })

  test('ages below zero are zero, ages above 31 days are not reported', () => {
    expect(walk(landing(9, ...three.files), landing(5, file('a.ts', [1, 1, 1, 0])))).toEqual([[0, 1, 0, 1]])
    expect(walk(three, landing(32 * 24, file('a.ts', [1, 1, 1, 0])))).toEqual([])
  })
})

/** Landings as git would tell them: each hunk of a file further down than the one before. */
const histories = fc
  .array(
    fc.record({
      hours: fc.integer({ min: -3, max: 200 }),
      path: fc.constantFrom('a.ts', 'b.ts', 'notes.md'),
      from: fc.option(fc.constantFrom('a.ts', 'b.ts'), { freq: 6 }),
      hunks: fc.array(fc.tuple(fc.nat(12), fc.nat(4), fc.nat(5)), { maxLength: 4 }),
      isNew: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    let now = 0
    return steps.map(({ hours, path, from, hunks, isNew }): HunkLanding => {
      now += hours
      let line = 0
      const ranges = hunks.flatMap(([gap, minus, plus]) => {
        const start = line + gap + 1
        line = start + minus
        return minus === 0 ? [start - 1, 0, 0, plus] : [start, minus, 0, plus]
      })
      const fromPath = from === path ? null : from
      return {
        landedAt: now * HOUR,
        files: [file(path, ranges, { fromPath, isNew: isNew && fromPath === null && hunks.length > 0 })],
      }
    })
  })

test('law: runs say what a list of every line says (seed 72)', () => {
  const isCode = (path: string) => path.endsWith('.ts')
  fc.assert(
    fc.property(histories, (landings) => {
      const { added, removals } = walkHunks(landings, isCode)
      const naive = walkNaively(landings, isCode)
      expect([...added]).toEqual(naive.added)
      const young = [...naive.removed].filter(([key]) => {
        const [birth, death] = key.split(' ').map(Number)
        return landings[death!]!.landedAt - landings[birth!]!.landedAt <= 31 * 24 * HOUR
      })
      expect(
        Object.fromEntries(
          eachRemoval(removals).map(({ birth, death, newestFirst }) => [`${birth} ${death}`, newestFirst]),
        ),
      ).toEqual(Object.fromEntries(young))
    }),
    { seed: 72, numRuns: 400 },
  )
})

describe('from facts', () => {
  const sha = (i: number) => `${i}`.repeat(40)
  const land = (i: number) => ({
    repository: 'shop',
    sha: sha(i),
    position: 9 - i,
    committedAt: at(`2026-03-0${i}T00:00`),
    authorEmail: 'a@b.test',
    subject: 's',
  })
  const change = (i: number, added: number, deleted: number) => ({
    repository: 'shop',
    sha: sha(i),
    path: 'a.ts',
    added,
    deleted,
  })
  const hunk = (
    i: number,
    oldStart: number,
    oldCount: number,
    newStart: number,
    newCount: number,
  ): Partial<FactRow<'hunk'>> => ({
    repository: 'shop',
    sha: sha(i),
    path: 'a.ts',
    oldStart,
    oldCount,
    newStart,
    newCount,
    change: i === 1 ? 'new' : 'modify',
  })
  const rows: FactRows = {
    landing: [land(1), land(2), land(3)],
    fileChange: [change(1, 10, 0), change(2, 10, 0), change(3, 1, 5)],
    hunk: [hunk(1, 0, 0, 1, 10), hunk(2, 10, 0, 11, 10), hunk(3, 18, 1, 14, 1), hunk(3, 1, 4, 0, 0)],
  }
  const walkOf = (facts: FactRows) => deliveryOf(factsOf(facts), { productionEnvironments: [] }).rewritesOf('shop')

  test('hunks make it exact, in whatever order they are stored', () => {
    const { isExact, removals } = walkOf(rows)
    expect(isExact).toBe(true)
    expect(eachRemoval(removals).map(({ birth, proportional }) => [birth, proportional])).toEqual([
      [0, 4],
      [1, 1],
    ])
  })

  test('where one landing has none it stays an estimate', () => {
    const { isExact, removals } = walkOf({ ...rows, hunk: rows.hunk!.slice(1) })
    expect(isExact).toBeUndefined()
    expect(eachRemoval(removals).map(({ proportional }) => proportional)).toEqual([2.5, 2.5])
  })

  test('sizes of files before the first landing make the estimate better', () => {
    const fileBaseline = [{ repository: 'shop', path: 'a.ts', lines: 80 }]
    const { removals } = walkOf({ ...rows, hunk: [], fileBaseline })
    expect(eachRemoval(removals).map(({ proportional }) => proportional)).toEqual([0.5, 0.5])
  })
})
