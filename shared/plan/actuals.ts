import type { Day, MonthKey } from '../calendar/index.ts'
import { buildUsageCube, costBasisOf, type UsageOwnerFields } from '../cube/index.ts'
import type { FactSet } from '../facts/index.ts'
import { formatNanos, type Nanos, nanosOf } from '../money/index.ts'
import type { CostKind } from '../quantities/index.ts'
import type { AttributionRule } from './types.ts'

/** Money spent by one tool on one initiative in one month, of the one kind of cost that stands for the tool. */
export interface ActualCell {
  /** `null` = no rule claims it: unattributed, always shown. */
  readonly initiativeId: string | null
  readonly month: MonthKey
  readonly tool: string | null
  readonly currency: string
  /** Exact decimal text. */
  readonly amount: string
  readonly nanos: Nanos
  /** billed, listed, estimated, or included (nominal: nobody owes it). */
  readonly basis: CostKind
}

export interface Actuals {
  readonly cells: readonly ActualCell[]
  /** Usage with tokens or requests but no cost of its tool's kind in the plan's currency: unpriced, never zero. */
  readonly unpriced: readonly { readonly tool: string | null; readonly month: MonthKey; readonly rows: number }[]
  /** Rows without a date; they are in no month. */
  readonly undated: number
  /** Currencies of rows that are in no cell. */
  readonly otherCurrencies: readonly string[]
}

export interface ActualsChoices {
  /** ISO 4217; other currencies are named, not converted. */
  readonly currency: string
  readonly from?: Day
  readonly to?: Day
}

/** The first rule in `order` whose field equals the usage's, letter case aside; `null` = nobody's yet. */
export function matchRules(rules: readonly AttributionRule[]): (usage: UsageOwnerFields) => string | null {
  const ordered = [...rules].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  return (usage) =>
    ordered.find(({ field, equals }) => usage[field]?.toLowerCase() === equals.trim().toLowerCase())?.initiativeId ??
    null
}

/**
 * What was spent, by initiative, month and tool, exact to the nano. Each tool counts with one kind of cost only: what is
 * billed where the tool states it, else its list price, else tokens times the price book, else the nominal value a seat
 * covers. A tokens file beside a cost file of the same tool is therefore never counted twice.
 */
export function actualsOf(facts: FactSet, rules: readonly AttributionRule[], choices: ActualsChoices): Actuals {
  const basisOf = costBasisOf(facts)
  const period = {
    ...(choices.from === undefined ? {} : { from: choices.from }),
    ...(choices.to === undefined ? {} : { to: choices.to }),
  }
  const cube = buildUsageCube(facts, ['tool', 'initiative', 'month'], { initiativeOf: matchRules(rules), ...period })
  const cells: ActualCell[] = []
  const unpriced: { tool: string | null; month: MonthKey; rows: number }[] = []
  const others = new Set<string>()
  for (const cell of cube.cells) {
    const [tool = null, initiativeId = null, month = null] = cell.key
    if (month === null) continue
    const basis = basisOf.get(tool) ?? null
    const nanos = basis === null ? null : (cell.cost[choices.currency]?.[basis] ?? null)
    for (const [code, money] of Object.entries(cell.cost)) {
      if (code !== choices.currency && Object.values(money).some((amount) => amount !== null)) others.add(code)
    }
    if (basis === null || nanos === null) {
      // A tool that bills owes nothing for rows it does not bill; only a tool without any price leaves money unknown.
      if (basis !== 'billed') unpriced.push({ tool, month: month as MonthKey, rows: cell.rows })
      continue
    }
    cells.push({
      initiativeId,
      month: month as MonthKey,
      tool,
      currency: choices.currency,
      amount: formatNanos(nanos),
      nanos,
      basis,
    })
  }
  return { cells, unpriced, undated: cube.undated, otherCurrencies: [...others].sort() }
}

/** Sum of cells; `included` is nominal and counts only when it is asked for. */
export function sumActuals(
  cells: readonly ActualCell[],
  keep: (cell: ActualCell) => boolean = () => true,
  bases: readonly CostKind[] = ['billed', 'listed', 'estimated'],
): Nanos {
  let sum = 0n
  for (const cell of cells) if (bases.includes(cell.basis) && keep(cell)) sum += cell.nanos
  return nanosOf(sum)
}
