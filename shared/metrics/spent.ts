import { type Day, epochDayOf } from '../calendar/index.ts'
import { allTokens, buildUsageCube, COST_PREFERENCE, costBasisOf, sumCost, type UsageCell } from '../cube/index.ts'
import type { FactSet } from '../facts/index.ts'
import { nanosOf, toUnits } from '../money/index.ts'
import type { CostKind } from '../quantities/index.ts'
import type { Issue } from '../issues/index.ts'
import { daysIn } from './bounds.ts'
import { needsCost, needsUsage, needsUsageInPeriod, otherCurrency } from './messages.ts'
import type { MetricContext, Period } from './types.ts'

interface UsageDays {
  /** Day x tool, by day. */
  readonly cells: readonly UsageCell[]
  readonly firstDay: number
  readonly lastDay: number
}

const days = new WeakMap<FactSet, UsageDays>()

function usageDays(facts: FactSet): UsageDays {
  let known = days.get(facts)
  if (known) return known
  const cells = buildUsageCube(facts, ['day', 'tool']).cells.filter(({ key }) => key[0] !== null)
  const first = cells[0]?.key[0]
  const last = cells.at(-1)?.key[0]
  known = {
    cells,
    firstDay: first == null ? Infinity : epochDayOf(first as Day),
    lastDay: last == null ? -Infinity : epochDayOf(last as Day),
  }
  days.set(facts, known)
  return known
}

export type Spent =
  | {
      readonly ok: true
      readonly value: number
      /** Share of the period's days and of the tools that the sum speaks for. */
      readonly coverage: number
      readonly excluded: Readonly<Record<string, number>>
      readonly kind: CostKind | null
    }
  | { readonly ok: false; readonly why: Issue }

/** All tokens of a period, plain: cache reads count like any other token. */
export function tokensIn(context: MetricContext, period: Period): Spent {
  const usage = usageDays(context.facts)
  if (usage.cells.length === 0) return { ok: false, why: needsUsage() }
  const cells = cellsIn(usage, period)
  let tokens: number | null = null
  for (const cell of cells) {
    const own = allTokens(cell)
    if (own !== null) tokens = (tokens ?? 0) + own
  }
  if (tokens === null) return { ok: false, why: needsUsageInPeriod(`${period.from} to ${period.to}`) }
  const silent = toolsWithout(cells, (cell) => allTokens(cell) !== null)
  return {
    ok: true,
    value: tokens,
    coverage: dayShare(usage, period) * (1 - silent.share),
    excluded: Object.fromEntries(silent.tools.map(([tool, rows]) => [`${tool}: rows without tokens`, rows])),
    kind: null,
  }
}

/**
 * Money of a period in currency units: one kind of cost only, the strongest any tool states over all its usage, so that a
 * trend never changes its kind. Tools that do not state it are left out, counted and named.
 */
export function costIn(context: MetricContext, period: Period): Spent {
  const usage = usageDays(context.facts)
  if (usage.cells.length === 0) return { ok: false, why: needsUsage() }
  const { basis, kind } = standingCost(context.facts)
  if (kind === null) return { ok: false, why: needsCost() }
  const cells = cellsIn(usage, period)
  if (cells.length === 0) return { ok: false, why: needsUsageInPeriod(`${period.from} to ${period.to}`) }
  const counted = cells.filter((cell) => basis.get(cell.key[1] ?? null) === kind)
  const { nanos, otherCurrencies } = sumCost(counted, kind, context.settings.currency)
  if (nanos === null) {
    if (otherCurrencies.length > 0) return { ok: false, why: otherCurrency(otherCurrencies, context.settings.currency) }
    return { ok: false, why: needsUsageInPeriod(`${period.from} to ${period.to}`) }
  }
  const silent = toolsWithout(cells, (cell) => basis.get(cell.key[1] ?? null) === kind)
  const foreign = counted.filter(({ cost }) =>
    Object.keys(cost).some((code) => code !== context.settings.currency && cost[code]![kind] !== null),
  )
  return {
    ok: true,
    value: toUnits(nanos),
    coverage: dayShare(usage, period) * (1 - silent.share),
    excluded: {
      ...Object.fromEntries(silent.tools.map(([tool, rows]) => [`${tool}: rows without ${kind} cost`, rows])),
      'rows in another currency': foreign.reduce((sum, { rows }) => sum + rows, 0),
    },
    kind,
  }
}

/** The one kind of cost that stands for all usage, and which tools state it; `null` = no cost at all. */
export function standingCost(facts: FactSet): {
  readonly basis: ReadonlyMap<string | null, CostKind | null>
  readonly kind: CostKind | null
} {
  const basis = costBasisOf(facts)
  return { basis, kind: COST_PREFERENCE.find((preferred) => [...basis.values()].includes(preferred)) ?? null }
}

/** What `costIn` or `tokensIn` sums, by tool or model; empty where that is unknown. */
export function spentBy(
  context: MetricContext,
  period: Period,
  unit: '$' | 'tokens',
  by: 'tool' | 'model',
): ReadonlyMap<string, number> {
  const { basis, kind } = standingCost(context.facts)
  const { cells } = buildUsageCube(context.facts, ['tool', by], { from: period.from, to: period.to })
  const nanosOfName = new Map<string, bigint>()
  const tokensOfName = new Map<string, number>()
  for (const cell of cells) {
    const name = cell.key[1] ?? `${by === 'tool' ? 'Tool' : 'Model'} not named`
    const tokens = allTokens(cell)
    if (tokens !== null) tokensOfName.set(name, (tokensOfName.get(name) ?? 0) + tokens)
    if (kind === null || basis.get(cell.key[0] ?? null) !== kind) continue
    const nanos = cell.cost[context.settings.currency]?.[kind] ?? null
    if (nanos !== null) nanosOfName.set(name, (nanosOfName.get(name) ?? 0n) + nanos)
  }
  if (unit === 'tokens') return tokensOfName
  return new Map([...nanosOfName].map(([name, nanos]) => [name, toUnits(nanosOf(nanos))]))
}

function cellsIn({ cells }: UsageDays, period: Period): readonly UsageCell[] {
  return cells.filter(({ key }) => key[0]! >= period.from && key[0]! <= period.to)
}

/** Share of the period's days between the first and the last day usage speaks of. */
function dayShare({ firstDay, lastDay }: UsageDays, period: Period): number {
  const from = Math.max(firstDay, epochDayOf(period.from))
  const to = Math.min(lastDay, epochDayOf(period.to))
  return Math.max(0, to - from + 1) / daysIn(period)
}

/** Tools of which no cell passes, with their rows and their share of all rows. */
function toolsWithout(
  cells: readonly UsageCell[],
  speaks: (cell: UsageCell) => boolean,
): { readonly tools: readonly (readonly [string, number])[]; readonly share: number } {
  const rows = new Map<string, { rows: number; speaks: boolean }>()
  for (const cell of cells) {
    const tool = cell.key[1] ?? 'unnamed tool'
    const known = rows.get(tool) ?? { rows: 0, speaks: false }
    rows.set(tool, { rows: known.rows + cell.rows, speaks: known.speaks || speaks(cell) })
  }
  const silent = [...rows].filter(([, own]) => !own.speaks).map(([tool, own]) => [tool, own.rows] as const)
  const all = [...rows.values()].reduce((sum, own) => sum + own.rows, 0)
  return { tools: silent, share: all === 0 ? 0 : silent.reduce((sum, [, own]) => sum + own, 0) / all }
}
