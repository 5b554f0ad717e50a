import { describe, expect, it } from 'vitest'
import { deliveryOf } from '../../../../shared/delivery/index.ts'
import { factsOf, joined, NOTHING, rowsOf, staged } from '../../../support/stage.ts'

const [RS, US] = ['\u001e', '\u001f']
const sha = (letter: string) => letter.repeat(40)

const MESSAGE = `One (#4)

Body line
1	2	not a numstat

🤖 Generated with [Claude Code](https://claude.com)

co-authored-by: Cy <cy@x.org>

Co-authored-by: Bo <bo@x.org>
Signed-off-by: Ann <a@x.org>
`

/** As git writes it with `%x1f%B` behind the subject. */
function landing(id: string, message: string, files: string): string {
  const subject = message.split('\n', 1)[0]!
  const at = '2026-01-06T00:00:00Z'
  const trailers = message.includes('Co-authored-by: Bo') ? 'Bo <bo@x.org>' : ''
  const fields = ['QD1', sha(id), '', at, at, 'Ann', 'a@x.org', 'Ann', 'a@x.org', trailers, subject, message]
  return RS + fields.join(US) + files
}

const NUMSTAT = landing('a', MESSAGE, '\n\n3\t0\tf\n-\t-\tg.png\n') + landing('b', 'Two\n', '\n\n1\t0\tf\n')
const HUNKS =
  landing('a', MESSAGE, '\n\ndiff --git a/f b/f\n@@ -0,0 +1,3 @@\n') +
  landing('b', 'Two\n', '\n\ndiff --git a/f b/f\n@@ -1 +1,2 @@\n')
const WITH_Z = landing('a', MESSAGE, '\0\n3\t0\tf\0') + landing('b', 'Two\n', '\0\n1\t0\tf\0')

describe('messages of a git log', () => {
  it.each([
    [
      'counts',
      NUMSTAT,
      [
        ['f', 3],
        ['g.png', null],
        ['f', 1],
      ],
    ],
    [
      'counts, CRLF',
      NUMSTAT.replaceAll('\n', '\r\n'),
      [
        ['f', 3],
        ['g.png', null],
        ['f', 1],
      ],
    ],
    [
      'hunk headers',
      HUNKS,
      [
        ['f', 3],
        ['f', 2],
      ],
    ],
    [
      '-z',
      WITH_Z,
      [
        ['f', 3],
        ['f', 1],
      ],
    ],
  ] as const)('tell co-authors and agents git itself does not list: %s', async (_name, text, files) => {
    const one = await staged('api.txt', text)
    expect(one.keptAside).toEqual([])
    const [first, second] = rowsOf(one, 'landing')
    expect(first).toMatchObject({
      subject: 'One (#4)',
      pullRequest: 4,
      coAuthors: 'Bo <bo@x.org>\nCy <cy@x.org>',
      agent: 'Claude Code',
    })
    expect([second!.subject, second!.agent ?? null, second!.coAuthors]).toEqual(['Two', null, null])
    expect(rowsOf(one, 'fileChange').map(({ path, added }) => [path, added])).toEqual(files)
    const [, marked] = deliveryOf(factsOf(joined(NOTHING, one)), { productionEnvironments: [] }).landings
    expect([marked!.sha, marked!.isAgentMarked, marked!.agent]).toEqual([sha('a'), true, 'Claude Code'])
  })

  it('are not looked for where a subject holds the mark between fields', async () => {
    const [one] = rowsOf(
      await staged('api.txt', landing('a', 'x', '\n').replace(`${US}x${US}x`, `${US}x${US}y`)),
      'landing',
    )
    expect(one!.subject).toBe(`x${US}y`)
  })

  it('name the merge request a GitLab merge lands, in the plain log too, where inner commits are told', async () => {
    const commit = (id: string, merge: string, message: string) =>
      `commit ${sha(id)}\n${merge}Author:     Ann <a@x.org>\nAuthorDate: 2026-01-05T10:00:00Z\nCommit:     Ann <a@x.org>\nCommitDate: 2026-01-06T00:00:00Z\n\n${message
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n')}\n\n`
    const merge = "Merge branch 'x' into 'main'\n\nSee merge request group/api!45"
    const inner = 'Do it\n\n🤖 Generated with [Claude Code](https://claude.com)'
    const text = commit('a', `Merge: ${'c'.repeat(7)} ${'b'.repeat(7)}\n`, merge) + commit('b', '', inner)
    const one = await staged('api.log', text)
    expect(rowsOf(one, 'landing').map(({ pullRequest, agent = null }) => [pullRequest, agent])).toEqual([
      [45, null],
      [null, 'Claude Code'],
    ])
    const told = one.record.notes.find(({ code }) => code === 'import/not-first-parent')
    expect(told?.said).toBe('one commit that a merge brought in')
    const first = await staged('api.log', commit('a', 'Merge: ccccccc ddddddd\n', merge))
    expect(first.record.notes.map(({ code }) => code)).not.toContain('import/not-first-parent')
  })
})
