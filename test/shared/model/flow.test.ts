import { describe, expect, test } from 'vitest'
import { batchDays, checkFlow, queueWait, simulateBatch, simulateQueue } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { modelOf } from './run.ts'

const SEED = seedOf(1)

describe('queues by events', () => {
  test.each([
    [1, 0.6],
    [3, 0.8],
    [6, 0.8],
  ])('M/M/%d at load %d waits as Erlang says', (servers, load) => {
    const queue = { arrivals: load * servers, service: 1, servers, arrivalSpread: 1, serviceSpread: 1 }
    const { mean } = simulateQueue(queue, SEED)!
    expect(mean / queueWait(queue.arrivals, 1, servers, 1, 1)).toBeCloseTo(1, 1)
  })

  test('Allen and Cunneen’s form stays within a tenth where times are less even', () => {
    for (const [ca2, cs2] of [
      [1, 0.5],
      [0.5, 0.5],
      [1, 2],
    ] as const) {
      const queue = { arrivals: 4, service: 0.2, servers: 1, arrivalSpread: ca2, serviceSpread: cs2 }
      const { mean } = simulateQueue(queue, SEED)!
      expect(Math.abs(queueWait(4, 0.2, 1, ca2, cs2) / mean - 1), `${ca2} ${cs2}`).toBeLessThan(0.15)
    }
  })

  test('more work than can be served has no wait to tell', () => {
    expect(simulateQueue({ arrivals: 4, service: 1, servers: 3, arrivalSpread: 1, serviceSpread: 1 }, SEED)).toBeNull()
  })
})

describe('batches by events', () => {
  const PIPELINES = [
    [250, 0.15, 0.05, [20, 0.4], [6, 0.12], [10, 0.1], [2, 0.04]],
    [250, 0.3, 0.1, [20, 0.4], [3, 0.12], [10, 0.1], [2, 0.04]],
    [50, 0.15, 0.05, [20, 0.4], [6, 0.12], [10, 0.1], [2, 0.04]],
    [1000, 0.1, 0.1, [12, 0.4], [6, 0.12], [10, 0.1]],
    [250, 0, 0, [4, 0.5], [6, 0.3]],
  ] as const

  test('the closed form is 5% off on average; the bottleneck alone is always too optimistic', () => {
    const errors = PIPELINES.map(([n, rework, failure, ...stages]) => {
      const { mean } = simulateBatch(
        { n, rework, failure, stages: stages.map(([capacity, time]) => ({ capacity, mean: time })) },
        SEED,
      )!
      const values = [n, rework, failure, ...stages.flat()]
      const visits = 1 / ((1 - rework) * (1 - failure))
      const bound = Math.max(...stages.map(([capacity, time]) => (n * visits * time) / capacity))
      expect(bound).toBeLessThan(mean)
      return Math.abs(batchDays(Float64Array.from(values), values.length) / mean - 1)
    })
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.075)
  })

  test('nothing comes back, one at a time: as long as all times together', () => {
    const { mean } = simulateBatch({ n: 100, rework: 0, failure: 0, stages: [{ capacity: 1, mean: 2 }] }, SEED)!
    expect(mean / 200).toBeCloseTo(1, 1)
  })

  test('the same seed the same runs; what cannot end is refused', () => {
    const batch = { n: 20, rework: 0.1, failure: 0, stages: [{ capacity: 2, mean: 1 }] }
    expect(simulateBatch(batch, SEED)).toEqual(simulateBatch(batch, SEED))
    expect(simulateBatch({ ...batch, rework: 1 }, SEED)).toBeNull()
    expect(simulateBatch({ ...batch, stages: [{ capacity: 0, mean: 1 }] }, SEED)).toBeNull()
  })
})

test('rows that speak of flow are checked at the mean of their arguments', () => {
  const model = modelOf(`N = 250
    Reviewers = 6
    'Review days' = 0.08 to 0.2
    Finish [days] = 5 + batchdays(N, 15%, 5%, Reviewers, 'Review days', 10, 0.1)
    Wait = queuewait(4, 0.2, 1)
    Full = queuewait(9, 0.2, 1)`)
  const [finish, wait, ...others] = checkFlow(model, SEED)
  expect(others).toEqual([])
  expect(finish).toMatchObject({ rowName: 'Finish', what: 'batchdays' })
  expect(finish!.lowerBound!).toBeLessThan(finish!.simulated.mean)
  expect(Math.abs(finish!.closedForm / finish!.simulated.mean - 1)).toBeLessThan(0.15)
  expect(wait!.closedForm).toBeCloseTo(0.8, 10)
  expect(wait!.simulated.mean).toBeCloseTo(0.8, 1)
})
