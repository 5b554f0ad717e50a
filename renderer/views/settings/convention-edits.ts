import type { WorkingTime } from '../../../shared/calendar/index.ts'
import { type FoundConventions, waitKey } from '../../../shared/metrics/index.ts'
import type { WorkbookSettings } from '../../../shared/workbook/index.ts'
import type { SettingsChange } from './edit-settings.ts'

/**
 * A status that waits or works from now on. Once one is set all are as they read now, so that no other changes: only the
 * named ones wait then.
 */
export function withWaiting(
  { waitingStatuses }: WorkbookSettings,
  statuses: FoundConventions['statuses'],
  name: string,
  isWaiting: boolean,
): SettingsChange {
  const key = waitKey(name)
  // Named ones no import holds now stay named.
  const named = waitingStatuses ?? []
  const read = statuses.filter((status) => status.class === 'waiting').map((status) => status.name)
  const others = [...new Map([...named, ...read].map((one) => [waitKey(one), one])).values()].filter(
    (one) => waitKey(one) !== key,
  )
  const next = isWaiting ? [...others, name] : others
  return { waitingStatuses: next.length === 0 ? undefined : next }
}

/** A type that is a feature from now on, or no more; none named is as usual. */
export function withFeatureType(
  { featureTypes }: WorkbookSettings,
  types: FoundConventions['types'],
  name: string,
  isFeature: boolean,
): SettingsChange {
  const others = (featureTypes ?? types.filter((type) => type.isFeature).map((type) => type.name)).filter(
    (one) => waitKey(one) !== waitKey(name),
  )
  const next = isFeature ? [...others, name] : others
  return { featureTypes: next.length === 0 ? undefined : next }
}

/** A weekday on which people work from now on, or no more; the last one stays. */
export function withWorkingDay(working: WorkingTime, weekday: number, isWorked: boolean): WorkingTime {
  const others = working.days.filter((one) => one !== weekday)
  const days = isWorked ? [...others, weekday].sort((a, b) => a - b) : others
  return days.length === 0 ? working : { ...working, days }
}

/** Patterns of what is code or not; without any the list alone holds. */
export function withPatterns(
  { codeScope }: WorkbookSettings,
  change: Partial<NonNullable<WorkbookSettings['codeScope']>>,
): SettingsChange {
  const next = { code: [], notCode: [], ...codeScope, ...change }
  return { codeScope: next.code.length + next.notCode.length === 0 ? undefined : next }
}
