import type { Day, MonthKey } from '../calendar/index.ts'
import { buildUsageCube, costBasisOf, spentKindOf } from '../cube/index.ts'
import type { FactSet } from '../facts/index.ts'
import { formatNanos, type Nanos, sumNanos } from '../money/index.ts'
import { COST_KINDS, type CostKind } from '../quantities/index.ts'
import { allocate } from './allocation.ts'
import { matchRules } from './attribution.ts'
import type { AttributionRule, SharedCost } from './types.ts'

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
  /** Not of the kind that actuals are added up in: shown beside them, in no sum. */
  readonly isBeside: boolean
  /** Of which shared cost this is a part; `whole` is exact decimal text of what was split. Absent = spent directly. */
  readonly shared?: { readonly id: string; readonly whole: string }
}

export interface Actuals {
  /** The kind every sum of actuals is of; `null` = no tool states what it cost. */
  readonly kind: CostKind | null
  readonly cells: readonly ActualCell[]
  /**
   * Usage with tokens or requests but no cost of its tool's kind in the plan's currency: unpriced, never zero; also beside
   * other usage of its tool that has a price.
   */
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
  /** Rules may name these instead of an initiative: what they take is split over several. */
  readonly sharedCosts?: readonly SharedCost[]
}

/**
 * What was spent, by initiative, month and tool, exact to the nano. Each tool stands by one kind of cost: what is billed
 * where the tool states it, else tokens times the price book, else the nominal value a seat covers, else its list price. A
 * tokens file beside a cost file of the same tool is therefore never counted twice. Kinds are never added: sums are of the
 * strongest kind any tool stands by, and what other tools state is beside them. $900 billed by one tool and $100 estimated
 * of another are an actual of $900, with $100 estimated beside it.
 */
export function actualsOf(facts: FactSet, rules: readonly AttributionRule[], choices: ActualsChoices): Actuals {
  const basisOf = costBasisOf(facts)
  const kind = spentKindOf(basisOf)
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
    if (cell.unpriced > 0) unpriced.push({ tool, month: month as MonthKey, rows: cell.unpriced })
    cells.push({
      initiativeId,
      month: month as MonthKey,
      tool,
      currency: choices.currency,
      amount: formatNanos(nanos),
      nanos,
      basis,
      isBeside: basis !== kind,
    })
  }
  return {
    kind,
    cells: allocated(cells, choices.sharedCosts ?? []),
    unpriced,
    undated: cube.undated,
    otherCurrencies: [...others].sort(),
  }
}

/** Cells of shared costs as parts of initiatives, each tool and month by itself; what nobody takes part in is unattributed. */
function allocated(cells: readonly ActualCell[], shared: readonly SharedCost[]): readonly ActualCell[] {
  if (shared.length === 0) return cells
  const pools = new Map(shared.map((pool) => [pool.id, pool]))
  const direct = cells.filter(({ initiativeId }) => initiativeId === null || !pools.has(initiativeId))
  return cells.flatMap((cell) => {
    const pool = cell.initiativeId === null ? undefined : pools.get(cell.initiativeId)
    if (!pool) return [cell]
    const traced = { ...cell, shared: { id: pool.id, whole: cell.amount } }
    const parts = allocate(cell.nanos, pool, (initiativeId) =>
      sumNanos(
        direct
          .filter((own) => own.initiativeId === initiativeId && own.month === cell.month && own.basis === cell.basis)
          .map(({ nanos }) => nanos),
      ),
    )
    if (parts === null) return [{ ...traced, initiativeId: null }]
    return parts
      .filter(({ nanos }) => nanos !== 0n)
      .map(({ initiativeId, nanos }) => ({ ...traced, initiativeId, nanos, amount: formatNanos(nanos) }))
  })
}

/** Sum of cells, of the one kind actuals are added up in; what is beside them is in no sum. */
export function sumActuals(cells: readonly ActualCell[], keep: (cell: ActualCell) => boolean = () => true): Nanos {
  return sumNanos(cells.filter((cell) => !cell.isBeside && keep(cell)).map(({ nanos }) => nanos))
}

/** What is beside the sums, by kind of cost, in the order the kinds are told. */
export function besideActuals(
  cells: readonly ActualCell[],
): readonly { readonly kind: CostKind; readonly nanos: Nanos }[] {
  return COST_KINDS.flatMap((kind) => {
    const own = cells.filter(({ basis, isBeside }) => isBeside && basis === kind)
    return own.length === 0 ? [] : [{ kind, nanos: sumNanos(own.map(({ nanos }) => nanos)) }]
  })
}
