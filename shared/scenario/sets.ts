import { nameKey, nearestName, parseFormula } from '../formula/index.ts'
import { accepted, type Issue, type Outcome, refused } from '../issues/index.ts'
import type { ModelRow } from '../model/index.ts'
import { brokenSet, unknownRow, unreadableSet } from './messages.ts'

/** `Services=120` or `'Review rate' = $95` as a name and a formula. The first equals sign outside quotes parts them. */
export function readSet(text: string): Outcome<{ readonly name: string; readonly formula: string }> {
  const match = /^\s*(?:'((?:[^']|'')+)'|([^'=]+?))\s*=\s*(\S.*?)\s*$/s.exec(text)
  if (!match) return refused(unreadableSet(text))
  return accepted({ name: (match[1]?.replaceAll("''", "'") ?? match[2]!).trim(), formula: match[3]! })
}

/**
 * The rows with the formulas a scenario sets. Names are compared without regard to case; a name no row bears is refused
 * together with the nearest one that exists, because a setting without effect would be a wrong answer.
 */
export function applySets(
  rows: readonly ModelRow[],
  sets: Readonly<Record<string, string>>,
): Outcome<{ readonly rows: readonly ModelRow[]; readonly touched: readonly string[] }> {
  const issues: Issue[] = []
  const formulas = new Map<string, string>()
  for (const [name, formula] of Object.entries(sets)) {
    const row = rows.find((candidate) => nameKey(candidate.name) === nameKey(name))
    if (!row) {
      issues.push(
        unknownRow(
          name,
          nearestName(
            name,
            rows.filter(({ kind }) => kind !== 'outcome').map((candidate) => candidate.name),
          ),
        ),
      )
      continue
    }
    const problem = parseFormula(formula).errors[0]
    if (problem) issues.push(brokenSet(row.name, formula, problem.message))
    else formulas.set(row.id, formula)
  }
  if (issues.length > 0) return refused(...issues)
  return accepted({
    rows: rows.map((row) => {
      const formula = formulas.get(row.id)
      return formula === undefined ? row : { ...row, formula, overrides: {}, evidence: { kind: 'entered' } }
    }),
    touched: [...formulas.keys()],
  })
}
