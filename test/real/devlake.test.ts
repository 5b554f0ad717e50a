import { expect, test } from 'vitest'
import { UTC } from '../../shared/calendar/index.ts'
import { accountsOf, suggestMerges, withLogins } from '../../shared/delivery/index.ts'
import { isCaseMetric, metricById, type MetricContext } from '../../shared/metrics/index.ts'
import type { Instant } from '../../shared/quantities/index.ts'
import { at, factsOf, onDay } from '../support/build-facts.ts'
import { describeReal, readShared } from '../support/shared-data.ts'
import { factsOf as stagedFacts, joined, NOTHING, staged } from '../support/stage.ts'

/** The worked pipeline of DevLake's own tests: six pull requests, two lines, staging, a failed deployment. */
function rowsOf(name: string): readonly Readonly<Record<string, string>>[] {
  const text = new TextDecoder().decode(readShared(`delivery/devlake/dora__change_lead_time__${name}.csv`))
  const [head, ...lines] = text.trim().split(/\r?\n/)
  const names = head!.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell])))
}

/** `2023-4-11 4:51:47` or ISO. */
function moment(text: string): Instant | null {
  if (text === '') return null
  const plain = /^(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+)$/.exec(text)
  if (!plain) return at(text)
  const [, year, ...rest] = plain
  const [month, day, hour, minute, second] = rest.map((part) => part.padStart(2, '0'))
  return at(`${year}-${month}-${day}T${hour}:${minute}:${second}`)
}

const numberOf = (id: string): number => Number(id.slice(2))

/** Order on the main line, as the fixture's commit differences say: a deployment holds what landed before its commit. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  REPO111: [
    'pr_merge_commit0',
    'commit1',
    'pr_merge_commit1',
    'pr_merge_commit2',
    'commit5',
    'commit7',
    'pr_merge_commit4',
    'commit8',
    'commit9',
  ],
  REPO222: ['commit2', 'pr_merge_commit3', 'commit6'],
}

function pipeline(): MetricContext {
  const pulls = rowsOf('pull_requests')
  const mergedAt = new Map(pulls.map((pull) => [pull['merge_commit_sha']!, moment(pull['merged_date']!)]))
  const facts = factsOf({
    landing: Object.entries(LINES).flatMap(([repository, shas]) =>
      shas.map((sha, i) => ({
        repository,
        sha,
        position: shas.length - i,
        committedAt: mergedAt.get(sha) ?? at('2023-04-10T00:00'),
        subject: sha,
      })),
    ),
    pullRequest: pulls.map((pull) => ({
      repository: pull['base_repo_id']!,
      number: numberOf(pull['id']!),
      author: pull['author_id'] || null,
      createdAt: moment(pull['created_date']!),
      mergedAt: moment(pull['merged_date']!),
      mergeSha: pull['merge_commit_sha']!,
      reviewsKnown: 1,
      commitsKnown: 1,
    })),
    review: rowsOf('pull_request_comments').map((comment) => ({
      repository: 'repo1',
      number: numberOf(comment['pull_request_id']!),
      reviewer: comment['account_id']!,
      state: 'COMMENTED',
      submittedAt: moment(comment['created_date']!),
    })),
    pullCommit: rowsOf('pull_request_commits').map((commit) => ({
      repository: 'repo1',
      number: numberOf(commit['pull_request_id']!),
      sha: commit['commit_sha']!,
      authoredAt: moment(commit['commit_authored_date']!),
    })),
    deployment: rowsOf('cicd_deployment_commits').map((row) => ({
      deploymentId: row['id']!,
      service: row['repo_url']!,
      environment: row['environment']!.toLowerCase() || null,
      sha: row['commit_sha']!,
      finishedAt: moment(row['finished_date']!),
      result: row['result']!.toLowerCase(),
    })),
  })
  const settings = { zone: UTC, currency: 'USD', featureMarks: [], productionEnvironments: [], fewestCases: 1 }
  return { facts, settings, asOf: onDay('2023-05-01') }
}

/** Minutes of every pull request by number, rounded up as the fixture has them; what is left out has no entry. */
function minutesOf(id: string, context: MetricContext): ReadonlyMap<number, number> {
  const metric = metricById(id)!
  if (!isCaseMetric(metric)) throw new Error(`${id} is not made of cases`)
  const stream = metric.streamOf(context)
  const minutes = new Map<number, number>()
  for (let i = 0; stream && i < stream.length; i++)
    if (stream.left[i] === 0)
      minutes.set(stream.caseAt(i).pull!.number, Math.ceil(Number((stream.part[i]! * 60).toFixed(6))))
  return minutes
}

const COLUMNS = {
  'coding-time': 'pr_coding_time',
  'review-latency': 'pr_pickup_time',
  'review-time': 'pr_review_time',
  'deploy-time': 'pr_deploy_time',
} as const

/** Where the definitions part, with the reason; everything else agrees to the minute. */
const DIFFERENCES: readonly (readonly [keyof typeof COLUMNS, number, string, number | null, string])[] = [
  [
    'review-time',
    3,
    '5760',
    null,
    'the first comment is older than the pull request: left out, not measured from there',
  ],
  ['review-time', 5, '313068', null, 'the same, by seven months'],
  ['deploy-time', 0, '', 610_681, 'the first deployment of a line counts too, not only one after another deployment'],
]

describeReal('the worked pipeline of DevLake', () => {
  const context = (): MetricContext => pipeline()

  test.each(Object.entries(COLUMNS))('%s: the documented minutes, or a difference that is listed', (id, column) => {
    const ours = minutesOf(id, context())
    for (const row of rowsOf('project_pr_metrics')) {
      const number = numberOf(row['id']!)
      const listed = DIFFERENCES.find(([own, of]) => own === id && of === number)
      const mine = ours.get(number) ?? null
      if (listed) expect([row[column], mine], `${id} of pr${number}: ${listed[4]}`).toEqual([listed[2], listed[3]])
      else expect(mine === null ? '' : String(mine), `${id} of pr${number}`).toBe(row[column])
    }
  })

  test('from the first commit to production: their cycle time, where its parts are all there', () => {
    // 1440 coding + 60 open + 2978 to production, each rounded up.
    expect(minutesOf('lead-time', context()).get(1)).toBe(4478)
    // Opened to production; the first commit is dated after the opening and has no part in theirs.
    expect(minutesOf('cycle-time', context()).get(2)).toBe(1598)
  })

  test('its lists of accounts and users join what other tools name by login and by address', async () => {
    let known = NOTHING
    for (const name of ['user_accounts', 'accounts', 'users']) {
      const bytes = readShared(`delivery/devlake/org__raw_tables__${name}.csv`)
      known = joined(known, await staged(name, bytes, {}, known))
    }
    expect(known.imports.map(({ counts }) => [counts.rows, counts.new])).toEqual([
      [3, 3],
      [10, 10],
      [10, 10],
    ])
    const usage = 'date,user,model,cost\n2026-02-01,n3,m,1\n2026-02-02,e2,m,2\n2026-02-02,n9,m,2\n'
    known = joined(known, await staged('usage.csv', usage, {}, known))
    // Account a3 is n3 with the address e2; nobody else of the three stands in one list with another.
    const suggested = suggestMerges(accountsOf(withLogins(stagedFacts(known))))
    expect(suggested.map(({ accounts, reasons }) => [accounts, reasons])).toEqual([[['e2', 'n3'], ['listed']]])
  })
})
