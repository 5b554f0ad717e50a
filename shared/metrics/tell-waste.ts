import { toUnits } from '../money/index.ts'
import { type BehindRow, MOST_ROWS } from './behind-rows.ts'
import type { Case } from './cases.ts'
import type { LinkLevel } from './link-usage.ts'
import type { UsageLoss } from './rows-of-loss.ts'
import type { Waste } from './waste.ts'

export interface WasteTold {
  readonly total: number
  readonly byLevel: Readonly<Record<LinkLevel | 'none', number>>
  readonly lines: readonly {
    readonly name: string
    readonly what: string
    readonly count: number
    readonly amount: number | null
    readonly level: LinkLevel | null
    /** The dearest first, those of unknown cost last. */
    readonly rows: readonly BehindRow[]
    /** What no import tells, so that even how many there are is not known. */
    readonly untold?: string
    /** Where rows of usage are behind it instead: which; see `rowsOfLoss`. */
    readonly usage?: UsageLoss
  }[]
  /** Places where work failed more than once, the dearest first. */
  readonly repeats: readonly RepeatTold[]
}

/** One place paid for several times; amounts are `null` where nothing is linked to its changes. */
export interface RepeatTold {
  /** An issue, or the file most of the work was in. */
  readonly place: string
  readonly times: number
  readonly first: number | null
  readonly repeated: number | null
  /** The first and all later ones, as they came. */
  readonly rows: readonly BehindRow[]
}

const MOST_REPEATS = 40

export function tellWaste(waste: Waste | null, rowOf: (one: Case) => BehindRow): WasteTold | null {
  if (waste === null) return null
  const { id, none } = waste.byLevel
  return {
    total: toUnits(waste.total),
    byLevel: {
      id: toUnits(id),
      'person-day': toUnits(waste.byLevel['person-day']),
      'team-week': toUnits(waste.byLevel['team-week']),
      none: toUnits(none),
    },
    lines: waste.lines.map(({ kind, name, what, count, nanos, level, changes, untold, usage }) => ({
      name,
      what,
      count,
      amount: nanos === null ? null : toUnits(nanos),
      level,
      rows: changes
        .map((one) => {
          const row = rowOf(one)
          // A session's cost is its own, not linked to it.
          return kind.endsWith('-sessions') ? { ...row, cost: { amount: one.part, level: 'id' as const } } : row
        })
        .sort((a, b) => (b.cost?.amount ?? -1) - (a.cost?.amount ?? -1))
        .slice(0, MOST_ROWS),
      ...(untold !== undefined && { untold }),
      ...(usage !== undefined && count > 0 && { usage }),
    })),
    repeats: waste.repeats.slice(0, MOST_REPEATS).map(({ place, times, first, repeated, all }) => ({
      place,
      times,
      first: first === null ? null : toUnits(first),
      repeated: repeated === null ? null : toUnits(repeated),
      rows: all.slice(0, MOST_ROWS).map(rowOf),
    })),
  }
}
