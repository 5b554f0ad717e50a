import type { Delivery, Landing, PullRequest } from '../delivery/index.ts'
import { type CaseStream, StreamBuilder } from './case-stream.ts'
import type { Case } from './cases.ts'
import { landingCase, landingShare, needsFiles, pullCase, pullShare } from './delivered.ts'
import type { DaysOfWork } from './days-of-work.ts'
import { type CaseMetricSaid, metricOfCases, type Standing } from './metric-of-cases.ts'
import type { MetricContext } from './types.ts'
import { WORK_KINDS, type WorkOfPeople, workOfPeople } from './work-of-people.ts'

const CONTEXT =
  'the work item a change names, else its pull request, else its domain (by owner where a map is imported, else first two folders); from landings alone the domain'

const SHARED = {
  better: 'lower',
  source:
    'After Vasilescu et al. (ICSE 2016): more projects a day, less output. No standard exists; a number about teams, never about one person. Somebody under several names counts as several until they are merged under People.',
  quality:
    'exact with landings, reviews, commits, moves of work items and AI sessions; an estimate without some; from landings alone a proxy',
  shape: 'ratio',
  missing: (delivery, context) => (areLandingsAlone(workOfPeople(delivery, context)) ? needsFiles(delivery) : null),
  spoken: (delivery, bounds) =>
    delivery.landings.length > 0 ? landingShare(delivery, bounds) : pullShare(delivery, bounds),
  standing: (delivery, context) => standingOfWork(workOfPeople(delivery, context)),
} as const satisfies Partial<CaseMetricSaid>

/** Two contexts on one day and one on the next: 1.5. */
export const contextSwitching = metricOfCases({
  ...SHARED,
  id: 'context-switching',
  name: 'Context switching',
  unit: '1',
  definition: `Distinct contexts somebody is in on a day with a landing, review, commit, move of a work item or AI session of known cost, mean over such days; 1 = none. A context is ${CONTEXT}.`,
  formula: 'Σ distinct contexts ÷ active person-days',
  partName: 'Contexts',
  wholeName: 'Person-days',
  ofWhat: 'active person-days',
  stream: (delivery, context) => dayStream(delivery, context, ({ contexts }, day) => [contexts[day]!, 1]),
})

/** A, B, A on one day: 2 of 2 steps are switches. */
export const contextSwitchRate = metricOfCases({
  ...SHARED,
  id: 'context-switch-rate',
  name: 'Context switch rate',
  unit: 'share',
  definition: `Consecutive landings, reviews, commits and moves of work items of one person on one day that are in different contexts, of all such pairs of the period. A context is ${CONTEXT}. When a session began is not known: sessions are in the index only.`,
  formula: 'Σ switches ÷ Σ pairs of consecutive events of a person-day',
  partName: 'Switches',
  wholeName: 'Pairs of events',
  ofWhat: 'person-days with several events',
  stream: (delivery, context) =>
    dayStream(delivery, context, ({ switches, transitions }, day) => [switches[day]!, transitions[day]!]),
})

/** Then their domains are the contexts, which take files to tell. */
function areLandingsAlone({ kinds }: WorkOfPeople): boolean {
  return [...kinds].every((kind) => kind === 'landings')
}

function standingOfWork(work: WorkOfPeople): Standing {
  const { kinds } = work
  const lacking = WORK_KINDS.filter((kind) => !kinds.has(kind))
  if (lacking.length === 0) return { quality: 'exact' }
  if (areLandingsAlone(work))
    return { quality: 'proxy', note: 'From landings alone; reviews, issues and AI sessions are contexts too.' }
  return {
    quality: 'estimate',
    note: `From ${listOf(WORK_KINDS.filter((kind) => kinds.has(kind)))}; not in the imports: ${listOf(lacking)}.`,
  }
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`
}

function dayStream(
  delivery: Delivery,
  context: MetricContext,
  partOf: (days: DaysOfWork, day: number) => readonly [number, number],
): CaseStream {
  const work = workOfPeople(delivery, context)
  const { days } = work
  const stream = new StreamBuilder<PullRequest | Landing | null>(days.length, caseOfDay)
  for (let day = 0; day < days.length; day++) {
    const [part, whole] = partOf(days, day)
    // Which domain a day of binary files was in is not known.
    if (days.contexts[day] === 0) stream.leaveOut(work.firstAt(day), work.firstOf(day), 'no text files')
    else if (whole > 0) stream.add(work.firstAt(day), work.firstOf(day), part, whole)
  }
  return stream.finish()
}

/** A day is shown by the change its first event was about. */
function caseOfDay(change: PullRequest | Landing | null, part: number, whole: number): Case {
  if (change === null) return { pull: null, landing: null, name: 'Work items and AI sessions', part, whole }
  return 'openedAt' in change ? pullCase(change, part, whole) : landingCase(change, part, whole)
}
