import { orderOf } from './order-of.ts'

/** Pearson's correlation over the pairs in which both are known; NaN when one of them does not vary. */
export function pearson(a: Float64Array, b: Float64Array): number {
  let n = 0
  let meanA = 0
  let meanB = 0
  for (let i = 0; i < a.length; i++) {
    if (!Number.isFinite(a[i]! + b[i]!)) continue
    n++
    meanA += (a[i]! - meanA) / n
    meanB += (b[i]! - meanB) / n
  }
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    if (!Number.isFinite(a[i]! + b[i]!)) continue
    const x = a[i]! - meanA
    const y = b[i]! - meanB
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return ab / Math.sqrt(aa * bb)
}

/** Spearman's rank correlation; ties share their mean rank. */
export function spearman(a: Float64Array, b: Float64Array): number {
  const known: number[] = []
  for (let i = 0; i < a.length; i++) if (Number.isFinite(a[i]!) && Number.isFinite(b[i]!)) known.push(i)
  return pearson(ranksOf(Float64Array.from(known, (i) => a[i]!)), ranksOf(Float64Array.from(known, (i) => b[i]!)))
}

/** Rank of every value from 0; equal values share their mean rank. */
export function ranksOf(values: Float64Array, order: Uint32Array = orderOf(values)): Float64Array {
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + to - 1) / 2
    from = to
  }
  return ranks
}
