import { dayIn, UTC } from '../../../calendar/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import type { RecordSink } from '../../format.ts'

/** Moments a record speaks of. The last change makes a file later than another; it is no day of its period. */
export function spokeOf(
  sink: RecordSink,
  moments: readonly (Instant | null)[],
  updatedAt: Instant | null = null,
): void {
  for (const at of moments) if (at !== null) sink.spoke(at, dayIn(at, UTC))
  if (updatedAt !== null) sink.spoke(updatedAt)
}
