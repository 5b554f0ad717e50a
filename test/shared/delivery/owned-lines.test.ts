import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  changeRuleFinder,
  linesByOwner,
  mainOwner,
  ownershipOf,
  type PathOwner,
  type RuleOfChanges,
} from '../../../shared/delivery/index.ts'
import { factsOf } from '../../support/build-facts.ts'

const file = (path: string, added: number | null, deleted: number | null = 0) => ({ path, added, deleted })

/** Owned by its first folder; folders that begin with `x` by nobody. */
function byFolder(path: string): PathOwner | null {
  const name = path.split('/')[0]!
  return name.startsWith('x') ? null : { name, place: name.charCodeAt(0) }
}

describe('lines of a change by owner', () => {
  it.each([
    ['most lines', [file('b/1', 3, 4), file('a/1', 5)], 'b'],
    ['lines of several files together', [file('b/1', 5), file('a/1', 3), file('a/2', 3)], 'a'],
    ['as many: the first in the list', [file('b/1', 5), file('a/1', 2, 3)], 'a'],
    ['most lines are nobody’s', [file('a/1', 5), file('x/1', 6)], null],
    ['as many of nobody’s', [file('x/1', 5), file('a/1', 5)], 'a'],
    ['binary files only', [file('x/1', null, null), file('b/1', null, null)], 'b'],
    ['no file', [], null],
  ])('%s', (_, files, owner) => expect(mainOwner(linesByOwner(files, byFolder))).toBe(owner))

  it('says whose each line is', () => {
    const shares = linesByOwner([file('a/1', 30), file('x/1', 5), file('a/2', 6, 4)], byFolder)
    expect(shares.map(({ owner, lines }) => [owner, lines])).toEqual([
      ['a', 40],
      [null, 5],
    ])
  })

  test('law: the shares add up to all lines, and the order of the files says nothing', () => {
    const counts = fc.option(fc.nat(900), { nil: null })
    const files = fc.array(
      fc.record({ path: fc.constantFrom('a/1', 'a/2', 'b/1', 'c/1', 'x/1', 'y/1'), added: counts, deleted: counts }),
    )
    fc.assert(
      fc.property(files, (list) => {
        const shares = linesByOwner(list, byFolder)
        const all = list.reduce((sum, { added, deleted }) => sum + (added ?? 0) + (deleted ?? 0), 0)
        expect(shares.reduce((sum, { lines }) => sum + lines, 0)).toBe(all)
        expect(linesByOwner([...list].reverse(), byFolder)).toEqual(shares)
      }),
      { seed: 20261121, numRuns: 200 },
    )
  })
})

test('of several owners of a file the first named one, in the place it is first named', () => {
  const line = (pattern: string, team: string, position: number) =>
    ({ repository: 'o/api', of: 'path', pattern, team, position, source: 'codeowners' }) as const
  const { ownerOfPath } = ownershipOf(
    factsOf({ ownership: [line('*', 'core', 0), line('/docs/', 'docs', 1), line('/docs/', 'core', 1)] }),
  )
  expect(ownerOfPath('api', 'docs/a.md')).toEqual({ name: 'docs', place: 1 })
  expect(ownerOfPath('api', 'a.ts')).toEqual({ name: 'core', place: 0 })
  expect(ownerOfPath('web', 'a.ts')).toBeNull()
})

describe('rules about changes', () => {
  const rules: readonly RuleOfChanges[] = [
    { field: 'path', equals: ' ' },
    { field: 'path', equals: '/web/**/*.css' },
    { field: 'repository', equals: 'shop*' },
    { field: 'person', equals: 'ada@*' },
    { field: 'path', equals: 'sql/' },
  ]
  const find = changeRuleFinder(rules)
  const change = (repository: string, ...people: readonly string[]) => find({ repository, people })

  it.each([
    ['o/shop', [], 'web/a/b.css', 1],
    ['o/shop', [], 'web/a/b.ts', 2],
    ['o/shop', [], null, 2],
    ['o/api', ['bo@x', 'Ada@x'], 'a.ts', 3],
    ['o/api', ['ada@x'], 'web/b.css', 1],
    ['o/api', [], 'db/sql/a.sql', 4],
    ['o/api', [], 'db/SQL/a.sql', null],
    ['o/api', [], 'a.ts', null],
    ['o/api', [], null, null],
  ])('%s by %j, %s: rule %s', (repository, people, path, place) => {
    expect(change(repository, ...people)(path)?.place ?? null).toBe(place)
  })
})
