import { type Day, dayOfEpoch, epochDayOf } from '../calendar/index.ts'
import { rollUpUsage } from '../cube/index.ts'
import {
  changeRuleFinder,
  type Delivery,
  type Landing,
  linesByOwner,
  mainOwner,
  type PathOwner,
  type PullRequest,
  ruledOwner,
  type WorkItem,
} from '../delivery/index.ts'
import { dayNumbers } from './bounds.ts'
import { deliveredIn } from './delivered.ts'
import { issueKeysOf } from './features.ts'
import type { ChangeRule, MetricContext, MetricSettings } from './types.ts'

/*
 * Whose a change is, and what made it: its team, its initiative, the model its people used. Asked once per change.
 */

type Change = PullRequest | Landing
type Asked = 'team' | 'initiative' | 'model'

const answers = new WeakMap<Delivery, Map<string, Map<Change, string | null>>>()

function remembered(context: MetricContext, asked: Asked, change: Change, answer: () => string | null): string | null {
  const delivery = deliveredIn(context)
  let own = answers.get(delivery)
  if (!own) answers.set(delivery, (own = new Map<string, Map<Change, string | null>>()))
  const key = `${asked} ${ownersKeyOf(context.settings)}`
  let known = own.get(key)
  if (!known) own.set(key, (known = new Map<Change, string | null>()))
  let found = known.get(change)
  if (found === undefined) known.set(change, (found = answer()))
  return found
}

const ownersKeys = new WeakMap<MetricSettings, string>()

/** What of the settings decides whose a change is, as text; a page sends equal settings as new objects. */
function ownersKeyOf(settings: MetricSettings): string {
  let own = ownersKeys.get(settings)
  if (own === undefined) {
    own = JSON.stringify([settings.zone, settings.people, settings.changeRules])
    ownersKeys.set(settings, own)
  }
  return own
}

/**
 * Team of a change. Each changed line is of the first rule that fits its file and names a team, else of its owner in the team
 * map or CODEOWNERS; the change is of the team with most of its lines. Where most lines are nobody's: the author's team on
 * the day, else that of an issue it names. `null` = none of them is known.
 */
export function teamOf(context: MetricContext, change: Change): string | null {
  return remembered(context, 'team', change, () => {
    const { ownership } = deliveredIn(context)
    const at = 'openedAt' in change ? change.openedAt : change.landedAt
    const owner = ownerByLines(context, change, 'team', (path) =>
      ownership.rules === 0 ? null : ownership.ownerOfPath(change.repository, path),
    )
    // CODEOWNERS may name a person.
    if (owner !== null) return teamOfPerson(context, owner.replace(/^@/, ''), at) ?? owner
    for (const name of namesOf(change)) {
      const team = teamOfPerson(context, name, at) ?? ownership.teamOfPerson(name)
      if (team !== null) return team
    }
    for (const key of issueKeysOf(change)) {
      const team = ownership.teamOfKey(key)
      if (team !== null) return team
    }
    return null
  })
}

export function teamOfItem(context: MetricContext, { key, assignee, resolvedAt }: WorkItem): string | null {
  const { ownership } = deliveredIn(context)
  if (assignee !== null) {
    const team = teamOfPerson(context, assignee, resolvedAt ?? Infinity) ?? ownership.teamOfPerson(assignee)
    if (team !== null) return team
  }
  return ownership.teamOfKey(key)
}

/** The author first; a pull request also has the addresses of its commits. */
function namesOf(change: Change): readonly string[] {
  if ('openedAt' in change) return change.people
  return change.author === null ? [] : [change.author]
}

type TeamMember = NonNullable<MetricSettings['people']>[number]

const members = new WeakMap<MetricSettings, ReadonlyMap<string, TeamMember>>()

/** People by account in lower case; of two with one account the first. */
function memberOf(settings: MetricSettings, account: string): TeamMember | undefined {
  let own = members.get(settings)
  if (!own) {
    const accounts = (settings.people ?? []).flatMap((person) =>
      person.accounts.map((one) => [one.toLowerCase(), person] as const),
    )
    members.set(settings, (own = new Map(accounts.reverse())))
  }
  return own.get(account.toLowerCase())
}

function teamOfPerson({ settings }: MetricContext, name: string, at: number): string | null {
  const { zone } = settings
  const person = memberOf(settings, name)
  if (!person) return null
  const day = at === Infinity ? null : dayOfEpoch(dayNumbers(zone)(at))
  const holding = person.teams.filter(({ from }) => from === null || day === null || from <= day)
  return holding.at(-1)?.team || null
}

type Finder = ReturnType<typeof changeRuleFinder<ChangeRule>>

const finders = new WeakMap<MetricSettings, Readonly<Record<'team' | 'initiative', Finder>>>()

function findersOf({ settings }: MetricContext): Readonly<Record<'team' | 'initiative', Finder>> {
  let own = finders.get(settings)
  if (!own) {
    const rules = settings.changeRules ?? []
    const finderOf = (asked: 'team' | 'initiative') =>
      changeRuleFinder(rules.filter((rule) => rule[asked] !== undefined))
    finders.set(settings, (own = { team: finderOf('team'), initiative: finderOf('initiative') }))
  }
  return own
}

/** Whose most of the changed lines are, by the rules, else by a list of owners; without known files by the rules alone. */
function ownerByLines(
  context: MetricContext,
  change: Change,
  asked: 'team' | 'initiative',
  listed: (path: string) => PathOwner | null,
): string | null {
  const { changeRules = [] } = context.settings
  const landing = 'openedAt' in change ? change.landing : change
  const find = findersOf(context)[asked]({ repository: change.repository, people: namesOf(change) })
  const ruled = (path: string | null) => ruledOwner(find(path), (rule) => rule[asked]!)
  if (landing === null || landing.files.length === 0) return ruled(null)?.name ?? null
  // Owners of the list stand after all rules.
  const ofList = (path: string): PathOwner | null => {
    const owner = listed(path)
    return owner && { name: owner.name, place: changeRules.length + owner.place }
  }
  return mainOwner(linesByOwner(landing.files, (path) => ruled(path) ?? ofList(path)))
}

/** Initiative of a change: that of most of its lines by the rules about files, repositories and people; `null` = no rule fits. */
export function initiativeOf(context: MetricContext, change: Change): string | null {
  return remembered(context, 'initiative', change, () => ownerByLines(context, change, 'initiative', () => null))
}

const models = new WeakMap<Delivery, ReadonlyMap<string, ReadonlyMap<number, string>>>()

/** The model the change's author used most on the days it was worked on; `null` = no usage of theirs is known. */
export function modelOf(context: MetricContext, change: Change): string | null {
  return remembered(context, 'model', change, () => {
    const days = modelsByPerson(context)
    const dayOf = dayNumbers(context.settings.zone)
    const end = dayOf('openedAt' in change ? (change.mergedAt ?? change.closedAt ?? change.openedAt) : change.landedAt)
    const start = 'openedAt' in change ? dayOf(Math.min(change.openedAt, change.firstCommitAt ?? Infinity)) : end - 1
    const used = new Map<string, number>()
    for (const name of namesOf(change)) {
      const own = days.get(name.toLowerCase())
      for (let day = start; own && day <= end && day - start < LONGEST_WORK; day++) {
        const model = own.get(day)
        if (model !== undefined) used.set(model, (used.get(model) ?? 0) + 1)
      }
    }
    return [...used].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
  })
}

/** A change that lies open for a season says nothing by the models of all its days. */
const LONGEST_WORK = 60

/** Per person and day the model with the most output, else the most rows. */
function modelsByPerson(context: MetricContext): ReadonlyMap<string, ReadonlyMap<number, string>> {
  const delivery = deliveredIn(context)
  const known = models.get(delivery)
  if (known) return known
  const { words, codes, cells, rows, counts } = rollUpUsage(context.facts, ['day', 'person', 'model'])
  const epochDays = words[0]!.map((day) => epochDayOf(day as Day))
  const best = new Map<string, Map<number, { model: string; weight: number }>>()
  for (let cell = 0; cell < cells; cell++) {
    const [day, person, model] = [
      epochDays[codes[0]![cell]!],
      words[1]![codes[1]![cell]!]?.toLowerCase(),
      words[2]![codes[2]![cell]!],
    ]
    if (day === undefined || person === undefined || model === undefined) continue
    const output = counts.output?.[cell]
    const weight = output === undefined || Number.isNaN(output) ? rows[cell]! : output
    const own = best.get(person) ?? new Map<number, { model: string; weight: number }>()
    best.set(person, own)
    if (weight > (own.get(day)?.weight ?? -Infinity)) own.set(day, { model, weight })
  }
  const found = new Map(
    [...best].map(([person, own]) => [person, new Map([...own].map(([day, { model }]) => [day, model]))] as const),
  )
  models.set(delivery, found)
  return found
}
