import { MS_PER_HOUR } from '../calendar/index.ts'
import { classOfStatus, type Delivery, type WorkItem } from '../delivery/index.ts'
import { StreamBuilder } from './case-stream.ts'
import { BY_THE_CLOCK, type ClockOfWaits, clockOfWaits, noteOfClock, OUTSIDE_WORKING_HOURS } from './clock-of-waits.ts'
import { needsStatusHistory, needsWorkItems } from './messages.ts'
import { metricOfCases } from './metric-of-cases.ts'
import type { MetricContext } from './types.ts'

/**
 * In Progress at 0 h, Ready for Review at 10 h, In Review at 30 h, Done at 40 h: 20 of 40 h waiting, 50%.
 * Items without a history of statuses are left out and lower the coverage; an item never started has no such time.
 */
export const itemWaitStateRatio = metricOfCases({
  id: 'item-wait-state-ratio',
  name: 'Wait-state ratio of work items',
  unit: 'share',
  better: 'lower',
  definition:
    'Time work items stand in a waiting status (to do after the start, blocked, ready for, waiting, a queue) over their time from the first working status to done; sums over the items finished in the period. All of it in hours of the clock, or in working hours where the settings name them.',
  formula: 'Σ time in waiting statuses ÷ Σ (done − first in progress)',
  source:
    'One minus flow efficiency on tickets; calendar time unless working hours are set, and by it 85 to 95% waiting is usual. Never the same number as that of pull requests.',
  quality: 'exact where waiting statuses are named; told by their names a proxy; unknown without a history',
  shape: 'ratio',
  partName: 'Hours waiting',
  wholeName: 'Hours in all',
  ofWhat: 'finished work items with a history',
  missing(delivery) {
    if (delivery.workItems.length === 0) return needsWorkItems()
    return delivery.workItems.some(({ moves }) => moves.length > 0) ? null : needsStatusHistory()
  },
  standing(_, context) {
    const areNamed = waitingStatuses(context).length > 0
    const notes = [...noteOfClock(context.settings), ...(areNamed ? [] : [BY_NAMES])]
    return { quality: areNamed ? 'exact' : 'proxy', ...(notes.length > 0 ? { note: notes.join(' ') } : {}) }
  },
  stream(delivery: Delivery, context) {
    const clock = clockOfWaits(context.settings)
    const stream = new StreamBuilder<WorkItem>(
      delivery.workItems.length,
      (item, part, whole) => ({ pull: null, landing: null, item, part, whole }),
      (item) => waitingOfItem(item, waitingStatuses(context), clock)!.stages,
    )
    for (const item of delivery.workItems) {
      const waiting = waitingOfItem(item, waitingStatuses(context), clock)
      if (waiting?.total === 0) stream.leaveOut(waiting.doneAt, item, OUTSIDE_WORKING_HOURS, false)
      else if (waiting !== null) stream.add(waiting.doneAt, item, waiting.idle, waiting.total)
      else if (item.resolvedAt !== null && item.moves.length === 0)
        stream.leaveOut(item.resolvedAt, item, 'no history of statuses')
    }
    return stream.finish()
  },
})

const BY_NAMES = 'Statuses are told waiting or working by their names; name those that wait in the settings.'

function waitingStatuses({ settings }: MetricContext): readonly string[] {
  return settings.waitingStatuses ?? []
}

/** Hours of one finished item by a clock, in all and by waiting status; `null` = not finished, never started, or no history. */
export function waitingOfItem(
  { moves, resolvedAt }: Pick<WorkItem, 'moves' | 'resolvedAt'>,
  waiting: readonly string[] = [],
  clock: ClockOfWaits = BY_THE_CLOCK,
): {
  readonly doneAt: number
  readonly idle: number
  readonly total: number
  readonly stages: Readonly<Record<string, number>>
} | null {
  const classOf = (status: string) => classOfStatus(status, waiting)
  const done = moves.filter(({ to }) => classOf(to) === 'done').at(-1)?.at ?? null
  const isOpenAgain = done !== null && moves.at(-1)!.at > done
  const doneAt = resolvedAt ?? (isOpenAgain ? null : done)
  const start = moves.findIndex(({ to }) => classOf(to) === 'working')
  if (doneAt === null || start < 0 || moves[start]!.at >= doneAt) return null
  const stages: Record<string, number> = {}
  let idle = 0
  for (let i = start; i < moves.length && moves[i]!.at < doneAt; i++) {
    const { at, to } = moves[i]!
    const hours = clock(at, Math.min(moves[i + 1]?.at ?? doneAt, doneAt)) / MS_PER_HOUR
    if (classOf(to) !== 'waiting' || hours <= 0) continue
    stages[to] = (stages[to] ?? 0) + hours
    idle += hours
  }
  return { doneAt, idle, total: clock(moves[start]!.at, doneAt) / MS_PER_HOUR, stages }
}
