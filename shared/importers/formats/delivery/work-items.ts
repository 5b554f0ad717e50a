import type { FactRow } from '../../../facts/index.ts'
import type { RecordSink } from '../../format.ts'

/** A work item is known by its tracker and key, whichever export it comes from. */
export function addWorkItem(sink: RecordSink, item: FactRow<'workItem'> & { readonly key: string }): void {
  sink.fact('workItem', item, `work|${item.tracker ?? ''}|${item.key}`)
}

export function addStatusChange(sink: RecordSink, change: FactRow<'statusChange'> & { readonly key: string }): void {
  const { tracker, key, at, to } = change
  sink.fact('statusChange', change, `status|${tracker ?? ''}|${key}|${at ?? ''}|${to ?? ''}`)
}
