import type { MonthKey } from '../../../shared/calendar/index.ts'
import { currencyOf, formatMoney, moneyOf } from '../../../shared/money/index.ts'
import { besideActuals } from '../../../shared/plan/index.ts'
import { LOCALE, countOf } from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'

/** Which kind of cost the actuals of these months are, and what is in none of them. */
export function ActualsNote({ months, currency }: { readonly months: readonly MonthKey[]; readonly currency: string }) {
  const actuals = useFigures((figures) => figures.actuals)
  const left = useFigures((figures) => figures.notInActuals)
  if (left === null) return null
  const beside = besideActuals(
    actuals.filter((cell) => cell.currency === currency && months.includes(cell.month)),
  ).filter(({ kind }) => kind !== 'included')
  const unpriced = left.unpriced.filter(({ month }) => months.includes(month)).reduce((rows, own) => rows + own.rows, 0)
  return (
    <>
      {beside.length > 0 && (
        <>
          {' · '}
          <span title="Kinds of cost are never added together. Under Data, a bill of that tool makes it count.">
            actuals are {left.kind} cost, another{' '}
            {beside
              .map(({ kind, nanos }) => `${formatMoney(moneyOf(nanos, currencyOf(currency)), LOCALE)} ${kind}`)
              .join(' and ')}{' '}
            is beside them
          </span>
        </>
      )}
      {unpriced > 0 && (
        <>
          {' · '}
          <span className="warn">{countOf(unpriced, 'usage row')} without a price, in no actual</span>
        </>
      )}
    </>
  )
}
