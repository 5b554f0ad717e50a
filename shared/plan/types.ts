import type { Identified } from '../records/index.ts'

/** A piece of work with a name that money is planned for and spent on. */
export interface Initiative extends Identified {
  readonly name: string
  readonly owner: string
  /** The key result it is meant to move; null = none, and the plan says so. */
  readonly keyResultId: string | null
  readonly order: number
}

export const ALLOCATION_METHODS = ['even', 'fixed', 'proportional'] as const
/** even: the same to each · fixed: by the percentages · proportional: by what each spent itself in the month. */
export type AllocationMethod = (typeof ALLOCATION_METHODS)[number]

/** Cost that several initiatives share; attribution rules name its id where they would name an initiative. */
export interface SharedCost extends Identified {
  readonly name: string
  readonly method: AllocationMethod
  /** Who takes part, in order; ties of a cent go to the earlier one. */
  readonly parts: readonly {
    readonly initiativeId: string
    /** Decimal text, of `fixed` only: shares need not add up to 100, their ratio counts. */
    readonly percent: string
  }[]
  readonly order: number
}

/**
 * Usage whose `field` equals `equals` belongs to the initiative; rules are tried in `order`, the first match wins. Usage has
 * no `path`: such a rule is about changed files, and by them about the cost that comes to the changes.
 */
export interface AttributionRule extends Identified {
  readonly field: 'workspace' | 'apiKey' | 'repository' | 'person' | 'model' | 'tool' | 'path'
  /** `*` stands for any letters; of a path as CODEOWNERS writes it. */
  readonly equals: string
  /** Of an initiative or a shared cost; '' = the rule names a team only. */
  readonly initiativeId: string
  /** Team the usage belongs to; absent = that of the person, where known. */
  readonly team?: string
  readonly order: number
}
