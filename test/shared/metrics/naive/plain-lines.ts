import type { HunkLanding } from '../../../../shared/delivery/index.ts'
import { walkNaively } from '../../../support/naive-lines.ts'
import type { Landed } from './plain-records.ts'
import type { Team } from './plain-metric.ts'

/** Lines a landing added that a later one took away, and how many there were of either. */
export interface Gone {
  readonly birth: Landed
  readonly death: Landed
  readonly lines: number
  /** As deletions spread evenly take them, and as those of the newest lines do. */
  readonly least: number
  readonly most: number
}

export interface Walked {
  readonly isExact: boolean
  readonly added: ReadonlyMap<Landed, number>
  readonly gone: readonly Gone[]
}

/** Of the paths there are in the made-up team: sources, and neither lists of packages nor prose. */
export function isCode(path: string): boolean {
  return path.endsWith('.ts') || path.endsWith('.py')
}

export function codeLines({ files }: Landed, what: 'added' | 'deleted'): number {
  return files.filter(({ path }) => isCode(path)).reduce((sum, file) => sum + (file[what] ?? 0), 0)
}

const known = new WeakMap<Team, readonly Walked[]>()

export function walked(team: Team): readonly Walked[] {
  let own = known.get(team)
  if (!own)
    known.set(
      team,
      (own = team.lines.map((line) => (isByLine(team, line) ? byLine(team, line) : byCounts(team, line)))),
    )
  return own
}

export function isExact(team: Team): boolean {
  return walked(team).every((own) => own.isExact)
}

function isByLine(team: Team, line: readonly Landed[]): boolean {
  return team.rows.hunk.some(({ repository }) => repository === line[0]!.repository)
}

/** A list of all lines of every file, each with the landing that put it there. */
function byLine(team: Team, line: readonly Landed[]): Walked {
  const landings = line.map((landing): HunkLanding => {
    const rows = team.rows.hunk.filter(
      ({ repository, sha }) => repository === landing.repository && sha === landing.sha,
    )
    const paths = [...new Set(rows.map(({ path }) => path!))]
    return {
      landedAt: landing.at,
      files: paths.map((path) => {
        const own = rows.filter((row) => row.path === path)
        const { fromPath = null, change } = own[0]!
        const hunks = own.flatMap((row) =>
          row.oldStart == null ? [] : [row.oldStart, row.oldCount!, row.newStart!, row.newCount!],
        )
        return { path, fromPath, hunks, isNew: change === 'new', isDeleted: change === 'deleted' }
      }),
    }
  })
  const { added, removed } = walkNaively(landings, isCode)
  return {
    isExact: true,
    added: new Map(line.map((landing, at) => [landing, added[at]!])),
    gone: [...removed].map(([pair, lines]) => {
      const [birth, death] = pair.split(' ').map((at) => line[Number(at)]!)
      return { birth: birth!, death: death!, lines, least: lines, most: lines }
    }),
  }
}

interface Left {
  /** `null` = before the first landing, or in a file that was no code then. */
  readonly birth: Landed | null
  lines: number
}

/**
 * Per file the additions that are left, twice: as deletions spread over all of them leave them, and as deletions of the newest
 * lines do. Where the lines of every file before the first landing are known, the truth is a quarter of the way between both.
 */
function byCounts(team: Team, line: readonly Landed[]): Walked {
  const baseline = team.rows.fileBaseline.filter(({ repository }) => repository === line[0]!.repository)
  const quarter = baseline.length > 0 ? 0.25 : 0
  const spread = new Map<string, Left[]>(baseline.map(({ path, lines }) => [path!, [{ birth: null, lines: lines! }]]))
  const newest = new Map<string, Left[]>(baseline.map(({ path, lines }) => [path!, [{ birth: null, lines: lines! }]]))
  const added = new Map(line.map((landing) => [landing, 0]))
  const gone: Gone[] = []
  for (const death of line) {
    const take = (birth: Landed | null, least: number, most: number): void => {
      if (birth !== null) gone.push({ birth, death, lines: least * (1 - quarter) + most * quarter, least, most })
    }
    for (const queues of [spread, newest]) {
      const moved = death.files.flatMap(({ fromPath, path }) => {
        const queue = fromPath === null ? undefined : queues.get(fromPath)
        if (queue === undefined) return []
        queues.delete(fromPath!)
        return [[path, queue] as const]
      })
      for (const [path, queue] of moved) queues.set(path, queue)
    }
    for (const { path, added: plus, deleted } of death.files) {
      if (plus === null || deleted === null) continue
      const [even, stack] = [spread, newest].map((queues) => {
        if (!queues.has(path)) queues.set(path, [])
        return queues.get(path)!
      })
      const all = even!.reduce((sum, { lines }) => sum + lines, 0)
      const share = all === 0 ? 0 : Math.min(1, deleted / all)
      for (const own of even!) {
        take(own.birth, own.lines * share, 0)
        own.lines *= 1 - share
      }
      let missing = deleted
      for (const own of [...stack!].reverse()) {
        const lines = Math.min(missing, own.lines)
        take(own.birth, 0, lines)
        own.lines -= lines
        missing -= lines
      }
      const birth = isCode(path) ? death : null
      even!.push({ birth, lines: plus })
      stack!.push({ birth, lines: plus })
      if (isCode(path)) added.set(death, added.get(death)! + plus)
    }
  }
  return { isExact: false, added, gone }
}
