import type { UsageTotals } from '../../../shared/importers/index.ts'
import type { CostKind } from '../../../shared/quantities/index.ts'
import { Amount } from '../../parts/index.ts'

const STRONGEST_FIRST: readonly CostKind[] = ['billed', 'listed', 'included', 'estimated']

/** The first kind of cost a file states; its others are in the details. Nothing where it states none. */
export function MainCost({ totals: { cost, currency } }: { readonly totals: UsageTotals }) {
  const kind = STRONGEST_FIRST.find((each) => cost[each] !== null)
  if (!kind) return null
  return (
    <span className="nowrap" title={`${kind} cost`}>
      <Amount amount={cost[kind]} currency={currency ?? 'USD'} />
      {(kind !== 'billed' || Number(cost[kind]) === 0) && <span className="small faint"> {kind}</span>}
    </span>
  )
}
