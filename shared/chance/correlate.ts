import { fillStratified } from './strata.ts'
import { BLOCK, type StreamKey } from './streams.ts'
import type { Seed } from '../quantities/index.ts'
import { normalQuantile } from './exact-math.ts'

/** Rows whose draws go together: stream keys in a fixed order and the lower triangle that mixes their normals. */
export interface CorrelatedGroup {
  readonly keys: readonly StreamKey[]
  readonly mixing: readonly (readonly number[])[]
  /** True when the asked-for correlations cannot all hold and the nearest possible ones are used. */
  readonly wasProjected: boolean
  /** Rank correlations in force, after any projection. */
  readonly inForce: readonly (readonly number[])[]
}

/** Correlation of the underlying normals that gives rank correlation `rho`: 2 sin(pi rho / 6). 0.7 -> 0.7167358991. */
export function copulaCorrelation(rho: number): number {
  return 2 * Math.sin((Math.PI * rho) / 6)
}

/** `rank[i][j]` are rank correlations with 1 on the diagonal. */
export function correlatedGroup(keys: readonly StreamKey[], rank: readonly (readonly number[])[]): CorrelatedGroup {
  const asked = rank.map((row, i) => row.map((rho, j) => (i === j ? 1 : copulaCorrelation(rho))))
  const { matrix, wasProjected } = nearestCorrelation(asked)
  const inForce = matrix.map((row, i) =>
    row.map((r, j) => (i === j ? 1 : (6 / Math.PI) * Math.asin(Math.max(-1, Math.min(1, r / 2))))),
  )
  return { keys, mixing: choleskyOf(matrix), wasProjected, inForce }
}

/**
 * Draws one block for the whole group. Each row keeps exactly its own stratified numbers and only their order changes, to the
 * order of the mixed normals: margins stay as even as without correlation, and the first row is untouched.
 */
export function fillCorrelated(group: CorrelatedGroup, out: readonly Float64Array[], seed: Seed, block: number): void {
  const size = group.keys.length
  const normals: Float64Array[] = []
  for (let k = 0; k < size; k++) {
    fillStratified(out[k]!, seed, group.keys[k]!, block, 0)
    normals.push(out[k]!.map(normalQuantile))
  }
  const mixed = new Float64Array(BLOCK)
  for (let k = 1; k < size; k++) {
    mixed.fill(0)
    for (let j = 0; j <= k; j++) {
      const weight = group.mixing[k]![j]!
      if (weight === 0) continue
      const normal = normals[j]!
      for (let i = 0; i < BLOCK; i++) mixed[i] = mixed[i]! + weight * normal[i]!
    }
    const places = Array.from({ length: BLOCK }, (_, i) => i).sort((a, b) => mixed[a]! - mixed[b]! || a - b)
    const sorted = out[k]!.slice().sort()
    for (let i = 0; i < BLOCK; i++) out[k]![places[i]!] = sorted[i]!
  }
}

/** Clips negative eigenvalues and scales the diagonal back to 1; unchanged when the matrix is already possible. */
export function nearestCorrelation(asked: readonly (readonly number[])[]): {
  matrix: number[][]
  wasProjected: boolean
} {
  const size = asked.length
  const { values, vectors } = eigenOf(asked)
  if (values.every((value) => value > 1e-10)) return { matrix: asked.map((row) => [...row]), wasProjected: false }
  const wasProjected = values.some((value) => value < -1e-10)
  const clipped = values.map((value) => Math.max(value, 1e-9))
  const raw = asked.map((_, i) =>
    asked.map((__, j) => clipped.reduce((sum, value, k) => sum + value * vectors[i]![k]! * vectors[j]![k]!, 0)),
  )
  const matrix = raw.map((row, i) =>
    row.map((value, j) => (i === j ? 1 : value / Math.sqrt(raw[i]![i]! * raw[j]![j]!))),
  )
  return { matrix: size === 0 ? [] : matrix, wasProjected }
}

function choleskyOf(matrix: readonly (readonly number[])[]): number[][] {
  const lower = matrix.map((row) => row.map(() => 0))
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!
      lower[i]![j] = i === j ? Math.sqrt(Math.max(sum, 0)) : lower[j]![j]! > 1e-12 ? sum / lower[j]![j]! : 0
    }
  }
  return lower
}

/** Jacobi rotations; the matrices here have a handful of rows. */
function eigenOf(symmetric: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const a = symmetric.map((row) => [...row])
  const size = a.length
  const v = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) off += a[i]![j]! ** 2
    if (off < 1e-24) break
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(a[p]![q]!) < 1e-18) continue
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!)
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < size; k++) rotate(a[k]!, p, q, c, s)
        const rowP = a[p]!
        const rowQ = a[q]!
        for (let k = 0; k < size; k++) {
          const x = rowP[k]!
          const y = rowQ[k]!
          rowP[k] = c * x - s * y
          rowQ[k] = s * x + c * y
        }
        for (let k = 0; k < size; k++) rotate(v[k]!, p, q, c, s)
      }
    }
  }
  return { values: a.map((row, i) => row[i]!), vectors: v }
}

function rotate(row: number[], p: number, q: number, c: number, s: number): void {
  const x = row[p]!
  const y = row[q]!
  row[p] = c * x - s * y
  row[q] = s * x + c * y
}
