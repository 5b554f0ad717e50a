import type { Issue } from '../../../shared/issues/index.ts'
import type { SeriesStep } from '../../../shared/metrics/index.ts'

export const LENGTHS = [
  { id: '28', label: 'Last 28 days' },
  { id: '91', label: 'Last 13 weeks' },
  { id: '182', label: 'Last 26 weeks' },
  { id: '364', label: 'Last 52 weeks' },
] as const
export type LengthId = (typeof LENGTHS)[number]['id']

export function daysOfLength(length: LengthId): number {
  return Number(length)
}

export const STEPS: readonly { readonly id: SeriesStep; readonly label: string }[] = [
  { id: 'week', label: 'By week' },
  { id: 'month', label: 'By month' },
  { id: 'quarter', label: 'By fiscal quarter' },
  { id: 'rolling', label: '28 days, rolling' },
]

/** A chart of a length shows at least this many days, so that it has a line to show. */
const FEWEST_DAYS: Readonly<Record<SeriesStep, number>> = { week: 91, month: 364, quarter: 728, rolling: 91 }

export function daysShown(days: number, step: SeriesStep): number {
  return Math.max(days, FEWEST_DAYS[step])
}

const SHORT: Readonly<Record<string, string>> = {
  'metrics/too-few': 'too few',
  'metrics/not-yet': 'not yet',
  'metrics/none-then': 'none then',
  'metrics/needs-pull-requests': 'needs pull requests',
  'metrics/needs-reviews': 'needs reviews',
  'metrics/needs-git-history': 'needs git history',
  'metrics/needs-changes': 'needs changes',
  'metrics/needs-usage': 'needs usage',
  'metrics/no-usage-in-period': 'no usage then',
  'metrics/needs-cost': 'needs cost',
  'metrics/other-currency': 'other currency',
  'metrics/no-features': 'no features marked',
  'metrics/no-ai-marks': 'no AI marks',
  'metrics/needs-incidents': 'needs incidents',
  'metrics/needs-production-deployments': 'needs production',
  'metrics/needs-deployments': 'needs deployments',
  'metrics/needs-work-items': 'needs work items',
  'metrics/needs-status-history': 'needs status history',
  'metrics/needs-planned-marks': 'needs planned marks',
  'metrics/needs-assessment': 'never assessed',
  'metrics/needs-priced-tokens': 'needs prices',
  'metrics/needs-links': 'nothing linked',
  'metrics/nothing-to-divide-by': 'nothing to divide by',
  'metrics/no-groups': 'no groups',
  'metrics/needs-linkable-incidents': 'incidents unlinked',
  'metrics/nothing-imported': 'nothing imported',
}

/** Two words why a number is unknown; the mark beside them has the sentence. */
export function nameShortUnknown(why: Issue): string {
  return SHORT[why.code] ?? 'unknown'
}
