import type { PathOwner } from './owned-lines.ts'
import { ruleFits } from './rule-fits.ts'

/** What rules can ask of a change; keys, workspaces and models are of usage alone. */
export const CHANGE_FIELDS = ['path', 'repository', 'person'] as const
export type ChangeField = (typeof CHANGE_FIELDS)[number]

export interface RuleOfChanges {
  readonly field: ChangeField
  /** See `ruleFits`. */
  readonly equals: string
}

export interface RuledChange {
  readonly repository: string
  readonly people: readonly string[]
}

/**
 * For a change, the first rule that fits each of its files. Rules about repositories and people fit all files of a change,
 * rules about paths only those they name, so that one change may belong to several. The path `null` asks for a change whose
 * files are not known: no rule about paths fits it.
 */
export function changeRuleFinder<R extends RuleOfChanges>(
  rules: readonly R[],
): (change: RuledChange) => (path: string | null) => { readonly rule: R; readonly place: number } | null {
  const ready = rules.map((rule, place) => ({ rule, place, field: rule.field, fits: ruleFits(rule) }))
  return ({ repository, people }) => {
    const open = ready.filter(
      ({ field, fits }) => field === 'path' || (field === 'repository' ? fits(repository) : people.some(fits)),
    )
    if (open.length === 0) return () => null
    return (path) => open.find(({ field, fits }) => field !== 'path' || (path !== null && fits(path))) ?? null
  }
}

/** The owner a rule names, placed where the rule stands. */
export function ruledOwner<R>(
  found: { readonly rule: R; readonly place: number } | null,
  nameOf: (rule: R) => string,
): PathOwner | null {
  return found === null ? null : { name: nameOf(found.rule), place: found.place }
}
