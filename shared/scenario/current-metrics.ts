import { measureWall, metricById, type MetricValue, type WallContext } from '../metrics/index.ts'
import type { KeyResult } from '../okr/index.ts'

/** Value of every metric the key results are measured by and of those in `asked`, over the last 28 days that can be judged. */
export function currentMetrics(
  context: WallContext,
  keyResults: Readonly<Record<string, KeyResult>>,
  asked: readonly string[] = [],
): ReadonlyMap<string, MetricValue> {
  const ids = new Set([
    ...Object.values(keyResults).flatMap(({ source }) => (source.kind === 'measured' ? [source.metricId] : [])),
    ...asked,
  ])
  const metrics = [...ids].flatMap((id) => {
    const metric = metricById(id)
    return metric ? [metric] : []
  })
  return new Map(
    measureWall(context, { weeks: 0, metrics }).numbers.map(({ metricId, current }) => [metricId, current]),
  )
}
