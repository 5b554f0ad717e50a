import type { CostKind } from '../../../../shared/quantities/index.ts'
import { type ChangeTake, costKindsOf, type UsageTake } from '../../../../shared/plan/index.ts'
import { formatNanos } from '../../../../shared/money/index.ts'
import { Amount, countOf } from '../../../parts/index.ts'

const SHORT: Readonly<Record<CostKind, string>> = {
  billed: '',
  listed: 'at list price',
  included: 'covered by seats',
  estimated: 'estimated',
}

/** Money of a take, each kind by itself: what is billed is never added to what is estimated. */
export function TakeMoney({ take, currency }: { readonly take: UsageTake; readonly currency: string }) {
  const kinds = costKindsOf(take)
  if (kinds.length === 0) return <span className="faint">no cost</span>
  return (
    <>
      {kinds.map((kind) => (
        <span key={kind} className="take-part">
          <Amount amount={formatNanos(take.cost[kind]!)} currency={currency} />
          {SHORT[kind] !== '' && <span className="small faint"> {SHORT[kind]}</span>}
        </span>
      ))}
    </>
  )
}

export function TakeCell({ take, currency }: { readonly take: UsageTake | undefined; readonly currency: string }) {
  if (take === undefined) return <span className="faint">…</span>
  if (take.rows === 0) return <span className="warn">nothing yet</span>
  return (
    <span className="take">
      <TakeMoney take={take} currency={currency} />
      <span className="small faint nowrap">{countOf(take.rows, 'row')}</span>
    </span>
  )
}

/** What a rule about paths takes: usage has no path, changed lines have. */
export function ChangeTakeCell({ take }: { readonly take: ChangeTake | undefined }) {
  if (take === undefined) return <span className="faint">…</span>
  if (take.changes === 0) return <span className="warn">no change yet</span>
  return (
    <span className="take">
      <span className="nowrap">{countOf(take.lines, 'line')}</span>
      <span className="small faint nowrap">in {countOf(take.changes, 'change')}</span>
    </span>
  )
}
