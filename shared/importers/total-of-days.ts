import { type Day, epochDayOf, MS_PER_DAY } from '../calendar/index.ts'
import { type Outcome, accepted, refused } from '../issues/index.ts'
import type { ReadContext, RecordSink } from './format.ts'
import { needsDays, totalOfDays } from './messages.ts'

/** Where rows without a date stand: the days the user named, on the last of which they count. */
export interface TotalOfDays {
  readonly day: Day
  /** For keys: another range is another total. */
  readonly range: string
  speak(sink: RecordSink): void
}

/** `what` names the rows for the question: `spend of people`. A file without rows needs no days. */
export function totalOfDaysOf({ choices }: ReadContext, what: string, hasRows: boolean): Outcome<TotalOfDays | null> {
  if (!hasRows) return accepted(null)
  const { days } = choices
  if (days === undefined) return refused(needsDays(what))
  const at = epochDayOf(days.to) * MS_PER_DAY
  return accepted({
    day: days.to,
    range: `${days.from}..${days.to}`,
    speak(sink) {
      sink.spoke(at, days.from)
      sink.spoke(at, days.to)
      sink.note(totalOfDays())
    },
  })
}
