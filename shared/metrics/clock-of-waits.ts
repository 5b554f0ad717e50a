import { tellWorkingTime, type WorkingTime, workingClock, type Zone } from '../calendar/index.ts'
import type { MetricSettings } from './types.ts'

/** Time in ms between two moments, as waits are counted: by the clock, or working time alone. */
export type ClockOfWaits = (from: number, to: number) => number

export const BY_THE_CLOCK: ClockOfWaits = (from, to) => to - from

const clocks = new Map<string, ClockOfWaits>()

/** The clock of the settings: that on the wall unless they name working hours. */
export function clockOfWaits({ zone, workingTime }: Pick<MetricSettings, 'zone' | 'workingTime'>): ClockOfWaits {
  if (workingTime === undefined) return BY_THE_CLOCK
  const key = clockKey(zone, workingTime)
  let own = clocks.get(key)
  if (!own) clocks.set(key, (own = workingClock(workingTime, zone)))
  return own
}

function clockKey(zone: Zone, { days, from, until }: WorkingTime): string {
  return [zone, ...days, from, until].join(' ')
}

/** Which hours are counted, where they are not those of the clock. */
export function noteOfClock({ workingTime }: Pick<MetricSettings, 'workingTime'>): readonly string[] {
  return workingTime === undefined ? [] : [`Counted in working hours: ${tellWorkingTime(workingTime)}, as set.`]
}

/** Why a case that began and ended outside working hours is not counted: it neither waited nor took any. */
export const OUTSIDE_WORKING_HOURS = 'outside working hours'
