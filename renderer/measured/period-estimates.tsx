import { useCallback } from 'react'
import type { Period } from '../../shared/metrics/index.ts'
import { estimatesOfPeriod } from '../commands/index.ts'
import { EstimateList } from './estimate-list.tsx'
import { useAsked } from './use-asked.ts'

/** The rates that the cost of a period rests on; nothing where it is no estimate. */
export function PeriodEstimates({
  period: { from, to },
  currency,
}: {
  readonly period: Period
  readonly currency: string
}) {
  const told = useAsked(useCallback(() => estimatesOfPeriod({ from, to }), [from, to]))
  return told === 'working' || told === null ? null : <EstimateList estimates={told} currency={currency} />
}
