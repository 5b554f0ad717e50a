import { nameKey, namesIn, parseFormula } from '../formula/index.ts'
import { type Day, epochDayOf } from '../calendar/index.ts'
import type { MetricValue } from '../metrics/index.ts'
import type { Evidence, ModelRow } from '../model/index.ts'
import type { CheckIn, KeyResult } from '../okr/index.ts'
import { effectId, nowId, nowName } from './roles.ts'

/** How far a number drifts by itself until the quarter ends, beside the error of measuring it: a guess, and said. */
export const DRIFT = 0.1

/** Where a key result stands, and the rows its odds are read from. */
export interface KeyResultRows {
  readonly keyResult: KeyResult
  /** `null` = nothing is known of it. */
  readonly baseline: number | null
  readonly unknownBecause: string | null
  readonly nowRow: ModelRow | null
  /** Row of the value with the scenario; the row of now where the scenario does not touch it. */
  readonly withId: string | null
}

/** Joins key results with the metrics they are measured by and the effects the scenario's rows state. */
export function keyResultRows(
  keyResults: readonly KeyResult[],
  scenarioRows: readonly ModelRow[],
  metrics: ReadonlyMap<string, MetricValue>,
  quarterEndOf: (keyResult: KeyResult) => Day | null = () => null,
): readonly KeyResultRows[] {
  const effects = new Set(scenarioRows.filter(({ kind }) => kind === 'key result').map(({ id }) => id))
  return keyResults.map((keyResult): KeyResultRows => {
    const { source } = keyResult
    if (source.kind === 'entered') {
      const last = [...source.checkIns].sort((a, b) => (a.on < b.on ? -1 : 1)).at(-1)
      if (!last) {
        return { keyResult, baseline: null, unknownBecause: 'no check-in yet', nowRow: null, withId: null }
      }
      const carried = carryOn(source.checkIns, quarterEndOf(keyResult))
      const nowRow = standing(
        `entered/${keyResult.id}`,
        `${keyResult.name} now`,
        carried ?? last.value,
        undefined,
        keyResult.unit,
        {
          kind: 'entered',
        },
      )
      return { keyResult, baseline: last.value, unknownBecause: null, nowRow, withId: nowRow.id }
    }
    const value = metrics.get(source.metricId)
    if (!value?.known) {
      const why = value === undefined ? `${source.metricId} is not measured` : (value.why.said ?? value.why.wanted)
      return { keyResult, baseline: null, unknownBecause: why, nowRow: null, withId: null }
    }
    const evidence: Evidence = {
      kind: 'your data',
      n: value.n,
      method: value.quality,
      source: `metric ${source.metricId}`,
    }
    const nowRow = standing(
      source.metricId,
      nowName(source.metricId),
      value.value,
      value.interval,
      keyResult.unit,
      evidence,
    )
    const own = effectId(source.metricId)
    return {
      keyResult,
      baseline: value.value,
      unknownBecause: null,
      nowRow,
      withId: effects.has(own) ? own : nowRow.id,
    }
  })
}

/** Straight line through all check-ins to the end of the quarter; null with less than two days of check-ins. */
export function carryOn(checkIns: readonly CheckIn[], quarterEnd: Day | null): number | null {
  const days = checkIns.map(({ on }) => epochDayOf(on))
  const n = days.length
  const last = Math.max(...days)
  if (quarterEnd === null || n < 2 || epochDayOf(quarterEnd) <= last) return null
  const middle = days.reduce((sum, day) => sum + day, 0) / n
  const level = checkIns.reduce((sum, { value }) => sum + value, 0) / n
  const spread = days.reduce((sum, day) => sum + (day - middle) ** 2, 0)
  if (spread === 0) return null
  const slope = checkIns.reduce((sum, { value }, i) => sum + (days[i]! - middle) * (value - level), 0) / spread
  const latest = checkIns[days.indexOf(last)]!.value
  return latest + slope * (epochDayOf(quarterEnd) - last)
}

/** Effects of which every name is a row; an effect on a metric whose value of now is unknown cannot be told. */
export function usableEffects(rows: readonly ModelRow[], others: readonly ModelRow[]): readonly ModelRow[] {
  const known = new Set([...rows, ...others].map(({ name }) => nameKey(name)))
  return rows.filter(
    ({ kind, formula }) =>
      kind !== 'key result' || namesIn(parseFormula(formula).ast).every((name) => known.has(nameKey(name))),
  )
}

/** Whether the value reaches the key result: strictly where “below five percent” is meant. */
export function holds(keyResult: KeyResult, value: number): boolean {
  if (Number.isNaN(value)) return false
  const distance = wantsLess(keyResult) ? keyResult.target - value : value - keyResult.target
  return keyResult.isStrict ? distance > 0 : distance >= 0
}

/** Higher is better after this, whatever the key result wants. */
export function goodness(keyResult: KeyResult): 1 | -1 {
  return wantsLess(keyResult) ? -1 : 1
}

export function wantsLess({ type }: KeyResult): boolean {
  return type === 'decrease' || type === 'keep-below'
}

/**
 * A range around the value of now whose middle is exactly that value: lognormal, or logit-normal for shares, from the
 * metric's 95% interval (where it has one) and the drift. 0.20 with interval 0.16 … 0.25 is 16.1% to 24.6%.
 */
function standing(
  key: string,
  name: string,
  value: number,
  interval: readonly [number, number] | undefined,
  unit: string,
  evidence: Evidence,
): ModelRow {
  const isShare = unit === '%' && value > 0 && value < 1
  const scale = isShare ? (x: number) => Math.log(x / (1 - x)) : Math.log
  const back = isShare ? (x: number) => 1 / (1 + Math.exp(-x)) : Math.exp
  const [low, high] = interval ?? [value, value]
  const isMeasurable = low > 0 && high > low && (!isShare || high < 1)
  const error = isMeasurable ? (scale(high) - scale(low)) / (2 * 1.959963984540054) : 0
  const reach = 1.2815515655446004 * Math.hypot(error, isShare ? DRIFT / (1 - value) : DRIFT)
  const write = (x: number) => (isShare ? `${(x * 100).toPrecision(10)}%` : x.toPrecision(10))
  const formula =
    value > 0 && (unit !== '%' || isShare)
      ? `${write(back(scale(value) - reach))} to ${write(back(scale(value) + reach))}`
      : String(value)
  return {
    id: nowId(key),
    name,
    unit,
    kind: 'key result',
    group: 'Now',
    owner: '',
    evidence,
    formula,
    overrides: {},
    note: `As measured, with the error of measuring and a drift of ${DRIFT * 100}% until the quarter ends (guess).`,
    order: 0,
  }
}
