import { addDays, type Day, epochDayOf, MS_PER_DAY, parseInstant, UTC, type Zone } from '../calendar/index.ts'
import type { Period } from './types.ts'

/** A period as instants of the workspace's zone, `until` not included. */
export interface Bounds {
  readonly from: number
  readonly until: number
}

export function boundsOf(period: Period, zone: Zone): Bounds {
  return { from: startOfDay(period.from, zone), until: startOfDay(addDays(period.to, 1), zone) }
}

export function startOfDay(day: Day, zone: Zone): number {
  if (zone === UTC) return epochDayOf(day) * MS_PER_DAY
  const start = parseInstant(`${day}T00:00:00`, zone)
  return start.ok ? start.value : epochDayOf(day) * MS_PER_DAY
}

export function isWithin(at: number | null, { from, until }: Bounds): boolean {
  return at !== null && at >= from && at < until
}

export function daysIn(period: Period): number {
  return epochDayOf(period.to) - epochDayOf(period.from) + 1
}
