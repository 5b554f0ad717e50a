import { addDays, type Day, epochDayOf, MS_PER_DAY, MS_PER_HOUR } from '../calendar/index.ts'
import type { Company, Person, Service } from './company.ts'
import { type Dice, diceOf } from './dice.ts'

export interface SampleFile {
  readonly name: string
  readonly text: string
}

export const SAMPLE_WEEKS = 26

interface Landing {
  readonly sha: string
  readonly at: number
  readonly authoredAt: number
  readonly author: Person
  readonly committerEmail: string
  readonly coAuthor: string | null
  readonly subject: string
  readonly service: Service
  readonly files: readonly FileLine[]
}

interface FileLine {
  readonly added: number
  readonly deleted: number
  readonly path: string
}

interface RecentFile {
  path: string
  lines: number
  readonly service: Service
  at: number
}

const AGENTS = [
  {
    mark: 'Claude <noreply@anthropic.com>',
    email: 'noreply@anthropic.com',
    name: 'Claude',
    branch: 'claude',
    weight: 6,
  },
  {
    mark: 'Cursor <cursoragent@cursor.com>',
    email: 'cursoragent@cursor.com',
    name: 'Cursor',
    branch: 'cursor',
    weight: 3,
  },
  {
    mark: 'Copilot <175728472+Copilot@users.noreply.github.com>',
    email: '175728472+Copilot@users.noreply.github.com',
    name: 'Copilot',
    branch: 'copilot',
    weight: 1,
  },
] as const
const AGENT_DRAW = AGENTS.flatMap((agent) => Array.from({ length: agent.weight }, () => agent))

const KINDS = [
  { prefix: 'feat', label: 'feature', weight: 34 },
  { prefix: 'fix', label: 'bug', weight: 26 },
  { prefix: 'refactor', label: 'refactor', weight: 18 },
  { prefix: 'chore', label: 'maintenance', weight: 14 },
  { prefix: 'docs', label: 'documentation', weight: 8 },
] as const
const KIND_DRAW = KINDS.flatMap((kind) => Array.from({ length: kind.weight }, () => kind))
const VERBS = 'add split harden cache batch simplify move retry validate trace'.split(' ')
const THINGS =
  'parcel quotes|label printing|delivery windows|address checks|rate limits|retry budget|event replay|claim states|customs forms|driver hand-over|price rules|tracking links|ledger export|search filters|health checks'.split(
    '|',
  )
const PARTS = 'handler service model client store schema routes worker mapper policy'.split(' ')

/**
 * Git landings, pull requests, deployments and incidents of 26 weeks, in the shapes of `git log` (QD1), `gh pr list --json`
 * and the two generic CSV files. Pull requests and the share written by agents rise week by week; pick-up and review take
 * longer; recent files are rewritten more often; one week brings a burst of incidents.
 */
export function makeDeliveryFiles(company: Company, seed: number, today: Day): readonly SampleFile[] {
  const firstDay = addDays(today, -SAMPLE_WEEKS * 7 + 1)
  const start = epochDayOf(firstDay) * MS_PER_DAY
  const end = (epochDayOf(today) + 1) * MS_PER_DAY
  const files: SampleFile[] = []
  const deployments: string[][] = []
  const incidents: { readonly at: number; readonly cells: string[] }[] = []
  for (const repository of company.repositories) {
    const dice = diceOf(seed, `delivery ${repository}`)
    const { landings, pulls } = inventRepository(company, repository, dice, start, end)
    files.push({ name: `quarterdeck-${repository}.txt`, text: writeGitLog(landings) })
    files.push({ name: `gh-pr-list-${repository}.json`, text: `[\n${pulls.join(',\n')}\n]\n` })
    inventDeployments(
      repository,
      landings,
      diceOf(seed, `deployments ${repository}`),
      start,
      end,
      deployments,
      incidents,
    )
  }
  deployments.sort((a, b) => (a[4]! < b[4]! ? -1 : 1))
  incidents.sort((a, b) => a.at - b.at)
  files.push({
    name: 'deployments.csv',
    text: table(
      'deployment_id,service,environment,commit_sha,started_at,finished_at,result,unplanned,caused_by_incident',
      deployments,
    ),
  })
  files.push({
    name: 'incidents.csv',
    text: table(
      'incident_id,service,severity,started_at,resolved_at,caused_by_deployment',
      incidents.map(({ cells }) => cells),
    ),
  })
  return files
}

/** 0 in the first week, 1 in the last. */
function progress(at: number, start: number): number {
  return Math.min(1, Math.max(0, (at - start) / (SAMPLE_WEEKS * 7 * MS_PER_DAY)))
}

function inventRepository(company: Company, repository: string, dice: Dice, start: number, end: number) {
  const teams = company.teams.flatMap((team, index) => (team.repository === repository ? [index] : []))
  const people = company.people.filter(({ team }) => teams.includes(team))
  const services = company.services.filter(({ team }) => teams.includes(team))
  const landings: Landing[] = []
  const pulls: string[] = []
  const recent: RecentFile[] = []
  let number = dice.whole(380, 900)
  const opened: number[] = []
  for (let week = 0; week < SAMPLE_WEEKS; week++) {
    const wanted = Math.round((10 + 0.36 * week) * (1 + 0.12 * dice.normal()))
    for (let i = 0; i < wanted; i++) opened.push(workMoment(start + (week * 7 + dice.whole(0, 6)) * MS_PER_DAY, dice))
  }
  opened.sort((a, b) => a - b)
  for (const createdAt of opened) {
    if (createdAt >= end) continue
    number++
    const t = progress(createdAt, start)
    const agent = dice.chance(0.24 + 0.34 * t) ? dice.pick(AGENT_DRAW) : null
    const kind = dice.pick(KIND_DRAW)
    const author = dice.pick(people)
    const service = pickService(author, people, services, dice)
    const reviewer = dice.pick(people.filter(({ login }) => login !== author.login))
    const authoredAt = createdAt - dice.around(agent ? 4 : 16, 0.7) * MS_PER_HOUR
    const pickupAt = intoWorkingHours(createdAt + dice.around(1.5 + 2.3 * t, 0.85) * MS_PER_HOUR, dice)
    const changesAsked = dice.chance((agent ? 0.22 : 0.15) + 0.1 * t)
    const isMerged = !dice.chance(agent ? 0.3 - 0.06 * t : 0.07)
    const isApprovedAtOnce = !changesAsked && isMerged && dice.chance(0.3)
    const talk = dice.around((changesAsked ? 16 : 7) * (1 + 0.5 * t), 0.6) * MS_PER_HOUR
    const approvedAt = isApprovedAtOnce ? pickupAt : intoWorkingHours(pickupAt + talk, dice)
    const closedAt = intoWorkingHours(approvedAt + dice.around(0.3 + 0.4 * t, 0.8) * MS_PER_HOUR, dice)
    const title = `${kind.prefix}: ${dice.pick(VERBS)} ${dice.pick(THINGS)} in ${service.name}`
    const isRework = dice.chance(0.46 + 0.34 * t)
    const touched = inventFiles(service, kind.prefix, agent !== null, isRework, t, recent, createdAt, dice)
    const sha = dice.hex(40)
    const isOpen = closedAt >= end || dice.chance(0.004)
    const state = isOpen ? 'OPEN' : isMerged ? 'MERGED' : 'CLOSED'
    const reviews: unknown[] = []
    const review = (who: Person, mark: string, at: number) => {
      if (at >= end) return
      reviews.push({
        id: `PRR_${dice.hex(12)}`,
        author: { login: who.login },
        authorAssociation: 'MEMBER',
        body: '',
        submittedAt: second(at),
        state: mark,
      })
    }
    const isReviewed = !dice.chance(0.03 + 0.05 * t)
    if (isReviewed) {
      review(reviewer, isApprovedAtOnce ? 'APPROVED' : changesAsked ? 'CHANGES_REQUESTED' : 'COMMENTED', pickupAt)
      if (!isApprovedAtOnce && dice.chance(0.4)) review(author, 'COMMENTED', (pickupAt + approvedAt) / 2)
      if (!isApprovedAtOnce && state !== 'CLOSED') review(reviewer, 'APPROVED', approvedAt)
    }
    const commit = (at: number, headline: string) => ({
      oid: dice.hex(40),
      messageHeadline: headline,
      messageBody: agent ? `Co-authored-by: ${agent.mark}` : '',
      authoredDate: second(at),
      committedDate: second(at),
      authors: [
        { name: author.name, email: author.email, id: '', login: author.login },
        ...(agent ? [{ name: agent.name, email: agent.email, id: '', login: agent.branch }] : []),
      ],
    })
    const commits = [commit(authoredAt, title)]
    if (changesAsked && approvedAt < end) commits.push(commit((pickupAt + approvedAt) / 2, 'address review'))
    const added = touched.reduce((sum, file) => sum + file.added, 0)
    const deleted = touched.reduce((sum, file) => sum + file.deleted, 0)
    const closed = isOpen ? null : second(closedAt)
    pulls.push(
      JSON.stringify({
        additions: added,
        author: { id: '', is_bot: false, login: author.login, name: author.name },
        changedFiles: touched.length,
        closedAt: closed,
        closingIssuesReferences: [],
        commits,
        createdAt: second(createdAt),
        deletions: deleted,
        headRefName: `${agent ? agent.branch : author.login}/${service.name}-${number}`,
        isDraft: false,
        labels: [{ name: kind.label }, { name: company.teams[author.team]!.workspace }],
        mergeCommit: state === 'MERGED' ? { oid: sha } : null,
        mergedAt: state === 'MERGED' ? closed : null,
        number,
        reviews,
        state,
        title,
        updatedAt: second(Math.min(end - 1000, isOpen ? Math.max(createdAt, pickupAt) : closedAt)),
        url: `https://github.com/${company.owner}/${repository}/pull/${number}`,
      }),
    )
    if (state !== 'MERGED') continue
    landings.push({
      sha,
      at: closedAt,
      authoredAt,
      author,
      committerEmail: 'noreply@github.com',
      coAuthor: agent?.mark ?? null,
      subject: `${title} (#${number})`,
      service,
      files: touched,
    })
    if (dice.chance(0.012 + 0.012 * t)) {
      const revertAt = nextWorkday(closedAt + dice.around(14, 0.7) * MS_PER_HOUR)
      if (revertAt < end)
        landings.push({
          sha: dice.hex(40),
          at: revertAt,
          authoredAt: revertAt,
          author: reviewer,
          committerEmail: reviewer.email,
          coAuthor: null,
          subject: `Revert "${title} (#${number})"`,
          service,
          files: touched
            .filter(({ path }) => !path.includes('=>'))
            .map(({ added: plus, deleted: minus, path }) => ({ added: minus, deleted: plus, path })),
        })
    }
  }
  landings.sort((a, b) => a.at - b.at)
  return { landings, pulls }
}

/** Most work is on the few services a person looks after; now and then it is anywhere in the repository. */
function pickService(author: Person, people: readonly Person[], services: readonly Service[], dice: Dice): Service {
  if (dice.chance(0.14)) return dice.pick(services)
  const own = services.filter(({ team }) => team === author.team)
  const home = (people.indexOf(author) * 5 + Math.floor(dice.next() ** 2 * 4)) % own.length
  return own[home]!
}

/** Files of one change; the deletions of a rewriting change fall on files added to in the last weeks. */
function inventFiles(
  service: Service,
  prefix: string,
  byAgent: boolean,
  isRework: boolean,
  t: number,
  recent: RecentFile[],
  at: number,
  dice: Dice,
): FileLine[] {
  while (recent.length > 0 && recent[0]!.at < at - 20 * MS_PER_DAY) recent.shift()
  const folder = `services/${service.name}`
  if (prefix === 'docs') return [{ added: dice.whole(8, 90), deleted: dice.whole(0, 20), path: `${folder}/README.md` }]
  const lines: FileLine[] = []
  const seen = new Set<string>()
  const size = dice.around((byAgent ? 110 : 62) * (1 + 0.25 * t), 0.8)
  const count = dice.whole(1, byAgent ? 5 : 4)
  for (let i = 0; i < count; i++) {
    const part = dice.pick(PARTS)
    const path =
      i > 0 && dice.chance(0.4) ? `${folder}/test/${part}.test.ts` : `${folder}/src/${part}-${dice.whole(1, 9)}.ts`
    if (seen.has(path)) continue
    seen.add(path)
    const added = Math.max(1, Math.round((size / count) * dice.around(0.9, 0.4)))
    const known = recent.find((file) => file.path === path)
    if (known) known.lines += added
    else recent.push({ path, lines: added, service, at })
    lines.push({ added, deleted: dice.chance(0.3) ? Math.round(added * 0.1 * dice.next()) : 0, path })
  }
  if (isRework) {
    const young = recent.filter((file) => !seen.has(file.path) && file.lines > 12)
    const own = young.filter((file) => file.service.team === service.team)
    const file = own.length > 0 ? dice.pick(own.slice(-14)) : undefined
    if (file) {
      const deleted = Math.round(file.lines * (0.35 + 0.5 * dice.next()))
      const added = Math.round(deleted * (0.5 + 0.6 * dice.next()))
      file.lines += added - deleted
      seen.add(file.path)
      lines.push({ added, deleted, path: file.path })
    }
  }
  if (dice.chance(0.02)) {
    const part = dice.pick(PARTS)
    const from = `${part}-legacy`
    lines.push({ added: 2, deleted: 2, path: `${folder}/src/{${from} => ${part}}/index.ts` })
  }
  if (dice.chance(0.08))
    lines.push({ added: dice.whole(4, 220), deleted: dice.whole(2, 180), path: 'package-lock.json' })
  return lines
}

function writeGitLog(landings: readonly Landing[]): string {
  const records: string[] = []
  for (let i = landings.length - 1; i >= 0; i--) {
    const { sha, at, authoredAt, author, committerEmail, coAuthor, subject, files } = landings[i]!
    const head = [
      'QD1',
      sha,
      landings[i - 1]?.sha ?? '',
      offset(authoredAt),
      offset(at),
      author.name,
      author.email,
      committerEmail === 'noreply@github.com' ? 'GitHub' : author.name,
      committerEmail,
      coAuthor ?? '',
      subject,
    ].join('\u001f')
    const body = files.map(({ added, deleted, path }) => `${added}\t${deleted}\t${path}\n`).join('')
    records.push(`\u001e${head}\n\n${body}`)
  }
  return records.join('')
}

/** A train each working hour takes everything landed since; some fail or are rolled back and leave an incident behind. */
function inventDeployments(
  repository: string,
  landings: readonly Landing[],
  dice: Dice,
  start: number,
  end: number,
  rows: string[][],
  incidents: { readonly at: number; readonly cells: string[] }[],
): void {
  let shipped = 0
  for (let day = start; day < end; day += MS_PER_DAY) {
    if (isWeekend(day)) continue
    for (let hour = 9; hour <= 18; hour++) {
      const startedAt = day + (hour + 0.3 * dice.next()) * MS_PER_HOUR
      let newest = shipped
      while (newest < landings.length && landings[newest]!.at <= startedAt) newest++
      if (newest === shipped || startedAt >= end) continue
      const t = progress(startedAt, start)
      if (dice.chance(0.15 + 0.25 * t)) continue
      const { sha, service } = landings[newest - 1]!
      const isBurst = t > 0.68 && t < 0.72
      const fate = dice.next()
      const failing = isBurst ? 0.22 : 0.022 + 0.026 * t
      const id = `dep-${repository}-${rows.length + 1}`
      const finishedAt = startedAt + dice.around(0.35, 0.4) * MS_PER_HOUR
      const isFailed = fate > 0.992
      rows.push([
        id,
        service.name,
        'production',
        sha,
        second(startedAt),
        second(finishedAt),
        isFailed ? 'failure' : 'success',
        'false',
        '',
      ])
      if (isFailed) continue
      shipped = newest
      if (fate >= failing) continue
      const incidentAt = finishedAt + dice.around(1.6, 0.8) * MS_PER_HOUR
      const hours = dice.around(1.7 + 0.9 * t, 0.7)
      const resolvedAt = incidentAt + hours * MS_PER_HOUR
      if (incidentAt >= end) continue
      const incident = `inc-${dice.hex(6)}`
      incidents.push({
        at: incidentAt,
        cells: [
          incident,
          service.name,
          dice.pick(['sev1', 'sev2', 'sev2', 'sev3', 'sev3', 'sev3']),
          second(incidentAt),
          resolvedAt < end ? second(resolvedAt) : '',
          id,
        ],
      })
      if (resolvedAt < end && dice.chance(0.6)) {
        const fixAt = second(resolvedAt - 0.2 * MS_PER_HOUR)
        const fix = [`${id}-fix`, service.name, 'production', sha, fixAt, second(resolvedAt)]
        rows.push([...fix, dice.chance(0.5) ? 'rollback' : 'success', 'true', incident])
      }
    }
  }
}

function table(header: string, rows: readonly (readonly string[])[]): string {
  return `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`
}

/** A moment between 8:00 and 18:00 UTC on or after the day, never on a weekend. */
function workMoment(day: number, dice: Dice): number {
  return nextWorkday(day + (8 + 10 * dice.next()) * MS_PER_HOUR)
}

/** People answer between 8:00 and 18:00 UTC; what falls after that waits for the next morning. */
function intoWorkingHours(at: number, dice: Dice): number {
  const midnight = Math.floor(at / MS_PER_DAY) * MS_PER_DAY
  const hour = (at - midnight) / MS_PER_HOUR
  if (hour >= 8 && hour < 18) return nextWorkday(at)
  return nextWorkday(midnight + (hour < 8 ? 0 : MS_PER_DAY) + (8 + 1.5 * dice.next()) * MS_PER_HOUR)
}

/** Saturdays and Sundays move to the following days by two whole days, so the hour stays. */
function nextWorkday(at: number): number {
  return isWeekend(at) ? at + 2 * MS_PER_DAY : at
}

function isWeekend(at: number): boolean {
  const weekday = (Math.floor(at / MS_PER_DAY) + 4) % 7
  return weekday === 0 || weekday === 6
}

function second(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

function offset(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}+00:00`
}
