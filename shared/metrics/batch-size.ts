import { boundsOf, isWithin } from './bounds.ts'
import type { Cases } from './cases.ts'
import { deliveredIn, landingShare } from './delivered.ts'
import { needsLandings } from './messages.ts'
import type { Metric, MetricContext, MetricValue, Period } from './types.ts'
import { medianOf, unknown } from './value.ts'

export const batchSize: Metric = {
  id: 'batch-size',
  name: 'Batch size',
  unit: '1',
  better: 'lower',
  definition: 'Lines of code added and deleted by one landing; median of the landings of the period that touch code.',
  measure: measureBatchSize,
  cases: batchSizeCases,
}

function measureBatchSize(context: MetricContext, period: Period): MetricValue {
  const delivery = deliveredIn(context)
  if (delivery.landings.length === 0 || !delivery.hasFileChanges) return unknown(needsLandings())
  const bounds = boundsOf(period, context.settings.zone)
  const landings = delivery.landings.filter(
    ({ landedAt, authorClass }) => authorClass !== 'bot' && isWithin(landedAt, bounds),
  )
  const sizes = landings.map(({ codeAdded, codeDeleted }) => codeAdded + codeDeleted).filter((lines) => lines > 0)
  return medianOf(context, sizes, {
    ofWhat: 'landings that touch code',
    quality: 'exact',
    coverage: landingShare(delivery, bounds),
    excluded: { 'no code touched': landings.length - sizes.length },
  })
}

function batchSizeCases(context: MetricContext, period: Period): Cases {
  const bounds = boundsOf(period, context.settings.zone)
  return {
    shape: 'median',
    partName: 'Lines of code',
    wholeName: '',
    cases: deliveredIn(context)
      .landings.filter(({ landedAt, authorClass }) => authorClass !== 'bot' && isWithin(landedAt, bounds))
      .map((landing) => ({ pull: null, landing, part: landing.codeAdded + landing.codeDeleted, whole: 1 }))
      .filter(({ part }) => part > 0),
  }
}
