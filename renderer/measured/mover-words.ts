import type { ChangeInterval, Split, SplitPart } from '../../shared/metrics/index.ts'
import { tellDifference } from './metric-words.ts'

export type Lead = SplitPart & { readonly contribution: number }

/** Small groups that were joined: they moved it together, which names nobody. */
const JOINED = /^\d+ others$/

/** The group that gave most to the change in the change's own direction; `null` where there is no change to give to. */
export function leadOf({ parts, change }: Split): Lead | null {
  if (change === null || change === 0) return null
  const pulling = parts.filter(
    (part): part is Lead =>
      part.contribution !== null && part.contribution !== 0 && part.contribution > 0 === change > 0,
  )
  const named = pulling.filter(({ name }) => !JOINED.test(name))
  return (named.length > 0 ? named : pulling).reduce<Lead | null>(
    (lead, part) => (lead && Math.abs(lead.contribution) >= Math.abs(part.contribution) ? lead : part),
    null,
  )
}

/**
 * The answer to “who moved it” in one sentence. +3 of +4 is “mostly”; +3 of +12 is “first of all”; a group that gave more
 * than the whole change was held against by others; where the whole change is noise, nobody moved it.
 */
export function tellLead(split: Split, interval: ChangeInterval | null, currency: string): string {
  const { change, unit } = split
  if (change === null) return 'There is no period before to hold this against.'
  const lead = leadOf(split)
  if (lead === null) return 'Nothing moved it.'
  const own = tellDifference(lead.contribution, unit, currency)
  const all = tellDifference(change, unit, currency)
  if (interval?.isNoise) return `Within noise. The largest part of it: ${lead.name}, ${own}.`
  const share = lead.contribution / change
  if (share > 1) return `${lead.name} alone gave ${own}; the others took it back to ${all}.`
  return `${share >= 0.5 ? 'Mostly' : 'First of all'} ${lead.name}: ${own} of ${all}.`
}
