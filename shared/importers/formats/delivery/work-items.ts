import { dayIn, UTC } from '../../../calendar/index.ts'
import type { FactRow } from '../../../facts/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import type { RecordSink } from '../../format.ts'

/** A work item is known by its tracker and key, whichever export it comes from. */
export function addWorkItem(sink: RecordSink, item: FactRow<'workItem'> & { readonly key: string }): void {
  sink.fact('workItem', item, `work|${item.tracker ?? ''}|${item.key}`)
}

export function addStatusChange(sink: RecordSink, change: FactRow<'statusChange'> & { readonly key: string }): void {
  const { tracker, key, at, to } = change
  sink.fact('statusChange', change, `status|${tracker ?? ''}|${key}|${at ?? ''}|${to ?? ''}`)
}

/** The last change makes a file later than another; it is no day of its period. */
export function workItemSpoke(
  sink: RecordSink,
  createdAt: Instant | null,
  resolvedAt: Instant | null,
  updatedAt: Instant | null,
): void {
  for (const at of [createdAt, resolvedAt]) if (at !== null) sink.spoke(at, dayIn(at, UTC))
  if (updatedAt !== null) sink.spoke(updatedAt)
}
