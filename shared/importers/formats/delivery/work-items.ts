import type { FactRow } from '../../../facts/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import type { RecordSink } from '../../format.ts'

/**
 * A work item is known by its tracker and key, whichever export it comes from. Exports repeat items now and then: the one
 * updated last counts.
 */
export function addWorkItem(
  sink: RecordSink,
  item: FactRow<'workItem'> & { readonly key: string },
  updatedAt: Instant | null = null,
): void {
  sink.fact('workItem', item, `work|${item.tracker ?? ''}|${item.key}`, updatedAt)
}

export function addStatusChange(sink: RecordSink, change: FactRow<'statusChange'> & { readonly key: string }): void {
  const { tracker, key, at, to } = change
  sink.fact('statusChange', change, `status|${tracker ?? ''}|${key}|${at ?? ''}|${to ?? ''}`)
}
