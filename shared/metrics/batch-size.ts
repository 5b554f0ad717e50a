import type { Landing } from '../delivery/index.ts'
import { StreamBuilder } from './case-stream.ts'
import { isBot, landingCase, landingShare, needsFiles } from './delivered.ts'
import { metricOfCases } from './metric-of-cases.ts'

/** 120 lines added and 30 deleted: 150. */
export const batchSize = metricOfCases({
  id: 'batch-size',
  name: 'Batch size',
  unit: '1',
  better: 'lower',
  definition: 'Lines of code added and deleted by one landing; median of the landings of the period that touch code.',
  formula: 'median(lines added + lines deleted)',
  source: 'Lines of code only: no lock files, snapshots, generated or vendored files. Lines are a load, never a value.',
  quality: 'exact',
  shape: 'median',
  partName: 'Lines of code',
  wholeName: '',
  ofWhat: 'landings that touch code',
  missing: needsFiles,
  spoken: landingShare,
  stream({ landings }) {
    const stream = new StreamBuilder<Landing>(landings.length, landingCase)
    landings.forEach((landing) => {
      if (isBot(landing)) return
      const lines = landing.codeAdded + landing.codeDeleted
      if (!landing.areLinesKnown) stream.leaveOut(landing.landedAt, landing, 'added or deleted lines not in the export')
      else if (lines > 0) stream.add(landing.landedAt, landing, lines)
      else stream.leaveOut(landing.landedAt, landing, 'no code touched', false)
    })
    return stream.finish()
  },
})
