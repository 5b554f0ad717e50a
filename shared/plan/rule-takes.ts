import type { Day } from '../calendar/index.ts'
import { allTokens, buildUsageCube, costBasisOf, type UsageCell, type UsageOwnerFields } from '../cube/index.ts'
import { ownershipOf, personFinder, type Person, plainAccount, teamOn } from '../delivery/index.ts'
import type { FactSet } from '../facts/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import { COST_KINDS, type CostKind } from '../quantities/index.ts'
import { ruleMatcher } from './attribution.ts'
import type { AttributionRule } from './types.ts'

/** Some usage in numbers. Of each tool one kind of cost counts, and kinds stand apart. */
export interface UsageTake {
  readonly rows: number
  readonly tokens: number | null
  /** In the currency asked for; kinds nobody states are absent. */
  readonly cost: Readonly<Partial<Record<CostKind, Nanos>>>
}

/** What no rule claims, by everything a rule could claim it by. */
export interface Unclaimed extends UsageTake {
  readonly fields: UsageOwnerFields
}

export interface RuleTakes {
  /** By rule id: what the rule decides, the initiative where it names one, else the team. */
  readonly byRule: Readonly<Record<string, UsageTake>>
  readonly unattributed: UsageTake
  readonly total: UsageTake
  /** The largest parts of what is unattributed. */
  readonly unclaimed: readonly Unclaimed[]
  /** By team, '' = none: of the rule that names one, else of the person on that day, else as an imported list of teams says. */
  readonly byTeam: readonly (UsageTake & { readonly team: string })[]
}

const MOST_UNCLAIMED = 12

interface Growing extends UsageTake {
  rows: number
  tokens: number | null
  readonly cost: Partial<Record<CostKind, Nanos>>
}

/** Tries rules on all usage without storing anything: what each takes, what is left, whose it may be. */
export function ruleTakes(
  facts: FactSet,
  rules: readonly AttributionRule[],
  people: readonly Person[],
  currency: string,
): RuleTakes {
  const basis = costBasisOf(facts)
  const match = ruleMatcher(rulesOfPeople(rules, people))
  const addTo = (take: Growing, cell: UsageCell, tool: string | null) =>
    addCell(take, cell, basis.get(tool) ?? null, currency)
  const byRule = new Map<string, Growing>(rules.map(({ id }) => [id, noTake()]))
  const [total, unattributed] = [noTake(), noTake()]
  const decided = buildUsageCube(facts, ['initiative', 'tool'], {
    initiativeOf: (usage) => {
      const { target, team } = match(usage)
      return JSON.stringify([target?.id ?? null, team?.id ?? null])
    },
  })
  for (const cell of decided.cells) {
    const tool = cell.key[1] ?? null
    const [target, team] = JSON.parse(cell.key[0]!) as readonly [string | null, string | null]
    addTo(total, cell, tool)
    if (target === null) addTo(unattributed, cell, tool)
    else addTo(byRule.get(target)!, cell, tool)
    const teamRule = team === null || team === target ? undefined : byRule.get(team)
    if (teamRule && rules.find(({ id }) => id === team)?.initiativeId === '') addTo(teamRule, cell, tool)
  }
  return {
    byRule: Object.fromEntries(byRule),
    unattributed,
    total,
    unclaimed: unclaimedOf(facts, (usage) => match(usage).target === null, addTo),
    byTeam: teamsOf(facts, (usage) => match(usage).team?.team ?? null, people, addTo),
  }
}

type AddTo = (take: Growing, cell: UsageCell, tool: string | null) => void

function unclaimedOf(facts: FactSet, isOpen: (usage: UsageOwnerFields) => boolean, addTo: AddTo): readonly Unclaimed[] {
  const open = buildUsageCube(facts, ['initiative'], {
    initiativeOf: (usage) => (isOpen(usage) ? JSON.stringify(usage) : null),
  })
  return open.cells
    .flatMap((cell): readonly Unclaimed[] => {
      const [key] = cell.key
      if (key == null) return []
      const fields = JSON.parse(key) as UsageOwnerFields
      const take = noTake()
      addTo(take, cell, fields.tool)
      return [{ ...take, fields }]
    })
    .sort((a, b) => moneyOf(b) - moneyOf(a) || (b.tokens ?? 0) - (a.tokens ?? 0) || b.rows - a.rows)
    .slice(0, MOST_UNCLAIMED)
}

/** For ordering only. */
function moneyOf({ cost }: UsageTake): number {
  return Number((cost.billed ?? cost.estimated ?? cost.listed ?? cost.included ?? 0n) / 1000n)
}

function teamsOf(
  facts: FactSet,
  teamOfRule: (usage: UsageOwnerFields) => string | null,
  people: readonly Person[],
  addTo: AddTo,
): RuleTakes['byTeam'] {
  const personOf = personFinder(people)
  const lists = ownershipOf(facts)
  const cube = buildUsageCube(facts, ['initiative', 'person', 'day', 'tool'], { initiativeOf: teamOfRule })
  const teams = new Map<string, Growing>()
  for (const cell of cube.cells) {
    const [named = null, account = null, day = null, tool = null] = cell.key
    const person = account === null ? null : personOf(account)
    const said = person === null || day === null ? null : teamOn(person, day as Day)
    const team = named ?? said ?? (account === null ? null : lists.teamOfPerson(account)) ?? ''
    const known = teams.get(team)
    if (known) addTo(known, cell, tool)
    else {
      const take = noTake()
      addTo(take, cell, tool)
      teams.set(team, take)
    }
  }
  return [...teams]
    .map(([team, take]) => ({ team, ...take }))
    .sort((a, b) => Number(a.team === '') - Number(b.team === '') || moneyOf(b) - moneyOf(a) || b.rows - a.rows)
}

/** A rule about any account of a person is about the person, whichever account stands for them in the facts. */
export function rulesOfPeople(
  rules: readonly AttributionRule[],
  people: readonly Person[],
): readonly AttributionRule[] {
  if (people.length === 0) return rules
  const personOf = personFinder(people)
  const byName = new Map(people.map((person) => [plainAccount(person.name), person]))
  return rules.map((rule) => {
    if (rule.field !== 'person') return rule
    const person = personOf(rule.equals) ?? byName.get(plainAccount(rule.equals))
    return person === undefined ? rule : { ...rule, equals: person.accounts[0] ?? rule.equals }
  })
}

function noTake(): Growing {
  return { rows: 0, tokens: null, cost: {} }
}

function addCell(take: Growing, cell: UsageCell, kind: CostKind | null, currency: string): void {
  take.rows += cell.rows
  const tokens = allTokens(cell)
  if (tokens !== null) take.tokens = (take.tokens ?? 0) + tokens
  const nanos = kind === null ? null : (cell.cost[currency]?.[kind] ?? null)
  if (nanos !== null) take.cost[kind!] = nanosOf((take.cost[kind!] ?? 0n) + nanos)
}

/** Kinds a take states, strongest first as they are told. */
export function costKindsOf({ cost }: UsageTake): readonly CostKind[] {
  return COST_KINDS.filter((kind) => cost[kind] !== undefined)
}
