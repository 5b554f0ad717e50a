import type { CostKind } from '../quantities/index.ts'
import { boundsOf } from './bounds.ts'
import { type CaseStream, rangeOf } from './case-stream.ts'
import type { Case, Cases } from './cases.ts'
import type { Spent } from './spent.ts'
import type { MetricContext, MetricValue, Period, Quality } from './types.ts'
import { unknown, valueOf } from './value.ts'

export const KIND_NOTE: Record<CostKind, string> = {
  billed: 'Billed cost.',
  listed: 'Listed cost, before discounts: no other cost is stated.',
  estimated: 'Estimated cost, tokens times the price book: nothing is stated as billed.',
  included: 'Nominal cost covered by seats or pools: nobody is billed for it by use.',
}

/** What a sum is divided by: pieces of work with the moment they were done. */
export interface Pieces {
  readonly stream: CaseStream
  readonly ofWhat: string
  readonly quality: Quality
  readonly notes: readonly string[]
}

/** All that was spent in a period over the pieces done in it. */
export function spentPerPiece(context: MetricContext, period: Period, spent: Spent, pieces: Pieces): MetricValue {
  if (!spent.ok) return unknown(spent.why)
  const { stream, ofWhat, quality, notes } = pieces
  const [from, to] = rangeOf(stream, boundsOf(period, context.settings.zone))
  const left = stream.reasons.map(() => 0)
  let count = 0
  for (let i = from; i < to; i++) {
    if (stream.left[i] === 0) count++
    else left[stream.left[i]! - 1]!++
  }
  const isOwed = spent.kind === null || spent.kind === 'billed'
  const note = [
    ...(spent.kind === null ? [] : [KIND_NOTE[spent.kind]]),
    ...(spent.note === undefined ? [] : [spent.note]),
    ...notes,
  ].join(' ')
  return valueOf(context, () => spent.value / count, {
    n: count,
    ofWhat,
    quality: isOwed ? quality : spent.kind === 'estimated' ? 'estimate' : 'proxy',
    coverage: spent.coverage,
    excluded: { ...spent.excluded, ...Object.fromEntries(stream.reasons.map(({ reason }, i) => [reason, left[i]!])) },
    ...(note === '' ? {} : { note }),
  })
}

/** The pieces of a period, to be looked at: what a cost is divided by has no cost of its own. */
export function piecesIn(context: MetricContext, period: Period, stream: CaseStream): Cases {
  const [from, to] = rangeOf(stream, boundsOf(period, context.settings.zone))
  const cases: Case[] = []
  for (let i = from; i < to; i++) if (stream.left[i] === 0) cases.push(stream.caseAt(i))
  return { shape: 'share', partName: '', wholeName: '', cases }
}
