import { type Expression, nameKey, partsOf, type Place } from './ast.ts'
import { parseFormula } from './parse-formula.ts'
import { printName } from './print-formula.ts'

/**
 * Rewrites the places that name a row and leaves every other character as typed, half-typed text included.
 * `renameInFormula("max(0, backlog * 2)", 'Backlog', 'Open work')` is `max(0, 'Open work' * 2)`.
 */
export function renameInFormula(formula: string, from: string, to: string): string {
  const key = nameKey(from)
  const places: Place[] = []
  collect(parseFormula(formula).ast, key, places)
  let text = formula
  for (const place of places.sort((a, b) => b.from - a.from)) {
    text = text.slice(0, place.from) + printName(to) + text.slice(place.to)
  }
  return text
}

/** Names of rows a formula mentions, in the order written, each once, as typed. */
export function namesIn(node: Expression): readonly string[] {
  const found = new Map<string, string>()
  const visit = (part: Expression) => {
    if (part.kind === 'name' && !found.has(nameKey(part.name))) found.set(nameKey(part.name), part.name)
    for (const pick of picksOf(part)) if (!found.has(nameKey(pick.name))) found.set(nameKey(pick.name), pick.name)
    partsOf(part).forEach(visit)
  }
  visit(node)
  return [...found.values()]
}

function collect(node: Expression, key: string, places: Place[]): void {
  if (node.kind === 'name' && nameKey(node.name) === key) places.push(node.place)
  for (const pick of picksOf(node)) if (nameKey(pick.name) === key) places.push(pick.place)
  for (const part of partsOf(node)) collect(part, key, places)
}

function picksOf(node: Expression): { readonly name: string; readonly place: Place }[] {
  const picks = node.kind === 'pick' ? [node.at] : node.kind === 'span' ? [node.from, node.to] : []
  return picks.filter((pick) => pick.kind === 'named')
}
