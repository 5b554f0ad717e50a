import { dayIn, UTC } from '../calendar/index.ts'
import type { Instant } from '../quantities/index.ts'
import { FORMATS } from './formats/all-formats.ts'
import type { ImportRecord } from './types.ts'

/** Where any export may have been cut: pages, and what fits on a sheet. */
const ANYWHERE: readonly number[] = [100, 1000, 5000, 10_000, 50_000, 65_535, 100_000, 1_048_575]

/** Start of a format's id -> where its tool stops unless told otherwise. */
const BY_TOOL: readonly (readonly [prefix: string, limits: readonly number[]])[] = [
  // gh lists 30, with commits 49 at most; the API pages by 30 and 100.
  ['gh-', [30, 49, 50]],
  ['github-', [30, 50]],
  ['gitlab-', [20, 50]],
  // Of the app: 250 issues for members, 2,000 for administrators, as users report; only a remark hangs on it.
  ['linear-', [250, 2000]],
  ['jira-', [50]],
  ['azure-', [200]],
  ['generic-', [30, 49]],
]

/** Whether an export of this many records may have been cut at a limit of its tool. */
export function isExportLimit(format: string, rows: number): boolean {
  return (
    ANYWHERE.includes(rows) || BY_TOOL.some(([prefix, limits]) => format.startsWith(prefix) && limits.includes(rows))
  )
}

/** Whether the last day of a usage export was not over when the file was read. */
export function isUnfinished(period: ImportRecord['period'], takenAt: Instant, format: string): boolean {
  const isUsage = FORMATS.find(({ id }) => id === format)?.kind === 'usage'
  return isUsage && takenAt > 0 && period !== null && period.to >= dayIn(takenAt, UTC)
}
