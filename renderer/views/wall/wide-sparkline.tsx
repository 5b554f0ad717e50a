import { sparklineHeight, sparklinePath } from '../../parts/index.ts'

const HEIGHT = 48

/** A sparkline as wide as its tile: the line stretches, its thickness and its last dot do not. A target is a dashed line. */
export function WideSparkline({
  values,
  label,
  target,
}: {
  readonly values: readonly (number | null)[]
  readonly label: string
  readonly target: number | null
}) {
  const shown = [...values, target].filter((value) => value !== null)
  const range = [Math.min(...shown), Math.max(...shown)] as const
  const { line, area, dots, last } = sparklinePath(values, 100, HEIGHT, range)
  return (
    <div className="wide-sparkline" role="img" aria-label={label}>
      <svg
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        height={HEIGHT}
        aria-hidden="true"
        focusable="false"
      >
        {area !== '' && <path className="sparkline-area" d={area} />}
        {line !== '' && <path className="sparkline-line" vectorEffect="non-scaling-stroke" d={line} />}
      </svg>
      {target !== null && (
        <span className="wide-target" style={{ top: sparklineHeight(target, HEIGHT, range) }} aria-hidden="true" />
      )}
      {dots.map(([x, y]) => (
        <span key={x} className="wide-dot single" style={{ left: `${x}%`, top: y }} />
      ))}
      {last && <span className="wide-dot" style={{ left: `${last[0]}%`, top: last[1] }} />}
    </div>
  )
}
