import { sparklinePath } from './sparkline-path.ts'

/** A small line without axes; a gap is a gap. The label says in words what the line shows. */
export function Sparkline({
  values,
  label,
  width = 76,
  height = 18,
  range,
  isArea = false,
}: {
  readonly values: readonly (number | null)[]
  readonly label: string
  readonly width?: number
  readonly height?: number
  /** Shared scale for several lines; otherwise its own. */
  readonly range?: readonly [number, number]
  readonly isArea?: boolean
}) {
  const drawn = sparklinePath(values, width, height, range)
  return (
    <svg
      className="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {isArea && drawn.area !== '' && <path className="sparkline-area" d={drawn.area} />}
      {drawn.line !== '' && <path className="sparkline-line" d={drawn.line} />}
      {drawn.dots.map(([x, y]) => (
        <circle key={x} className="sparkline-single" cx={x} cy={y} r={1.1} />
      ))}
      {drawn.last && <circle className="sparkline-last" cx={drawn.last[0]} cy={drawn.last[1]} r={2.2} />}
    </svg>
  )
}
