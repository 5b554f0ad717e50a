/** Days as texts like `2026-03-02`, which sort as they follow; told by the runtime's own formatter and nothing of ours. */
export interface Days {
  of(at: number): string
  /** First moment of a day: the first quarter of an hour that is in it. */
  start(day: string): number
  /** Minutes since midnight by the clock on the wall. */
  minute(at: number): number
}

const QUARTER = 900_000

const kept = new Map<string, Days>()

export function daysOf(zone: string): Days {
  let own = kept.get(zone)
  if (!own) kept.set(zone, (own = makeDays(zone)))
  return own
}

function makeDays(zone: string): Days {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const known = new Map<number, { readonly day: string; readonly minute: number }>()
  const told = (at: number) => {
    const quarter = Math.floor(at / QUARTER) * QUARTER
    let own = known.get(quarter)
    if (!own) {
      const part = Object.fromEntries(format.formatToParts(quarter).map(({ type, value }) => [type, value]))
      own = {
        day: `${part['year']!}-${part['month']!}-${part['day']!}`,
        minute: Number(part['hour']) * 60 + Number(part['minute']),
      }
      known.set(quarter, own)
    }
    return own
  }
  const starts = new Map<string, number>()
  return {
    of: (at) => told(at).day,
    minute: (at) => told(at).minute + (at - Math.floor(at / QUARTER) * QUARTER) / 60_000,
    start(day) {
      let own = starts.get(day)
      if (own === undefined) {
        own = Date.parse(`${day}T00:00Z`) - 15 * 3_600_000
        while (told(own).day < day) own += QUARTER
        starts.set(day, own)
      }
      return own
    },
  }
}

export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)
}

export function mondayOf(day: string): string {
  let own = day
  while (new Date(`${own}T00:00Z`).getUTCDay() !== 1) own = shiftDay(own, -1)
  return own
}

/** The week, month, quarter of January, April, … or 28 days that hold a day, or end with it. */
export function windowOf(by: 'week' | 'month' | 'quarter' | 'rolling', day: string): readonly [string, string] {
  if (by === 'week') return [mondayOf(day), shiftDay(mondayOf(day), 6)]
  if (by === 'rolling') return [shiftDay(day, -27), day]
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  const first = by === 'month' ? month : month - ((month - 1) % 3)
  const date = (index: number, dayOfMonth: number): string =>
    new Date(Date.UTC(year, index, dayOfMonth)).toISOString().slice(0, 10)
  return [date(first - 1, 1), date(first - 1 + (by === 'month' ? 1 : 3), 0)]
}

/** Hours of the clock between two moments. */
export function hoursBetween(from: number, to: number): number {
  return (to - from) / 3_600_000
}

/** Hours between two moments in which people work: day by day, what of the window of the day lies between them. */
export function workedHours(
  days: Days,
  { days: weekdays, from, until }: { readonly days: readonly number[]; readonly from: number; readonly until: number },
): (from: number, to: number) => number {
  const windows = new Map<string, readonly [number, number]>()
  const windowOfDay = (day: string): readonly [number, number] => {
    let own = windows.get(day)
    if (!own) {
      const first = (minute: number): number => {
        // Clocks change by an hour at most.
        let at = days.start(day) + Math.max(0, minute - 60) * 60_000
        while (days.of(at) === day && days.minute(at) < minute) at += QUARTER
        return at
      }
      windows.set(day, (own = [first(from), first(until)]))
    }
    return own
  }
  return (start, end) => {
    let hours = 0
    for (let day = days.of(start); day <= days.of(end); day = shiftDay(day, 1)) {
      if (!weekdays.includes(new Date(`${day}T00:00Z`).getUTCDay() || 7)) continue
      const [opens, closes] = windowOfDay(day)
      hours += Math.max(0, Math.min(end, closes) - Math.max(start, opens)) / 3_600_000
    }
    return hours
  }
}
