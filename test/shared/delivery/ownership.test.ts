import { describe, expect, it } from 'vitest'
import { ownershipOf, pathPattern } from '../../../shared/delivery/index.ts'
import { resolveFacts } from '../../../shared/facts/index.ts'
import { chunksOf, type FactRows, factsOf } from '../../support/build-facts.ts'

describe('patterns of paths', () => {
  it.each([
    ['*', 'src/a.ts', true],
    ['*.ts', 'src/a.ts', true],
    ['*.ts', 'src/a.tsx', false],
    ['docs/', 'a/docs/x.md', true],
    ['docs/', 'docs', false],
    ['/docs/', 'a/docs/x.md', false],
    ['/docs', 'docs/x/y.md', true],
    ['docs/*', 'docs/x.md', true],
    ['docs/*', 'docs/x/y.md', false],
    ['src/**/test', 'src/a/b/test/x.ts', true],
    ['src/**/test', 'src/test/x.ts', true],
    ['**/logs', 'a/b/logs/x', true],
    ['src/**', 'src/a/b.ts', true],
    ['src/a?.ts', 'src/ab.ts', true],
    ['src/a.ts', 'src/aXts', false],
    ['src/(a|b).ts', 'src/a.ts', false],
  ])('%s and %s: %s', (pattern, path, fits) => expect(pathPattern(pattern).test(path)).toBe(fits))
})

describe('ownership', () => {
  const line = (pattern: string, team: string | null, position: number) =>
    ({ repository: 'github.com/o/api', of: 'path', pattern, team, position, source: 'codeowners' }) as const
  const mapped = (of: string, pattern: string, team: string, position: number) =>
    ({ repository: null, of, pattern, team, position, source: 'team-map' }) as const

  it('takes the last line of CODEOWNERS with all its owners, and the first of a map', () => {
    const book = ownershipOf(
      factsOf({
        ownership: [
          line('*', '@o/core', 0),
          line('/docs/', '@o/docs', 1),
          line('/docs/', 'bo@x.org', 1),
          line('/vendor/', null, 2),
          mapped('path', '/sql/', 'Data', 0),
          mapped('key', 'ENG-1*', 'Core', 1),
          mapped('key', 'ENG-*', 'Web', 2),
          mapped('person', '*@X.org', 'Core', 3),
        ],
      }),
    )
    expect(book.ownersOfPath('api', 'docs/a.md')).toEqual(['@o/docs', 'bo@x.org'])
    expect(book.ownersOfPath('github.com/o/api', 'src/a.ts')).toEqual(['@o/core'])
    expect(book.ownersOfPath('web', 'src/a.ts')).toEqual([])
    expect(book.ownersOfPath('api', 'vendor/a.js')).toEqual([])
    expect(book.ownersOfPath('web', 'sql/a.sql')).toEqual(['Data'])
    expect([book.teamOfKey('ENG-12'), book.teamOfKey('ENG-2'), book.teamOfKey('OPS-1')]).toEqual(['Core', 'Web', null])
    expect([book.teamOfPerson('ada@x.org'), book.teamOfPerson('ada@y.org')]).toEqual(['Core', null])
  })

  it('replaces a list as a whole', () => {
    const lists: readonly FactRows[] = [
      { ownership: [line('*', '@o/old', 0), line('/docs/', '@o/docs', 1)] },
      { ownership: [line('*', '@o/new', 0)] },
    ]
    const facts = resolveFacts(
      lists.flatMap((rows, i) => chunksOf(rows, `i${i}`)),
      [0, 1].map((i) => ({ id: `i${i}`, asOf: null, seq: i })),
    )
    const book = ownershipOf(facts)
    expect(book.ownersOfPath('api', 'docs/a.md')).toEqual(['@o/new'])
    expect(book.rules).toBe(1)
  })
})
