import { exactExp, exactLog, normalQuantile, openStream, streamKeyOf } from '../chance/index.ts'
import type { Seed } from '../quantities/index.ts'
import { quantileOf } from './spread-of.ts'

export interface FlowStage {
  /** How many can be worked on at once, a whole number. */
  readonly capacity: number
  /** Mean days (or any one unit of time) one of them takes. */
  readonly mean: number
}

export interface FlowSimulation {
  readonly mean: number
  readonly p10: number
  readonly p50: number
  readonly p90: number
  readonly replications: number
}

const REPLICATIONS = 500
/** Events are work: a run of more is cut into fewer replications. */
const MOST_EVENTS = 1_200_000

/**
 * A batch of n changes through stages in order, first come first served; a change that comes back (rework, failure) begins
 * again. Times are lognormal with a standard deviation as large as their mean. What `batchDays` says in closed form, by
 * events: null where no run would end.
 */
export function simulateBatch(
  batch: {
    readonly n: number
    readonly rework: number
    readonly failure: number
    readonly stages: readonly FlowStage[]
  },
  seed: Seed,
): FlowSimulation | null {
  const { rework, failure, stages } = batch
  const n = Math.round(batch.n)
  const again = 1 - (1 - rework) * (1 - failure)
  const isSound = n >= 1 && n <= 100_000 && again >= 0 && again < 0.95 && stages.length > 0
  if (!isSound || !stages.every(({ capacity, mean }) => capacity >= 1 && mean > 0)) return null
  const replications = runsFor((n * stages.length) / (1 - again))
  const lengths = Float64Array.from({ length: replications }, (_, run) =>
    lengthOfBatch(n, again, stages, diceOf(seed, run)),
  )
  return told(lengths)
}

/**
 * Waiting before service with `servers` (whole) at work, by events: what `queueWait` says in closed form (Allen and Cunneen).
 * Exponential where a squared coefficient of variation is 1, lognormal otherwise. null where work arrives faster than it is
 * done. The first fifth of the arrivals fills the queue and is not counted.
 */
export function simulateQueue(
  queue: {
    readonly arrivals: number
    readonly service: number
    readonly servers: number
    readonly arrivalSpread: number
    readonly serviceSpread: number
  },
  seed: Seed,
): FlowSimulation | null {
  const { arrivals, service, arrivalSpread, serviceSpread } = queue
  const servers = Math.floor(queue.servers)
  if (!(arrivals > 0 && service > 0 && servers >= 1 && arrivals * service < servers)) return null
  const count = MOST_EVENTS / REPLICATIONS / 2
  const waits = Float64Array.from({ length: REPLICATIONS }, (_, run) => {
    const dice = diceOf(seed, run)
    const free = new EventHeap(servers)
    for (let k = 0; k < servers; k++) free.push(0, 0)
    let [now, total, counted] = [0, 0, 0]
    for (let k = 0; k < count; k++) {
      now += dice.time(1 / arrivals, arrivalSpread)
      free.pop()
      const start = Math.max(now, free.time)
      if (k >= count / 5) {
        total += start - now
        counted++
      }
      free.push(start + dice.time(service, serviceSpread), 0)
    }
    return total / counted
  })
  return told(waits)
}

function told(lengths: Float64Array): FlowSimulation {
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  const [p10, p50, p90] = [0.1, 0.5, 0.9].map((share) => quantileOf(lengths, share)) as [number, number, number]
  return { mean, p10, p50, p90, replications: lengths.length }
}

function runsFor(events: number): number {
  return Math.max(20, Math.min(REPLICATIONS, Math.floor(MOST_EVENTS / events)))
}

interface Dice {
  share(): number
  time(mean: number, spread: number): number
}

function diceOf(seed: Seed, run: number): Dice {
  const stream = openStream(seed, streamKeyOf('flow', 0), run, 0)
  const share = () => ((stream.next() >>> 0) + 0.5) / 4294967296
  return {
    share,
    time(mean, spread) {
      if (spread === 0) return mean
      if (spread === 1) return -mean * exactLog(share())
      const square = exactLog(1 + spread)
      return mean * exactExp(Math.sqrt(square) * normalQuantile(share()) - square / 2)
    },
  }
}

/** Squared coefficient of variation of a stage's times; a hair from 1, which would be read as exponential. */
const STAGE_SPREAD = 1 - 1e-9

function lengthOfBatch(n: number, again: number, stages: readonly FlowStage[], dice: Dice): number {
  const heap = new EventHeap(n + 1)
  const room = nextPowerOfTwo(n + 1)
  const waiting = stages.map(() => new Int32Array(room))
  const heads = new Int32Array(stages.length)
  const tails = new Int32Array(stages.length)
  const busy = new Int32Array(stages.length)
  const join = (stage: number, change: number) => {
    waiting[stage]![tails[stage]!++ & (room - 1)] = change
  }
  let now = 0
  const serve = (stage: number) => {
    const { capacity, mean } = stages[stage]!
    while (busy[stage]! < Math.floor(capacity) && heads[stage]! < tails[stage]!) {
      const change = waiting[stage]![heads[stage]!++ & (room - 1)]!
      busy[stage]!++
      heap.push(now + dice.time(mean, STAGE_SPREAD), change * stages.length + stage)
    }
  }
  for (let change = 0; change < n; change++) join(0, change)
  serve(0)
  while (heap.size > 0) {
    const what = heap.pop()
    now = heap.time
    const stage = what % stages.length
    const change = (what - stage) / stages.length
    busy[stage]!--
    const next = stage + 1 < stages.length ? stage + 1 : dice.share() < again ? 0 : null
    if (next !== null) join(next, change)
    serve(stage)
    if (next !== null && next !== stage) serve(next)
  }
  return now
}

function nextPowerOfTwo(n: number): number {
  let size = 1
  while (size < n) size *= 2
  return size
}

/** Binary heap of times over typed arrays; `pop` answers what is next and leaves its time in `time`. */
class EventHeap {
  size = 0
  time = 0
  private readonly times: Float64Array
  private readonly things: Int32Array

  constructor(room: number) {
    this.times = new Float64Array(room)
    this.things = new Int32Array(room)
  }

  push(time: number, thing: number): void {
    const { times, things } = this
    let at = this.size++
    while (at > 0) {
      const above = (at - 1) >> 1
      if (times[above]! <= time) break
      times[at] = times[above]!
      things[at] = things[above]!
      at = above
    }
    times[at] = time
    things[at] = thing
  }

  pop(): number {
    const { times, things } = this
    const first = things[0]!
    this.time = times[0]!
    const size = --this.size
    const time = times[size]!
    const thing = things[size]!
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= size) break
      if (below + 1 < size && times[below + 1]! < times[below]!) below++
      if (times[below]! >= time) break
      times[at] = times[below]!
      things[at] = things[below]!
      at = below
    }
    times[at] = time
    things[at] = thing
    return first
  }
}
