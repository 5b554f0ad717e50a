const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** How a day is told to people, on screen, on paper and in sentences: `2026-11-05` is `5 Nov 2026`, which no country reads as another day. */
export function nameDay(day: string): string {
  return `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? '?'} ${day.slice(0, 4)}`
}

/** A month as it is told to people: `2026-11` is `Nov 2026`. */
export function nameMonth(month: string): string {
  return `${MONTHS[Number(month.slice(5, 7)) - 1] ?? '?'} ${month.slice(0, 4)}`
}

/** Two days with what they share said once: `5 to 19 Nov 2026`. */
export function namePeriod(from: string, to: string): string {
  if (from === to) return nameDay(from)
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8, 10))} to ${nameDay(to)}`
  if (from.slice(0, 4) === to.slice(0, 4)) return `${nameDay(from).slice(0, -5)} to ${nameDay(to)}`
  return `${nameDay(from)} to ${nameDay(to)}`
}
