import { meanOf, deviationOf, quantileOf } from '../../../shared/model/index.ts'

export interface Result {
  readonly case: string
  readonly unit: string
  readonly ours: number
  readonly peers: Readonly<Record<string, number>>
  /** A peer's time divided by ours. */
  readonly ratios: Readonly<Record<string, number>>
  readonly limit: number | null
  /** What is wanted, as ratios of a peer to ours; null where there is no peer. */
  readonly goal: string | null
  readonly met: boolean | null
  readonly note?: string
}

/**
 * The processor's milliseconds of each of several pieces of work: the quickest of `rounds`, taken in turns after one round that
 * warms up, so that whatever else the machine does meets all alike.
 */
export async function race<K extends string>(
  rounds: number,
  work: Readonly<Record<K, (k: number) => unknown>>,
): Promise<Readonly<Record<K, number>>> {
  const names = Object.keys(work) as K[]
  const best = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<K, number>
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const spent = await once(() => work[name](round))
      // A piece far quicker than the clock's tick or than its rivals is measured over many goes.
      const goes = round === 0 ? 0 : Math.min(400, Math.max(1, Math.floor(8 / Math.max(spent, 0.02))))
      let each = spent
      if (goes > 1) {
        each =
          (await once(async () => {
            for (let go = 0; go < goes; go++) await work[name](round * 1000 + go)
          })) / goes
      }
      if (round > 0 && each < best[name]) best[name] = each
    }
  }
  return best
}

export async function time(rounds: number, work: (k: number) => unknown): Promise<number> {
  return (await race(rounds, { work })).work
}

async function once(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

export function result(
  name: string,
  ours: number,
  peers: Readonly<Record<string, number>> = {},
  goals: Readonly<Record<string, number>> = {},
  note?: string,
): Result {
  const told = Object.entries(goals)
  const each = (of: (ms: number) => number) =>
    Object.fromEntries(Object.entries(peers).map(([peer, ms]) => [peer, round(of(ms))]))
  return {
    case: name,
    unit: 'ms',
    ours: round(ours),
    peers: each((ms) => ms),
    ratios: each((ms) => ms / ours),
    limit: null,
    goal: told.length === 0 ? null : told.map(([peer, times]) => tellGoal(peer, times)).join(', '),
    met: told.length === 0 ? null : told.every(([peer, times]) => peers[peer]! / ours >= times),
    ...(note === undefined ? {} : { note }),
  }
}

function tellGoal(peer: string, times: number): string {
  return times >= 1 ? `${times} times as fast as ${peer}` : `within ${Math.round(1 / times)} times ${peer}`
}

function round(ms: number): number {
  return Number(ms.toPrecision(3))
}

/** What is held against each other of an output: its mean and P90. */
export interface Answer {
  readonly mean: number
  readonly p90: number
}

export type Answers = Readonly<Record<string, Answer>>

export function answerOf(samples: ArrayLike<number>): Answer {
  const own = Float64Array.from(samples)
  return { mean: meanOf(own), p90: quantileOf(own, 0.9) }
}

/**
 * Throws unless every peer's mean and P90 are within five standard errors of the difference of two runs of this size: what
 * drawing other numbers can do, and no more.
 */
export function agree(
  what: string,
  ours: Readonly<Record<string, Float64Array>>,
  peers: Readonly<Record<string, Answers>>,
): void {
  for (const [output, samples] of Object.entries(ours)) {
    const n = samples.length
    const density = 0.02 / (quantileOf(samples, 0.91) - quantileOf(samples, 0.89))
    const errors = { mean: deviationOf(samples) / Math.sqrt(n), p90: Math.sqrt(0.09 / n) / density }
    const own = answerOf(samples)
    for (const [name, answers] of Object.entries(peers)) {
      const answer = answers[output]
      if (!answer) continue
      for (const key of ['mean', 'p90'] as const) {
        if (!(Math.abs(answer[key] - own[key]) <= 5 * Math.SQRT2 * errors[key]))
          throw new Error(`${what}: ${key} of ${output} is ${own[key]} here and ${answer[key]} with ${name}.`)
      }
    }
  }
}
