export type Point = readonly [x: number, y: number]

export interface SparklinePath {
  /** SVG path; a missing value interrupts it. */
  readonly line: string
  /** The line's runs closed down to the floor. */
  readonly area: string
  /** Values with no neighbour on either side. */
  readonly dots: readonly Point[]
  /** The newest value, when it is known. */
  readonly last: Point | null
}

const EDGE = 3

/** Lays the values over the box with a 3-pixel edge; equal values lie in the middle. Coordinates have one decimal. */
export function sparklinePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  range?: readonly [number, number],
): SparklinePath {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return { line: '', area: '', dots: [], last: null }
  const [low, high] = range ?? [Math.min(...known), Math.max(...known)]
  const step = values.length > 1 ? (width - 2 * EDGE) / (values.length - 1) : 0
  const points = values.map((value, index): Point | null => {
    if (value === null) return null
    return [rounded(EDGE + step * index), sparklineHeight(value, height, [low, high])]
  })
  const runs: Point[][] = []
  let run: Point[] = []
  for (const point of [...points, null]) {
    if (point) run.push(point)
    else if (run.length > 0) {
      runs.push(run)
      run = []
    }
  }
  const lines = runs.filter(({ length }) => length > 1)
  const draw = (part: readonly Point[]) => part.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')
  return {
    line: lines.map(draw).join(''),
    area: lines.map((part) => `${draw(part)}L${part.at(-1)![0]} ${height}L${part[0]![0]} ${height}Z`).join(''),
    dots: runs.filter(({ length }) => length === 1).map((part) => part[0]!),
    last: points.at(-1) ?? null,
  }
}

/** Pixels from the top at which a value lies; outside the range it lies on the edge. */
export function sparklineHeight(value: number, height: number, [low, high]: readonly [number, number]): number {
  const share = high === low ? 0.5 : (value - low) / (high - low)
  return rounded(height - EDGE - Math.min(1, Math.max(0, share)) * (height - 2 * EDGE))
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
