import type { UsageOwnerFields } from '../cube/index.ts'
import { ruleFits } from '../delivery/index.ts'
import type { AttributionRule } from './types.ts'

/** What the rules say of one use: for each question the first rule that fits and answers it. */
export interface Attributed {
  /** An initiative or a shared cost. */
  readonly target: AttributionRule | null
  readonly team: AttributionRule | null
}

/** Rules in their order; of equal order the smaller id. */
export function orderedRules(rules: readonly AttributionRule[]): readonly AttributionRule[] {
  return [...rules].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
}

/** Rules held against usage as `ruleFits` says; no usage names files, so rules about paths claim none of it. */
export function ruleMatcher(rules: readonly AttributionRule[]): (usage: UsageOwnerFields) => Attributed {
  const ready = orderedRules(rules).flatMap((rule) =>
    rule.field === 'path' ? [] : [{ rule, field: rule.field, fits: ruleFits(rule) }],
  )
  return (usage) => {
    let target: AttributionRule | null = null
    let team: AttributionRule | null = null
    for (const { rule, field, fits } of ready) {
      const said = usage[field]
      if (said === null || !fits(said)) continue
      if (target === null && rule.initiativeId !== '') target = rule
      if (team === null && rule.team !== undefined && rule.team !== '') team = rule
      if (target !== null && team !== null) break
    }
    return { target, team }
  }
}

/** The initiative or shared cost of a use; `null` = nobody's yet. */
export function matchRules(rules: readonly AttributionRule[]): (usage: UsageOwnerFields) => string | null {
  const match = ruleMatcher(rules)
  return (usage) => match(usage).target?.initiativeId ?? null
}
