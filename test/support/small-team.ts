import { instantOf } from '../../shared/quantities/index.ts'
import { at, type FactRows, onDay, units } from './build-facts.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

export interface TeamChoices {
  /** Landings, one every 12 hours from Monday 2026-01-05. */
  readonly changes?: number
  /** Four when left out: too few to be told in groups. */
  readonly people?: number
}

type TeamTables = 'landing' | 'fileChange' | 'pullRequest' | 'review' | 'deployment' | 'incident' | 'usage'

/**
 * A made-up team with round answers. Change i is opened at 12 i hours, reviewed 2 h later, approved 4 h later, merged 6 h
 * later, in production 10 h later: cycle time 10 h, of which 2 h until review + 2 h until merge + 4 h until production wait.
 * Every third change is marked by an agent, every fourth is a feature, every tenth is closed unmerged, every eighth
 * deployment is followed by an incident. $12.50 and 10,500 tokens a day.
 */
export function smallTeam({ changes = 240, people = 4 }: TeamChoices = {}): Required<Pick<FactRows, TeamTables>> &
  FactRows {
  const first = at('2026-01-05T00:00')
  const rows = {
    landing: [] as NonNullable<FactRows['landing']>[number][],
    fileChange: [] as NonNullable<FactRows['fileChange']>[number][],
    pullRequest: [] as NonNullable<FactRows['pullRequest']>[number][],
    review: [] as NonNullable<FactRows['review']>[number][],
    pullCommit: [] as NonNullable<FactRows['pullCommit']>[number][],
    deployment: [] as NonNullable<FactRows['deployment']>[number][],
    incident: [] as NonNullable<FactRows['incident']>[number][],
    usage: [] as NonNullable<FactRows['usage']>[number][],
  }
  for (let i = 0; i < changes; i++) {
    const opened = first + i * 12 * HOUR
    const sha = `${String(i).padStart(8, '0')}${'a'.repeat(32)}`
    const author = `dev${i % people}`
    const pull = { repository: 'github.com/acme/shop', number: i + 1 }
    rows.landing.push({
      repository: 'shop',
      sha,
      position: changes - 1 - i,
      authoredAt: instantOf(opened - HOUR),
      committedAt: instantOf(opened + 6 * HOUR),
      authorEmail: `${author}@acme.test`,
      subject: `${i % 4 === 0 ? 'feat: ' : 'fix: '}change ${i} (#${i + 1})`,
      pullRequest: i + 1,
      coAuthors: i % 3 === 0 ? 'Claude <noreply@anthropic.com>' : null,
    })
    rows.fileChange.push({
      repository: 'shop',
      sha,
      path: `src/area${i % 2}/file${i % 5}.ts`,
      added: 20,
      deleted: i < 10 ? 0 : 4,
    })
    rows.pullRequest.push({
      ...pull,
      title: `${i % 4 === 0 ? 'feat(api): ' : 'fix: '}change ${i}`,
      state: i % 10 === 9 ? 'closed' : 'merged',
      author,
      authorIsBot: 0,
      createdAt: instantOf(opened),
      mergedAt: i % 10 === 9 ? null : instantOf(opened + 6 * HOUR),
      closedAt: instantOf(opened + 6 * HOUR),
      mergeSha: i % 10 === 9 ? null : sha,
      agent: i % 3 === 0 ? 'Claude Code' : null,
      reviewsKnown: 1,
      commitsKnown: 1,
    })
    rows.review.push(
      { ...pull, reviewer: 'coderabbitai[bot]', state: 'COMMENTED', submittedAt: instantOf(opened + HOUR / 60) },
      { ...pull, reviewer: `dev${(i + 1) % people}`, state: 'COMMENTED', submittedAt: instantOf(opened + 2 * HOUR) },
      { ...pull, reviewer: `dev${(i + 1) % people}`, state: 'APPROVED', submittedAt: instantOf(opened + 4 * HOUR) },
    )
    rows.pullCommit.push({
      ...pull,
      sha: `c${i}`,
      authoredAt: instantOf(opened - HOUR),
      committedAt: instantOf(opened - HOUR),
      headline: 'work',
    })
    rows.deployment.push({
      deploymentId: `d${i}`,
      service: 'shop',
      environment: i % 2 === 0 ? 'prod-eu' : 'production',
      sha,
      finishedAt: instantOf(opened + 10 * HOUR),
      result: 'success',
      isUnplanned: 0,
    })
    if (i % 8 === 0) {
      rows.incident.push({
        incidentId: `n${i}`,
        service: 'shop',
        startedAt: instantOf(opened + 11 * HOUR),
        causedByDeployment: null,
      })
    }
  }
  for (let day = 0; day < changes / 2; day++) {
    rows.usage.push({
      day: onDay(new Date(first + day * DAY).toISOString().slice(0, 10)),
      tool: 'Claude API',
      model: day % 2 === 0 ? 'opus' : 'haiku',
      person: `dev${day % people}`,
      workspace: day % 2 === 0 ? 'checkout' : 'search',
      requests: 10,
      uncachedInput: 1_000,
      cacheRead: 9_000,
      output: 500,
      currency: 'USD',
      billed: units(12.5),
      listed: units(20),
    })
  }
  return rows
}
