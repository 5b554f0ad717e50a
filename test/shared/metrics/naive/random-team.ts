import type { Day } from '../../../../shared/calendar/index.ts'
import type { FactKind, FactRow } from '../../../../shared/facts/index.ts'
import { nanosOf } from '../../../../shared/money/index.ts'
import { instantOf } from '../../../../shared/quantities/index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Everybody there is, by login, with what they are: told here and not by their names, so that nothing is taken for granted. */
export const CAST = {
  people: ['ann', 'ben', 'cas', 'dia', 'eli', 'fay', 'gus'],
  agents: ['copilot-swe-agent', 'claude'],
  bots: ['dependabot[bot]', 'renovate'],
  reviewers: ['coderabbitai[bot]'],
} as const

/** Addresses of agents as authors and co-authors of commits, with the name of the agent. */
export const AGENT_ADDRESSES: Readonly<Record<string, string>> = {
  'noreply@anthropic.com': 'Claude Code',
  'cursoragent@cursor.com': 'Cursor',
}
export const BOT_ADDRESS = '49699333+dependabot[bot]@users.noreply.github.com'

export type Rows = { [K in FactKind]: Partial<FactRow<K>>[] }

/** Seeded numbers of mulberry32: the same team for the same seed. */
function chanceOf(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    /** `low` … `high`, whole, both included. */
    whole: (low: number, high: number): number => low + Math.floor(next() * (high - low + 1)),
    is: (odds: number): boolean => next() < odds,
    one: <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)]!,
  }
}
type Chance = ReturnType<typeof chanceOf>

/** What of a team is known at all. */
export interface Known {
  readonly pulls: boolean
  readonly landings: boolean
  readonly deployments: boolean
  readonly incidents: boolean
  readonly items: boolean
  readonly usage: boolean
  readonly hunks: 'all' | 'none' | 'one repository'
  readonly baseline: boolean
}

/**
 * Some weeks of a made-up team in which everything happens that exports hold: drafts, rebased and unreviewed changes, reviews
 * before the opening and after the merge, reverts, renames, binary files, rollbacks, reopened items, cells without a value.
 */
export function randomTeam(seed: number, first: number, known: Known, size: number): Rows {
  const chance = chanceOf(seed)
  const rows: Rows = {
    usage: [],
    landing: [],
    fileChange: [],
    pullRequest: [],
    review: [],
    pullCommit: [],
    deployment: [],
    incident: [],
    hunk: [],
    fileBaseline: [],
    workItem: [],
    statusChange: [],
    statusTime: [],
    account: [],
    ownership: [],
  }
  const commits: Commit[] = []
  for (let number = 1; number <= size; number++) addChange(rows, commits, chance, first, number, known)
  addLandings(rows, commits, chance, known)
  if (known.deployments) addDeployments(rows, commits, chance)
  if (known.incidents) addIncidents(rows, chance, first)
  if (known.items) addItems(rows, chance, first)
  if (known.usage) addUsage(rows, chance, first)
  if (chance.is(0.5)) addOwnership(rows, chance)
  return rows
}

/** Days the changes of a team are spread over; what comes of them may be later. */
export const SPREAD_DAYS = 50

interface Commit {
  readonly repository: 'shop' | 'web'
  readonly sha: string
  readonly at: number
  readonly author: string | null
  readonly coAuthors: string | null
  subject: string
  readonly pull: number | null
}

const instant = (at: number | null) => (at === null ? null : instantOf(at))
const addressOf = (login: string): string => `${login}@acme.test`

function addChange(rows: Rows, commits: Commit[], chance: Chance, first: number, number: number, known: Known): void {
  const repository = chance.is(0.6) ? 'shop' : 'web'
  // Many at the same minute of the day, some just before and after midnight.
  const created = first + chance.whole(0, SPREAD_DAYS - 1) * DAY + chance.whole(0, 24 * 60) * MINUTE
  const [author, kind] = chance.is(0.7)
    ? [chance.one(CAST.people), 'person' as const]
    : chance.is(0.6)
      ? [chance.one(CAST.agents), 'agent' as const]
      : [chance.one(CAST.bots), 'bot' as const]
  const isMerged = chance.is(0.75)
  const merged = isMerged ? created + chance.whole(-2, 160) * HOUR + chance.whole(0, 59) * MINUTE : null
  const closed = merged ?? (chance.is(0.7) ? created + chance.whole(1, 45 * 24) * HOUR : null)
  const sha = `${number.toString(16).padStart(6, '0')}${'abcdef0123'.repeat(4).slice(0, 34)}`
  const title = `${chance.one(['feat: ', 'fix: ', 'feat(api)!: ', ''])}change ${number}${chance.is(0.4) ? ` ENG-${chance.whole(1, 14)}` : ''}`
  const landed =
    kind === 'agent'
      ? chance.one(Object.keys(AGENT_ADDRESSES))
      : kind === 'bot'
        ? BOT_ADDRESS
        : chance.is(0.06)
          ? null
          : addressOf(author)
  const coAuthors = chance.is(0.25)
    ? chance.one([
        'Claude <noreply@anthropic.com>',
        `Somebody <${addressOf(chance.one(CAST.people))}>`,
        `Cursor <cursoragent@cursor.com>\nSomebody <${addressOf(chance.one(CAST.people))}>`,
      ])
    : null
  const isDirect = !known.pulls || chance.is(0.2)
  if (isMerged && merged !== null)
    commits.push({
      repository,
      sha,
      at: merged + (chance.is(0.1) ? -30 * MINUTE : 0),
      author: landed,
      coAuthors,
      subject: `${title}${isDirect ? '' : ` (#${number})`}`,
      pull: isDirect ? null : number,
    })
  if (isDirect) return
  const pull = { repository: `github.com/acme/${repository}`, number }
  rows.pullRequest.push({
    ...pull,
    title,
    state: isMerged ? 'merged' : closed === null ? 'open' : 'closed',
    author: chance.is(0.05) ? null : author,
    authorIsBot: kind === 'person' ? 0 : 1,
    createdAt: instant(created),
    readyAt: chance.is(0.2) ? instant(created + chance.whole(1, 60) * HOUR) : null,
    mergedAt: isMerged && chance.is(0.05) ? null : instant(merged),
    closedAt: chance.is(0.05) ? null : instant(closed),
    mergeSha: isMerged && chance.is(0.85) ? sha : null,
    headRef: chance.is(0.7) ? `${chance.one(['work', 'fix'])}/${number}` : chance.one([null, 'main']),
    additions: chance.is(0.8) ? chance.whole(0, 500) : null,
    deletions: chance.is(0.8) ? chance.whole(0, 200) : null,
    labels: chance.is(0.2) ? 'feature\nbig' : null,
    closes: chance.is(0.15) ? `ENG-${chance.whole(1, 14)}` : null,
    agent: kind === 'agent' ? 'GitHub Copilot' : chance.is(0.15) ? 'Claude Code' : null,
    reviewsKnown: chance.is(0.85) ? 1 : null,
    commitsKnown: chance.is(0.7) ? 1 : chance.is(0.3) ? 0 : null,
  })
  const until = merged ?? closed ?? created + 5 * DAY
  const some = (low: number, high: number): number => Math.round((created + (until - created) * (low + (high - low) * chance.next())) / MINUTE) * MINUTE // prettier-ignore
  for (let i = chance.whole(-1, 4); i > 0; i--)
    rows.review.push({
      ...pull,
      reviewer: chance.is(0.05)
        ? null
        : chance.one([...CAST.people, ...CAST.people, ...CAST.reviewers, ...CAST.agents, ...CAST.bots]),
      state: chance.one(['APPROVED', 'APPROVED', 'COMMENTED', 'CHANGES_REQUESTED', 'PENDING', 'DISMISSED']),
      submittedAt: chance.is(0.05) ? null : instant(some(-0.05, 1.1)),
    })
  for (let i = chance.whole(0, 3); i > 0; i--) {
    const committed = some(-0.4, 0.9)
    rows.pullCommit.push({
      ...pull,
      sha: `c${number}-${i}`,
      authoredAt: chance.is(0.1) ? null : instant(committed - chance.whole(0, 30) * HOUR),
      committedAt: chance.is(0.05) ? null : instant(committed),
      authorEmails: chance.one([addressOf(author), addressOf(author), 'noreply@anthropic.com', null]),
      headline: chance.is(0.15) ? 'Merge branch main into work' : 'work',
    })
  }
}

const PATHS = [
  'src/cart/a.ts',
  'src/cart/b.ts',
  'src/cart/deep/c.ts',
  'src/pay/d.ts',
  'lib/e.py',
  'docs/f.md',
  'package-lock.json',
  'g.ts',
]

/** Landings by their order on the line, which is not quite that of their clocks, with the lines they change. */
function addLandings(rows: Rows, commits: Commit[], chance: Chance, known: Known): void {
  commits.sort((a, b) => a.at - b.at)
  for (let i = 1; i < commits.length; i++)
    if (chance.is(0.08)) [commits[i - 1], commits[i]] = [commits[i]!, commits[i - 1]!]
  for (const repository of ['shop', 'web'] as const) {
    const line = commits.filter((one) => one.repository === repository)
    const files = new Map<string, number>()
    for (const path of PATHS) {
      if (!chance.is(0.6)) continue
      files.set(path, chance.whole(0, 40))
      if (known.baseline) rows.fileBaseline.push({ repository, path, lines: files.get(path)! })
    }
    const isByLine = known.hunks === 'all' || (known.hunks === 'one repository' && repository === 'shop')
    line.forEach((commit, order) => {
      const { sha, at, pull } = commit
      const earlier = line.slice(Math.max(0, order - 6), order)
      if (earlier.length > 0 && chance.is(0.08)) {
        const target = chance.one(earlier).subject
        const plain = target.replace(/ \(#\d+\)$/, '')
        commit.subject = `${chance.one([`Revert "${target}"`, `Revert "${plain}"`, `revert: ${plain}`])}${pull === null ? '' : ` (#${pull})`}`
      }
      if (known.landings)
        rows.landing.push({
          repository,
          sha,
          position: line.length - 1 - order,
          committedAt: instant(at),
          authoredAt: chance.is(0.1) ? null : instant(at - chance.whole(0, 40) * HOUR),
          authorEmail: commit.author,
          coAuthors: commit.coAuthors,
          subject: commit.subject,
          pullRequest: pull,
        })
      const edited = new Set<string>()
      for (let n = chance.whole(1, 3); n > 0; n--) {
        const path = chance.one(PATHS)
        if (!edited.has(path)) editFile(rows, chance, files, { repository, sha, path, edited, isByLine, known })
        edited.add(path)
      }
    })
  }
}

/** One file of a landing, as counts and as ranges: two statements of one edit. */
function editFile(
  rows: Rows,
  chance: Chance,
  files: Map<string, number>,
  said: {
    readonly repository: string
    readonly sha: string
    readonly path: string
    readonly edited: Set<string>
    readonly isByLine: boolean
    readonly known: Known
  },
): void {
  const { repository, sha, isByLine, known, edited } = said
  let { path } = said
  let fromPath: string | null = null
  let change = 'modify'
  const ranges: (readonly [number, number, number, number])[] = []
  let lines = files.get(path)
  if (chance.is(0.04)) change = 'binary'
  else if (lines === undefined) {
    change = 'new'
    lines = chance.whole(1, 30)
    ranges.push([0, 0, 1, lines])
    files.set(path, lines)
  } else if (chance.is(0.05)) {
    change = 'deleted'
    if (lines > 0) ranges.push([1, lines, 0, 0])
    files.delete(path)
  } else {
    const free = PATHS.map((own) => own.replace('.', '-moved.')).filter((own) => !files.has(own) && !edited.has(own))
    if (chance.is(0.08) && free.length > 0) {
      fromPath = path
      path = chance.one(free)
      change = 'rename'
      files.delete(fromPath)
      edited.add(path)
    }
    let [at, delta] = [0, 0]
    for (let n = chance.whole(fromPath === null ? 1 : 0, 2); n > 0 && at <= lines; n--) {
      const start = chance.whole(at, lines)
      const oldCount = chance.is(0.3) ? 0 : Math.min(lines - start, chance.whole(1, 6))
      const newCount = oldCount === 0 || chance.is(0.7) ? chance.whole(1, 9) : 0
      // A range without old lines stands after a line, one with them begins with the next.
      const newStart = start + delta + (newCount === 0 ? 0 : 1)
      ranges.push([oldCount === 0 ? start : start + 1, oldCount, newStart, newCount])
      delta += newCount - oldCount
      at = start + oldCount + 1
    }
    files.set(path, lines + delta)
  }
  if (known.landings)
    rows.fileChange.push({
      repository,
      sha,
      path,
      fromPath,
      added: change === 'binary' ? null : ranges.reduce((sum, range) => sum + range[3], 0),
      deleted: change === 'binary' ? null : ranges.reduce((sum, range) => sum + range[1], 0),
    })
  if (!isByLine) return
  const own = { repository, sha, path, fromPath, change }
  if (ranges.length === 0) rows.hunk.push(own)
  for (const [oldStart, oldCount, newStart, newCount] of ranges)
    rows.hunk.push({ ...own, oldStart, oldCount, newStart, newCount })
}

function addDeployments(rows: Rows, commits: readonly Commit[], chance: Chance): void {
  commits.forEach((commit, i) => {
    if (!chance.is(0.5)) return
    const finished = commit.at + chance.whole(-1, 60) * HOUR
    rows.deployment.push({
      deploymentId: `d${i}`,
      service: chance.is(0.05) ? null : commit.repository,
      environment: chance.one(['production', 'prod-eu', 'production', 'staging', 'preprod']),
      sha: chance.is(0.05) ? null : chance.is(0.2) ? commit.sha.slice(0, 9) : commit.sha,
      startedAt: instant(finished - 10 * MINUTE),
      finishedAt: chance.is(0.1) ? null : instant(finished),
      result: chance.one(['success', 'success', 'success', 'success', 'rollback', 'failure']),
      isUnplanned: chance.is(0.3) ? null : chance.is(0.2) ? 1 : 0,
      causedByIncident: chance.is(0.05) ? 'n1' : null,
    })
  })
}

function addIncidents(rows: Rows, chance: Chance, first: number): void {
  for (let i = chance.whole(1, 9); i > 0; i--)
    rows.incident.push({
      incidentId: `n${i}`,
      service: chance.one(['shop', 'web', 'shop', null, 'elsewhere']),
      startedAt: chance.is(0.1) ? null : instant(first + chance.whole(0, SPREAD_DAYS * 24) * HOUR),
      causedByDeployment: chance.is(0.3) ? `d${chance.whole(0, 30)}` : null,
    })
}

const STATUSES = ['In Progress', 'Waiting for review', 'Ready for release', 'In Review', 'Blocked', 'To Do']

function addItems(rows: Rows, chance: Chance, first: number): void {
  for (let i = 1; i <= 30; i++) {
    const key = `ENG-${i}`
    let at = first + chance.whole(0, SPREAD_DAYS - 5) * DAY + chance.whole(0, 24 * 60) * MINUTE
    const created = at
    let from = 'To Do'
    const hasHistory = chance.is(0.85)
    const move = (to: string): void => {
      at += chance.whole(1, 40) * HOUR
      if (hasHistory)
        rows.statusChange.push({
          tracker: 'jira',
          key,
          at: instant(at),
          from,
          to,
          author: chance.is(0.1) ? null : chance.one(CAST.people),
        })
      from = to
    }
    for (let n = chance.whole(0, 4); n > 0; n--) move(chance.one(STATUSES))
    const isDone = chance.is(0.75)
    if (isDone) move('Done')
    if (isDone && chance.is(0.1)) {
      move('In Progress')
      if (chance.is(0.5)) move('Done')
    }
    rows.workItem.push({
      tracker: 'jira',
      key,
      type: chance.one(['Story', 'Story', 'Bug', 'Epic', null]),
      title: 'work',
      status: from,
      createdAt: instant(created),
      resolvedAt: isDone && chance.is(0.8) ? instant(at + (chance.is(0.1) ? 3 * HOUR : 0)) : null,
      epic: chance.is(0.2) ? `ENG-${chance.whole(1, 30)}` : null,
      parent: chance.is(0.2) ? `ENG-${chance.whole(1, 30)}` : null,
      assignee: chance.is(0.2) ? null : chance.one(CAST.people),
      project: 'ENG',
    })
  }
}

/** Models with the price of a million tokens of their own in the settings of the test, and one without any. */
export const MODELS = ['house-1', 'house-2', 'unheard-of'] as const

function addUsage(rows: Rows, chance: Chance, first: number): void {
  const kinds = chance.one([['billed', 'estimated'], ['estimated'], ['listed'], ['billed', 'included'], []] as const)
  for (let i = chance.whole(20, 90); i > 0; i--) {
    const tool = chance.one(['Console', 'Cursor', 'Copilot', null])
    // Some tools tell money without tokens, some tokens without money.
    const hasMoney = tool !== 'Copilot' && chance.is(0.85)
    const hasTokens = tool !== null && chance.is(0.85)
    const kind = tool === 'Console' ? kinds[0] : kinds.at(-1)
    const amount = nanosOf(BigInt(chance.whole(1, 5000)) * 3_333_333n)
    rows.usage.push({
      day: chance.is(0.03) ? null : (new Date(first + chance.whole(0, SPREAD_DAYS - 1) * DAY).toISOString().slice(0, 10) as Day), // prettier-ignore
      tool,
      model: chance.is(0.1) ? null : chance.one(MODELS),
      person: chance.is(0.2) ? null : chance.one([addressOf(chance.one(CAST.people)), chance.one(CAST.people)]),
      repository: chance.is(0.5) ? null : chance.one(['shop', 'acme/web', 'other']),
      session: chance.is(0.5)
        ? null
        : chance.one([
            `work/${chance.whole(1, 60)}`,
            `fix/${chance.whole(1, 60)}`,
            'main',
            `do ENG-${chance.whole(1, 14)} now`,
            `github.com/acme/shop#${chance.whole(1, 60)}`,
            'untold',
          ]),
      currency: chance.is(0.08) ? 'EUR' : 'USD',
      ...(hasMoney && kind !== undefined ? { [kind]: amount } : {}),
      ...(hasTokens
        ? tool === 'Cursor' && chance.is(0.2)
          ? { unsplitTokens: chance.whole(1, 9000) }
          : {
              uncachedInput: chance.whole(0, 4000),
              cacheRead: chance.is(0.5) ? chance.whole(0, 90_000) : null,
              output: chance.whole(0, 3000),
            }
        : {}),
    })
  }
}

function addOwnership(rows: Rows, chance: Chance): void {
  const rules: readonly (readonly [string, string])[] = [
    ['*', '@acme/all'],
    ['/src/pay/', '@acme/pay'],
    ['/src/cart/', '@acme/cart'],
    ['*.md', '@acme/docs'],
  ]
  rules.forEach(([pattern, team], position) => {
    if (position === 0 && chance.is(0.5)) return
    rows.ownership.push({ repository: null, of: 'path', pattern, team, position, source: 'codeowners' })
  })
}
