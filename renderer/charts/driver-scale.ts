export interface DriverSwing {
  readonly name: string
  /** Part of the spread this input explains, 0 … 1. */
  readonly share: number
  /** Direction in which the result goes when the input grows. */
  readonly sign: 1 | -1
  /** Median of the result while the input stands at its P10, and at its P90. */
  readonly low: number
  readonly high: number
}

/** Where each end of a swing stands on a common scale, 0 … 1 from the left. */
export interface DriverScale {
  readonly from: number
  readonly to: number
  place(value: number): number
}

/** A scale that holds every swing and the middle they swing about; a result that never moves stands in the centre. */
export function driverScale(swings: readonly DriverSwing[], middle: number): DriverScale {
  const values = [middle, ...swings.flatMap(({ low, high }) => [low, high])].filter(Number.isFinite)
  const [from, to] = [Math.min(...values), Math.max(...values)]
  const width = to - from
  return { from, to, place: (value) => (width > 0 ? (value - from) / width : 0.5) }
}
