import type { Zone } from '../../shared/calendar/index.ts'
import { LOCALE } from '../parts/value-text.ts'
import type { HistoryStep } from '../stores/history.ts'

export interface HistoryEntry {
  readonly label: string
  /** `14:05`; empty for the start. */
  readonly time: string
  /** How many steps hold when this one is the last. */
  readonly done: number
}

/** Newest first; last the state the session began with. */
export function historyEntries(steps: readonly HistoryStep[], zone: Zone): readonly HistoryEntry[] {
  const clock = new Intl.DateTimeFormat(LOCALE, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const entries = steps.map(({ label, at }, index) => ({
    label: label.charAt(0).toUpperCase() + label.slice(1),
    time: clock.format(at),
    done: index + 1,
  }))
  return [{ label: 'As it was at the start', time: '', done: 0 }, ...entries].reverse()
}
