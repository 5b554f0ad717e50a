import { METRICS, metricById } from '../../../shared/metrics/index.ts'
import type { Choice } from '../../parts/index.ts'

export const METRIC_CHOICES: readonly Choice[] = METRICS.map(({ id, name, definition }) => ({
  id,
  label: name,
  hint: definition,
}))

export function nameMetric(id: string): string {
  return metricById(id)?.name ?? id
}

/** Unit of a key result that is measured by this metric: shares are typed as percent. */
export function unitOfMetric(id: string): string | null {
  const unit = metricById(id)?.unit
  return unit === 'share' ? '%' : (unit ?? null)
}
