import { exactLog } from '../chance/index.ts'
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
    }
  | { readonly found: false; readonly why: string }

const STEPS = 60

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
  const value = halve(options.between, (x) => Math.sign(at(x)) === Math.sign(ends[0]))
  return { found: true, value, interval: null, method: 'bisection' }
}

/**
 * The largest (or smallest) value of a row with which a condition, such as `Payback < 12`, holds in at least the share `odds`
 * of the samples. Where the condition's two sides differ by a straight line in the value, the answer is a percentile of the
 * value at which each sample tips, from one run; else the span is halved with the same draws at every step.
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
  const marginsAt = (value: number) => marginsOf(model, margin, value, options)
  const [atLow, atHigh, atMiddle] = [low, high, (low + high) / 2].map(marginsAt)
  if (!atLow || !atHigh || !atMiddle) return { found: false, why: `“${condition}” has no value for each sample.` }
  const holdsIn = (margins: Float64Array) => {
    let hits = 0
    for (const value of margins) if (isStrict ? value > 0 : value >= 0) hits++
    return hits / margins.length
  }
  const [wanted, other] = end === 'largest' ? [atHigh, atLow] : [atLow, atHigh]
  if (holdsIn(wanted) >= odds) return found(end === 'largest' ? high : low, null, 'exact')
  if (holdsIn(other) < odds) {
    return { found: false, why: `“${condition}” holds in ${percent(holdsIn(other))} of the samples at best.` }
  }
  const tips = tippingPoints(atLow, atMiddle, atHigh, options.between, end)
  if (tips) {
    const share = end === 'largest' ? 1 - odds : odds
    return found(
      midQuantile(tips, share),
      intervalOf(tips, (block) => midQuantile(block, share)),
      'exact',
    )
  }
  const holdsAt = (value: number) => holdsIn(marginsAt(value) ?? new Float64Array(1).fill(Number.NaN))
  const search = (share: number) =>
    end === 'largest'
      ? halve([low, high], (value) => holdsAt(value) >= share)
      : halve([low, high], (value) => holdsAt(value) < share)
  const value = search(odds)
  const reach = intervalOf(marginsAt(value)!, holdsIn)
  const half = reach ? (reach[1] - reach[0]) / 2 : 0
  const ends = half > 0 ? [search(Math.min(1, odds + half)), search(Math.max(0, odds - half))] : null
  return found(value, ends ? [Math.min(...ends), Math.max(...ends)] : null, 'bisection')
}

/** Hazen's percentile, the k-th of n at (k - 1/2) / n: without bias for samples that lie one in each stratum. */
function midQuantile(samples: Float64Array, share: number): number {
  const n = samples.length
  return quantileOf(samples, Math.max(0, Math.min(1, (share * n - 0.5) / Math.max(1, n - 1))))
}

const WANTED = 'sought/wanted'

function found(value: number, interval: readonly [number, number] | null, method: 'exact' | 'bisection'): Sought {
  return { found: true, value, interval, method }
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** Samples of the margin with the row at `value`; a certain margin is one sample repeated. */
function marginsOf(model: Model, margin: string, value: number, options: SeekOptions): Float64Array | null {
  const run = runModel(compileModel(withRows(model, options.change, value, { [WANTED]: margin })), {
    samples: options.samples,
    seed: options.seed,
    wanted: [WANTED],
  })
  const row = run.rows.get(WANTED)
  return run.sampleOf(WANTED) ?? (row?.shape === 'number' ? new Float64Array(options.samples).fill(row.value) : null)
}

/** Where each sample's margin is 0, when all margins are straight lines that fall towards the end sought; null otherwise. */
function tippingPoints(
  atLow: Float64Array,
  atMiddle: Float64Array,
  atHigh: Float64Array,
  [low, high]: readonly [number, number],
  end: 'largest' | 'smallest',
): Float64Array | null {
  const tips = new Float64Array(atLow.length)
  for (let i = 0; i < tips.length; i++) {
    const [a, m, b] = [atLow[i]!, atMiddle[i]!, atHigh[i]!]
    const slope = (b - a) / (high - low)
    const isStraight = Math.abs(a + b - 2 * m) <= 1e-9 * (Math.abs(a) + Math.abs(b))
    if (!isStraight || !(end === 'largest' ? slope < 0 : slope > 0)) return null
    tips[i] = low - a / slope
  }
  return tips
}

/** Halves the span, on a log scale where both ends are far apart and positive; `stays` is true on the low side. */
function halve([low, high]: readonly [number, number], stays: (value: number) => boolean): number {
  let [a, b] = [low, high]
  const isWide = low > 0 && exactLog(high / low) > 3
  for (let step = 0; step < STEPS; step++) {
    const middle = isWide ? Math.sqrt(a) * Math.sqrt(b) : (a + b) / 2
    if (!(middle > a && middle < b) || b - a <= 1e-12 * Math.abs(b)) break
    if (stays(middle)) a = middle
    else b = middle
  }
  return (a + b) / 2
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
