import { addDays, type Day, epochDayOf, lastDayOfMonth, type MonthKey, monthOf } from '../calendar/index.ts'

/** Where a month's spend ends if it goes on as it did, three ways; currency units, not rounded. */
export interface RunRate {
  /** Spend so far ÷ days so far × days of the month. */
  readonly calendar: number
  /** The same over Monday to Friday: the default. `null` before the first working day. */
  readonly workingDays: number | null
  /** Spend so far + the mean of the last seven days for each day left. `null` with less than seven days of data. */
  readonly trailing7: number | null
}

/**
 * Forecast of the month `asOf` lies in. $18,400 by day 14 of 30 with 10 of 22 working days gone and $1,600 a day lately:
 * 39,428.57 · 40,480.00 · 44,000.00.
 *
 * `spendByDay`: currency units per day; a day that is not in the map is a day without spend, so pass only days that were
 * imported whole.
 */
export function forecastMonth(spendByDay: ReadonlyMap<Day, number>, asOf: Day): RunRate {
  const month = monthOf(asOf)
  const first = `${month}-01` as Day
  const last = lastDayOfMonth(month)
  const soFar = sumDays(spendByDay, first, asOf)
  const daysGone = epochDayOf(asOf) - epochDayOf(first) + 1
  const daysLeft = epochDayOf(last) - epochDayOf(asOf)
  const known = [...spendByDay.keys()].sort()
  const hasWeek = known[0] !== undefined && known[0] <= addDays(asOf, -6)
  const workingGone = workingDaysIn(first, asOf)
  return {
    calendar: (soFar / daysGone) * (daysGone + daysLeft),
    workingDays: workingGone === 0 ? null : (soFar / workingGone) * workingDaysIn(first, last),
    trailing7: hasWeek ? soFar + (sumDays(spendByDay, addDays(asOf, -6), asOf) / 7) * daysLeft : null,
  }
}

/** Monday to Friday, both ends included; holidays are not known here. */
export function workingDaysIn(from: Day, to: Day): number {
  let count = 0
  for (let day = epochDayOf(from); day <= epochDayOf(to); day++) if ((day + 3) % 7 < 5) count++
  return count
}

/** First and last day of a month. */
export function daysOfMonth(month: MonthKey): { readonly from: Day; readonly to: Day } {
  return { from: `${month}-01` as Day, to: lastDayOfMonth(month) }
}

function sumDays(spendByDay: ReadonlyMap<Day, number>, from: Day, to: Day): number {
  let sum = 0
  for (const [day, amount] of spendByDay) if (day >= from && day <= to) sum += amount
  return sum
}
