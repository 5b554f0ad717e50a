import { type Nanos, nanosOf, parseNanos, splitNanos } from '../money/index.ts'
import type { SharedCost } from './types.ts'

/** One initiative's part of a shared cost. */
export interface AllocatedPart {
  readonly initiativeId: string
  readonly nanos: Nanos
}

/**
 * Splits shared money over its initiatives, cent-exact by the largest remainder: the parts always add up to the whole.
 * `spentBy` is what an initiative spent itself, for `proportional`. `null` = nobody weighs anything (no parts, percentages
 * of zero, nobody spent): the money stays unattributed. 10,000 even over three is 3,333.34, 3,333.33, 3,333.33.
 */
export function allocate(
  whole: Nanos,
  { method, parts }: Pick<SharedCost, 'method' | 'parts'>,
  spentBy: (initiativeId: string) => Nanos,
): readonly AllocatedPart[] | null {
  const weights = parts.map(({ initiativeId, percent }): bigint => {
    if (method === 'even') return 1n
    if (method === 'proportional') return atLeastZero(spentBy(initiativeId))
    const parsed = parseNanos(percent)
    return parsed.ok ? atLeastZero(parsed.value) : 0n
  })
  const split = splitNanos(whole, weights)
  if (!split.ok) return null
  return split.value.map((nanos, i) => ({ initiativeId: parts[i]!.initiativeId, nanos }))
}

function atLeastZero(nanos: Nanos): Nanos {
  return nanos < 0n ? nanosOf(0n) : nanos
}
