import { addDays, dayOfEpoch, epochDayOf, MS_PER_DAY, parseInstant, type Zone } from './calendar.ts'

/** When people work, by the clock on the wall of one zone: the same hours on some days of the week. Knows no holidays. */
export interface WorkingTime {
  /** 1 = Monday … 7 = Sunday, rising. */
  readonly days: readonly number[]
  /** Minutes after midnight, 0 … 1440; `until` is after `from`. */
  readonly from: number
  readonly until: number
}

/** Monday to Friday, nine to five. */
export const USUAL_WORKING_TIME: WorkingTime = { days: [1, 2, 3, 4, 5], from: 9 * 60, until: 17 * 60 }

/** Days told of at a time, when a moment is asked for that none is known of. */
const AT_ONCE = 400

interface WorkingDay {
  /** Epoch ms; the next day's windows start later. */
  readonly start: number
  readonly ms: number
  /** Working time of all days before it since the first one told of. */
  readonly before: number
}

/**
 * Answers how much working time, in ms, lies between two instants; negative where the second is the earlier one. Hours are
 * those that pass: on a day on which the clocks change inside them it is one more or one less.
 *
 * Nine to five from Monday to Friday: Friday 16:00 to Monday 10:00 is 2 h, Saturday to Sunday none.
 */
export function workingClock(working: WorkingTime, zone: Zone): (from: number, to: number) => number {
  let days: WorkingDay[] = []
  let first = 0
  const tellDays = (from: number, to: number): void => {
    days = []
    first = from
    let before = 0
    for (let epochDay = from; epochDay <= to; epochDay++) {
      const [start, end] = [instantIn(epochDay, working.from, zone), instantIn(epochDay, working.until, zone)]
      // 1970-01-01 was a Thursday.
      const isWorked = working.days.includes(((((epochDay + 3) % 7) + 7) % 7) + 1)
      const ms = isWorked ? Math.max(0, end - start) : 0
      days.push({ start, ms, before })
      before += ms
    }
  }
  /** Working time since the first day told of. */
  const workedUntil = (at: number): number => {
    let place = Math.floor(at / MS_PER_DAY) + 1 - first
    // Days of a zone begin at most one day before or after those of UTC.
    while (days[place]!.start > at) place--
    const { start, ms, before } = days[place]!
    return before + Math.min(at - start, ms)
  }
  return (from, to) => {
    const [low, high] = [
      Math.floor(Math.min(from, to) / MS_PER_DAY) - 3,
      Math.floor(Math.max(from, to) / MS_PER_DAY) + 2,
    ]
    if (days.length === 0) tellDays(low - AT_ONCE, high + AT_ONCE)
    else if (low < first || high >= first + days.length)
      tellDays(Math.min(first, low - AT_ONCE), Math.max(first + days.length, high + AT_ONCE))
    return workedUntil(to) - workedUntil(from)
  }
}

function instantIn(epochDay: number, minutes: number, zone: Zone): number {
  const day = dayOfEpoch(epochDay)
  const [on, rest] = minutes === 1440 ? [addDays(day, 1), 0] : [day, minutes]
  const read = parseInstant(`${on}T${tellMinutes(rest)}:00`, zone)
  return read.ok ? read.value : epochDayOf(on) * MS_PER_DAY + rest * 60_000
}

/** `09:00`; 1440 is `24:00`. */
export function tellMinutes(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** Monday is 1. */
export function nameWeekday(weekday: number): string {
  return DAY_NAMES[weekday - 1]!
}

/** `Monday to Friday, 09:00 to 17:00`; days that do not follow each other are listed. */
export function tellWorkingTime({ days, from, until }: WorkingTime): string {
  const [first, last] = [days[0]!, days.at(-1)!]
  const isRow = days.length > 2 && last - first === days.length - 1
  const names = isRow ? `${nameWeekday(first)} to ${nameWeekday(last)}` : days.map(nameWeekday).join(', ')
  return `${names}, ${tellMinutes(from)} to ${tellMinutes(until)}`
}
