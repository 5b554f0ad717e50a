import { describe, expect, test } from 'vitest'
import { addDays, dayIn, UTC, type Zone } from '../../../shared/calendar/index.ts'
import { metricById, type MetricContext, type MetricSettings } from '../../../shared/metrics/index.ts'
import { boundsOf } from '../../../shared/metrics/bounds.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { at, type FactRows, factsOf, onDay, units } from '../../support/build-facts.ts'

/* One example for each definition the plain programs found to be computed in another way. */

const settings: MetricSettings = {
  zone: UTC,
  currency: 'USD',
  featureMarks: [],
  productionEnvironments: [],
  fewestCases: 1,
}
const march = { from: onDay('2026-03-01'), to: onDay('2026-03-31') }

function measure(id: string, rows: FactRows) {
  const context: MetricContext = { facts: factsOf(rows), settings, asOf: onDay('2026-05-31') }
  const value = metricById(id)!.measure(context, march)
  if (!value.known) throw new Error(`unknown: ${value.why.code}`)
  return value
}

const sha = (n: number) => String(n).padEnd(40, 'b')
const landing = (n: number, when: string, more: NonNullable<FactRows['landing']>[number] = {}) => ({
  repository: 'shop',
  sha: sha(n),
  position: 99 - n,
  committedAt: at(when),
  authorEmail: 'ann@acme.test',
  subject: `change ${n}`,
  ...more,
})
const file = (n: number, added: number, deleted: number, path = 'src/pay/a.ts') => ({
  repository: 'shop',
  sha: sha(n),
  path,
  added,
  deleted,
})
const pull = (number: number, created: string, merged: string | null, more: object = {}) => ({
  repository: 'shop',
  number,
  title: `change ${number}`,
  state: merged === null ? 'closed' : 'merged',
  author: 'ann',
  createdAt: at(created),
  mergedAt: merged === null ? null : at(merged),
  closedAt: at(merged ?? '2026-03-20T00:00'),
  reviewsKnown: 1,
  commitsKnown: 1,
  ...more,
})

test('where the files before the first landing are known, a quarter of the way from spread to newest-first deletions is likely', () => {
  const rows: FactRows = {
    landing: [landing(1, '2026-03-10T09:00'), landing(2, '2026-03-11T09:00'), landing(3, '2026-05-20T09:00')],
    fileChange: [file(1, 20, 0), file(2, 0, 10), file(3, 1, 0, 'b.ts')],
  }
  // Of 20 new lines 10 go, whichever of 80 old and 20 new they are: 2 when spread, 10 when the newest go first.
  const value = measure('seven-day-rewrite-rate', {
    ...rows,
    fileBaseline: [{ repository: 'shop', path: 'src/pay/a.ts', lines: 80 }],
  })
  expect([value.value, value.interval]).toEqual([(2 + 0.25 * 8) / 20, [0.1, 0.5]])
  expect(measure('seven-day-rewrite-rate', rows).value).toBe(0.5)
})

test('agents own nothing: a landing of theirs is of the person who stands behind it, else of one owner for all', () => {
  const agents = ['noreply@anthropic.com', 'cursoragent@cursor.com']
  const rows = (coAuthors: string | null): FactRows => ({
    landing: Array.from({ length: 20 }, (_, n) =>
      landing(n, '2026-03-10T09:00', n < 10 ? {} : { authorEmail: agents[n % 2]!, coAuthors }),
    ),
    fileChange: Array.from({ length: 20 }, (_, n) => file(n, 1, 0)),
  })
  expect(measure('ownership-diffusion', rows(null)).value).toBe(0.5)
  expect(measure('ownership-diffusion', rows('Ann <ann@acme.test>')).value).toBe(0)
})

test('who looks at a change after its merge did not let it pass', () => {
  const review = (number: number, when: string) => ({
    repository: 'shop',
    number,
    reviewer: 'ben',
    state: 'APPROVED',
    submittedAt: at(when),
  })
  const value = measure('first-pass-acceptance', {
    pullRequest: [pull(1, '2026-03-02T09:00', '2026-03-02T12:00'), pull(2, '2026-03-03T09:00', '2026-03-03T12:00')],
    review: [review(1, '2026-03-02T10:00'), review(2, '2026-03-03T13:00')],
  })
  expect([value.n, value.excluded]).toEqual([1, { 'nobody reviewed it': 1 }])
})

test('a draft is of the day it was created, however late it was offered for review', () => {
  const value = measure('ai-change-acceptance', {
    pullRequest: [
      pull(1, '2026-03-02T09:00', '2026-03-20T09:00', { agent: 'Codex', readyAt: at('2026-03-15T09:00') }),
      // Closed 40 days after its creation and 10 after it was offered.
      pull(2, '2026-03-02T09:00', '2026-04-11T09:00', { agent: 'Codex', readyAt: at('2026-04-01T09:00') }),
      pull(3, '2026-05-30T09:00', '2026-05-30T12:00'),
    ],
  })
  expect([value.n, value.excluded]).toEqual([1, { 'not closed within 30 days': 1 }])
})

describe('a landing taken back by name is unstable', () => {
  test.each([
    ['Add cart', 'Revert "Add cart"', 1],
    ['Add cart', 'revert: Add cart', 1],
    ['Add cart (#12)', 'Revert "Add cart" (#13)', 1],
    ['Add cart (#12)', 'Revert "Add cart (#12)" (#13)', 1],
    ['Add cart (#12)', 'revert: Add cart (#13)', 1],
    ['Add carts', 'Revert "Add cart"', 0],
    ['Add cart', 'Reverting is hard', 0],
  ])('%s, then %s: %d', (subject, later, share) => {
    const value = measure('unstable-72h', {
      landing: [
        landing(1, '2026-03-10T09:00', { subject }),
        landing(2, '2026-03-11T09:00', { subject: later }),
        landing(3, '2026-05-20T09:00'),
      ],
      fileChange: [file(1, 20, 0), file(2, 1, 0, 'b.ts'), file(3, 1, 0, 'b.ts')],
    })
    expect([value.n, value.value]).toEqual([1, share])
  })
})

test('all changes that came with a deployment that failed did not hold, not only the last of them', () => {
  const numbers = [1, 2, 3, 4, 5]
  const deployment = (n: number, when: string, more: object = {}) => ({
    deploymentId: `d${n}`,
    service: 'shop',
    environment: 'production',
    // Cut as many tools write it.
    sha: n === 4 ? sha(n).slice(0, 9) : sha(n),
    finishedAt: at(when),
    result: 'success',
    ...more,
  })
  const value = measure('token-efficiency', {
    landing: [...numbers.map((n) => landing(n, `2026-03-0${n + 1}T12:00`)), landing(9, '2026-05-20T09:00')],
    fileChange: [...numbers, 9].map((n) => file(n, 10, 0, `src/${n}.ts`)),
    pullRequest: numbers.map((n) =>
      pull(n, `2026-03-0${n + 1}T09:00`, `2026-03-0${n + 1}T12:00`, { mergeSha: sha(n) }),
    ),
    deployment: [
      deployment(1, '2026-03-02T13:00'),
      deployment(4, '2026-03-05T13:00'),
      deployment(5, '2026-03-06T13:00'),
    ],
    incident: [{ incidentId: 'n1', service: 'shop', causedByDeployment: 'd4' }],
    usage: [{ day: onDay('2026-03-05'), tool: 'T', model: 'claude-sonnet-4-5', uncachedInput: 1000, billed: units(1) }],
  })
  expect([value.n, value.excluded]).toEqual([2, { 'came with a failure': 3 }])
})

test('tokens of a model without a price are told and lower the coverage, also of a tool with other models', () => {
  const use = { day: onDay('2026-03-05'), tool: 'T', currency: 'USD' }
  const rows = {
    pullRequest: [pull(1, '2026-03-02T09:00', '2026-03-02T12:00')],
    usage: [
      { ...use, model: 'claude-sonnet-4-5', uncachedInput: 600 },
      // A total beside tokens by kind takes nothing away from them.
      { ...use, model: 'claude-sonnet-4-5', unsplitTokens: 100 },
      { ...use, model: 'unheard-of', uncachedInput: 300 },
      { ...use, model: 'unheard-of', day: onDay('2026-03-06'), output: 200 },
    ],
  } satisfies FactRows
  const value = measure('tokens-per-accepted-change', rows)
  expect([value.value, value.excluded]).toEqual([600, { 'unheard-of: rows without tokens that have a price': 2 }])
  expect(value.coverage).toBeCloseTo((2 / 31) * (600 / 1200), 9)
})

test.each(['America/Santiago', 'America/Havana', 'Africa/Cairo', 'Atlantic/Azores', 'Europe/Berlin', 'Asia/Beirut'])(
  'law: every day of 2026 in %s begins with its first moment',
  (name) => {
    const zone = name as Zone
    for (let day = onDay('2026-01-01'); day < '2027-01-01'; day = addDays(day, 1)) {
      const { from } = boundsOf({ from: day, to: day }, zone)
      expect([dayIn(instantOf(from - 1), zone), dayIn(instantOf(from), zone)]).toEqual([addDays(day, -1), day])
    }
  },
)

test('changes whose landing is not imported make the number of those that held an estimate that says so', () => {
  const rows = (isSecondLanded: boolean): FactRows => ({
    landing: [
      landing(1, '2026-03-02T12:00'),
      ...(isSecondLanded ? [landing(2, '2026-03-03T12:00')] : []),
      landing(9, '2026-05-20T09:00'),
    ],
    fileChange: [file(1, 10, 0), file(9, 1, 0, 'b.ts')],
    pullRequest: [1, 2].map((n) => pull(n, `2026-03-0${n + 1}T09:00`, `2026-03-0${n + 1}T12:00`, { mergeSha: sha(n) })),
    deployment: [
      {
        deploymentId: 'd',
        environment: 'production',
        sha: sha(9),
        finishedAt: at('2026-05-20T10:00'),
        result: 'success',
      },
      {
        deploymentId: 'e',
        environment: 'production',
        sha: sha(2),
        finishedAt: at('2026-05-20T10:00'),
        result: 'success',
      },
    ],
    usage: [{ day: onDay('2026-03-05'), tool: 'T', model: 'claude-sonnet-4-5', uncachedInput: 1000 }],
  })
  const [followed, other] = [true, false].map((is) => measure('token-efficiency', rows(is)))
  expect([followed!.n, followed!.quality, followed!.note]).toEqual([
    2,
    'exact',
    expect.not.stringContaining('count as held'),
  ])
  expect([other!.n, other!.quality, other!.note]).toEqual([2, 'estimate', expect.stringContaining('count as held')])
})

test('an estimate without known ends has none: context switching is not told between itself and itself', () => {
  const value = measure('context-switching', {
    pullRequest: [pull(1, '2026-03-02T09:00', '2026-03-02T12:00')],
    review: [
      { repository: 'shop', number: 1, reviewer: 'ben', state: 'APPROVED', submittedAt: at('2026-03-02T10:00') },
    ],
  })
  expect([value.quality, value.interval]).toEqual(['estimate', undefined])
})
