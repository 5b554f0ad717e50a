import { addDays, type Day, dayIn, epochDayOf, MS_PER_DAY, parseInstant, UTC, type Zone } from '../calendar/index.ts'
import { instantOf } from '../quantities/index.ts'
import type { Period } from './types.ts'

/** A period as instants of the workspace's zone, `until` not included. */
export interface Bounds {
  readonly from: number
  readonly until: number
}

export function boundsOf(period: Period, zone: Zone): Bounds {
  return { from: startOfDay(period.from, zone), until: startOfDay(addDays(period.to, 1), zone) }
}

/** First moment of a day; where the clocks skip midnight, as in Santiago on 2026-09-06, one o’clock. */
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

/** Offsets of all zones are whole quarters of an hour, so no day begins inside one. */
const QUARTER_HOUR = 900_000

/** Epoch day of instants in a zone; a zone is asked once per quarter of an hour. */
export function dayNumbers(zone: Zone): (at: number) => number {
  if (zone === UTC) return (at) => Math.floor(at / MS_PER_DAY)
  const known = new Map<number, number>()
  return (at) => {
    const quarter = Math.floor(at / QUARTER_HOUR)
    let day = known.get(quarter)
    if (day === undefined) known.set(quarter, (day = epochDayOf(dayIn(instantOf(at), zone))))
    return day
  }
}
