import type { Zone } from '../calendar/index.ts'
import type { Delivery, Landing } from '../delivery/index.ts'
import { type CaseStream, StreamBuilder } from './case-stream.ts'
import { landingCase, landingShare, needsFiles } from './delivered.ts'
import { type DaysOfWork, daysOfWork, landingEvents } from './days-of-work.ts'
import { domainsOf } from './domains-of-work.ts'
import { metricOfCases } from './metric-of-cases.ts'
import type { MetricContext } from './types.ts'

const NOTE = 'From landings alone; reviews, issues and AI sessions are contexts too.'
const SOURCE =
  'After Vasilescu et al. (ICSE 2016): more projects a day, less output. No standard exists; a number about teams, never about one person.'

/** Two domains on one day and one on the next: 1.5. */
export const contextSwitching = metricOfCases({
  id: 'context-switching',
  name: 'Context switching',
  unit: '1',
  better: 'lower',
  definition:
    'Distinct domains (by owner where a map is imported, else first two folders) an author lands changes in on an active day, mean over author-days; 1 = none.',
  formula: 'Σ distinct domains ÷ active author-days',
  source: SOURCE,
  quality: 'proxy: landings alone',
  shape: 'ratio',
  partName: 'Domains',
  wholeName: 'Author-days',
  ofWhat: 'active author-days',
  missing: needsFiles,
  spoken: landingShare,
  standing: () => ({ quality: 'proxy', note: NOTE }),
  stream: (delivery, context) => dayStream(delivery, context, ({ contexts }, day) => [contexts[day]!, 1]),
})

/** Landings in A, B, A on one day: 2 of 2 steps are switches. */
export const contextSwitchRate = metricOfCases({
  id: 'context-switch-rate',
  name: 'Context switch rate',
  unit: 'share',
  better: 'lower',
  definition:
    'Consecutive landings of one author on one day that are in different domains, of all such pairs of the period.',
  formula: 'Σ switches ÷ Σ pairs of consecutive landings of an author-day',
  source: SOURCE,
  quality: 'proxy: landings alone',
  shape: 'ratio',
  partName: 'Switches',
  wholeName: 'Pairs of landings',
  ofWhat: 'author-days with several landings',
  missing: needsFiles,
  spoken: landingShare,
  standing: () => ({ quality: 'proxy', note: NOTE }),
  stream: (delivery, context) =>
    dayStream(delivery, context, ({ switches, transitions }, day) => [switches[day]!, transitions[day]!]),
})

function dayStream(
  delivery: Delivery,
  { settings: { zone } }: MetricContext,
  partOf: (days: DaysOfWork, day: number) => readonly [number, number],
): CaseStream {
  const { days, of } = daysIn(delivery, zone)
  const stream = new StreamBuilder<Landing>(days.length, landingCase)
  for (let day = 0; day < days.length; day++) {
    const first = of[days.first[day]!]!
    const [part, whole] = partOf(days, day)
    // Which domain a day of binary files was in is not known.
    if (days.contexts[day] === 0) stream.leaveOut(first.landedAt, first, 'no text files')
    else if (whole > 0) stream.add(first.landedAt, first, part, whole)
  }
  return stream.finish()
}

interface Days {
  readonly days: DaysOfWork
  readonly of: readonly Landing[]
}

const kept = new WeakMap<Delivery, Map<Zone, Days>>()

function daysIn(delivery: Delivery, zone: Zone): Days {
  let byZone = kept.get(delivery)
  if (!byZone) kept.set(delivery, (byZone = new Map<Zone, Days>()))
  let own = byZone.get(zone)
  if (!own) {
    const { events, of } = landingEvents(delivery.landings, zone, domainsOf(delivery))
    byZone.set(zone, (own = { days: daysOfWork(events), of }))
  }
  return own
}
