import { expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import { metricById } from '../../../shared/metrics/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import { at, type FactRows, factsOf, onDay } from '../../support/build-facts.ts'

const march = { from: onDay('2026-03-02'), to: onDay('2026-03-08') }
const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40))

function told(id: string, rows: FactRows) {
  const settings = { zone: UTC, currency: 'USD', featureMarks: [], productionEnvironments: [], fewestCases: 1 }
  const value = metricById(id)!.measure({ facts: factsOf(rows), settings, asOf: march.to }, march)
  return value.known ? [value.value, value.n, value.quality] : 'unknown'
}

/** Ada lands twice in one domain, both of one day. */
const landing = [a, b].map((sha, i) => ({
  repository: 'shop',
  sha: sha!,
  position: 1 - i,
  committedAt: at(`2026-03-02T1${i}:00`),
  authorEmail: 'ada@acme.test',
  subject: 'work',
}))
const fileChange = [a, b].map((sha) => ({ repository: 'shop', sha: sha!, path: 'src/cart/x.ts', added: 5, deleted: 1 }))
const pull = (number: number, mergeSha: string | null) => ({
  repository: 'github.com/acme/shop',
  number,
  state: 'merged',
  author: 'ada',
  createdAt: at('2026-03-02T08:00'),
  mergedAt: at('2026-03-02T11:00'),
  mergeSha,
})

test('from landings alone the domain is the context', () => {
  expect(told('context-switching', { landing, fileChange })).toEqual([1, 1, 'proxy'])
  expect(told('context-switch-rate', { landing, fileChange })).toEqual([0, 1, 'proxy'])
  expect(told('context-switching', { landing: landing.map((row) => ({ ...row, committedAt: null })) })).toBe('unknown')
})

test('with reviews, commits, moves and sessions the item or pull request is', () => {
  const pullRequest = [pull(1, a!), pull(2, b!), pull(3, c!)]
  const review = (number: number, time: string, reviewer = 'ada@acme.test') => ({
    repository: 'github.com/acme/shop',
    number,
    reviewer,
    state: 'APPROVED',
    submittedAt: at(`2026-03-02T${time}`),
  })
  const delivered: FactRows = { landing, fileChange, pullRequest }
  // 10:00 change 1, 11:00 change 2, 12:00 review of change 3: three contexts, two switches of two.
  const reviewed = { ...delivered, review: [review(3, '12:00')] }
  expect(told('context-switching', reviewed)).toEqual([3, 1, 'estimate'])
  expect(told('context-switch-rate', reviewed)).toEqual([1, 1, 'estimate'])
  // A machine’s review is nobody’s day.
  expect(told('context-switching', { ...delivered, review: [review(3, '12:00', 'dependabot[bot]')] })).toEqual([
    1,
    1,
    'proxy',
  ])
  // Changes 1 and 2 name one item, and moving it is no context of its own.
  const item = { tracker: 'jira', key: 'SHOP-7', createdAt: at('2026-03-01T09:00') }
  const tracked: FactRows = {
    ...reviewed,
    pullRequest: pullRequest.map((row) => ({ ...row, title: row.number === 3 ? 'node-20' : 'SHOP-7 cart' })),
    workItem: [item],
    statusChange: [{ tracker: 'jira', key: 'SHOP-7', at: at('2026-03-02T11:30'), to: 'Done', author: 'ada@acme.test' }],
  }
  expect(told('context-switching', tracked)).toEqual([2, 1, 'estimate'])
  expect(told('context-switch-rate', tracked)).toEqual([1 / 3, 1, 'estimate'])
  // All five kinds: exact. The commit makes a day of Bo's, the session names change 2, which is the item’s.
  const complete: FactRows = {
    ...tracked,
    pullCommit: [
      {
        repository: 'github.com/acme/shop',
        number: 3,
        sha: c!,
        committedAt: at('2026-03-02T09:00'),
        authorEmails: 'bo@acme.test',
      },
    ],
    usage: [
      {
        day: onDay('2026-03-02'),
        tool: 'T',
        person: 'ada@acme.test',
        session: 'acme/SHOP-7',
        currency: 'USD',
        billed: nanosOf(1_000_000_000n),
      },
    ],
  }
  expect(told('context-switching', complete)).toEqual([1.5, 2, 'exact'])
  expect(told('context-switch-rate', complete)).toEqual([1 / 3, 1, 'exact'])
})
