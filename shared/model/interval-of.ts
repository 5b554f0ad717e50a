import { BLOCK, lookUp, studentTable } from '../chance/index.ts'

/** Normal quantile of 97.5%. */
const Z_975 = 1.959963984540054

/**
 * 95% t interval of an estimate over the blocks of 1,024 samples: what drawing again would change. Samples of one block depend
 * on each other (strata), blocks do not. null with fewer than two whole blocks or where a block has no value.
 */
export function intervalOf(
  samples: Float64Array,
  estimate: (block: Float64Array) => number,
): readonly [number, number] | null {
  const blocks = Math.floor(samples.length / BLOCK)
  if (blocks < 2) return null
  let mean = 0
  const values = Array.from({ length: blocks }, (_, k) => estimate(samples.subarray(k * BLOCK, (k + 1) * BLOCK)))
  for (const value of values) mean += value / blocks
  if (!Number.isFinite(mean)) return null
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (blocks - 1)
  const reach = lookUp(studentTable(blocks - 1), Z_975) * Math.sqrt(variance / blocks)
  return [mean - reach, mean + reach]
}
