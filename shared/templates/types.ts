import type { ModelRow } from '../model/index.ts'

/** A what-if ready to be run: a bundle of rows with defaults, each saying where its number comes from. */
export interface Template {
  readonly id: string
  readonly name: string
  /** The question in the words of the person who asks it. */
  readonly question: string
  /** What to know before believing the answer, one sentence. */
  readonly caution: string
  readonly horizonMonths: number
  readonly rows: readonly ModelRow[]
  /** The driver the recommendation is about: how much of it. */
  readonly leverName: string
}
