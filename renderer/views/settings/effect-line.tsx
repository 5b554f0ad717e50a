import { tellWhy } from '../../../shared/issues/index.ts'
import type { FoundConventions, MetricValue } from '../../../shared/metrics/index.ts'
import { formatUnits } from '../../parts/index.ts'

/** What a convention makes of the number it decides, beside what the usual one would. */
export function EffectLine({
  found,
  metricId,
  currency,
}: {
  readonly found: FoundConventions | null
  readonly metricId: string
  readonly currency: string
}) {
  const effect = found?.effects.find((one) => one.metricId === metricId)
  if (!effect) return null
  const { name, unit, now, usual } = effect
  const tell = (value: MetricValue) => (value.known ? formatUnits(value.value, unit, currency) : 'unknown')
  return (
    <p className="small effect-line" role="status">
      {name}: <strong>{tell(now)}</strong>
      {usual !== null && (now.known || usual.known) && <span className="dim">, as usual {tell(usual)}</span>}
      {now.known ? (
        <span className="dim"> over the last 28 days it can be judged</span>
      ) : (
        <span className="dim">
          {'. '}
          {tellWhy(now.why)}
        </span>
      )}
    </p>
  )
}
