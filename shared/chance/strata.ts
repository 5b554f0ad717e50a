import type { Seed } from '../quantities/index.ts'
import { exactExp, normalQuantile } from './exact-math.ts'
import { BLOCK, stateOf, type StreamKey } from './streams.ts'

/*
 * A Latin hypercube's column: one number in each of 1,024 strata of equal chance, in random order. The strata are gone
 * through from the lowest up, so that the quantile of each is one short polynomial, and put in their order at the end.
 */

const within = new Float64Array(BLOCK)
const places = new Uint16Array(BLOCK)
const state = new Int32Array(4)
const INV_32 = 2 ** -32

/**
 * Fills `out` with 1,024 numbers in (0, 1), one in each stratum of width 1/1024, in random order.
 * Always the whole block: a shorter run is the beginning of a longer one.
 */
export function fillStratified(out: Float64Array, seed: Seed, key: StreamKey, block: number, draw: number): void {
  drawWithin(seed, key, block, draw)
  for (let k = 0; k < BLOCK; k++) out[k] = (k + within[k]!) / BLOCK
  shuffle(out)
}

/** The normal quantiles of the numbers `fillStratified` gives for the same arguments, within 2e-12. */
export function fillNormals(out: Float64Array, seed: Seed, key: StreamKey, block: number, draw: number): void {
  drawWithin(seed, key, block, draw)
  const { coefficients } = (pieces ??= fitPieces())
  for (let k = 0; k < EDGE; k++) {
    out[k] = normalQuantile((k + within[k]!) / BLOCK)
    out[BLOCK - 1 - k] = -normalQuantile((k + 1 - within[BLOCK - 1 - k]!) / BLOCK)
  }
  for (let k = EDGE, c = 0; k < BLOCK - EDGE; k++, c += TERMS) {
    const t = within[k]!
    const square = t * t
    out[k] =
      coefficients[c]! +
      t * coefficients[c + 1]! +
      square *
        (coefficients[c + 2]! + t * coefficients[c + 3]! + square * (coefficients[c + 4]! + t * coefficients[c + 5]!))
  }
  shuffle(out)
}

/** 1,024 plain standard normals, for sums of many draws, where strata buy nothing; each is the quantile of one number of the stream. */
export function fillPlainNormals(out: Float64Array, seed: Seed, key: StreamKey, block: number, draw: number): void {
  stateOf(state, seed, key, block, draw)
  const { coefficients } = (pieces ??= fitPieces())
  let s01 = state[0]! | 0
  let s00 = state[1]! | 0
  let s11 = state[2]! | 0
  let s10 = state[3]! | 0
  for (let i = 0; i < BLOCK; i++) {
    const x = (((s00 + s10) >>> 0) + 0.5) * (INV_32 * BLOCK)
    const a0 = s10 ^ s00
    const a1 = s11 ^ s01
    const low = s00
    const high = s01
    s00 = (low << 24) ^ (high >>> 8) ^ a0 ^ (a0 << 16)
    s01 = (high << 24) ^ (low >>> 8) ^ a1 ^ ((a1 << 16) | (a0 >>> 16))
    s10 = (a1 << 5) ^ (a0 >>> 27)
    s11 = (a0 << 5) ^ (a1 >>> 27)
    const k = x | 0
    if (k < EDGE || k >= BLOCK - EDGE) {
      out[i] = normalQuantile(x / BLOCK)
      continue
    }
    const c = (k - EDGE) * TERMS
    const t = x - k
    const square = t * t
    out[i] =
      coefficients[c]! +
      t * coefficients[c + 1]! +
      square *
        (coefficients[c + 2]! + t * coefficients[c + 3]! + square * (coefficients[c + 4]! + t * coefficients[c + 5]!))
  }
}

/** exp(mu + sigma z) for normals z, within 1e-15 (1 + |mu| + |sigma z|) of it: out[o + i] for i = 0 … count - 1. */
export function fillExponentials(
  out: Float64Array,
  o: number,
  mu: number,
  sigma: number,
  z: Float64Array,
  count: number,
): void {
  const scale = exactExp(mu)
  // Normals of a block stay within 6.3 of 0; powers of two outside the table would be read wrongly.
  if (!(Math.abs(sigma) * 6.5 < 21) || !(scale > 1e-290 && scale < 1e290)) {
    for (let i = 0; i < count; i++) out[o + i] = exactExp(mu + sigma * z[i]!)
    return
  }
  const steps = sigma * STEPS_PER_E
  for (let i = 0; i < count; i++) {
    const x = steps * z[i]!
    const at = (x + 2048.5) | 0
    const r = (x - (at - 2048)) * STEP
    const square = r * r
    const power = scale * powers[at & 4095]!
    out[o + i] = power + power * (r + square * (0.5 + r * SIXTH + square * (TWENTY_FOURTH + r * HUNDRED_TWENTIETH)))
  }
}

const SIXTH = 1 / 6
const TWENTY_FOURTH = 1 / 24
const HUNDRED_TWENTIETH = 1 / 120
/** ln 2 / 64. */
const STEP = 0.010830424696249145
const STEPS_PER_E = 64 * 1.442695040888963387
/** 2^(k/64) for k = -2048 … 2047. */
const powers = Float64Array.from({ length: 4096 }, (_, at) => {
  const k = at - 2048
  const whole = Math.floor(k / 64)
  return exactExp((k - 64 * whole) * STEP) * (whole < 0 ? 1 / 2 ** -whole : 2 ** whole)
})

/** Nearer than this many strata to 0 or 1 the quantile bends too much for a polynomial of degree 5. */
const EDGE = 16
const TERMS = 6
let pieces: { readonly coefficients: Float64Array } | null = null

/** Polynomials through the quantile at six Chebyshev points of each stratum, by powers of the place within it, 0 … 1. */
function fitPieces(): { readonly coefficients: Float64Array } {
  const nodes = CHEBYSHEV_6
  const coefficients = new Float64Array((BLOCK - 2 * EDGE) * TERMS)
  const divided = new Float64Array(TERMS)
  for (let k = EDGE, c = 0; k < BLOCK - EDGE; k++, c += TERMS) {
    for (let j = 0; j < TERMS; j++) divided[j] = normalQuantile((k + nodes[j]!) / BLOCK)
    // Newton's divided differences, then the same polynomial by powers (Horner's scheme over the nodes).
    for (let level = 1; level < TERMS; level++) {
      for (let j = TERMS - 1; j >= level; j--)
        divided[j] = (divided[j]! - divided[j - 1]!) / (nodes[j]! - nodes[j - level]!)
    }
    for (let j = TERMS - 1; j >= 0; j--) {
      for (let p = TERMS - 1; p > 0; p--)
        coefficients[c + p] = coefficients[c + p - 1]! - nodes[j]! * coefficients[c + p]!
      coefficients[c] = divided[j]! - nodes[j]! * coefficients[c]!
    }
  }
  return { coefficients }
}

/** (1 - cos((2 j + 1) pi / 12)) / 2, j = 0 … 5. */
const CHEBYSHEV_6 = [
  0.017037086855465844, 0.14644660940672624, 0.37059047744873963, 0.6294095225512604, 0.8535533905932737,
  0.9829629131445341,
] as const

/**
 * One number of the stream for each stratum k: it says with which of the strata 0 … k it changes places (Fisher and
 * Yates), and what is left after the comma of k + 1 times the number is the place within the stratum.
 * The generator is xoroshiro128+ (Blackman and Vigna), its state kept at hand because this is the innermost loop of a run.
 */
function drawWithin(seed: Seed, key: StreamKey, block: number, draw: number): void {
  stateOf(state, seed, key, block, draw)
  let s01 = state[0]! | 0
  let s00 = state[1]! | 0
  let s11 = state[2]! | 0
  let s10 = state[3]! | 0
  for (let k = 0; k < BLOCK; k++) {
    const x = (((s00 + s10) >>> 0) + 0.5) * INV_32 * (k + 1)
    const place = x | 0
    places[k] = place
    within[k] = x - place
    const a0 = s10 ^ s00
    const a1 = s11 ^ s01
    const low = s00
    const high = s01
    s00 = (low << 24) ^ (high >>> 8) ^ a0 ^ (a0 << 16)
    s01 = (high << 24) ^ (low >>> 8) ^ a1 ^ ((a1 << 16) | (a0 >>> 16))
    s10 = (a1 << 5) ^ (a0 >>> 27)
    s11 = (a0 << 5) ^ (a1 >>> 27)
  }
}

function shuffle(out: Float64Array): void {
  for (let k = BLOCK - 1; k > 0; k--) {
    const place = places[k]!
    const kept = out[k]!
    out[k] = out[place]!
    out[place] = kept
  }
}
