import { type CaseStream, StreamBuilder } from './case-stream.ts'
import type { Delivery, Landing, PullRequest } from '../delivery/index.ts'
import { landingHorizon, needsFiles } from './delivered.ts'
import { featuresIn } from './features.ts'
import { needsFeatures } from './messages.ts'
import { metricOfCases } from './metric-of-cases.ts'
import type { MetricContext } from './types.ts'

/** A feature that adds 400 lines and deletes 500: 1.25, the system shrank. */
export const problemCompression = metricOfCases({
  id: 'problem-compression',
  name: 'Problem compression',
  unit: '1',
  better: 'higher',
  definition:
    'Lines of code deleted over lines of code added by the changes of the features shipped in the period; above 1 the system shrank. An observation, never a target.',
  formula: 'Σ lines deleted ÷ Σ lines added, changes of shipped features',
  source:
    'No standard exists. The other reading, scope at the start over scope at completion, needs a history of estimates no export we read has.',
  quality: 'exact with a tracker; features by marks are a proxy',
  shape: 'ratio',
  partName: 'Lines deleted',
  wholeName: 'Lines added',
  ofWhat: 'features with code',
  missing(delivery, context) {
    const files = needsFiles(delivery)
    if (files) return files
    return featuresIn(delivery, context).areKnown ? null : needsFeatures(context.settings.featureMarks)
  },
  spoken: (delivery, { from, until }, context) => {
    const end = landingHorizon(context, delivery)
    return Math.max(0, Math.min(1, (end - from) / (until - from)))
  },
  standing: (delivery, context) => {
    const { by, type } = featuresIn(delivery, context)
    return by === 'work items'
      ? { quality: 'exact', note: `A feature is a finished work item of the type ${type}.` }
      : { quality: 'proxy', note: `A feature is a change marked ${context.settings.featureMarks.join(', ')}.` }
  },
  stream: compressions,
})

function compressions(delivery: Delivery, context: MetricContext): CaseStream {
  const { shipped, changesOf } = featuresIn(delivery, context)
  const features = Array.from({ length: shipped.length }, (_, i) => shipped.caseAt(i))
  const stream = new StreamBuilder<number>(features.length, (i, part, whole) => ({ ...features[i]!, part, whole }))
  features.forEach((feature, i) => {
    let [added, deleted] = [0, 0]
    let areKnown = true
    for (const landing of landingsOf(changesOf(feature))) {
      added += landing.codeAdded
      deleted += landing.codeDeleted
      areKnown &&= landing.areLinesKnown
    }
    if (!areKnown) stream.leaveOut(shipped.at[i]!, i, 'added or deleted lines not in the export')
    else if (added > 0) stream.add(shipped.at[i]!, i, deleted, added)
    else stream.leaveOut(shipped.at[i]!, i, 'no landing that adds code')
  })
  return stream.finish()
}

function landingsOf(changes: readonly (PullRequest | Landing)[]): readonly Landing[] {
  return changes.flatMap((change) => ('openedAt' in change ? (change.landing ?? []) : change))
}
