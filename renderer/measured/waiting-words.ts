import type { SplitPart } from '../../shared/metrics/index.ts'
import { formatUnits } from '../parts/value-text.ts'

/** What a stage of waiting is about: somebody's attention, a way to ship, or nobody feeling responsible. */
export type WaitingCause = 'people' | 'ownership' | 'tooling'

export const CAUSE_WORDS: Readonly<Record<WaitingCause, { readonly name: string; readonly says: string }>> = {
  people: { name: 'people', says: 'It waits for somebody’s attention.' },
  ownership: { name: 'ownership', says: 'Nobody feels responsible for the next step.' },
  tooling: { name: 'tooling', says: 'It waits for builds, environments and release gates.' },
}

/** A convention, told on the screen. Names are those of the metric’s stages. */
export function causeOfStage(name: string): WaitingCause {
  if (name === 'Approved, not merged') return 'ownership'
  return name === 'Merged, not in production' ? 'tooling' : 'people'
}

/** The answer in one sentence: the stage with most of the waiting. `Most of the waiting is …: 31.0% of all time, about people.` */
export function tellWaiting(stages: readonly SplitPart[]): string {
  const known = stages.filter((stage): stage is SplitPart & { readonly now: number } => (stage.now ?? 0) > 0)
  const all = known.reduce((sum, { now }) => sum + now, 0)
  const most = known.reduce<(typeof known)[number] | null>(
    (lead, stage) => (lead && lead.now >= stage.now ? lead : stage),
    null,
  )
  if (!most) return 'Nothing waits.'
  const how = most.now / all >= 0.5 ? 'Most of the waiting' : 'The largest part of the waiting'
  return `${how} is “${most.name}”: ${formatUnits(most.now, 'share', 'USD')} of all time, a question of ${causeOfStage(most.name)}.`
}
