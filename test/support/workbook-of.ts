import { UTC } from '../../shared/calendar/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import { newWorkbook, type Workbook } from '../../shared/workbook/index.ts'
import { chunksOf, type FactRows, onDay } from './build-facts.ts'

/** A workbook with one import that holds these rows; none without rows. */
export function workbookOf(rows: FactRows): Workbook {
  const workbook = newWorkbook({ name: 'Test', today: onDay('2026-03-30'), currency: 'USD', zone: UTC })
  const chunks = chunksOf(rows)
  if (chunks.length === 0) return workbook
  const facts: Record<string, number> = {}
  for (const { kind, rows: count } of chunks) facts[kind] = (facts[kind] ?? 0) + count
  const count = chunks.reduce((sum, chunk) => sum + chunk.rows, 0)
  const noTokens = {
    uncachedInput: null,
    cacheWrite5m: null,
    cacheWrite1h: null,
    cacheWriteUnknown: null,
    cacheRead: null,
    output: null,
    unsplit: null,
  }
  return {
    ...workbook,
    imports: [
      {
        record: {
          id: 'i1',
          seq: 1,
          fileName: 'team.csv',
          fingerprint: 'f',
          format: 'generic-usage',
          formatName: 'Usage CSV',
          committedAt: instantOf(0),
          asOf: null,
          counts: { rows: count, new: count, changed: 0, duplicate: 0, keptAside: 0, blank: 0 },
          period: null,
          totals: {
            currency: null,
            tokens: noTokens,
            cost: { listed: null, billed: null, included: null, estimated: null },
          },
          facts,
          checksum: 'c',
          notes: [],
        },
        chunks,
        keptAside: [],
      },
    ],
  }
}
