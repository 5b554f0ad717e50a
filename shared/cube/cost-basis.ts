import type { FactSet } from '../facts/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import type { CostKind } from '../quantities/index.ts'
import { buildUsageCube, type UsageCube, type UsageSums } from './usage-cube.ts'

/**
 * Which kind of cost stands for a tool when one number is wanted, strongest first:
 * billed — what is owed; a tool with any billed row owes nothing for its other rows (a seat or a pool covers them).
 * estimated — tokens times our price book. included — nominal, covered by a seat or a pool.
 * listed — prices before discounts come last: some exports list a price for uses nobody was charged for.
 */
export const COST_PREFERENCE = ['billed', 'estimated', 'included', 'listed'] as const satisfies readonly CostKind[]

/** The strongest kind these sums state in any currency; `null` = no cost at all. */
export function costKindOf(sums: UsageSums): CostKind | null {
  return COST_PREFERENCE.find((kind) => Object.values(sums.cost).some((money) => money[kind] !== null)) ?? null
}

/** Per tool the kind of cost that stands for it over all its usage; `null` key parts are tools without a name. */
export function costBasisOf(facts: FactSet): ReadonlyMap<string | null, CostKind | null> {
  return new Map(usageByTool(facts).cells.map((cell) => [cell.key[0] ?? null, costKindOf(cell)]))
}

/**
 * The one kind of cost that money is added up in where tools state different ones: the strongest that any tool stands by.
 * What others state is shown beside it. `included` is owed by nobody and so never among what is spent.
 */
export function spentKindOf(basis: ReadonlyMap<string | null, CostKind | null>): CostKind | null {
  const kinds = new Set(basis.values())
  return COST_PREFERENCE.find((kind) => kind !== 'included' && kinds.has(kind)) ?? null
}

const byTool = new WeakMap<FactSet, UsageCube>()

function usageByTool(facts: FactSet): UsageCube {
  let cube = byTool.get(facts)
  if (!cube) byTool.set(facts, (cube = buildUsageCube(facts, ['tool'])))
  return cube
}

/** One kind in one currency summed over cells, with what could not be added: other currencies, cells without that kind. */
export function sumCost(
  cells: readonly UsageSums[],
  kind: CostKind,
  currency: string,
): { readonly nanos: Nanos | null; readonly otherCurrencies: readonly string[]; readonly rowsWithout: number } {
  let nanos: bigint | null = null
  let rowsWithout = 0
  const others = new Set<string>()
  for (const cell of cells) {
    const own = cell.cost[currency]?.[kind] ?? null
    if (own === null) rowsWithout += cell.rows
    else nanos = (nanos ?? 0n) + own
    for (const [code, money] of Object.entries(cell.cost))
      if (code !== currency && money[kind] !== null) others.add(code)
  }
  return { nanos: nanos === null ? null : nanosOf(nanos), otherCurrencies: [...others].sort(), rowsWithout }
}
