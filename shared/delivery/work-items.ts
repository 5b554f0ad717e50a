import { eachFact, type FactOrigin, type FactSet } from '../facts/index.ts'
import type { Instant } from '../quantities/index.ts'

/** An item that moved into a status. */
export interface StatusMove {
  readonly at: Instant
  readonly from: string | null
  readonly to: string
  /** Who moved it, as the tracker says. */
  readonly by: string | null
}

/** An issue of a tracker with its way through the statuses. Moments are `null` where the tracker is silent. */
export interface WorkItem {
  readonly tracker: string
  readonly key: string
  readonly type: string | null
  readonly title: string
  readonly status: string | null
  readonly statusCategory: string | null
  readonly createdAt: Instant | null
  readonly startedAt: Instant | null
  readonly resolvedAt: Instant | null
  readonly points: number | null
  /** Key of the epic it belongs to. */
  readonly epic: string | null
  readonly parent: string | null
  readonly assignee: string | null
  readonly labels: readonly string[]
  readonly project: string | null
  /** Ended without being done: cancelled, a duplicate, won't do. */
  readonly isDropped: boolean
  /** Oldest first; empty = no history is imported, which is not the same as no move. */
  readonly moves: readonly StatusMove[]
  readonly origin: FactOrigin
}

/** Work items with their moves; change logs name an item by its key or by its id inside the tracker. */
export function readWorkItems(facts: FactSet): readonly WorkItem[] {
  const moves = new Map<string, StatusMove[]>()
  for (const { tracker, key, at, from, to, author: by } of eachFact(facts.statusChange)) {
    if (key === null || at === null || to === null) continue
    const name = nameOf(tracker, key)
    const own = moves.get(name)
    if (own) own.push({ at, from, to, by })
    else moves.set(name, [{ at, from, to, by }])
  }
  const items: WorkItem[] = []
  for (const row of eachFact(facts.workItem)) {
    const { tracker, key, itemId } = row
    if (key === null) continue
    const own = moves.get(nameOf(tracker, key)) ?? (itemId === null ? undefined : moves.get(nameOf(tracker, itemId)))
    items.push({
      tracker: tracker ?? '',
      key,
      type: row.type,
      title: row.title ?? '',
      status: row.status,
      statusCategory: row.statusCategory,
      createdAt: row.createdAt,
      startedAt: row.startedAt,
      resolvedAt: row.resolvedAt,
      points: row.points,
      epic: row.epic,
      parent: row.parent,
      assignee: row.assignee,
      labels: (row.labels ?? '').split('\n').filter((label) => label !== ''),
      project: row.project,
      isDropped: row.outcome === 'dropped',
      moves: (own ?? []).sort((a, b) => a.at - b.at),
      origin: row.origin,
    })
  }
  return items
}

/** Sites of one tracker are told apart only where both name theirs. */
function nameOf(tracker: string | null, key: string): string {
  return `${(tracker ?? '').split('/')[0]!.toLowerCase()}\u001f${key.toLowerCase()}`
}

/** What an item does while it stands in a status. */
export type StatusClass = 'waiting' | 'working' | 'done'

const WAITING =
  /^(?:to ?do|open|new|backlog|created|triage|re-?opened|selected for development)$|^(?:blocked|on hold|hold|paused|waiting|awaiting|pending|ready|queued?|in queue)\b|\b(?:queue|blocked|backlog)$/i
const DONE =
  /^(?:done|closed|resolved|complete[d]?|released|shipped|merged|delivered|cancell?ed|removed|won.?t (?:do|fix)|duplicate)\b/i

/** Class of a status by its name; `waiting` names statuses of one's own that wait, and then only those do. */
export function classOfStatus(status: string, waiting: readonly string[] = []): StatusClass {
  const name = status.trim()
  if (waiting.length > 0) {
    if (waiting.some((own) => own.trim().toLowerCase() === name.toLowerCase())) return 'waiting'
    return DONE.test(name) ? 'done' : 'working'
  }
  if (DONE.test(name)) return 'done'
  return WAITING.test(name) ? 'waiting' : 'working'
}
