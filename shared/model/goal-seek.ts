import { exactExp, exactLog } from '../chance/index.ts'
import { nameKey, parseFormula } from '../formula/index.ts'
import type { Seed } from '../quantities/index.ts'
import { compileModel } from './compile-model.ts'
import { intervalOf } from './interval-of.ts'
import { runModel } from './run-model.ts'
import { quantileOf } from './spread-of.ts'
import type { Model, ModelRow } from './types.ts'

export interface SeekOptions {
  /** Id of the row whose value is looked for; its formula and months are put aside. */
  readonly change: string
  readonly between: readonly [number, number]
  readonly samples: number
  readonly seed: Seed
  /** Called after each run of the model with the share done, 0 … 1: about, because a search can end early. */
  readonly onProgress?: (share: number) => void
}

/** In what share of the samples the condition holds with the row at a value. */
export interface OddsAt {
  readonly value: number
  /** 0 … 1. */
  readonly odds: number
}

/** `found: false` = no value in the span does it; `why` is a sentence. */
export type Sought =
  | {
      readonly found: true
      readonly value: number
      /** 95% interval from the error of the samples; null where nothing is uncertain or there is one block only. */
      readonly interval: readonly [number, number] | null
      /** 'exact' = worked out per sample, because the condition is a straight line in the value sought; else halved. */
      readonly method: 'exact' | 'bisection'
      /** The odds over the span, lowest value first; left out where a single number is sought. */
      readonly curve?: readonly OddsAt[]
    }
  | { readonly found: false; readonly why: string; readonly curve?: readonly OddsAt[] }

const STEPS = 60
/** Values of the span the odds are looked at before halving, both ends among them. */
const GRID = 13
/** How near halving comes to a value with the odds, as a share of it; the ends of an interval need less. */
const NEAR = 1e-6
const NEAR_ENDS = 1e-4
/** Values of the grid, none of them round, at which a condition is asked whether it is a straight line, beside the middle. */
const ASKED_OF_LINE = [4, 9]
/** What halving costs in all: both ends, three values between, the grid, and three searches. */
const RUNS = 5 + (GRID - 2) + 19 + 2 * 12

/**
 * The value of a row at which a formula, such as `NPV` or `p90(Cost)`, equals `target`: halving the span, with the same draws
 * at every step. The formula must give one number and cross the target once.
 */
export function seekValue(model: Model, formula: string, target: number, options: SeekOptions): Sought {
  const at = (value: number) => {
    const { rows } = runModel(compileModel(withRows(model, options.change, value, { [WANTED]: formula })), {
      samples: options.samples,
      seed: options.seed,
      wanted: [WANTED],
    })
    const row = rows.get(WANTED)
    return row?.shape === 'number' ? row.value - target : Number.NaN
  }
  const ends = options.between.map(at) as [number, number]
  if (!ends.every(Number.isFinite)) return { found: false, why: `“${formula}” gives no single number at the ends.` }
  if (ends[0] * ends[1] > 0) {
    return { found: false, why: `“${formula}” does not reach the target between ${options.between.join(' and ')}.` }
  }
  const [below, above] = halve(options.between, (x) => Math.sign(at(x)) === Math.sign(ends[0]))
  return { found: true, value: (below + above) / 2, interval: null, method: 'bisection' }
}

/**
 * The largest (or smallest) value of a row with which a condition, such as `Payback < 12`, holds in at least the share `odds`
 * of the samples. Where the condition's two sides differ by a straight line in the value, the answer is a percentile of the
 * value at which each sample tips, made sure of by a run with it; else the odds are looked at over the span and the step where
 * they pass `odds` is halved, with the same draws everywhere.
 * X / S < 12 with S lognormal 5k to 20k at 80%: X up to 76,118.
 */
export function seekOdds(
  model: Model,
  condition: string,
  odds: number,
  end: 'largest' | 'smallest',
  options: SeekOptions,
): Sought {
  const { ast } = parseFormula(condition)
  if (ast.kind !== 'binary' || !['<', '<=', '>', '>='].includes(ast.operator)) {
    return { found: false, why: `“${condition}” is not a comparison with <, <=, > or >=.` }
  }
  const text = (of: typeof ast.left) => condition.slice(of.place.from, of.place.to)
  const [less, more] = ast.operator.startsWith('<') ? [ast.left, ast.right] : [ast.right, ast.left]
  const isStrict = ast.operator.length === 1
  const margin = `(${text(more)}) - (${text(less)})`
  const [low, high] = options.between
  let runs = 0
  const marginsAt = (value: number) => {
    const margins = marginsOf(model, margin, value, options)
    options.onProgress?.(Math.min(1, ++runs / RUNS))
    return margins
  }
  const [atLow, atHigh, atMiddle] = [low, high, (low + high) / 2].map(marginsAt)
  if (!atLow || !atHigh || !atMiddle) return { found: false, why: `“${condition}” has no value for each sample.` }
  const holdsIn = (margins: Float64Array) => {
    let hits = 0
    for (const value of margins) if (isStrict ? value > 0 : value >= 0) hits++
    return hits / margins.length
  }
  const ends = new Map([
    [low, holdsIn(atLow)],
    [high, holdsIn(atHigh)],
  ])
  const grid = gridOf(options.between)
  const line = lineThrough(atLow, atHigh, options.between)
  const isOnLine = (value: number, margins = marginsAt(value)) =>
    margins !== null && isNear(margins, line(value), atLow, atHigh)
  const isLine = isOnLine((low + high) / 2, atMiddle) && ASKED_OF_LINE.every((k) => isOnLine(grid[k]!))
  /** Along the straight line, or null where the answer turns out not to lie on it. */
  const answer = (along: Line | null): Sought | null => {
    const known = new Map(ends)
    const holdsAt = (value: number) => {
      const margins = () => (along ? along(value) : marginsAt(value)) ?? Float64Array.of(Number.NaN)
      const share = known.get(value) ?? holdsIn(margins())
      known.set(value, share)
      return share
    }
    const curve = grid.map((value) => ({ value, odds: holdsAt(value) }))
    const best = Math.max(...curve.map((point) => point.odds))
    const last = end === 'largest' ? curve.at(-1)! : curve[0]!
    if (last.odds >= odds) return { found: true, value: last.value, interval: null, method: 'exact', curve }
    if (!(best >= odds)) {
      return { found: false, why: `“${condition}” holds in ${percent(best)} of the samples at best.`, curve }
    }
    const tips = along && tippingPoints(atLow, atHigh, options.between, end)
    if (tips) {
      const share = end === 'largest' ? 1 - odds : odds
      const value = midQuantile(tips, share)
      if (!isOnLine(value)) return null
      const interval = intervalOf(tips, (block) => midQuantile(block, share))
      return { found: true, value, interval, method: 'exact', curve }
    }
    /** Between the first point of the curve, seen from the end sought, that reaches the share and the one before it. */
    const fromEnd = end === 'largest' ? [...curve].reverse() : curve
    const search = (share: number, near: number) => {
      const at = fromEnd.findIndex((point) => point.odds >= share)
      const [before, reached] = [fromEnd[at - 1], fromEnd[at]]
      if (!reached) return fromEnd.at(-1)!.value
      if (!before) return reached.value
      const isReached = (value: number) => holdsAt(value) >= share
      const sides =
        end === 'largest'
          ? halve([reached.value, before.value], isReached, near)
          : halve([before.value, reached.value], (value) => !isReached(value), near)
      // 92 rather than 91.99996 where it steps down after 92; else the side on which the condition holds.
      const plain = plainestIn(sides)
      return isReached(plain) ? plain : sides[end === 'largest' ? 0 : 1]
    }
    const value = search(odds, NEAR)
    const reach = intervalOf(marginsAt(value)!, holdsIn)
    const half = reach ? (reach[1] - reach[0]) / 2 : 0
    const bounds = half > 0 ? [odds + half, odds - half].map((share) => search(share, NEAR_ENDS)) : null
    const interval = bounds && ([Math.min(value, ...bounds), Math.max(value, ...bounds)] as const)
    return { found: true, value, interval, method: 'bisection', curve }
  }
  return (isLine ? answer(line) : null) ?? answer(null)!
}

/** Hazen's percentile, the k-th of n at (k - 1/2) / n: without bias for samples that lie one in each stratum. */
function midQuantile(samples: Float64Array, share: number): number {
  const n = samples.length
  return quantileOf(samples, Math.max(0, Math.min(1, (share * n - 0.5) / Math.max(1, n - 1))))
}

const WANTED = 'sought/wanted'

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** Samples of the margin with the row at `value`; a certain margin is one sample repeated, NaN where it is undefined. */
function marginsOf(model: Model, margin: string, value: number, options: SeekOptions): Float64Array | null {
  const run = runModel(compileModel(withRows(model, options.change, value, { [WANTED]: margin })), {
    samples: options.samples,
    seed: options.seed,
    wanted: [WANTED],
  })
  const row = run.rows.get(WANTED)
  const own = run.sampleOf(WANTED)
  if (own) return own
  if (row?.shape === 'number') return new Float64Array(options.samples).fill(row.value)
  // A payback that never comes is no value in any sample, not a mistake.
  const isUndefined = row?.shape === 'error' && row.error.code === '#NUM!'
  return isUndefined ? new Float64Array(options.samples).fill(Number.NaN) : null
}

/** Margins at any value of the span. */
type Line = (value: number) => Float64Array

/** Each sample's margins as a straight line through those at the ends. */
function lineThrough(atLow: Float64Array, atHigh: Float64Array, [low, high]: readonly [number, number]): Line {
  return (value) => atLow.map((a, i) => a + ((atHigh[i]! - a) * (value - low)) / (high - low))
}

/** Whether margins are those of the line, but for the rounding of numbers as large as those at the ends. */
function isNear(margins: Float64Array, wanted: Float64Array, atLow: Float64Array, atHigh: Float64Array): boolean {
  return margins.every(
    (margin, i) => Math.abs(margin - wanted[i]!) <= 1e-9 * (Math.abs(atLow[i]!) + Math.abs(atHigh[i]!)),
  )
}

/** Where each sample's margin is 0, when all of them fall towards the end sought; null otherwise. */
function tippingPoints(
  atLow: Float64Array,
  atHigh: Float64Array,
  [low, high]: readonly [number, number],
  end: 'largest' | 'smallest',
): Float64Array | null {
  const tips = new Float64Array(atLow.length)
  for (let i = 0; i < tips.length; i++) {
    const slope = (atHigh[i]! - atLow[i]!) / (high - low)
    if (!(end === 'largest' ? slope < 0 : slope > 0)) return null
    tips[i] = low - atLow[i]! / slope
  }
  return tips
}

/** Evenly over the span, on a log scale where it is wide. */
function gridOf(between: readonly [number, number]): readonly number[] {
  const [low, high] = between
  return Array.from({ length: GRID }, (_, k) => {
    if (k === 0) return low
    if (k === GRID - 1) return high
    const share = k / (GRID - 1)
    return isWide(between) ? low * exactExp(share * exactLog(high / low)) : low + (high - low) * share
  })
}

/** Both ends positive and far apart. */
function isWide([low, high]: readonly [number, number]): boolean {
  return low > 0 && exactLog(high / low) > 3
}

/** Halves the span, on a log scale where it is wide; `stays` is true on the low side. Both sides, as near as the share `near`. */
function halve(
  between: readonly [number, number],
  stays: (value: number) => boolean,
  near = 1e-12,
): readonly [number, number] {
  let [a, b] = between
  for (let step = 0; step < STEPS; step++) {
    const middle = isWide(between) ? Math.sqrt(a) * Math.sqrt(b) : (a + b) / 2
    if (!(middle > a && middle < b) || b - a <= near * Math.abs(b)) break
    if (stays(middle)) a = middle
    else b = middle
  }
  return [a, b]
}

/** The number with the fewest digits between two that are near each other. */
function plainestIn([low, high]: readonly [number, number]): number {
  for (let digits = 1; digits <= 15; digits++) {
    const plain = [low, high]
      .map((value) => Number(value.toPrecision(digits)))
      .find((value) => value >= low && value <= high)
    if (plain !== undefined) return plain
  }
  return low
}

function withRows(model: Model, change: string, value: number, added: Readonly<Record<string, string>>): Model {
  const changed = model.rows.map((row) => (row.id === change ? { ...row, formula: String(value), overrides: {} } : row))
  const taken = new Set(model.rows.map(({ name }) => nameKey(name)))
  const rows = Object.entries(added).map(([id, formula]): ModelRow => {
    let name = id
    while (taken.has(nameKey(name))) name += '+'
    return {
      id,
      name,
      unit: '',
      kind: 'outcome',
      group: null,
      owner: '',
      evidence: { kind: 'computed' },
      formula,
      overrides: {},
      note: '',
      order: 0,
    }
  })
  return { ...model, rows: [...changed, ...rows] }
}
