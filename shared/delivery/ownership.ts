import { eachFact, type FactRow, type FactSet } from '../facts/index.ts'
import type { PathOwner } from './owned-lines.ts'
import { pathPattern } from './path-pattern.ts'
import { remembered } from './remembered.ts'
import { isSameRepository } from './repository-names.ts'
import { textFits } from './text-fits.ts'

/** Who owns what, as the newest list of each source says. */
export interface Ownership {
  /** Owners of a file; empty = nobody, or nobody any more. */
  ownersOfPath(repository: string, path: string): readonly string[]
  /** The first named of them and where it is named first; `null` = nobody. */
  ownerOfPath(repository: string, path: string): PathOwner | null
  /** Team of an issue key such as `ENG-12`; `ENG-*` owns all of a project. */
  teamOfKey(key: string): string | null
  teamOfPerson(person: string): string | null
  readonly rules: number
}

interface Rule {
  readonly repository: string | null
  readonly of: string
  readonly fits: (text: string) => boolean
  readonly team: string | null
  readonly position: number
}

/**
 * A list is replaced as a whole: of each source and repository only the import that came last counts, because a line that is
 * gone from it says nothing any more. A team map of one's own goes before CODEOWNERS.
 */
export function ownershipOf(facts: FactSet): Ownership {
  const lists = new Map<string, { importId: string; rows: FactRow<'ownership'>[] }>()
  for (const { origin, ...row } of eachFact(facts.ownership)) {
    const name = row.source === 'codeowners' ? `codeowners ${row.repository ?? ''}` : 'team-map'
    const list = lists.get(name)
    if (list?.importId === origin.importId) list.rows.push(row)
    else lists.set(name, { importId: origin.importId, rows: [row] })
  }
  const rulesOf = (source: string) =>
    [...lists.values()]
      .flatMap(({ rows }) => rows)
      .filter((row) => row.source === source && row.pattern !== null)
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
      .map(ruleOf)
  const [own, codeowners] = [rulesOf('team-map'), rulesOf('codeowners')]
  const first = (of: string, text: string, repository: string | null): string | null =>
    own.find((rule) => rule.of === of && isIn(rule, repository) && rule.fits(text))?.team ?? null
  const places = new Map<string, number>()
  for (const { team } of [...own, ...codeowners]) if (team !== null && !places.has(team)) places.set(team, places.size)
  const ownersOfPath = (repository: string, path: string): readonly string[] => {
    const mapped = first('path', path, repository)
    if (mapped !== null) return [mapped]
    const last = codeowners.filter((rule) => isIn(rule, repository) && rule.fits(path)).at(-1)
    if (!last) return []
    return codeowners.flatMap((rule) =>
      rule.position === last.position && rule.repository === last.repository && rule.team !== null ? [rule.team] : [],
    )
  }
  // The same files change again and again.
  const ownerIn = remembered((repository: string) =>
    remembered((path: string): PathOwner | null => {
      const name = ownersOfPath(repository, path)[0]
      return name === undefined ? null : { name, place: places.get(name)! }
    }),
  )
  return {
    rules: own.length + codeowners.length,
    ownersOfPath,
    ownerOfPath: (repository, path) => ownerIn(repository)(path),
    teamOfKey: (key) => first('key', key, null),
    teamOfPerson: (person) => first('person', person, null),
  }
}

function isIn(rule: Rule, repository: string | null): boolean {
  return rule.repository === null || repository === null || isSameRepository(rule.repository, repository)
}

function ruleOf(row: FactRow<'ownership'>): Rule {
  const { repository, team, position } = row
  const [of, pattern] = [row.of ?? 'path', row.pattern ?? '']
  const path = of === 'path' ? pathPattern(pattern) : null
  const fits = path ? (text: string) => path.test(text) : textFits(pattern)
  return { repository, of, team, position: position ?? 0, fits }
}
