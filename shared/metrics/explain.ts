import { linkCost } from './attribution.ts'
import { behindRow, type BehindRow, closeCost, MOST_ROWS } from './behind-rows.ts'
import type { Case, Cases } from './cases.ts'
import { costContributions, medianContributions, MOST_MEDIAN_GROUPS, ratioContributions } from './contribution.ts'
import {
  CHANGE_DIMENSIONS,
  type ChangeDimension,
  DIMENSION_NAMES,
  type GroupedCases,
  groupCases,
  keepLargest,
} from './groups.ts'
import { changeInterval } from './noise.ts'
import { spentBy } from './spent.ts'
import { valueOfCases } from './value-of-cases.ts'
import type { ChangeInterval, Metric, MetricContext, MetricValue, Period } from './types.ts'
import { fewestCases } from './value.ts'
import { tellWaste, type WasteTold } from './tell-waste.ts'
import { wasteIn } from './waste.ts'

/** One group in a split: its own value in both periods and what it gave to the change. */
export interface SplitPart {
  readonly name: string
  /** In the unit of the split; `null` = no case, or too few to mean something. */
  readonly now: number | null
  readonly before: number | null
  readonly nNow: number
  readonly nBefore: number
  /** All contributions of a split add up to its `change`; `null` where the period before is unknown. */
  readonly contribution: number | null
}

export interface Split {
  readonly id: string
  readonly name: string
  /** What the contributions add up to, in words: `change of the median`. */
  readonly ofWhat: string
  readonly unit: Metric['unit']
  readonly change: number | null
  /** Largest move first. */
  readonly parts: readonly SplitPart[]
  readonly note: string | null
}

export interface Explanation {
  readonly metricId: string
  readonly name: string
  readonly unit: Metric['unit']
  readonly period: Period
  readonly beforePeriod: Period
  readonly current: MetricValue
  readonly before: MetricValue
  /** `null` where either value is unknown. */
  readonly interval: ChangeInterval | null
  readonly splits: readonly Split[]
  readonly partName: string
  readonly wholeName: string
  /** Largest first, at most `MOST_ROWS`. */
  readonly rows: readonly BehindRow[]
  readonly rowCount: number
  /** Of cost metrics only. */
  readonly waste: WasteTold | null
}

const MOST_GROUPS = 12

/** The four questions of Monday about one number: who moved it, which stage, which changes, what was wasted. */
export function explainMetric(
  metric: Metric,
  context: MetricContext,
  period: Period,
  beforePeriod: Period,
): Explanation {
  const [current, before] = [metric.measure(context, period), metric.measure(context, beforePeriod)]
  const isCost = metric.unit === '$' || metric.unit === 'tokens'
  const cases = metric.cases?.(context, period) ?? metric.pieces?.(context, period) ?? null
  const casesBefore = metric.cases?.(context, beforePeriod) ?? null
  const linked = isCost && metric.unit === '$' ? linkCost(context, period) : null
  const rowOf = behindRow(context, cases?.cases ?? [], closeCost(linked))
  const rows = [...(cases?.cases ?? [])].sort((a, b) => b.part - a.part || b.whole - a.whole)
  return {
    metricId: metric.id,
    name: metric.name,
    unit: metric.unit,
    period,
    beforePeriod,
    current,
    before,
    interval: changeInterval(metric, context, { value: current, period }, { value: before, period: beforePeriod }),
    splits: !current.known
      ? []
      : cases && casesBefore
        ? splitsOf(metric, context, cases, before.known ? casesBefore : { ...casesBefore, cases: [] })
        : isCost && before.known
          ? (['tool', 'model'] as const).flatMap((by) =>
              costSplit(metric, context, by, { value: current, period }, { value: before, period: beforePeriod }),
            )
          : [],
    partName: cases?.partName ?? '',
    wholeName: cases?.wholeName ?? '',
    rows: rows.slice(0, MOST_ROWS).map(rowOf),
    rowCount: rows.length,
    waste: isCost ? tellWaste(wasteIn(context, period), rowOf) : null,
  }
}

function splitsOf(metric: Metric, context: MetricContext, now: Cases, before: Cases): readonly Split[] {
  const splits: Split[] = []
  const stages = stageSplit(metric, now, before)
  if (stages) splits.push(stages)
  for (const dimension of CHANGE_DIMENSIONS) {
    if (metric.id === 'ai-change-acceptance' && dimension === 'ai-marked') continue
    const grouped = groupCases(context, [now.cases, before.cases], dimension)
    if (grouped === null) continue
    const most = now.shape === 'median' ? MOST_MEDIAN_GROUPS : MOST_GROUPS
    const [ours, theirs] = keepLargest(grouped, most)
    // One group in both periods explains nothing.
    if (new Set([...ours!.keys(), ...theirs!.keys()]).size < 2) continue
    splits.push(groupSplit(metric, context, dimension, now, ours!, theirs!))
  }
  return splits
}

function groupSplit(
  metric: Metric,
  context: MetricContext,
  dimension: ChangeDimension,
  { shape }: Cases,
  now: GroupedCases,
  before: GroupedCases,
): Split {
  const contributions: ReadonlyMap<string, number | null> =
    before.size === 0
      ? new Map([...now.keys()].map((name) => [name, null]))
      : shape === 'median'
        ? medianContributions(partsOf(now), partsOf(before))
        : ratioContributions(sumsOf(now), sumsOf(before))
  const value = (cases: readonly Case[] | undefined): number | null =>
    cases === undefined || cases.length < fewestCases(context) ? null : valueOfCases(shape, cases)
  return {
    id: dimension,
    name: DIMENSION_NAMES[dimension],
    ofWhat: shape === 'median' ? 'change of the median' : 'change of the ratio',
    unit: metric.unit,
    change: total([...contributions.values()]),
    parts: ranked(
      [...contributions].map(([name, contribution]) => ({
        name,
        now: value(now.get(name)),
        before: value(before.get(name)),
        nNow: now.get(name)?.length ?? 0,
        nBefore: before.get(name)?.length ?? 0,
        contribution,
      })),
    ),
    note:
      shape === 'median' && before.size > 0
        ? 'A median has no parts that add up; each group is exchanged for its own of before, in every order, and its mean effect is shown.'
        : null,
  }
}

/** Stages of cycle time add up to the mean, those of waiting to the ratio. */
function stageSplit(metric: Metric, now: Cases, before: Cases): Split | null {
  if (![...now.cases, ...before.cases].some(({ stages }) => stages !== undefined)) return null
  const isMedian = now.shape === 'median'
  const perStage = ({ cases }: Cases): ReadonlyMap<string, { sum: number; n: number }> => {
    const sums = new Map<string, { sum: number; n: number }>()
    for (const { stages } of cases) {
      for (const [name, hours] of Object.entries(stages ?? {})) {
        const own = sums.get(name) ?? { sum: 0, n: 0 }
        sums.set(name, { sum: own.sum + hours, n: own.n + 1 })
      }
    }
    return sums
  }
  const below = ({ cases }: Cases): number =>
    isMedian ? cases.length : cases.reduce((sum, { whole }) => sum + whole, 0)
  const [ours, theirs] = [perStage(now), perStage(before)]
  const [all, allBefore] = [below(now), below(before)]
  const parts = [...new Set([...ours.keys(), ...theirs.keys()])].map((name): SplitPart => {
    const own = (ours.get(name)?.sum ?? 0) / all
    const former = before.cases.length === 0 ? null : (theirs.get(name)?.sum ?? 0) / allBefore
    return {
      name,
      now: own,
      before: former,
      nNow: ours.get(name)?.n ?? 0,
      nBefore: theirs.get(name)?.n ?? 0,
      contribution: former === null ? null : own - former,
    }
  })
  return {
    id: 'stage',
    name: 'Stage',
    ofWhat: isMedian ? 'change of the mean' : 'change of the ratio',
    unit: metric.unit,
    change: total(parts.map(({ contribution }) => contribution)),
    // Stages keep the size of now: the question is where the time goes.
    parts: [...parts].sort((a, b) => (b.now ?? 0) - (a.now ?? 0)),
    note: isMedian
      ? 'Stages add up to the mean cycle time, which long changes pull up; the number of the Wall is the median.'
      : 'Each stage as a share of all time from opening to the end.',
  }
}

function costSplit(
  metric: Metric,
  context: MetricContext,
  by: 'tool' | 'model',
  now: { readonly value: MetricValue & { known: true }; readonly period: Period },
  before: { readonly value: MetricValue & { known: true }; readonly period: Period },
): readonly Split[] {
  const unit = metric.unit === 'tokens' ? 'tokens' : '$'
  const [n, nBefore] = [now.value.n, before.value.n]
  const costs = spentBy(context, now.period, unit, by)
  const costsBefore = spentBy(context, before.period, unit, by)
  const { groups, pieces } = costContributions({ costs, pieces: n }, { costs: costsBefore, pieces: nBefore })
  const what = metric.id === 'token-cost-per-shipped-feature' ? 'features' : 'changes'
  const parts = [...groups].map(([name, contribution]): SplitPart => ({
    name,
    now: costs.has(name) ? costs.get(name)! / n : null,
    before: costsBefore.has(name) ? costsBefore.get(name)! / nBefore : null,
    nNow: n,
    nBefore,
    contribution,
  }))
  const fewer = n < nBefore ? 'Fewer' : n > nBefore ? 'More' : 'As many'
  const byPieces: SplitPart = {
    name: `${fewer} ${what} (${nBefore} to ${n})`,
    now: null,
    before: null,
    nNow: n,
    nBefore,
    contribution: pieces,
  }
  const name = by === 'tool' ? 'Tool' : 'Model'
  return [
    {
      id: by,
      name,
      ofWhat: `change of the ${unit === '$' ? 'cost' : 'tokens'} per ${what.slice(0, -1)}`,
      unit: metric.unit,
      change: total(parts.map(({ contribution }) => contribution).concat(pieces)),
      parts: [...ranked(parts), byPieces],
      note: `A ${by} by what more or less was spent on it; the last line by there being more or fewer ${what}.`,
    },
  ]
}

function partsOf(groups: GroupedCases): ReadonlyMap<string, readonly number[]> {
  return new Map([...groups].map(([name, cases]) => [name, cases.map(({ part }) => part)]))
}

function sumsOf(groups: GroupedCases) {
  return new Map(
    [...groups].map(([name, cases]) => [
      name,
      {
        part: cases.reduce((sum, { part }) => sum + part, 0),
        whole: cases.reduce((sum, { whole }) => sum + whole, 0),
      },
    ]),
  )
}

function total(values: readonly (number | null)[]): number | null {
  let sum = 0
  for (const value of values) {
    if (value === null) return null
    sum += value
  }
  return sum
}

/** Largest move first; without a period before, most cases first. */
function ranked(parts: readonly SplitPart[]): readonly SplitPart[] {
  return [...parts].sort(
    (a, b) =>
      Math.abs(b.contribution ?? 0) - Math.abs(a.contribution ?? 0) || b.nNow - a.nNow || (a.name < b.name ? -1 : 1),
  )
}
