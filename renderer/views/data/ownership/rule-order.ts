import { type AttributionRule, orderedRules } from '../../../../shared/plan/index.ts'

type Rules = Readonly<Record<string, AttributionRule>>

export function replaceRule(rules: Rules, rule: AttributionRule): Rules {
  return { ...rules, [rule.id]: rule }
}

export function withoutRule(rules: Rules, id: string): Rules {
  const { [id]: _gone, ...others } = rules
  return others
}

/** One place earlier (-1) or later (+1); orders become 1, 2, 3 … At an end nothing changes place. */
export function moveRule(rules: Rules, id: string, by: -1 | 1): Rules {
  const ordered = [...orderedRules(Object.values(rules))]
  const from = ordered.findIndex((rule) => rule.id === id)
  const to = from + by
  const [moved, other] = [ordered[from], ordered[to]]
  if (!moved || !other) return rules
  ordered[from] = other
  ordered[to] = moved
  return Object.fromEntries(ordered.map((rule, index) => [rule.id, { ...rule, order: index + 1 }]))
}
