import { type SplitPart, waitByCause, type WaitCause, type WaitCauses } from '../../shared/metrics/index.ts'
import { formatUnits } from '../parts/value-text.ts'

export const CAUSE_WORDS: Readonly<Record<WaitCause, { readonly name: string; readonly says: string }>> = {
  people: { name: 'people', says: 'It waits for somebody’s attention.' },
  ownership: { name: 'ownership', says: 'Nobody feels responsible for the next step.' },
  tooling: { name: 'tooling', says: 'It waits for builds, environments and release gates.' },
}

/**
 * The answer in one sentence: the stage with most of the waiting, then what all of it is about. `Most of the waiting is “…”:
 * 31.0% of all time. By cause: people 31.0%, tooling 4.0%.`
 */
export function tellWaiting(stages: readonly SplitPart[], causes: WaitCauses = {}): string {
  const known = stages.filter((stage): stage is SplitPart & { readonly now: number } => (stage.now ?? 0) > 0)
  const all = known.reduce((sum, { now }) => sum + now, 0)
  const most = known.reduce<(typeof known)[number] | null>(
    (lead, stage) => (lead && lead.now >= stage.now ? lead : stage),
    null,
  )
  if (!most) return 'Nothing waits.'
  const share = (value: number) => formatUnits(value, 'share', 'USD')
  const how = most.now / all >= 0.5 ? 'Most of the waiting' : 'The largest part of the waiting'
  const byCause = waitByCause(known, causes).flatMap((one) => (one.share > 0 ? `${one.cause} ${share(one.share)}` : []))
  return `${how} is “${most.name}”: ${share(most.now)} of all time. By cause: ${byCause.join(', ')}.`
}
