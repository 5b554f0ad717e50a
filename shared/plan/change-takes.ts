import {
  changeRuleFinder,
  CHANGE_FIELDS,
  type Delivery,
  linesByOwner,
  type Person,
  type RuleOfChanges,
} from '../delivery/index.ts'
import { orderedRules } from './attribution.ts'
import { rulesOfPeople } from './rule-takes.ts'
import type { AttributionRule } from './types.ts'

export interface ChangeTake {
  /** Changes with at least one such file. */
  readonly changes: number
  readonly lines: number
}

export interface ChangeTakes {
  /** By rule id, rules about paths only: the files the rule decides, the initiative where it names one, else the team. */
  readonly byRule: Readonly<Record<string, ChangeTake>>
  /** Files no rule gives to a team and no list of owners names. */
  readonly unowned: ChangeTake
  readonly total: ChangeTake
}

type Asked = RuleOfChanges & Pick<AttributionRule, 'id' | 'initiativeId' | 'team'>

/** Tries rules on all landed changes: whose files they are, the first rule that fits deciding. */
export function changeTakes(
  { landings, ownership }: Delivery,
  rules: readonly AttributionRule[],
  people: readonly Person[],
): ChangeTakes {
  const asked = orderedRules(rulesOfPeople(rules, people)).flatMap((rule): readonly Asked[] => {
    const field = CHANGE_FIELDS.find((own) => own === rule.field)
    return field === undefined ? [] : [{ ...rule, field }]
  })
  const target = changeRuleFinder(asked.filter(({ initiativeId }) => initiativeId !== ''))
  const team = changeRuleFinder(asked.filter((rule) => (rule.team ?? '') !== ''))
  const takes = new Map(asked.filter(({ field }) => field === 'path').map(({ id }) => [id, noTake()] as const))
  const [unowned, total] = [noTake(), noTake()]
  for (const { repository, author, files } of landings) {
    const change = { repository, people: author === null ? [] : [author] }
    const [targetOf, teamOf] = [target(change), team(change)]
    const targets = linesByOwner(files, (path) => {
      const found = targetOf(path)
      return found && { name: found.rule.id, place: found.place }
    })
    const teams = linesByOwner(files, (path) => {
      const found = teamOf(path)
      if (found) return { name: found.rule.id, place: found.place }
      return ownership.ownerOfPath(repository, path) && { name: LISTED, place: Infinity }
    })
    for (const { owner, lines } of targets) add(takes.get(owner ?? ''), lines)
    for (const { owner, lines } of teams) {
      if (owner === null) add(unowned, lines)
      else if (rules.find(({ id }) => id === owner)?.initiativeId === '') add(takes.get(owner), lines)
    }
    add(
      total,
      targets.reduce((sum, { lines }) => sum + lines, 0),
    )
  }
  return { byRule: Object.fromEntries(takes), unowned, total }
}

/** Owned as a list of owners says; no rule has this id. */
const LISTED = '\u001flisted'

interface Growing extends ChangeTake {
  changes: number
  lines: number
}

function noTake(): Growing {
  return { changes: 0, lines: 0 }
}

function add(take: Growing | undefined, lines: number): void {
  if (!take) return
  take.changes++
  take.lines += lines
}
