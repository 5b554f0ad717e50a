import { dayIn, UTC } from '../calendar/index.ts'
import type { Instant } from '../quantities/index.ts'
import { FORMATS } from './formats/all-formats.ts'
import type { ImportRecord } from './types.ts'

/** Where any export may have been cut: pages, and what fits on a sheet. */
const ANYWHERE: readonly number[] = [100, 1000, 5000, 10_000, 50_000, 65_535, 100_000, 1_048_575]

interface ToolLimit {
  /** Start of the ids of its formats. */
  readonly format: string
  /** Records at which it stops unless told otherwise. */
  readonly rows: readonly number[]
  /** A file this long was cut, whatever its number of records. */
  readonly bytes?: number
  /** How to get all of them. */
  readonly can: string
}

/** Tools with limits of their own; the first whose format it is. */
const BY_TOOL: readonly ToolLimit[] = [
  {
    // With commits, 49 at most: the forge prices more as too dear a question.
    format: 'gh-',
    rows: [30, 49, 50],
    can: 'gh lists 30 unless told otherwise: run it again with a higher --limit, or a shorter time in --search.',
  },
  {
    format: 'github-',
    rows: [30, 50, 250],
    can: 'The API answers in pages of 30 to 100, and 250 commits of a pull request at most: fetch all pages (gh api --paginate).',
  },
  {
    // Mailed lists stop growing at 15 MB, in the middle of what they list.
    format: 'gitlab-merge-requests-csv',
    rows: [],
    bytes: 15_000_000,
    can: 'GitLab mails 15 MB at most: export a shorter time at once, or use the API.',
  },
  {
    format: 'gitlab-issues-csv',
    rows: [],
    bytes: 15_000_000,
    can: 'GitLab mails 15 MB at most: export fewer issues at once.',
  },
  { format: 'gitlab-', rows: [20, 50], can: 'The API answers in pages of 20 to 100: fetch all of them.' },
  {
    // Views export as many; the whole workspace has no limit.
    format: 'linear-',
    rows: [250, 2000],
    can: 'A view of Linear exports 250 issues for members and 2,000 for admins: let an admin export the whole workspace (Settings, Import and export).',
  },
  {
    format: 'jira-',
    rows: [50],
    can: 'Jira exports 1,000 issues at once: export parts of the list, one filter after the other.',
  },
  { format: 'azure-', rows: [101, 200], can: 'Ask for the next page ($skip), or export a narrower query.' },
  { format: 'pagerduty-', rows: [25], can: 'PagerDuty answers 25 to 100 incidents a page: fetch all of them.' },
  { format: 'opsgenie-', rows: [20], can: 'Opsgenie answers 20 to 100 incidents a page: fetch all of them.' },
  { format: 'generic-', rows: [30, 49], can: 'Check that the export was not cut at its limit.' },
]

/** What shows that an export may have been cut at a limit, and what to do about it; null = it is at none. */
export function exportLimit(
  format: string,
  rows: number,
  bytes: number,
): { readonly said: string; readonly can: string } | null {
  const tool = BY_TOOL.find((one) => format.startsWith(one.format))
  const can = tool?.can ?? 'Check that the export was not cut at its limit.'
  if (bytes >= (tool?.bytes ?? Infinity)) return { said: `a list of ${Math.floor(bytes / 1e6)} MB`, can }
  return ANYWHERE.includes(rows) || tool?.rows.includes(rows) ? { said: `exactly ${rows} records`, can } : null
}

/** Whether the last day of a usage export was not over when the file was read. */
export function isUnfinished(period: ImportRecord['period'], takenAt: Instant, format: string): boolean {
  const isUsage = FORMATS.find(({ id }) => id === format)?.kind === 'usage'
  return isUsage && takenAt > 0 && period !== null && period.to >= dayIn(takenAt, UTC)
}
