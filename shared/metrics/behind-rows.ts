import type { FactOrigin } from '../facts/index.ts'
import { toUnits } from '../money/index.ts'
import type { LinkedCost } from './attribution.ts'
import type { Case } from './cases.ts'
import { groupCases, groupOf, isOfPeople } from './groups.ts'
import type { LinkLevel } from './link-usage.ts'
import type { MetricContext } from './types.ts'

/** One change behind a number, for people to look up. Authors are told in groups only. */
export interface BehindRow {
  readonly title: string
  readonly repository: string
  readonly number: number | null
  /** `null` where the source names no address. */
  readonly url: string | null
  readonly authorGroup: string
  readonly isAgentMarked: boolean
  readonly part: number
  readonly whole: number
  readonly cost: { readonly amount: number; readonly level: LinkLevel } | null
  /** `null` where it is of no single row. */
  readonly origin: FactOrigin | null
}

export const MOST_ROWS = 200

/** Makes rows of cases; `shown` are all that will stand together, because a small group of people may be told by none. */
export function behindRow(
  context: MetricContext,
  shown: readonly Case[],
  costOf: (change: NonNullable<Case['pull'] | Case['landing']>) => BehindRow['cost'],
): (one: Case) => BehindRow {
  // Where a group of people is small, rows must not tell it either.
  const groups = groupCases(context, [shown], 'author-group')?.[0]
  return (one) => {
    const { pull, landing, part, whole } = one
    const change = pull ?? landing
    if (change === null) return rowOfOther(one)
    const repository = change.repository
    const number = pull?.number ?? landing?.pullNumber ?? null
    const group = groupOf(context, one, 'author-group')
    return {
      title: pull?.title ?? landing!.subject,
      repository,
      number,
      url: urlOf(repository, number),
      authorGroup: groups?.has(group) || !isOfPeople(group) ? group : 'People',
      isAgentMarked: change.isAgentMarked,
      part,
      whole,
      cost: costOf(change),
      origin: change.origin,
    }
  }
}

/** A row of what is no change: a deployment, a work item, a domain. */
function rowOfOther({ deployment, item, name, part, whole }: Case): BehindRow {
  return {
    title: deployment?.deploymentId ?? (item ? `${item.key} ${item.title}` : (name ?? '')),
    repository: deployment?.service ?? item?.project ?? '',
    number: null,
    url: null,
    authorGroup: '',
    isAgentMarked: false,
    part,
    whole,
    cost: null,
    origin: deployment?.origin ?? item?.origin ?? null,
  }
}

/** Address of a change on its forge, where the repository's name tells the host. */
function urlOf(repository: string, number: number | null): string | null {
  if (number === null) return null
  if (/^github\.[\w.-]+\/[^/]+\/[^/]+$/.test(repository)) return `https://${repository}/pull/${number}`
  if (/^gitlab\.[\w.-]+\/.+\/[^/]+$/.test(repository)) return `https://${repository}/-/merge_requests/${number}`
  return null
}

/** What is linked closely to a change, and how; `null` = nothing is. */
export function closeCost(
  linked: LinkedCost | null,
): (change: NonNullable<Case['pull'] | Case['landing']>) => BehindRow['cost'] {
  return (change) => {
    const sums = linked?.ofChange.get(change)
    const level = sums?.id !== undefined ? 'id' : sums?.['person-day'] !== undefined ? 'person-day' : null
    return level === null ? null : { amount: toUnits(sums![level]!), level }
  }
}
