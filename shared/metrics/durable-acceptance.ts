import { type Delivery, SEVEN_DAYS } from '../delivery/index.ts'
import type { CaseStream } from './case-stream.ts'
import { landingHorizon, needsFiles } from './delivered.ts'
import { needsAgentMarks } from './messages.ts'
import { metricOfCases } from './metric-of-cases.ts'
import { linesGone } from './rewrite-rate.ts'
import { knownLinesShare, standingOfLines } from './rework-rate.ts'

/** 6 of 100 lines added by marked landings are gone after a week: 94% lasted. */
export const durableAcceptance = metricOfCases({
  id: 'durable-acceptance',
  name: 'Durable acceptance of AI code',
  unit: 'share',
  better: 'higher',
  definition:
    'Lines of code added in the period by landings that bear the mark of an AI agent and still there after seven days, of all lines those added.',
  formula: '1 − Σ AI-marked lines gone within 7 × 24 h ÷ Σ AI-marked lines added',
  source:
    'One of four things called acceptance of AI code, the only one git alone can tell. A mark is a lower bound of what AI wrote.',
  quality: 'exact with hunks; from counts of lines an estimate; a mark is a lower bound',
  shape: 'ratio',
  partName: 'Lines that lasted',
  wholeName: 'Lines added',
  ofWhat: 'landings that add code and bear the mark of an AI agent',
  missing(delivery) {
    const files = needsFiles(delivery)
    if (files) return files
    return delivery.landings.some(({ isAgentMarked }) => isAgentMarked) ? null : needsAgentMarks()
  },
  cohort: { lagDays: 7, ofWhat: 'landings', horizon: landingHorizon },
  spoken: knownLinesShare,
  standing: standingOfLines,
  stream: lasting,
})

function lasting(delivery: Delivery): CaseStream {
  const gone = linesGone(delivery, SEVEN_DAYS, ({ isAgentMarked }) => isAgentMarked)
  const lasted = (lines: Float64Array): Float64Array => lines.map((own, i) => gone.whole[i]! - own)
  const part = lasted(gone.part)
  return {
    ...gone,
    part,
    most: lasted(gone.most),
    least: lasted(gone.least),
    caseAt: (i) => ({ ...gone.caseAt(i), part: part[i]! }),
  }
}
