import type { Day, FiscalCalendar } from '../calendar/index.ts'
import { type Dimension, type Grouped, measureBy, type NotGrouped } from './measure-by.ts'
import { periodsOf, type SeriesStep } from './measure-series.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'

/** A metric by one dimension over time. */
export interface GroupSeries {
  readonly dimension: Dimension
  readonly adds: Grouped['adds']
  readonly steps: readonly { readonly label: string; readonly period: Period }[]
  /** The number itself, per step. */
  readonly all: readonly MetricValue[]
  /** Most cases first; of parts of a sum the largest. */
  readonly groups: readonly GroupOverTime[]
  /** Groups beyond the most that are shown. */
  readonly more: number
}

export interface GroupOverTime {
  readonly group: string
  /** Per step; `null` = no case of the group in it, or the step cannot be told apart. */
  readonly values: readonly (MetricValue | null)[]
}

const MOST_GROUPS = 24

/** Parts of a sum count by their size, groups by their cases. */
function weightOf(value: MetricValue, adds: Grouped['adds']): number {
  return value.known ? (adds === 'sum' ? value.value : value.n) : 1
}

/** The number and its groups for every step from one day to another, oldest first; why not, where no step can be told apart. */
export function measureGroups(
  metric: Metric,
  context: MetricContext,
  dimension: Dimension,
  by: SeriesStep,
  fiscal: FiscalCalendar,
  from: Day,
  to: Day,
): GroupSeries | NotGrouped {
  const steps = periodsOf(by, fiscal, from, to)
  const told = steps.map(({ period }) => measureBy(metric, context, period, dimension))
  const first = told.find((step): step is Grouped => 'groups' in step)
  if (!first) return told.filter((step): step is NotGrouped => 'known' in step).at(-1)!
  const cases = new Map<string, number>()
  for (const step of told)
    if ('groups' in step)
      for (const { group, value } of step.groups)
        cases.set(group, (cases.get(group) ?? 0) + weightOf(value, first.adds))
  const ranked = [...cases].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([group]) => group)
  return {
    dimension,
    adds: first.adds,
    steps,
    all: steps.map(({ period }) => metric.measure(context, period)),
    groups: ranked.slice(0, MOST_GROUPS).map((group) => ({
      group,
      values: told.map((step) =>
        'groups' in step ? (step.groups.find((one) => one.group === group)?.value ?? null) : null,
      ),
    })),
    more: Math.max(0, ranked.length - MOST_GROUPS),
  }
}
