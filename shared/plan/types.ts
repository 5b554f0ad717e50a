import type { Identified } from '../records/index.ts'

/** A piece of work with a name that money is planned for and spent on. */
export interface Initiative extends Identified {
  readonly name: string
  readonly owner: string
  /** The key result it is meant to move; null = none, and the plan says so. */
  readonly keyResultId: string | null
  readonly order: number
}

/** Usage whose `field` equals `equals` belongs to the initiative; rules are tried in `order`, the first match wins. */
export interface AttributionRule extends Identified {
  readonly field: 'workspace' | 'apiKey' | 'repository' | 'person' | 'model' | 'tool'
  readonly equals: string
  readonly initiativeId: string
  readonly order: number
}
