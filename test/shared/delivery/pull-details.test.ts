import { describe, expect, it } from 'vitest'
import { deliveryOf } from '../../../shared/delivery/index.ts'
import { at, type FactRows, factsOf } from '../../support/build-facts.ts'

const repository = 'gitlab.com/acme/api'
const pulls = (rows: FactRows) => deliveryOf(factsOf(rows), { productionEnvironments: [] }).pullRequests
const pull = { repository, number: 4, state: 'merged', createdAt: at('2026-01-01T00:00') } as const

describe('what exports leave out of a pull request', () => {
  it('takes the time of a merge from its landing, and leaves it unknown without one', () => {
    const landing = {
      repository: 'api',
      sha: 'a'.repeat(40),
      position: 0,
      committedAt: at('2026-01-03T00:00'),
      pullRequest: 4,
    }
    expect(pulls({ pullRequest: [pull], landing: [landing] })[0]).toMatchObject({
      state: 'merged',
      mergedAt: at('2026-01-03T00:00'),
    })
    expect(pulls({ pullRequest: [pull], landing: [{ ...landing, pullRequest: 5 }] })[0]).toMatchObject({
      state: 'merged',
      mergedAt: null,
      closedAt: null,
    })
  })

  it('does not take some of the commits for all of them', () => {
    const pullCommit = [
      { repository, number: 4, sha: 'b', authoredAt: at('2025-12-31T00:00'), authorEmails: 'ada@x.org' },
    ]
    const [cut] = pulls({ pullRequest: [{ ...pull, commitsKnown: 0 }], pullCommit })
    expect([cut!.areCommitsKnown, cut!.firstCommitAt, cut!.isAgentMarked]).toEqual([
      false,
      at('2025-12-31T00:00'),
      false,
    ])
    expect(pulls({ pullRequest: [pull], pullCommit })[0]!.areCommitsKnown).toBe(true)
  })

  it('finds the mark of an agent on commits that came in another file', () => {
    const pullCommit = [{ repository, number: 4, sha: 'b', authorEmails: 'ada@x.org\nnoreply@anthropic.com' }]
    expect(pulls({ pullRequest: [pull], pullCommit })[0]!.isAgentMarked).toBe(true)
  })
})
