import { describe, expect, it } from 'vitest'
import { closedIn } from '../../../../shared/importers/formats/delivery/closing-words.ts'

describe('issues a description says it closes', () => {
  it.each<readonly [string | null, string | null]>([
    ['Fixes #12', 'o/r#12'],
    ['fix: #3\n* more', 'o/r#3'],
    ['This closes other/repo#7.', 'other/repo#7'],
    ['Closes #4, #6, and g/sub/p#1', 'o/r#4\no/r#6\ng/sub/p#1'],
    ['resolved #1 and #2; resolves #1', 'o/r#1\no/r#2'],
    ['Fix https://github.com/o/r/issues/9', 'o/r#9'],
    ['Closes https://gitlab.com/g/sub/p/-/issues/5', 'g/sub/p#5'],
    ['Implements #8', 'o/r#8'],
    ['see #12', null],
    ['prefixes #12', null],
    ['fixes the bug of #12', null],
    ['Closes', null],
    ['', null],
    [null, null],
  ])('%j -> %j', (text, wanted) => {
    expect(closedIn(text, 'github.com/o/r')).toBe(wanted)
  })

  it('are found in long texts as fast as they are read', () => {
    const long = 'closes '.repeat(20_000) + 'x/'.repeat(50_000) + '#'.repeat(50_000)
    const start = performance.now()
    expect(closedIn(long, 'github.com/o/r')).toBeNull()
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
