import { type Day, dayOfEpoch, epochDayOf } from '../calendar/index.ts'
import { rollUpUsage } from '../cube/index.ts'
import { type Delivery, type Landing, type PullRequest, textFits, type WorkItem } from '../delivery/index.ts'
import { dayNumbers } from './bounds.ts'
import { deliveredIn } from './delivered.ts'
import { issueKeysOf } from './features.ts'
import type { MetricContext } from './types.ts'

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
  const key = `${asked} ${JSON.stringify([context.settings.people, context.settings.initiatives])}`
  let known = own.get(key)
  if (!known) own.set(key, (known = new Map<Change, string | null>()))
  let found = known.get(change)
  if (found === undefined) known.set(change, (found = answer()))
  return found
}

/**
 * Team of a change: that of its author on the day, else of an issue it names, else of the owners of most of its lines;
 * `null` = none of them is known.
 */
export function teamOf(context: MetricContext, change: Change): string | null {
  return remembered(context, 'team', change, () => {
    const { ownership } = deliveredIn(context)
    const at = 'openedAt' in change ? change.openedAt : change.landedAt
    for (const name of namesOf(change)) {
      const team = teamOfPerson(context, name, at) ?? ownership.teamOfPerson(name)
      if (team !== null) return team
    }
    for (const key of issueKeysOf(change)) {
      const team = ownership.teamOfKey(key)
      if (team !== null) return team
    }
    const landing = 'openedAt' in change ? change.landing : change
    return landing === null ? null : ownersOf(context, landing)
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

function teamOfPerson({ settings: { people = [], zone } }: MetricContext, name: string, at: number): string | null {
  const wanted = name.toLowerCase()
  const person = people.find(({ accounts }) => accounts.some((account) => account.toLowerCase() === wanted))
  if (!person) return null
  const day = at === Infinity ? null : dayOfEpoch(dayNumbers(zone)(at))
  const holding = person.teams.filter(({ from }) => from === null || day === null || from <= day)
  return holding.at(-1)?.team || null
}

/** Owners of the files with the most changed lines. */
function ownersOf(context: MetricContext, { repository, files }: Landing): string | null {
  const { ownership } = deliveredIn(context)
  if (ownership.rules === 0) return null
  const lines = new Map<string, number>()
  for (const { path, added, deleted } of files) {
    const owners = ownership.ownersOfPath(repository, path).join(', ')
    if (owners !== '') lines.set(owners, (lines.get(owners) ?? 0) + (added ?? 0) + (deleted ?? 0))
  }
  return [...lines].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
}

/** Initiative of a change by the rules about repositories and people; `null` = no rule fits. */
export function initiativeOf(context: MetricContext, change: Change): string | null {
  return remembered(context, 'initiative', change, () => {
    const names = namesOf(change)
    const repositories = [change.repository, change.repository.split('/').at(-1)!]
    for (const { field, equals, initiative } of context.settings.initiatives ?? []) {
      if ((field === 'person' ? names : repositories).some(textFits(equals))) return initiative
    }
    return null
  })
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
