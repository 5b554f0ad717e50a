import { type Expression, nameKey, partsOf, type Place } from './ast.ts'
import { functionNamed } from './functions.ts'
import { parseFormula } from './parse-formula.ts'
import { printName } from './print-formula.ts'

/** Names outside `actual(…)` mean rows, those inside mean what money was spent on: an initiative, else a row. */
export type NameMeaning = 'row' | 'spent on' | 'both'

/**
 * Rewrites the places that name a row (or what money was spent on) and leaves every other character as typed, half-typed text
 * included. `renameInFormula("max(0, backlog * 2)", 'Backlog', 'Open work')` is `max(0, 'Open work' * 2)`.
 */
export function renameInFormula(formula: string, from: string, to: string, meaning: NameMeaning = 'both'): string {
  const found: Renamed[] = []
  collect(parseFormula(formula).ast, nameKey(from), meaning, found)
  let text = formula
  for (const { place, isText } of found.sort((a, b) => b.place.from - a.place.from)) {
    const written = isText ? `"${to.replaceAll('"', '""')}"` : printName(to)
    text = text.slice(0, place.from) + written + text.slice(place.to)
  }
  return text
}

interface Renamed {
  readonly place: Place
  /** In double quotes, as `actual` takes names too. */
  readonly isText: boolean
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

function collect(node: Expression, key: string, meaning: NameMeaning, found: Renamed[]): void {
  if (node.kind === 'call' && functionNamed(node.name)?.group === 'known figures') {
    // Models and metrics have names of their own.
    if (node.name !== 'actual' || meaning === 'row') return
    for (const { value } of node.args) {
      const name = value.kind === 'name' ? value.name : value.kind === 'text' ? value.value : null
      if (name !== null && nameKey(name) === key) found.push({ place: value.place, isText: value.kind === 'text' })
    }
    return
  }
  if (meaning !== 'spent on') {
    if (node.kind === 'name' && nameKey(node.name) === key) found.push({ place: node.place, isText: false })
    for (const pick of picksOf(node)) if (nameKey(pick.name) === key) found.push({ place: pick.place, isText: false })
  }
  for (const part of partsOf(node)) collect(part, key, meaning, found)
}

function picksOf(node: Expression): { readonly name: string; readonly place: Place }[] {
  const picks = node.kind === 'pick' ? [node.at] : node.kind === 'span' ? [node.from, node.to] : []
  return picks.filter((pick) => pick.kind === 'named')
}
