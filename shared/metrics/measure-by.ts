import { nanosOf, toUnits } from '../money/index.ts'
import { linkCost } from './attribution.ts'
import { boundsOf } from './bounds.ts'
import { rangeOf } from './case-stream.ts'
import { type Case, caseOfChange } from './cases.ts'
import { CHANGE_DIMENSIONS, type ChangeDimension, DIMENSION_NAMES, groupCases } from './groups.ts'
import { LINK_LEVELS } from './link-usage.ts'
import { noGroups } from './messages.ts'
import { isCaseMetric } from './metric-of-cases.ts'
import { intervalOfCases } from './noise.ts'
import { spentBy } from './spent.ts'
import { valueOfCases } from './value-of-cases.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { unknown, valueOf } from './value.ts'

/** What any number can be told apart by: changes by all but the tool, cost and tokens also by tool and model. */
export const DIMENSIONS = [...CHANGE_DIMENSIONS, 'tool'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const GROUPING_NAMES: Readonly<Record<Dimension, string>> = { ...DIMENSION_NAMES, tool: 'Tool' }

export interface GroupValue {
  readonly group: string
  readonly value: MetricValue
}

export interface Grouped {
  readonly dimension: Dimension
  /** What the values of the groups make: `mean` = the number is theirs weighed, `sum` = they add up to it. */
  readonly adds: 'mean' | 'sum'
  readonly groups: readonly GroupValue[]
}

/** Why a metric cannot be told apart by a dimension; a sentence for people. */
export type NotGrouped = MetricValue & { known: false }

/**
 * A number by team, repository, initiative, author group, AI mark, agent, model, area, size or tool. Groups of fewer than
 * five people are joined, and where that leaves nothing to tell apart the answer is unknown. Most cases first.
 */
export function measureBy(
  metric: Metric,
  context: MetricContext,
  period: Period,
  dimension: Dimension,
): Grouped | NotGrouped {
  const value = metric.measure(context, period)
  if (!value.known && value.why.code !== 'metrics/too-few') return value
  if (metric.pieces) return spentByGroup(metric, context, period, dimension, value)
  if (dimension === 'tool') return notBy(metric, dimension)
  if (isCaseMetric(metric)) {
    const stream = metric.streamOf(context)
    if (stream === null) return notBy(metric, dimension)
    const [from, to] = rangeOf(stream, boundsOf(period, context.settings.zone))
    const placed = Array.from({ length: to - from }, (_, i): Placed => ({
      ...stream.caseAt(from + i),
      place: from + i,
    }))
    const groups = groupCases(context, [placed], dimension)?.[0]
    if (!groups) return tooSmall(dimension)
    return {
      dimension,
      adds: 'mean',
      groups: ranked(
        [...groups].map(([group, cases]) => ({
          group,
          value: metric.measurePicked(
            context,
            period,
            (cases as readonly Placed[]).map(({ place }) => place),
          ),
          cases: cases.length,
        })),
      ),
    }
  }
  return byCases(metric, context, period, dimension, value)
}

interface Placed extends Case {
  readonly place: number
}

function byCases(
  metric: Metric,
  context: MetricContext,
  period: Period,
  dimension: ChangeDimension,
  value: MetricValue,
): Grouped | NotGrouped {
  const all = metric.cases?.(context, period)
  if (!all) return notBy(metric, dimension)
  const groups = groupCases(context, [all.cases], dimension)?.[0]
  if (!groups) return tooSmall(dimension)
  return {
    dimension,
    adds: 'mean',
    groups: ranked(
      [...groups].map(([group, cases]) => {
        const own = valueOfCases(all.shape, cases)
        const interval = intervalOfCases({ ...all, cases })
        return {
          group,
          cases: cases.length,
          value: valueOf(context, () => own ?? NaN, {
            n: own === null ? 0 : cases.length,
            ofWhat: all.wholeName.toLowerCase(),
            quality: value.known ? value.quality : 'estimate',
            ...(interval ? { interval } : {}),
          }),
        }
      }),
    ),
  }
}

/**
 * Cost per piece: by tool and model what each adds to the number; by anything else the cost linked to the changes of a
 * group over its pieces, with what is linked to no change as a group of its own.
 */
function spentByGroup(
  metric: Metric,
  context: MetricContext,
  period: Period,
  dimension: Dimension,
  value: MetricValue,
): Grouped | NotGrouped {
  const unit = metric.unit === 'tokens' ? 'tokens' : '$'
  const pieces = metric.pieces!(context, period)?.cases ?? []
  if (dimension === 'tool' || dimension === 'model') {
    const spent = spentBy(context, period, unit, dimension)
    const share = (amount: number): MetricValue =>
      valueOf(context, () => amount / pieces.length, {
        n: pieces.length,
        ofWhat: 'pieces to divide by',
        quality: value.known ? value.quality : 'estimate',
        note: `What this ${dimension} adds to the number.`,
      })
    return {
      dimension,
      adds: 'sum',
      groups: [...spent].sort((a, b) => b[1] - a[1]).map(([group, amount]) => ({ group, value: share(amount) })),
    }
  }
  if (unit === 'tokens') return notBy(metric, dimension)
  const linked = linkCost(context, period)
  if (linked === null) return notBy(metric, dimension)
  const changes = [...linked.ofChange.keys()].map(caseOfChange)
  const [spent, done] = groupCases(context, [changes, pieces], dimension) ?? []
  if (!spent || !done) return tooSmall(dimension)
  const names = [...new Set([...spent.keys(), ...done.keys()])]
  return {
    dimension,
    adds: 'mean',
    groups: ranked(
      names.map((group) => {
        const n = done.get(group)?.length ?? 0
        let nanos = 0n
        for (const { pull, landing } of spent.get(group) ?? []) {
          const sums = linked.ofChange.get((pull ?? landing)!)
          for (const level of LINK_LEVELS) nanos += sums?.[level] ?? 0n
        }
        return {
          group,
          cases: n,
          value: valueOf(context, () => toUnits(nanosOf(nanos)) / n, {
            n,
            ofWhat: 'pieces to divide by',
            quality: 'proxy',
            note: 'Cost linked to the changes of the group, also what is only spread over a week.',
          }),
        }
      }),
    ),
  }
}

function ranked(groups: readonly (GroupValue & { readonly cases: number })[]): readonly GroupValue[] {
  return [...groups]
    .sort((a, b) => b.cases - a.cases || (a.group < b.group ? -1 : 1))
    .map(({ group, value }) => ({ group, value }))
}

function notBy(metric: Metric, dimension: Dimension): NotGrouped {
  return unknown(noGroups(metric.name, GROUPING_NAMES[dimension].toLowerCase())) as NotGrouped
}

function tooSmall(dimension: Dimension): NotGrouped {
  return unknown(noGroups('groups of fewer than five people', GROUPING_NAMES[dimension].toLowerCase())) as NotGrouped
}
