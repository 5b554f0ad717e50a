/** One step of a waterfall: where the sum stood before it and after it. */
export interface WaterfallStep {
  readonly from: number
  readonly to: number
}

export interface Waterfall {
  readonly steps: readonly WaterfallStep[]
  /** Smallest and largest sum on the way; zero, the start, is always among them. */
  readonly low: number
  readonly high: number
}

/** Parts laid end to end from zero; one that is not known moves nothing. [3, −1, null]: 0 to 3, 3 to 2, 2 to 2. */
export function layWaterfall(parts: readonly (number | null)[]): Waterfall {
  let sum = 0
  const steps = parts.map((part): WaterfallStep => {
    const from = sum
    sum += part ?? 0
    return { from, to: sum }
  })
  const ends = [0, ...steps.map(({ to }) => to)]
  return { steps, low: Math.min(...ends), high: Math.max(...ends) }
}

/** 0 … 100% of the width, with an edge so that marks at the ends are whole. */
export function placeInWaterfall({ low, high }: Waterfall, sum: number): number {
  const edge = 3
  return high === low ? 50 : edge + ((sum - low) / (high - low)) * (100 - 2 * edge)
}
