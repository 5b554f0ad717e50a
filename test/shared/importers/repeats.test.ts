import { describe, expect, it } from 'vitest'
import { tellIssue } from '../../../shared/issues/index.ts'
import { rowsOf, staged } from '../../support/stage.ts'

const pull = (title: string, updatedAt: string, more: object = {}) => ({
  number: 4,
  url: 'https://github.com/acme/api/pull/4',
  title,
  createdAt: '2026-02-01T10:00:00Z',
  mergedAt: null,
  isDraft: false,
  updatedAt,
  reviews: [],
  ...more,
})
const OLD = pull('old', '2026-02-01T10:00:00Z')
const NEW = pull('new', '2026-02-02T10:00:00Z')
const OTHER = pull('other', '2026-02-01T10:00:00Z', { number: 5, url: 'https://github.com/acme/api/pull/5' })

async function looked(content: string) {
  const { record, examples } = await staged('file', content, { zone: 'UTC' as never })
  const note = record.notes.find(({ code }) => code === 'import/repeats-itself')
  return {
    counts: [record.counts.new, record.counts.changed, record.counts.duplicate],
    repeats: examples.flatMap(({ row, fate, repeats }) => (repeats === undefined ? [] : [[row, fate, repeats]])),
    note: note && tellIssue(note),
    examples,
  }
}

describe('a record that stands in a file more than once', () => {
  it.each([
    ['newer first', [NEW, OTHER, OLD], [3, 'duplicate', 1]],
    ['older first', [OLD, OTHER, NEW], [1, 'duplicate', 3]],
    ['twice the same', [OTHER, NEW, NEW], [3, 'duplicate', 2]],
  ])('is told with its row and the row that counts: %s', async (_name, pulls, repeat) => {
    const one = await looked(JSON.stringify(pulls))
    expect([one.counts, one.repeats]).toEqual([[2, 0, 1], [repeat]])
    expect(one.note).toContain(`row ${repeat[0]} with the record of row ${repeat[2]} once more`)
    const row = one.examples.find(({ fate }) => fate === 'duplicate')!
    expect(new Map(row.said).get('title')).toBe((pulls[Number(repeat[0]) - 1] as typeof OLD).title)
    const kept = rowsOf(await staged('file', JSON.stringify(pulls)), 'pullRequest')
    expect(kept.map(({ title }) => title).sort()).toEqual(['new', 'other'])
  })

  it('counts as it was updated last, in whatever order the rows stand', async () => {
    const header = 'Summary,Issue key,Issue id,Issue Type,Status,Created,Updated\n'
    const rows = [
      'One,A-1,1,Story,Open,2026-02-01T10:00:00Z,2026-02-01T10:00:00Z',
      'One,A-1,1,Story,Doing,2026-02-01T10:00:00Z,2026-02-03T10:00:00Z',
      'One,A-1,1,Story,Done,2026-02-01T10:00:00Z,2026-02-02T10:00:00Z',
    ]
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const text = `${header}${order.map((at) => rows[at]!).join('\n')}\n`
      expect(rowsOf(await staged('jira.csv', text), 'workItem').map(({ status }) => status)).toEqual(['Doing'])
      const { counts, note } = await looked(text)
      expect(counts).toEqual([1, 0, 2])
      expect(note).toMatch(
        /2 rows with a record that another row has, the first of them row \d with the record of row \d once more/,
      )
    }
  })

  it('is the first of a team map, where the first that fits counts', async () => {
    const map = (...teams: readonly string[]) => `key,team\n${teams.map((team) => `PAY,${team}\n`).join('')}`
    for (const teams of [
      ['core', 'pay'],
      ['pay', 'core'],
      ['a', 'b', 'c'],
    ])
      expect(rowsOf(await staged('teams.csv', map(...teams)), 'ownership').map(({ team }) => team)).toEqual([teams[0]])
  })

  it('is no status on the way of one deployment', async () => {
    const status = (id: number, state: string, minute: number) => ({
      id,
      state,
      environment: 'production',
      created_at: `2026-02-01T10:0${minute}:00Z`,
      deployment_url: 'https://api.github.com/repos/acme/api/deployments/7',
    })
    const statuses = [status(1, 'in_progress', 0), status(2, 'success', 5), status(3, 'inactive', 9)]
    const { record, chunks } = await staged('statuses.json', JSON.stringify(statuses))
    expect(record.counts).toMatchObject({ new: 1, duplicate: 0, blank: 2 })
    expect(record.notes).toEqual([])
    expect(rowsOf({ record, chunks }, 'deployment')).toMatchObject([
      { deploymentId: '7', finishedAt: Date.UTC(2026, 1, 1, 10, 5), result: 'success' },
    ])
  })

  it('is not told of where none is', async () => {
    expect((await looked(JSON.stringify([NEW, OTHER]))).note).toBeUndefined()
  })
})
