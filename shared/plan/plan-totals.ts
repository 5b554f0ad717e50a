import type { MonthKey } from '../calendar/index.ts'
import type { Issue } from '../issues/index.ts'
import type { ModelRow, RowResult } from '../model/index.ts'
import { fromUnits, type Nanos, nanosOf, roundNanos, sumNanos } from '../money/index.ts'

/** One budget line in one month. Money in whole cents; `nanos: null` = no number is planned there, or it is in error. */
export interface PlanCell {
  readonly rowId: string
  readonly initiativeId: string | null
  readonly month: MonthKey
  readonly nanos: Nanos | null
}

/** Sums of cells: every total is the sum of the rounded cells below it, so parts add up to the whole to the cent. */
export interface PlanTotals {
  readonly months: readonly MonthKey[]
  readonly cells: readonly PlanCell[]
  readonly byInitiative: readonly {
    readonly initiativeId: string | null
    readonly byMonth: readonly Nanos[]
    readonly total: Nanos
  }[]
  readonly byMonth: readonly Nanos[]
  readonly total: Nanos
  /** Lines whose number could not be computed; they are in no total. */
  readonly leftOut: readonly Issue[]
}

/**
 * Totals of the budget lines by initiative and month. An uncertain line counts with its mean, because means add up and
 * percentiles do not. Lines without an initiative are together under `null`, last.
 *
 * Rounding: each cell once, to cents, half away from zero. 100.005 a month for two months is 200.02.
 */
export function planTotals(
  lines: readonly ModelRow[],
  results: ReadonlyMap<string, RowResult>,
  months: readonly MonthKey[],
): PlanTotals {
  const leftOut: Issue[] = []
  const cells: PlanCell[] = []
  for (const line of lines) {
    if (line.kind !== 'budget line') continue
    const result = results.get(line.id)
    if (!result || result.shape === 'error') {
      leftOut.push(notComputed(line, result))
      continue
    }
    months.forEach((month, at) => {
      const isPlanned = line.formula.trim() !== '' || line.overrides[month] !== undefined
      const amount = isPlanned ? amountAt(result, at) : null
      cells.push({
        rowId: line.id,
        initiativeId: line.group,
        month,
        nanos: amount === null || !Number.isFinite(amount) ? null : roundNanos(fromUnits(amount), 2),
      })
    })
  }
  // In one pass: a sheet of thousands of lines is added up again at every edit.
  const monthAt = new Map(months.map((month, at) => [month, at]))
  const all = months.map(() => 0n)
  const byOwner = new Map<string | null, bigint[]>()
  for (const { initiativeId, month, nanos } of cells) {
    let own = byOwner.get(initiativeId)
    if (!own) byOwner.set(initiativeId, (own = months.map(() => 0n)))
    const at = monthAt.get(month)!
    own[at]! += nanos ?? 0n
    all[at]! += nanos ?? 0n
  }
  return {
    months,
    cells,
    byInitiative: [...byOwner.keys()].sort(nullLast).map((initiativeId) => ({
      initiativeId,
      ...summed(byOwner.get(initiativeId) ?? []),
    })),
    ...summed(all),
    leftOut,
  }
}

function summed(sums: readonly bigint[]): { readonly byMonth: readonly Nanos[]; readonly total: Nanos } {
  const byMonth = sums.map(nanosOf)
  return { byMonth, total: sumNanos(byMonth) }
}

/** A scalar line is the amount of every month. */
function amountAt(result: RowResult, at: number): number | null {
  switch (result.shape) {
    case 'number':
      return result.value
    case 'months':
      return result.values[at] ?? null
    case 'spread':
      return result.spread.mean
    case 'spread by month':
      return result.spreads[at]?.mean ?? null
    case 'error':
      return null
  }
}

/** Keeps the order in which initiatives first appear on the sheet, but for the lines without one. */
function nullLast(a: string | null, b: string | null): number {
  return Number(a === null) - Number(b === null)
}

function notComputed(line: ModelRow, result: RowResult | undefined): Issue {
  return {
    code: 'plan/not-computed',
    where: { at: line.name },
    said: result?.shape === 'error' ? result.error.code : line.formula,
    wanted: 'a formula or amounts that give a number for each month',
    did: 'kept-aside',
    can:
      result?.shape === 'error'
        ? result.error.message
        : 'Enter an amount or a formula; until then the line is in no total.',
  }
}
