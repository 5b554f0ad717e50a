/** Plan, actual and forecast of a part of the plan, over any period. */
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import { type Nanos, nanosOf } from '../../../shared/money/index.ts'
import { type ForecastBasis, forecastOf } from '../../../shared/plan/index.ts'
import type { ActualCell } from '../../stores/figures.ts'
import { type Actual, type Forecast, sumActual } from './plan-cells.ts'

/** Each is null when nothing is known, which is never zero. */
export interface PlanAmounts {
  readonly plan: (months: readonly MonthKey[]) => Nanos | null
  readonly actual: (months: readonly MonthKey[]) => Actual | null
  readonly forecast: (months: readonly MonthKey[]) => Forecast | null
}

export interface AmountsInput {
  /** By month; null = nobody planned anything. */
  readonly planned: (month: MonthKey) => Nanos | null
  readonly actuals: readonly ActualCell[]
  /** ISO 4217; other currencies are left to where they are named. */
  readonly currency: string
  /** The last day imported; null = none. */
  readonly dataUntil: Day | null
}

export function planAmounts({ planned, actuals, currency, dataUntil }: AmountsInput): PlanAmounts {
  const own = actuals.filter((cell) => cell.currency === currency)
  const plan = (months: readonly MonthKey[]) => sumKnown(months.map(planned))
  const actual = (months: readonly MonthKey[]) =>
    sumActual(
      own.filter(({ month }) => months.includes(month)),
      currency,
    )
  const forecast = (months: readonly MonthKey[]): Forecast | null =>
    joinForecasts(
      months.map((month) => {
        const known = forecastOf(month, { plan: planned(month), actual: actual([month])?.nanos ?? null }, dataUntil)
        return known && { nanos: known.nanos, bases: [known.basis] }
      }),
    )
  return { plan, actual, forecast }
}

const BASES: readonly ForecastBasis[] = ['actual', 'run rate', 'plan']

/** Adds forecasts up; null when none of them is known. */
export function joinForecasts(forecasts: readonly (Forecast | null)[]): Forecast | null {
  const nanos = sumKnown(forecasts.map((forecast) => forecast?.nanos ?? null))
  const all = new Set(forecasts.flatMap((forecast) => forecast?.bases ?? []))
  return nanos === null ? null : { nanos, bases: BASES.filter((basis) => all.has(basis)) }
}

/** Null when none of them is known. */
export function sumKnown(amounts: readonly (Nanos | null)[]): Nanos | null {
  let sum: bigint | null = null
  for (const nanos of amounts) if (nanos !== null) sum = (sum ?? 0n) + nanos
  return sum === null ? null : nanosOf(sum)
}
