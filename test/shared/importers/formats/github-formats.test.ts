import { describe, expect, it } from 'vitest'
import { bytesOf, factsOf, importAll, rowsOf, saying, staged } from '../../../support/stage.ts'

const sha = (letter: string) => letter.repeat(40)
const read = (value: unknown) => staged('x.json', JSON.stringify(value))
const all = async (...values: readonly unknown[]) =>
  factsOf(await importAll(values.map((value, at) => [`${at}.json`, bytesOf(JSON.stringify(value))])))

const rest = {
  number: 9,
  title: 'Add',
  state: 'closed',
  draft: false,
  html_url: 'https://github.com/o/r/pull/9',
  user: { login: 'dependabot[bot]', type: 'Bot' },
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-03T00:00:00Z',
  closed_at: '2026-01-02T00:00:00Z',
  merged_at: '2026-01-02T00:00:00Z',
  merge_commit_sha: sha('a'),
  labels: [{ name: 'api' }],
  head: { ref: 'topic' },
  base: { ref: 'main' },
}

const gh = {
  number: 9,
  title: 'Add',
  state: 'MERGED',
  isDraft: false,
  url: 'https://github.com/o/r/pull/9',
  author: { login: 'app/dependabot', is_bot: true },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-02T00:00:00Z',
  closedAt: '2026-01-02T00:00:00Z',
  mergedAt: '2026-01-02T00:00:00Z',
  mergeCommit: { oid: sha('a') },
  headRefName: 'topic',
  additions: 5,
  deletions: 1,
  changedFiles: 2,
  labels: [{ name: 'api' }],
  reviews: [{ id: 'PRR_1', author: { login: 'bo' }, state: 'APPROVED', submittedAt: '2026-01-01T12:00:00Z' }],
}

const review = {
  id: 1,
  node_id: 'MDE3',
  user: { login: 'bo', type: 'User' },
  state: 'APPROVED',
  html_url: 'https://github.com/o/r/pull/9#pullrequestreview-1',
  submitted_at: '2026-01-01T12:00:00Z',
  commit_id: sha('c'),
}

describe('GitHub REST', () => {
  it('reads a list of pull requests', async () => {
    const one = await read([rest])
    expect(one.record.format).toBe('github-rest-pulls-json')
    expect(rowsOf(one, 'pullRequest')[0]).toMatchObject({
      repository: 'github.com/o/r',
      number: 9,
      state: 'merged',
      author: 'dependabot[bot]',
      authorIsBot: 1,
      mergeSha: sha('a'),
      headRef: 'topic',
      labels: 'api',
      additions: null,
      reviewsKnown: null,
    })
  })

  it('takes no trial merge for a merge, and only an address of the API for the repository', async () => {
    const { html_url: _, ...bare } = rest
    const address = 'https://ghe.example/api/v3/repos/o/r/pulls/9'
    const one = await read([{ ...bare, url: address, merged_at: null, state: 'open', closed_at: null, user: null }])
    expect(rowsOf(one, 'pullRequest')[0]).toMatchObject({
      repository: 'ghe.example/o/r',
      state: 'open',
      mergeSha: null,
      author: null,
    })
  })

  it('fills what the list leaves open from gh, whichever comes first, and never doubles', async () => {
    const files = [[gh], [rest], [review]]
    const orders = [
      [0, 1, 2],
      [1, 0, 2],
      [2, 1, 0],
    ]
    const sets = await Promise.all(orders.map((order) => all(...order.map((at) => files[at]!))))
    const [first, ...others] = sets.map(saying)
    for (const other of others) expect(other).toBe(first)
    expect([sets[0]!.pullRequest.rows, sets[0]!.review.rows]).toEqual([1, 1])
    // The list is later; sizes and whether reviews are known come from gh.
    expect(first).toContain('"additions":5,"deletions":1,"changedFiles":2')
    expect(first).toContain('"reviewsKnown":1')
  })

  it('does not take the size of an open change for the size of the merged one', async () => {
    const open = { ...gh, state: 'OPEN', mergedAt: null, closedAt: null, mergeCommit: null }
    const text = saying(await all([open], [rest]))
    expect(text).toContain('"additions":null')
    expect(text).toContain('"reviewsKnown":null')
    expect(text).toContain(`"mergedAt":${Date.UTC(2026, 0, 2)}`)
  })

  it('reads reviews and commits with the number in their addresses', async () => {
    const reviews = await read([review, { ...review, html_url: 'https://github.com/o/r' }])
    expect(reviews.record.format).toBe('github-rest-reviews-json')
    expect(rowsOf(reviews, 'review')).toEqual([
      {
        repository: 'github.com/o/r',
        number: 9,
        reviewer: 'bo',
        state: 'APPROVED',
        submittedAt: Date.UTC(2026, 0, 1, 12),
        extra: expect.stringContaining('commit_id: c') as string,
      },
    ])
    expect(reviews.keptAside.map(({ column }) => column)).toEqual(['html_url'])
    const commit = {
      sha: sha('c'),
      html_url: `https://github.com/o/r/commit/${sha('c')}`,
      commit: {
        author: { email: 'ada@x.org', date: '2026-01-01T00:00:00Z' },
        committer: { email: 'noreply@github.com', date: '2026-01-01T01:00:00Z' },
        message: 'wip\n\nCo-authored-by: Claude <noreply@anthropic.com>',
      },
    }
    const commits = await read([{ ...commit, _input: { Number: 9 } }, commit])
    expect(rowsOf(commits, 'pullCommit')).toMatchObject([
      { number: 9, sha: sha('c'), headline: 'wip', authorEmails: 'ada@x.org\nnoreply@anthropic.com' },
    ])
    expect(commits.keptAside.map(({ column }) => column)).toEqual(['pull_number'])
  })
})

describe('GitHub GraphQL', () => {
  const node = {
    number: 9,
    title: 'Add',
    createdAt: '2026-01-01T00:00:00Z',
    mergedAt: '2026-01-02T00:00:00Z',
    closedAt: '2026-01-02T00:00:00Z',
    isDraft: false,
    author: { __typename: 'Bot', login: 'house-agent' },
    mergeCommit: { oid: sha('a') },
    labels: { nodes: [{ name: 'api' }] },
    closingIssuesReferences: { nodes: [{ number: 3, repository: { nameWithOwner: 'o/r' } }] },
    reviews: {
      nodes: [
        { state: 'APPROVED', submittedAt: '2026-01-01T12:00:00Z', author: { __typename: 'User', login: 'bo' } },
        { state: 'COMMENTED', submittedAt: '2026-01-01T11:00:00Z', author: { __typename: 'Bot', login: 'critic' } },
      ],
    },
    commits: {
      totalCount: 4,
      nodes: [
        { commit: { oid: sha('c'), authoredDate: '2025-12-31T00:00:00Z', author: { email: 'noreply@anthropic.com' } } },
      ],
    },
  }
  const page = (...nodes: readonly object[]) =>
    JSON.stringify({ data: { repository: { nameWithOwner: 'o/r', pullRequests: { nodes } } } })

  it('reads several pages, knows bots, and says when commits are cut off', async () => {
    const one = await staged('p.json', `${page(node)}\n${page({ ...node, number: 10, commits: { nodes: [] } })}`)
    expect(one.record.format).toBe('github-graphql-pulls-json')
    const [cut, whole] = rowsOf(one, 'pullRequest')
    expect(cut).toMatchObject({
      repository: 'github.com/o/r',
      author: 'house-agent[bot]',
      authorIsBot: 1,
      state: 'merged',
      closes: 'o/r#3',
      labels: 'api',
      agent: 'Claude Code',
      commitsKnown: 0,
      reviewsKnown: 1,
    })
    expect(whole).toMatchObject({ number: 10, commitsKnown: 1, agent: null })
    expect(rowsOf(one, 'review').map(({ number, reviewer }) => [number, reviewer])).toEqual([
      [9, 'bo'],
      [9, 'critic[bot]'],
      [10, 'bo'],
      [10, 'critic[bot]'],
    ])
  })

  it('joins REST reviews of the same review', async () => {
    const facts = await all(JSON.parse(page(node)), [review])
    expect(facts.review.rows).toBe(2)
  })

  it('keeps aside what names no repository', async () => {
    const text = JSON.stringify({ data: { repository: { pullRequests: { nodes: [node] } } } })
    expect((await staged('p.json', text)).keptAside.map(({ column }) => column)).toEqual(['url'])
    const chosen = await staged('p.json', text, { repository: 'github.com/o/r' })
    expect(rowsOf(chosen, 'pullRequest')[0]!.repository).toBe('github.com/o/r')
  })
})

describe('GitHub deployments', () => {
  const deployment = {
    id: 7,
    sha: sha('a'),
    task: 'deploy',
    environment: 'production',
    created_at: '2026-01-01T00:00:00Z',
    statuses_url: 'https://api.github.com/repos/o/r/deployments/7/statuses',
    repository_url: 'https://api.github.com/repos/o/r',
  }
  const status = (state: string, at: string, id = 7) => ({
    id: 1,
    state,
    environment: 'production',
    created_at: at,
    deployment_url: `https://api.github.com/repos/o/r/deployments/${id}`,
  })

  it('take their end from the first success among the statuses', async () => {
    const list = await read([deployment])
    expect(rowsOf(list, 'deployment')[0]).toMatchObject({ service: 'r', result: null, finishedAt: null, sha: sha('a') })
    const words = [
      status('inactive', '2026-01-01T09:00:00Z'),
      status('success', '2026-01-01T03:00:00Z'),
      status('success', '2026-01-01T02:00:00Z'),
      status('in_progress', '2026-01-01T01:00:00Z'),
      status('queued', '2026-01-01T01:00:00Z', 8),
    ]
    const statuses = await read(words)
    expect(statuses.record.counts).toMatchObject({ rows: 5, new: 1, duplicate: 0, blank: 4 })
    for (const facts of [await all([deployment], words), await all(words, [deployment])]) {
      expect(saying(facts)).toContain(
        `"deploymentId":"7","service":"r","environment":"production","sha":"${sha('a')}","startedAt":${Date.UTC(2026, 0, 1)},"finishedAt":${Date.UTC(2026, 0, 1, 2)},"result":"success"`,
      )
      expect(facts.deployment.rows).toBe(1)
    }
  })

  it.each([
    [[], null, null],
    [[{ state: 'IN_PROGRESS', createdAt: '2026-01-01T01:00:00Z' }], null, null],
    [[{ state: 'FAILURE', createdAt: '2026-01-01T01:00:00Z' }], 'failure', 1],
    [
      [
        { state: 'INACTIVE', createdAt: '2026-01-01T05:00:00Z' },
        { state: 'SUCCESS', createdAt: '2026-01-01T04:00:00Z' },
        { state: 'ERROR', createdAt: '2026-01-01T03:00:00Z' },
      ],
      'success',
      4,
    ],
  ])('GraphQL statuses %j are %s', async (nodes, result, hour) => {
    const one = await read({
      data: {
        repository: {
          nameWithOwner: 'o/r',
          deployments: {
            nodes: [
              {
                databaseId: 7,
                commitOid: sha('a'),
                environment: 'production',
                state: 'INACTIVE',
                createdAt: '2026-01-01T00:00:00Z',
                statuses: { nodes },
              },
            ],
          },
        },
      },
    })
    expect(one.record.format).toBe('github-deployments-json')
    expect(rowsOf(one, 'deployment')[0]).toMatchObject({
      deploymentId: '7',
      service: 'r',
      result,
      finishedAt: hour === null ? null : Date.UTC(2026, 0, 1, hour),
    })
  })
})
