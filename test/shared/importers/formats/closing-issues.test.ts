import { describe, expect, it } from 'vitest'
import { rowsOf, staged } from '../../../support/stage.ts'

const closesOf = async (document: unknown, choices = {}) => {
  const one = await staged('file', typeof document === 'string' ? document : JSON.stringify(document), choices)
  const [pull] = rowsOf(one, 'pullRequest')
  return pull!.closes
}

const gh = (more: object) => [
  {
    number: 9,
    url: 'https://github.com/o/r/pull/9',
    createdAt: '2026-02-01T10:00:00Z',
    mergedAt: null,
    isDraft: false,
    ...more,
  },
]
const body = 'Fixes #3 and closes other/r#4'
const issue = { number: 5, repository: { name: 'r', owner: { login: 'o' } } }

describe('issues a pull request closes', () => {
  it('are those the forge names, and where the export does not ask, those of the description', async () => {
    expect(await closesOf(gh({ body, closingIssuesReferences: [issue] }))).toBe('o/r#5')
    // The forge knows that the words have no effect there.
    expect(await closesOf(gh({ body, closingIssuesReferences: [] }))).toBeNull()
    expect(await closesOf(gh({ body }))).toBe('o/r#3\nother/r#4')
    expect(await closesOf(gh({}))).toBeNull()
  })

  it('are read from REST and GraphQL as from gh', async () => {
    const rest = {
      number: 9,
      html_url: 'https://github.com/o/r/pull/9',
      created_at: '2026-02-01T10:00:00Z',
      merged_at: null,
      base: {},
      head: {},
      body,
    }
    expect(await closesOf([rest])).toBe('o/r#3\nother/r#4')
    const node = { number: 9, createdAt: '2026-02-01T10:00:00Z', body }
    const page = (one: object) => ({ data: { repository: { nameWithOwner: 'o/r', pullRequests: { nodes: [one] } } } })
    expect(await closesOf(page(node))).toBe('o/r#3\nother/r#4')
    const closing = { nodes: [{ number: 5, repository: { nameWithOwner: 'o/r' } }] }
    expect(await closesOf(page({ ...node, closingIssuesReferences: closing }))).toBe('o/r#5')
  })

  it('are read from descriptions of GitLab, and from work items Azure DevOps links', async () => {
    const merge = {
      iid: 9,
      source_branch: 'x',
      merged_at: null,
      created_at: '2026-02-01T10:00:00Z',
      web_url: 'https://gitlab.com/g/sub/p/-/merge_requests/9',
      description: 'Closes #3, #4',
    }
    expect(await closesOf([merge])).toBe('g/sub/p#3\ng/sub/p#4')
    const pull = {
      pullRequestId: 9,
      creationDate: '2026-02-01T10:00:00.1234567Z',
      repository: { name: 'r', project: { name: 'p' }, url: 'https://dev.azure.com/o/x' },
      status: 'active',
      workItemRefs: [{ id: '7', url: 'u' }, { id: '8' }],
    }
    expect(await closesOf({ value: [pull] })).toBe('7\n8')
  })
})

describe('what else a list of merge requests says', () => {
  it.each([
    ['Draft: faster', 1],
    ['[Draft] faster', 1],
    ['(draft) faster', 1],
    ['Faster drafts', 0],
  ])('GitLab, %j', async (title, isDraft) => {
    const text =
      'Title,Description,MR ID,URL,State,Source Branch,Target Branch,Author Username,Created At (UTC),Updated At (UTC)\n' +
      `${title},Closes #3,1,https://gitlab.com/g/p/-/merge_requests/1,Opened,b,main,ann,2026-02-01 10:00:00,2026-02-02 10:00:00\n`
    const [pull] = rowsOf(await staged('m.csv', text), 'pullRequest')
    expect([pull!.isDraft, pull!.closes]).toEqual([isDraft, 'g/p#3'])
  })

  it.each([
    [99, 1],
    [100, 0],
    [101, 1],
  ])('gh with %i commits, of which it writes a hundred', async (count, known) => {
    const commits = Array.from({ length: count }, (_, i) => ({
      oid: String(i),
      authoredDate: '2026-02-01T10:00:00Z',
      committedDate: '2026-02-01T10:00:00Z',
      authors: [],
    }))
    const [pull] = rowsOf(await staged('p.json', JSON.stringify(gh({ commits }))), 'pullRequest')
    expect(pull!.commitsKnown).toBe(known)
  })
})
