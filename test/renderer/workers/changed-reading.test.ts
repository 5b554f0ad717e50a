import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeFigureJobs } from '../../../renderer/workers/figures/figure-jobs.ts'
import { Inbox } from '../../../renderer/workers/parcels.ts'
import { UTC, type Zone } from '../../../shared/calendar/index.ts'
import type { Person } from '../../../shared/delivery/index.ts'
import { CHANGE_DIMENSIONS, type MetricSettings } from '../../../shared/metrics/index.ts'
import type { AttributionRule } from '../../../shared/plan/index.ts'
import { NO_OWN_PRICES, type OwnPrices } from '../../../shared/prices/index.ts'
import type { FactReading } from '../../../shared/workbook/index.ts'
import { at, chunksOf, type FactRows, onDay } from '../../support/build-facts.ts'
import { smallTeam } from '../../support/small-team.ts'

/*
 * The worker keeps what it worked out: roll-ups, joined delivery, links, orders of cases. Whatever rates, aliases, people,
 * rules or conventions it is asked by next, and in whichever order, it must say what a worker started anew says.
 */

const team = smallTeam({ changes: 90, people: 10 })
const rows: FactRows = {
  ...team,
  // No cost of their own, so that prices decide.
  usage: team.usage.map((use, i) => ({
    ...use,
    tool: 'Agent',
    billed: null,
    listed: null,
    currency: null,
    model: i % 2 === 0 ? 'house-1' : 'gpt-5',
    person: `dev${i % 10}`,
    uncachedInput: 1_000_000,
  })),
  workItem: Array.from({ length: 20 }, (_, i) => ({
    tracker: 'jira',
    key: `ENG-${i}`,
    type: i % 3 === 0 ? 'Epic' : 'Story',
    project: 'ENG',
    createdAt: at('2026-01-06T08:00'),
    resolvedAt: at(`2026-02-${10 + i}T23:30`),
    assignee: `dev${i % 10}`,
  })),
  statusChange: Array.from({ length: 20 }, (_, i) => [
    { tracker: 'jira', key: `ENG-${i}`, at: at('2026-01-07T08:00'), from: 'To Do', to: 'In Progress' },
    { tracker: 'jira', key: `ENG-${i}`, at: at('2026-01-20T08:00'), from: 'In Progress', to: 'Parked' },
    { tracker: 'jira', key: `ENG-${i}`, at: at(`2026-02-${10 + i}T23:30`), from: 'Parked', to: 'Done' },
  ]).flat(),
}

const rate = (model: string, input: string): OwnPrices => ({
  rates: [
    {
      id: 'r',
      model,
      from: null,
      to: null,
      currency: 'USD',
      longPrompts: null,
      batch: null,
      regions: {},
      note: '',
      perMillion: { uncachedInput: input, output: input, cacheRead: input },
    },
  ],
  aliases: [],
})
const PRICES: readonly OwnPrices[] = [
  NO_OWN_PRICES,
  rate('house-1', '3'),
  rate('house-1', '7'),
  rate('gpt-5', '2'),
  { rates: [], aliases: [{ id: 'a', written: 'house-1', model: 'claude-opus-4-5' }] },
]
const person = (id: string, accounts: readonly string[], ofTeam: string): Person =>
  ({ id, name: id, kind: 'human', accounts, teams: [{ team: ofTeam, from: null }] }) as Person
const everybody = (teamOf: (i: number) => string, merged = 0): readonly Person[] =>
  Array.from({ length: 10 - merged }, (_, i) =>
    person(
      `p${i}`,
      i === 0 ? ['dev0', ...Array.from({ length: merged }, (__, k) => `dev${9 - k}`)] : [`dev${i}`],
      teamOf(i),
    ),
  )
const PEOPLE: readonly (readonly Person[])[] = [
  [],
  everybody((i) => (i < 5 ? 'Core' : 'Web')),
  everybody((i) => (i % 2 === 0 ? 'Core' : 'Web')),
  everybody(() => 'Core', 4),
]
const CONVENTIONS: readonly Partial<MetricSettings>[] = [
  {},
  { zone: 'Asia/Tokyo' as Zone },
  { featureMarks: [] },
  { featureTypes: ['story'] },
  { waitingStatuses: ['Parked'] },
  { unstableShare: 0.9 },
  { reworkedShare: 0.01 },
  { codeScope: { code: [], notCode: ['/area1/'] } },
  { productionEnvironments: ['nowhere'] },
  { houseAgents: ['dev1', 'dev1@acme.test'] },
  { currency: 'EUR' },
  { changeRules: [{ field: 'path', equals: 'src/area0', team: 'Core', initiative: 'Shop' }] },
  { changeRules: [{ field: 'path', equals: 'src/area0', team: 'Web', initiative: 'Site' }] },
  { fewestCases: 1000 },
]
const RULES: readonly (readonly AttributionRule[])[] = [
  [],
  [{ id: 'r', order: 1, field: 'model', equals: 'house-1', initiativeId: 'shop' } as AttributionRule],
  [{ id: 'r', order: 1, field: 'person', equals: 'dev1', initiativeId: 'site' } as AttributionRule],
]

interface Step {
  readonly reading: FactReading
  readonly settings: MetricSettings
  readonly rules: readonly AttributionRule[]
}

/** As the page sends it: other objects every time. */
function stepOf([prices, people, conventions, rules]: readonly [number, number, number, number]): Step {
  const reading = { prices: PRICES[prices]!, people: PEOPLE[people]! }
  const plain: MetricSettings = { zone: UTC, currency: 'USD', featureMarks: ['feat:'], productionEnvironments: [] }
  const settings = {
    ...plain,
    ...CONVENTIONS[conventions]!,
    ...(prices > 0 && { prices: reading.prices }),
    ...(people > 0 && { people: reading.people.map(({ accounts, teams }) => ({ accounts, teams })) }),
  }
  return structuredClone({ reading, settings, rules: RULES[rules]! })
}

type Worker = Awaited<ReturnType<typeof startWorker>>

async function startWorker(reading: FactReading) {
  const inbox = new Inbox()
  const jobs = makeFigureJobs(inbox)
  inbox.put('i1', chunksOf(rows))
  await jobs.hold({ added: ['i1'], imports: [{ id: 'i1', asOf: null, seq: 1 }] })
  jobs.readAs(reading)
  return jobs
}

const period = { from: onDay('2026-02-02'), to: onDay('2026-03-01') }
const beforePeriod = { from: onDay('2026-01-05'), to: onDay('2026-02-01') }

function told(jobs: Worker, { settings, rules }: Step) {
  const metricId = 'cost-per-accepted-change'
  const groups = CHANGE_DIMENSIONS.map((dimension) =>
    jobs.groups({ metricId, settings, fiscal: { startMonth: 1 }, dimension, by: 'month', days: 40 }),
  )
  return {
    figures: jobs.measure({ settings, rules }),
    list: jobs.compare({ settings, period, beforePeriod }),
    groups,
    funnel: jobs.funnel({ settings, period, team: null }),
    ofTeam: jobs.funnel({ settings, period, team: 'Core' }),
    lost: jobs.lossRows({ settings, period, loss: 'unlinked', most: 10 }),
    explained: jobs.explain({ metricId, settings, period, beforePeriod }),
    pricing: jobs.pricing(),
  }
}

test('law: a worker asked by other rates, people, rules and conventions says what one started anew says (seed 71)', async () => {
  // Every convention is asked by once, four of them by one reading; one worker goes through them all, and back to the first.
  const [order] = fc.sample(fc.shuffledSubarray([...CONVENTIONS.keys()], { minLength: CONVENTIONS.length }), {
    seed: 71,
    numRuns: 1,
  })
  const steps = order!.map((conventions, i) =>
    stepOf([(i >> 2) % PRICES.length, (i >> 2) % PEOPLE.length, conventions, i % RULES.length]),
  )
  const jobs = await startWorker(steps[0]!.reading)
  let reading = JSON.stringify(steps[0]!.reading)
  for (const step of [...steps, steps[0]!]) {
    // As the page does: only what changed is told.
    if (JSON.stringify(step.reading) !== reading) jobs.readAs(step.reading)
    reading = JSON.stringify(step.reading)
    expect(told(jobs, step)).toEqual(told(await startWorker(step.reading), step))
  }
})

test('other rates are other money, and the former ones the former money again', async () => {
  const jobs = await startWorker(stepOf([0, 0, 0, 0]).reading)
  const spent = (prices: number) => {
    const step = stepOf([prices, 0, 0, 0])
    jobs.readAs(step.reading)
    return told(jobs, step).figures.actuals.cells.reduce((sum, { nanos }) => sum + nanos, 0n)
  }
  const [three, seven] = [spent(1), spent(2)]
  expect(seven).toBeGreaterThan(three)
  expect(spent(1)).toBe(three)
})
