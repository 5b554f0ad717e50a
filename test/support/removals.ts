import type { Removals } from '../../shared/delivery/index.ts'

/** The columns of a walk as one object per pair of landings. */
export function eachRemoval({ length, birth, death, ageMs, proportional, newestFirst }: Removals) {
  return Array.from({ length }, (_, i) => ({
    birth: birth[i]!,
    death: death[i]!,
    ageMs: ageMs[i]!,
    proportional: proportional[i]!,
    newestFirst: newestFirst[i]!,
  }))
}
