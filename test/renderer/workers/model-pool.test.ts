import { describe, expect, test, vi } from 'vitest'
import { type MonthKey } from '../../../shared/calendar/index.ts'
import {
  compareScenarios,
  prepareScenario,
  runScenario,
  type Scenario,
  type ScenarioOutcome,
  seekInScenario,
  type SeekWish,
} from '../../../shared/scenario/index.ts'
import { NO_HISTORY, scenarioFromTemplate, templateById } from '../../../shared/templates/index.ts'
import { makeModelJobs, type ModelJobs, type ScenarioWish } from '../../../renderer/workers/model/model-jobs.ts'
import { modelPool, workersFor } from '../../../renderer/workers/model/model-pool.ts'
import { CancelledError, inPlaceRunner, type Runner, WorkerStoppedError } from '../../../renderer/workers/runner.ts'

const SAMPLES = 9000
const scenario: Scenario = {
  ...scenarioFromTemplate(templateById('refactor-services')!, {
    id: 's',
    history: NO_HISTORY,
    startMonth: '2026-10' as MonthKey,
    samples: SAMPLES,
    seed: 7,
  }),
}
const records: ScenarioWish['records'] = { rows: {}, keyResults: {} }
const wish: ScenarioWish = { scenario, records, metrics: {}, currency: 'USD' }
const ALWAYS = { worthHelpMs: 0, worthEarlyMs: 0 }

const inPlace = () => inPlaceRunner(makeModelJobs())
const workers = (count: number) => Array.from({ length: count }, inPlace)

function told(outcome: Awaited<ReturnType<ReturnType<typeof modelPool>['runScenario']>>): ScenarioOutcome {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
  return outcome.value
}

/** A worker whose `draw` does something else than drawing from the nth time on. */
function oddWorker(instead: (signal: AbortSignal | undefined) => Promise<never>, from = 0): Runner<ModelJobs> {
  const own = inPlace()
  let draws = 0
  return {
    ...own,
    run: (name, input, options) =>
      name === 'draw' && draws++ >= from ? instead(options?.signal) : own.run(name, input, options),
  }
}

const stopped = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(new CancelledError())))

describe('a scenario over several workers (seed 7)', () => {
  const expected = runScenario({ scenario, records, history: {}, metrics: new Map(), currency: 'USD' })

  test.each([1, 2, 3, 7])('%i workers: the same bits as in one place', async (count) => {
    expect(told(await modelPool(workers(count), ALWAYS).runScenario(wish))).toEqual(told(expected))
  })

  test('a plan that is changed is drawn beside the scenario, and paired with it', async () => {
    const row = { ...scenario.rows.find(({ kind }) => kind === 'driver')!, id: 'licences', name: 'Licences' }
    const line = { ...row, kind: 'budget line' as const, group: 'i', unit: '$', formula: '10k to 20k', overrides: {} }
    const changed = {
      metrics: {},
      currency: 'USD',
      records: { ...records, rows: { licences: line } },
      scenario: { ...scenario, rows: [], sets: { Licences: '12k to 24k' } },
    }
    const alone = runScenario({ ...changed, history: {}, metrics: new Map() })
    expect(told(await modelPool(workers(3), ALWAYS).runScenario(changed))).toEqual(told(alone))
  })

  test('what is told early is the outcome of a run of so many samples, and progress reaches the end', async () => {
    const early: ScenarioOutcome[] = []
    const shares: number[] = []
    const onProgress = (share: number | null) => shares.push(share!)
    await modelPool(workers(2), ALWAYS).runScenario(wish, { onEarly: (outcome) => early.push(outcome), onProgress })
    expect(early.map(({ samples }) => samples)).toEqual([2048, 8192])
    const short = runScenario({
      scenario: { ...scenario, samples: 2048 },
      records,
      history: {},
      metrics: new Map(),
      currency: 'USD',
    })
    const { flow: _, ...withoutFlow } = told(short)
    expect(early[0]).toEqual({ ...withoutFlow, of: SAMPLES })
    expect(shares.every((share, k) => k === 0 || share >= shares[k - 1]! - 1e-12)).toBe(true)
    expect(shares.at(-1)).toBeCloseTo(1)
  })

  test('a worker that ends while it tells the outcome so far is the reason the run gives', async () => {
    let lead = inPlace()
    const odd: Runner<ModelJobs> = {
      made: 1,
      start: () => {},
      stop: () => {},
      run: (name, input, options) => {
        if (name !== 'tell') return lead.run(name, input, options)
        // A new one takes its place, which holds nothing.
        lead = inPlace()
        return Promise.reject(new WorkerStoppedError('out of memory'))
      },
    }
    const running = modelPool([odd], ALWAYS).runScenario(wish, { onEarly: () => {} })
    await expect(running).rejects.toThrow(new WorkerStoppedError('out of memory'))
  })

  test('a quick run asks nobody for help and is told once', async () => {
    const helper = vi.fn()
    const never: Runner<ModelJobs> = { made: 1, run: helper, start: () => {}, stop: () => {} }
    const onEarly = vi.fn()
    const pool = modelPool([inPlace(), never], { worthHelpMs: 1e9, worthEarlyMs: 1e9 })
    expect(told(await pool.runScenario(wish, { onEarly })).samples).toBe(SAMPLES)
    expect([helper.mock.calls, onEarly.mock.calls]).toEqual([[], []])
  })

  test('a stop ends the work of every worker', async () => {
    const stopper = new AbortController()
    const ended: string[] = []
    const waiting = (name: string) => async (signal: AbortSignal | undefined) => {
      if (name === 'second') queueMicrotask(() => stopper.abort())
      return stopped(signal).finally(() => ended.push(name))
    }
    const pool = modelPool([oddWorker(waiting('first'), 1), oddWorker(waiting('second'))], ALWAYS)
    await expect(pool.runScenario(wish, { signal: stopper.signal })).rejects.toBeInstanceOf(CancelledError)
    expect(ended.sort()).toEqual(['first', 'second'])
  })

  test('one that dies ends the run with its reason, the others stop, and the next run is whole', async () => {
    const ended = vi.fn()
    let isSick = true
    const healthy = inPlace()
    const sick = oddWorker(() => Promise.reject(new WorkerStoppedError('out of memory')))
    const second: Runner<ModelJobs> = {
      ...healthy,
      run: (name, input, options) => (isSick ? sick : healthy).run(name, input, options),
    }
    const lead = inPlace()
    let draws = 0
    const first: Runner<ModelJobs> = {
      ...lead,
      run: (name, input, options) =>
        isSick && name === 'draw' && draws++ > 0
          ? (stopped(options?.signal).finally(ended) as never)
          : lead.run(name, input, options),
    }
    const pool = modelPool([first, second], ALWAYS)
    await expect(pool.runScenario(wish)).rejects.toThrow('out of memory')
    expect(ended).toHaveBeenCalledOnce()
    isSick = false
    expect(told(await pool.runScenario(wish))).toEqual(told(expected))
  })

  test('comparing tells what comparing in one place does', async () => {
    const short = { records, currency: 'USD', scenario: { ...scenario, samples: 1024 } }
    const against = { ...short.scenario, id: 'other', sets: { Services: '100' } }
    const compared = await modelPool(workers(2)).compare({ ...short, metrics: {} }, against)
    expect(compared).toEqual(compareScenarios({ ...short, history: {}, metrics: new Map() }, against))
    expect(compared).toMatchObject({ ok: true, value: { againstId: 'other' } })
  })

  test('seeking on the leading worker tells what seeking in one place does, with progress', async () => {
    const seek: SeekWish = {
      row: 'Services',
      between: [10, 1000],
      condition: { kind: 'cost below', amount: 20_000 },
      odds: 0.8,
      end: 'largest',
    }
    const short = { records, currency: 'USD', scenario: { ...scenario, samples: 1024 } }
    const shares: number[] = []
    const sought = await modelPool(workers(2)).seek({ ...short, metrics: {} }, seek, {
      onProgress: (share) => shares.push(share!),
    })
    const prepared = prepareScenario({ ...short, history: {}, metrics: new Map() })
    if (!prepared.ok) throw new Error('refused')
    expect(sought).toEqual(seekInScenario(prepared.value, seek))
    expect(sought).toMatchObject({ ok: true, value: { found: true } })
    expect(shares.length).toBeGreaterThan(2)
    expect([...shares].sort((a, b) => a - b)).toEqual(shares)
  })

  test('shares of the spread: the same over three workers as in one, every run counted', async () => {
    const shares: number[] = []
    const short = { ...wish, scenario: { ...scenario, samples: 1024 } }
    const one = await modelPool(workers(1)).spreadShares(short)
    const three = await modelPool(workers(3)).spreadShares(short, { onProgress: (share) => shares.push(share!) })
    if (!one.ok || !three.ok || !three.value) throw new Error('refused')
    expect(three).toEqual(one)
    expect(three.value.runs).toBe(three.value.inputs.length + 2)
    expect(shares).toHaveLength(three.value.runs)
    expect(three.value.inputs.reduce((sum, { total }) => sum + total, 0)).toBeGreaterThan(0.8)
    const outcome = told(await modelPool(workers(1)).runScenario(short))
    expect(outcome.drawnInputs).toBe(three.value.inputs.length)
  })

  test('what cannot be run is told by the first worker alone', async () => {
    const outcome = await modelPool(workers(2), ALWAYS).runScenario({
      ...wish,
      scenario: { ...scenario, sets: { Nothing: '1' } },
    })
    expect(outcome.ok).toBe(false)
  })
})

test('as many workers as cores, at least one, at most eight', () => {
  expect([undefined, 0, 1, 2, 8, 64].map(workersFor)).toEqual([1, 1, 1, 2, 8, 8])
})
