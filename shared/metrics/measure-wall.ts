import {
  addDays,
  type Day,
  dayIn,
  dayOfEpoch,
  firstDayOfWeek,
  UTC,
  type WeekKey,
  weekOf,
  type Zone,
} from '../calendar/index.ts'
import type { FactSet, NumberColumn } from '../facts/index.ts'
import { usageDays } from '../cube/index.ts'
import { instantOf } from '../quantities/index.ts'
import { nothingImported } from './messages.ts'
import { changeInterval } from './noise.ts'
import { WALL_METRICS } from './registry.ts'
import type { Metric, MetricContext, Period, Wall, WallNumber, WeekChange } from './types.ts'
import { unknown } from './value.ts'
import { findVelocityIllusion } from './velocity-illusion.ts'

const WEEKS_SHOWN = 13
const TREND_DAYS = 28

/** A `MetricContext` whose data may be empty. */
export type WallContext = Omit<MetricContext, 'asOf'> & { readonly asOf: Day | null }

export interface WallOptions {
  readonly weeks?: number
  readonly metrics?: readonly Metric[]
  /** Length of the current period and of the one before; 28 when left out. */
  readonly days?: number
}

/**
 * Thirteen ISO weeks ending with the last complete one, and the last 28 days against the 28 before.
 *
 * A metric that needs days to pass (acceptance closes after 30) shows its newest weeks as unknown, not yet, and takes the
 * last 28 days that can be judged as current.
 */
export function measureWall(context: WallContext, options: WallOptions = {}): Wall {
  const metrics = options.metrics ?? WALL_METRICS
  const { asOf } = context
  if (asOf === null) {
    return {
      asOf: null,
      numbers: metrics.map((metric) => ({
        ...labels(metric),
        weeks: [],
        current: unknown(nothingImported()),
        before: unknown(nothingImported()),
      })),
    }
  }
  const known: MetricContext = { ...context, asOf }
  const days = options.days ?? TREND_DAYS
  const weeks = completeWeeks(asOf, options.weeks ?? WEEKS_SHOWN)
  return {
    asOf,
    numbers: metrics.map((metric): WallNumber => {
      const to = (metric.lastJudgedDay ? metric.lastJudgedDay(known) : null) ?? addDays(asOf, -(metric.lagDays ?? 0))
      const currentPeriod = { from: addDays(to, 1 - days), to }
      const beforePeriod = { from: addDays(to, 1 - 2 * days), to: addDays(to, -days) }
      const [current, before] = [metric.measure(known, currentPeriod), metric.measure(known, beforePeriod)]
      const values = weeks.map((week) => ({ week, value: metric.measure(known, periodOfWeek(week)) }))
      return {
        ...labels(metric),
        weeks: values,
        weekChange: weekChangeOf(metric, known, values),
        current,
        before,
        currentPeriod,
        beforePeriod,
        interval: changeInterval(
          metric,
          known,
          { value: current, period: currentPeriod },
          { value: before, period: beforePeriod },
        ),
      }
    }),
    illusion: options.metrics === undefined ? findVelocityIllusion(known) : null,
  }
}

/** The newest week that can be judged beside the one before it; `null` where either is unknown. */
function weekChangeOf(metric: Metric, context: MetricContext, weeks: WallNumber['weeks']): WeekChange | null {
  const at = weeks.map(({ value }) => value.known).lastIndexOf(true)
  const [now, before] = [weeks[at], weeks[at - 1]]
  if (!now || !before?.value.known) return null
  const [one, other] = [now, before].map(({ week, value }) => ({ value, period: periodOfWeek(week) }))
  return { week: now.week, beforeWeek: before.week, interval: changeInterval(metric, context, one!, other!) }
}

function periodOfWeek(week: WeekKey): Period {
  const from = firstDayOfWeek(week)
  return { from, to: addDays(from, 6) }
}

export function labels({
  id,
  name,
  unit,
  better,
  definition,
}: Metric): Pick<WallNumber, 'metricId' | 'name' | 'unit' | 'better' | 'definition'> {
  return { metricId: id, name, unit, better, definition }
}

/** Newest last; a week counts when its Sunday is not after `asOf`. */
function completeWeeks(asOf: Day, count: number): readonly WeekKey[] {
  const monday = firstDayOfWeek(weekOf(asOf))
  const last = addDays(monday, 6) <= asOf ? monday : addDays(monday, -7)
  return Array.from({ length: count }, (_, i) => weekOf(addDays(last, -7 * (count - 1 - i))))
}

const INSTANTS = [
  'at',
  'committedAt',
  'createdAt',
  'mergedAt',
  'closedAt',
  'submittedAt',
  'startedAt',
  'finishedAt',
  'resolvedAt',
] as const

/** The latest day any fact speaks of; `null` without facts. */
export function asOfFacts(facts: FactSet, zone: Zone = UTC): Day | null {
  let latest = -Infinity
  let latestDay = -Infinity
  for (const table of Object.values(facts)) {
    table.chunks.forEach((chunk, at) => {
      const live = table.live[at]
      if (table.kind === 'usage') {
        const { codes, days } = usageDays(chunk)
        const isHeld = new Uint8Array(days.length + 1).fill(live ? 0 : 1)
        if (live) for (let i = 0; i < codes.length; i++) if (live[i] === 1) isHeld[codes[i]!] = 1
        days.forEach((day, i) => {
          if (isHeld[i + 1] === 1 && day > latestDay) latestDay = day
        })
        return
      }
      for (const name of INSTANTS) {
        const column = chunk.columns[name] as NumberColumn | undefined
        if (!column) continue
        for (let i = 0; i < chunk.rows; i++)
          if ((!live || live[i] === 1) && column.values[i]! > latest) latest = column.values[i]!
      }
    })
  }
  const days = [
    ...(latest === -Infinity ? [] : [dayIn(instantOf(latest), zone)]),
    ...(latestDay === -Infinity ? [] : [dayOfEpoch(latestDay)]),
  ]
  return days.sort().at(-1) ?? null
}
