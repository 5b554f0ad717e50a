import { describe, expect, it } from 'vitest'
import {
  accepted,
  assertThat,
  type Issue,
  placed,
  refused,
  tellIssue,
  tellWhy,
  tellPlace,
} from '../../../shared/issues/index.ts'

const issue: Issue = {
  code: 'import/number-ambiguous',
  where: { row: 212, column: 'Cost' },
  said: '1.234',
  wanted: 'a number with one decimal mark',
  did: 'kept-aside',
  can: "Choose this file's decimal mark.",
}

describe('sentences of issues', () => {
  it('say place, found, wanted, done and what to do', () => {
    expect(tellIssue(issue)).toBe(
      "Row 212, Cost: found “1.234”, wanted a number with one decimal mark. Kept aside. Choose this file's decimal mark.",
    )
    expect(tellIssue({ code: 'a/b', wanted: 'a header', did: 'stopped' })).toBe(
      'Nothing found, wanted a header. Nothing was changed.',
    )
  })

  it('leave the name of a file as it is written', () => {
    expect(tellIssue({ code: 'a/b', where: { file: 'usage.csv' }, wanted: 'a header', did: 'noted' })).toBe(
      'usage.csv: nothing found, wanted a header.',
    )
  })

  it('say why a value is unknown without its place and without what was done', () => {
    const why: Issue = {
      code: 'a/b',
      where: { at: 'W46' },
      said: 'no tag',
      wanted: 'a tag',
      did: 'stopped',
      can: 'Tag it.',
    }
    expect(tellWhy(why)).toBe('Found no tag. Needs a tag. Tag it.')
    expect(tellWhy({ code: 'a/b', wanted: 'a tag', did: 'noted' })).toBe('Needs a tag.')
  })

  it('shorten long cells', () => {
    expect(tellIssue({ ...issue, said: 'x'.repeat(500) })).toContain('(500 characters)')
  })

  it('name a line only where no record is named', () => {
    expect(tellPlace({ file: 'a.csv', line: 7 })).toBe('a.csv, line 7')
    expect(tellPlace({ file: 'a.csv', row: 6, line: 7, column: 'Cost', at: '2026-02' })).toBe(
      'a.csv, row 6, Cost, 2026-02',
    )
    expect(tellPlace(undefined)).toBe('')
  })

  it('gain places on the way up and keep their own', () => {
    expect(placed(issue, { file: 'a.csv', row: 1 }).where).toEqual({ file: 'a.csv', row: 212, column: 'Cost' })
  })

  it('are values, bugs are thrown', () => {
    expect(accepted(1)).toEqual({ ok: true, value: 1 })
    expect(refused(issue)).toEqual({ ok: false, issues: [issue] })
    expect(() => assertThat(false, 'never')).toThrow('never')
  })
})
