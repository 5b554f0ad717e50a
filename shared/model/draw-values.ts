import {
  betaTable,
  binomialQuantile,
  exactBeta,
  exactExp,
  exactGamma,
  exactLog,
  fillExponentials,
  fitRange,
  gammaTable,
  type HistoryFit,
  lookUp,
  normalQuantile,
  poissonQuantile,
  type RangeFit,
  studentTable,
} from '../chance/index.ts'
import type { DrawKind } from './instructions.ts'

/** Turns standard normals, or shares (0, 1), into values: `out[o + i]` for `source[i]`, i = 0 … count - 1. */
export interface Filler {
  readonly from: 'normals' | 'shares'
  fill(source: Float64Array, out: Float64Array, o: number, count: number): void
}

/** A filler for parameters that are the same in every sample; built once per run. */
export function fillerFor(draw: DrawKind, p: readonly number[]): Filler {
  switch (draw.kind) {
    case 'range':
    case 'normal':
    case 'lognormal': {
      const form = normalForm(draw, p)
      return form === null ? undefinedFiller : formFiller(form)
    }
    case 'beta':
      return p[0]! > 0 && p[1]! > 0 ? tableFiller(betaTable(p[0]!, p[1]!), 0, 1) : undefinedFiller
    case 'gamma':
      return p[0]! > 0 && p[1]! > 0 ? tableFiller(gammaTable(p[0]!), 0, p[1]!) : undefinedFiller
    case 'pert': {
      const [low, likely, high] = [p[0]!, p[1]!, p[2]!]
      if (!(low <= likely && likely <= high)) return undefinedFiller
      if (low === high) return formFiller({ kind: 'normal', mu: low, sigma: 0 })
      const [a, b] = pertShapes(low, likely, high)
      return tableFiller(betaTable(a, b), low, high - low)
    }
    case 'discrete':
      return discreteFiller(p)
    case 'history':
      return historyFiller(draw.fit)
    default:
      return fromShares((shares, out, o, count) => {
        for (let i = 0; i < count; i++) out[o + i] = valueAt(draw, shares[i]!, p)
      })
  }
}

/** One value where a parameter differs from sample to sample. */
export function valueAt(draw: DrawKind, share: number, p: ArrayLike<number>): number {
  for (let k = 0; k < p.length; k++) if (!Number.isFinite(p[k]!)) return Number.NaN
  switch (draw.kind) {
    case 'range': {
      const fit = fitRange(p[0]!, p[1]!, p[2]!, draw.isPercent)
      if (fit === null) return Number.NaN
      const x = fit.mu + fit.sigma * normalQuantile(share)
      return fit.kind === 'normal' ? x : fit.kind === 'lognormal' ? exactExp(x) : 1 / (1 + exactExp(-x))
    }
    case 'normal':
      return p[1]! >= 0 ? p[0]! + p[1]! * normalQuantile(share) : Number.NaN
    case 'lognormal': {
      if (!(p[0]! > 0 && p[1]! >= 0)) return Number.NaN
      const { mu, sigma } = lognormalOf(p[0]!, p[1]!)
      return exactExp(mu + sigma * normalQuantile(share))
    }
    case 'uniform':
      return p[0]! <= p[1]! ? p[0]! + (p[1]! - p[0]!) * share : Number.NaN
    case 'triangular':
      return triangularAt(share, p[0]!, p[1]!, p[2]!)
    case 'pert': {
      const [low, likely, high] = [p[0]!, p[1]!, p[2]!]
      if (!(low <= likely && likely <= high)) return Number.NaN
      if (low === high) return low
      const [a, b] = pertShapes(low, likely, high)
      return low + (high - low) * exactBeta(share, a, b)
    }
    case 'beta':
      return p[0]! > 0 && p[1]! > 0 ? exactBeta(share, p[0]!, p[1]!) : Number.NaN
    case 'gamma':
      return p[0]! > 0 && p[1]! > 0 ? p[1]! * exactGamma(share, p[0]!) : Number.NaN
    case 'poisson':
      return p[0]! >= 0 ? poissonQuantile(share, p[0]!) : Number.NaN
    case 'bernoulli':
      return p[0]! >= 0 && p[0]! <= 1 ? (share > 1 - p[0]! ? 1 : 0) : Number.NaN
    case 'binomial':
      return binomialQuantile(share, p[0]!, p[1]!)
    case 'discrete': {
      const one = new Float64Array(1)
      discreteFiller(Array.from(p)).fill(Float64Array.of(share), one, 0, 1)
      return one[0]!
    }
    case 'history':
      return Number.NaN
  }
}

/** The draw as a function of one standard normal, where it is one; null otherwise. */
export function normalForm(draw: DrawKind, p: ArrayLike<number>): RangeFit | null {
  if (draw.kind === 'range') return fitRange(p[0]!, p[1]!, p[2]!, draw.isPercent)
  if (draw.kind === 'normal') return p[1]! >= 0 ? { kind: 'normal', mu: p[0]!, sigma: p[1]! } : null
  if (draw.kind === 'lognormal' && p[0]! > 0 && p[1]! >= 0) return { kind: 'lognormal', ...lognormalOf(p[0]!, p[1]!) }
  return null
}

/** Values of a normal form for standard normals. */
export function fillFromNormals(
  form: RangeFit,
  normals: Float64Array,
  out: Float64Array,
  o: number,
  count: number,
): void {
  const { kind, mu, sigma } = form
  if (kind === 'normal') {
    for (let i = 0; i < count; i++) out[o + i] = mu + sigma * normals[i]!
    return
  }
  fillExponentials(out, o, kind === 'lognormal' ? mu : -mu, kind === 'lognormal' ? sigma : -sigma, normals, count)
  if (kind === 'logit-normal') for (let i = 0; i < count; i++) out[o + i] = 1 / (1 + out[o + i]!)
}

/** mu and sigma of the logarithm from mean and standard deviation of the value. */
export function lognormalOf(mean: number, sd: number): { mu: number; sigma: number } {
  const square = exactLog(1 + (sd / mean) ** 2)
  return { mu: exactLog(mean) - square / 2, sigma: Math.sqrt(square) }
}

function pertShapes(low: number, likely: number, high: number): [number, number] {
  return [1 + (4 * (likely - low)) / (high - low), 1 + (4 * (high - likely)) / (high - low)]
}

function triangularAt(share: number, low: number, likely: number, high: number): number {
  if (!(low <= likely && likely <= high)) return Number.NaN
  if (low === high) return low
  const turn = (likely - low) / (high - low)
  return share < turn
    ? low + Math.sqrt(share * (high - low) * (likely - low))
    : high - Math.sqrt((1 - share) * (high - low) * (high - likely))
}

const undefinedFiller = fromShares((_, out, o, count) => out.fill(Number.NaN, o, o + count))

function fromShares(fill: Filler['fill']): Filler {
  return { from: 'shares', fill }
}

function fromNormals(fill: Filler['fill']): Filler {
  return { from: 'normals', fill }
}

function formFiller(form: RangeFit): Filler {
  return fromNormals((normals, out, o, count) => fillFromNormals(form, normals, out, o, count))
}

function tableFiller(table: ReturnType<typeof betaTable>, offset: number, scale: number): Filler {
  return fromNormals((normals, out, o, count) => {
    for (let i = 0; i < count; i++) out[o + i] = offset + scale * lookUp(table, normals[i]!)
  })
}

function discreteFiller(p: readonly number[]): Filler {
  const values: number[] = []
  const upTo: number[] = []
  let total = 0
  for (let k = 0; k + 1 < p.length; k += 2) {
    if (!(p[k + 1]! >= 0) || !Number.isFinite(p[k]!)) return undefinedFiller
    total += p[k + 1]!
    values.push(p[k]!)
    upTo.push(total)
  }
  if (!(total > 0)) return undefinedFiller
  return fromShares((shares, out, o, count) => {
    for (let i = 0; i < count; i++) {
      const at = shares[i]! * total
      let k = 0
      while (k < values.length - 1 && at > upTo[k]!) k++
      out[o + i] = values[k]!
    }
  })
}

function historyFiller(fit: HistoryFit): Filler {
  switch (fit.kind) {
    case 'bootstrap':
      return fromShares((shares, out, o, count) => {
        for (let i = 0; i < count; i++) out[o + i] = fit.values[Math.floor(shares[i]! * fit.values.length)]!
      })
    case 'log-t':
    case 't': {
      const table = studentTable(fit.freedom)
      return fromNormals((normals, out, o, count) => {
        for (let i = 0; i < count; i++) {
          const x = fit.centre + fit.spread * lookUp(table, normals[i]!)
          out[o + i] = fit.kind === 't' ? x : exactExp(x)
        }
      })
    }
    case 'none':
      return undefinedFiller
  }
}
