import type { Landing, ProductionDeployment, PullRequest, WorkItem } from '../delivery/index.ts'

/**
 * One case behind a number. Durations and sizes are in `part` with `whole` 1 and their median is the metric; of ratios the
 * metric is the sum of all parts over the sum of all wholes.
 */
export interface Case {
  readonly pull: PullRequest | null
  readonly landing: Landing | null
  /** Of numbers about deployments and about work items, which are no changes. */
  readonly deployment?: ProductionDeployment
  readonly item?: WorkItem
  /** What it is, where it is none of these: a domain, a feature. */
  readonly name?: string
  readonly part: number
  readonly whole: number
  /** What the part consists of, by stage; they add up to it. */
  readonly stages?: Readonly<Record<string, number>>
}

/** How cases make the number: `share` = every part is 0 or 1 and every whole 1, so that they are hits of trials. */
export type CaseShape = 'median' | 'ratio' | 'share'

export interface Cases {
  readonly shape: CaseShape
  /** What `part` and `whole` count, for column heads; `whole` is empty where there is none. */
  readonly partName: string
  readonly wholeName: string
  readonly cases: readonly Case[]
}

/** The numbers of cases alone, for what is worked out over all of them. */
export interface CaseNumbers {
  readonly shape: CaseShape
  readonly part: Float64Array
  readonly whole: Float64Array
}

export function numbersOfCases({ shape, cases }: Pick<Cases, 'shape' | 'cases'>): CaseNumbers {
  return {
    shape,
    part: Float64Array.from(cases, ({ part }) => part),
    whole: Float64Array.from(cases, ({ whole }) => whole),
  }
}

/** A change as one whole case of its own. */
export function caseOfChange(change: PullRequest | Landing): Case {
  return 'openedAt' in change
    ? { pull: change, landing: change.landing, part: 1, whole: 1 }
    : { pull: null, landing: change, part: 1, whole: 1 }
}
