import type { Dimension } from '../../../../shared/metrics/index.ts'
import { shiftDay } from './plain-days.ts'
import { codeLines } from './plain-lines.ts'
import { mainDomain, ownersOf } from './plain-load.ts'
import { dollarsOf, linked, usesIn } from './plain-money.ts'
import { type Case, casesIn, isIn, type PlainMetric, type Team, told, type Told, type Window } from './plain-metric.ts'
import type { Change, Deployed, Item } from './plain-records.ts'

const DAY = 86_400_000
const UNKNOWN = 'Not known'
const SMALL = 'Groups of fewer than five people'

type Of = Change | Item | Deployed | null

/** Rules of the settings of the test, in order: whose lines of changes are. */
export interface PlainRule {
  readonly field: 'path' | 'repository' | 'person'
  readonly equals: string
  readonly team?: string
  readonly initiative?: string
}
export const RULES: readonly PlainRule[] = [
  { field: 'path', equals: '/src/pay/', team: '@acme/pay', initiative: 'Payments' },
  { field: 'person', equals: 'ann', initiative: 'Ann’s' },
  { field: 'repository', equals: 'web', team: 'web', initiative: 'Web' },
]

function isChange(of: Of): of is Change {
  return of !== null && 'kind' in of
}

export function groupOf(team: Team, of: Of, dimension: Dimension): string {
  if (of === null) return dimension === 'area' ? 'Work items and AI sessions' : UNKNOWN
  if (!isChange(of)) {
    if (dimension !== 'repository') return UNKNOWN
    return 'key' in of ? 'ENG' : (of.service ?? UNKNOWN)
  }
  const landing = of.kind === 'pull' ? of.landing : of
  switch (dimension) {
    case 'repository':
      return repositoryOf(team, of)
    case 'ai-marked':
      return of.isAi ? 'Marked by an AI agent' : 'Not marked'
    case 'agent':
      return of.isAi ? (of.agent ?? landing?.agent ?? 'Agent of the house') : 'No agent marked'
    case 'team':
    case 'initiative':
      return ownerOfLines(team, of, dimension) ?? UNKNOWN
    case 'area': {
      const domain = landing && mainDomain(team, landing)
      // Folders stand behind the name of their repository.
      return domain === null ? UNKNOWN : domain.replace(/^(?:shop|web) /, '')
    }
    case 'size': {
      const known = of.kind === 'pull' && of.additions !== null && of.deletions !== null
      const byFiles = landing !== null && landing.files.length > 0
      if (!byFiles && !known) return UNKNOWN
      const lines = byFiles ? codeLines(landing, 'added') + codeLines(landing, 'deleted') : of.kind === 'pull' ? of.additions! + of.deletions! : 0 // prettier-ignore
      return lines <= 100 ? 'Up to 100 lines' : lines <= 400 ? '101 to 400 lines' : 'Over 400 lines'
    }
    case 'author-group':
      return authorGroup(team, of)
    case 'model':
      return modelOf(team, of) ?? UNKNOWN
    default:
      return UNKNOWN
  }
}

/** As git calls it, where anything of it landed. */
function repositoryOf({ pulls }: Team, of: Change): string {
  if (of.kind === 'landing') return of.repository
  const landed =
    of.landing ?? pulls.filter((own) => own.repository === of.repository).findLast((own) => own.landing)?.landing
  return landed?.repository ?? of.repository
}

/** Whose most of its lines are: of the first rule that fits and names one, else of who owns the file; of equals the first named. */
function ownerOfLines(team: Team, of: Change, asked: 'team' | 'initiative'): string | null {
  const landing = of.kind === 'pull' ? of.landing : of
  const names = of.kind === 'pull' ? of.names : of.author === null ? [] : [of.author]
  const rules = team.hasRules ? RULES : []
  const ruleOf = (path: string | null): number =>
    rules.findIndex((rule) => {
      if (rule[asked] === undefined) return false
      if (rule.field === 'path') return path !== null && `/${path}`.startsWith(rule.equals)
      return rule.field === 'person' ? names.includes(rule.equals) : of.repository.split('/').at(-1) === rule.equals
    })
  const teams = [...new Set(team.rows.ownership.map((row) => row.team!))]
  const ownerOf = (path: string | null): { readonly name: string; readonly place: number } | null => {
    const rule = ruleOf(path)
    if (rule >= 0) return { name: rules[rule]![asked]!, place: rules.filter((one) => one[asked] !== undefined).indexOf(rules[rule]!) } // prettier-ignore
    const owner = path === null || asked === 'initiative' ? undefined : ownersOf(team, path)[0]
    return owner === undefined ? null : { name: owner, place: rules.length + teams.indexOf(owner) }
  }
  if (landing === null || landing.files.length === 0) return ownerOf(null)?.name ?? null
  const shares = new Map<string | null, { lines: number; place: number }>()
  for (const { path, added, deleted } of landing.files) {
    const owner = ownerOf(path)
    const own = shares.get(owner?.name ?? null) ?? { lines: 0, place: Infinity }
    shares.set(owner?.name ?? null, {
      lines: own.lines + (added ?? 0) + (deleted ?? 0),
      place: Math.min(own.place, owner?.place ?? Infinity),
    })
  }
  return [...shares].sort(([, a], [, b]) => b.lines - a.lines || (a.place < b.place ? -1 : 1))[0]![0]
}

/** Regular: five changes or more in the 180 days before. */
function authorGroup({ pulls, landings }: Team, of: Change): string {
  if (of.author === null) return UNKNOWN
  if (of.who !== 'person') return of.who === 'agent' ? 'AI agents' : 'Automation'
  const timeOf = (one: Change): number => (one.kind === 'pull' ? one.opened : one.at)
  const alike: readonly Change[] = of.kind === 'pull' ? pulls : landings
  const before = alike.filter(
    (one) => one.author === of.author && timeOf(one) < timeOf(of) && timeOf(of) - timeOf(one) <= 180 * DAY,
  )
  return before.length >= 5 ? 'Regular authors' : 'Occasional authors'
}

/** The model its people used most on the days it was worked on; of each day the one with most output. */
function modelOf(team: Team, of: Change): string | null {
  const { days, rows } = team
  const [start, end] =
    of.kind === 'pull'
      ? [Math.min(of.opened, of.firstCommit ?? Infinity), of.merged ?? of.closed ?? of.opened]
      : [of.at, of.at]
  const last = days.of(end)
  const first = of.kind === 'pull' ? days.of(start) : shiftDay(last, -1)
  const names = of.kind === 'pull' ? of.names : of.author === null ? [] : [of.author]
  const used = new Map<string, number>()
  for (const name of names)
    for (let day = first, n = 0; day <= last && n < 60; day = shiftDay(day, 1), n++) {
      const own = rows.usage.filter((use) => use.day === day && use.person === name && use.model != null)
      const weights = [...new Set(own.map(({ model }) => model!))].sort().map((model) => {
        const uses = own.filter((use) => use.model === model)
        const outputs = uses.flatMap(({ output }) => output ?? [])
        return { model, weight: outputs.length === 0 ? uses.length : outputs.reduce((sum, one) => sum + one, 0) }
      })
      const best = weights.reduce<(typeof weights)[number] | null>((most, one) => (most === null || one.weight > most.weight ? one : most), null) // prettier-ignore
      if (best) used.set(best.model, (used.get(best.model) ?? 0) + 1)
    }
  return [...used].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
}

/** People behind some cases, by the names of the export that knows most of them. */
function peopleOf(cases: readonly Case[]): number {
  const [logins, addresses, assignees] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { of = null } of cases) {
    if (isChange(of)) {
      if (of.who === 'person' && of.author !== null) (of.kind === 'pull' ? logins : addresses).add(of.author)
    } else if (of !== null && 'assignee' in of && of.assignee !== null) assignees.add(of.assignee)
  }
  return Math.max(logins.size, addresses.size, assignees.size)
}

/** Cases by group; small groups of people together, with the next larger ones while they are too few or one alone. */
function grouped(
  team: Team,
  cases: readonly Case[],
  dimension: Dimension,
): ReadonlyMap<string, readonly Case[]> | null {
  const groups = new Map<string, readonly Case[]>()
  for (const one of cases) {
    const group = groupOf(team, one.of ?? null, dimension)
    groups.set(group, [...(groups.get(group) ?? []), one])
  }
  if (dimension !== 'team' && dimension !== 'author-group') return groups
  const sizes = [...groups].map(([group, own]) => ({ group, size: peopleOf(own) })).filter(({ size }) => size > 0)
  sizes.sort((a, b) => a.size - b.size || (a.group < b.group ? -1 : 1))
  const small = sizes.filter(({ size }) => size < 5).map(({ group }) => group)
  if (small.length === 0) return groups
  const all = (): readonly Case[] => small.flatMap((group) => groups.get(group)!)
  for (const { group } of sizes)
    if (!small.includes(group) && (small.length === 1 || peopleOf(all()) < 5)) small.push(group)
  if (peopleOf(all()) < 5) return null
  return new Map([...[...groups].filter(([group]) => !small.includes(group)), [SMALL, all()]])
}

/** The metric of a window group by group; `null` = cannot be told apart. */
export function toldBy(
  team: Team,
  metric: PlainMetric,
  window: Window,
  dimension: Dimension,
): ReadonlyMap<string, Told | null> | null {
  const groups = grouped(team, casesIn(team, metric, window), dimension)
  if (groups === null) return null
  return new Map([...groups].map(([group, cases]) => [group, told(team, metric, window, (one) => cases.includes(one))]))
}

/** Cost per piece of a window: by tool and model what each adds to it, else what is linked to changes of a group over its pieces. */
export function costBy(
  team: Team,
  pieces: readonly Case[],
  window: Window,
  dimension: Dimension,
): ReadonlyMap<string, { readonly value: number; readonly n: number } | null> {
  const dollars = new Map<string, number>()
  const add = (group: string, amount: number): void => void dollars.set(group, (dollars.get(group) ?? 0) + amount)
  for (const use of usesIn(team, window)) {
    const amount = dollarsOf(team, use)
    if (amount === null) continue
    if (dimension === 'tool') add(use.tool ?? 'Tool not named', amount)
    else if (dimension === 'model') add(use.model ?? 'Model not named', amount)
    else {
      const { changes } = linked(team, use)
      for (const change of changes) add(groupOf(team, change, dimension), amount / changes.length)
    }
  }
  const own = pieces.filter(({ at, out }) => out === undefined && isIn(team, at, window))
  const isShare = dimension === 'tool' || dimension === 'model'
  const doneBy = (group: string): number =>
    isShare ? own.length : own.filter(({ of = null }) => groupOf(team, of, dimension) === group).length
  const groups = isShare
    ? dollars.keys()
    : [...dollars.keys(), ...own.map(({ of = null }) => groupOf(team, of, dimension))]
  return new Map(
    [...new Set(groups)].map((group) => {
      const n = doneBy(group)
      return [group, n < Math.max(1, team.fewest) ? null : { value: (dollars.get(group) ?? 0) / n, n }]
    }),
  )
}
