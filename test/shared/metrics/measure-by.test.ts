import { describe, expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import {
  asOfFacts,
  DIMENSIONS,
  type Dimension,
  measureBy,
  measureGroups,
  measureSeries,
  metricById,
  type MetricContext,
  METRICS,
  type MetricSettings,
} from '../../../shared/metrics/index.ts'
import { type ChangeDimension, groupOf } from '../../../shared/metrics/groups.ts'
import { type FactRows, factsOf, onDay } from '../../support/build-facts.ts'
import { smallTeam } from '../../support/small-team.ts'

const march = { from: onDay('2026-03-02'), to: onDay('2026-03-29') }
const team = smallTeam()

function contextOf(rows: FactRows = team, more: Partial<MetricSettings> = {}): MetricContext {
  const facts = factsOf(rows)
  const settings = {
    zone: UTC,
    currency: 'USD',
    featureMarks: ['feat:'],
    productionEnvironments: [],
    fewestCases: 1,
    ...more,
  }
  return { facts, settings, asOf: asOfFacts(facts)! }
}

function groupsOf(id: string, by: Dimension, context = contextOf()) {
  const grouped = measureBy(metricById(id)!, context, march, by)
  if (!('groups' in grouped)) throw new Error(grouped.why.code)
  return new Map(grouped.groups.map(({ group, value }) => [group, value.known ? value : null]))
}

describe('law: the groups make the number', () => {
  test('a repository is one group, whether its pull requests were merged or not', () => {
    const context = contextOf()
    expect([...groupsOf('rework-rate', 'repository', context).keys()]).toEqual(['shop'])
    expect([...groupsOf('ai-change-acceptance', 'repository', context).keys()]).toEqual(['shop'])
  })

  const context = contextOf()
  const shares = [
    'first-pass-acceptance',
    'unreviewed-merge-share',
    'ai-change-acceptance',
    'unstable-72h',
    'cross-domain',
  ]
  test.each(shares.flatMap((id) => ['repository', 'ai-marked', 'area', 'size'].map((by) => [id, by] as const)))(
    '%s by %s: weighed by their cases',
    (id, by) => {
      const value = metricById(id)!.measure(context, march)
      if (!value.known) throw new Error(value.why.code)
      const groups = [...groupsOf(id, by as Dimension, context).values()].flatMap((own) => (own ? [own] : []))
      const all = groups.reduce((sum, { n }) => sum + n, 0)
      expect(all).toBe(value.n)
      expect(groups.reduce((sum, own) => sum + own.value * own.n, 0) / all).toBeCloseTo(value.value, 9)
    },
  )

  test.each(['cost-per-accepted-change', 'token-cost-per-shipped-feature'])(
    '%s by tool and model: they add up',
    (id) => {
      const value = metricById(id)!.measure(context, march)
      if (!value.known) throw new Error(value.why.code)
      for (const by of ['tool', 'model'] as const) {
        const groups = [...groupsOf(id, by, context).values()]
        expect(groups.reduce((sum, own) => sum + own!.value, 0)).toBeCloseTo(value.value, 9)
      }
    },
  )
})

test('every metric by every dimension answers or says why not, and never throws', () => {
  const context = contextOf()
  for (const metric of METRICS) {
    for (const by of DIMENSIONS) {
      const grouped = measureBy(metric, context, march, by)
      if ('groups' in grouped) for (const { value } of grouped.groups) expect(value.known || value.why.can).toBeTruthy()
      else expect(grouped.why.can).toBeTruthy()
    }
  }
})

const zero = { of: 'path', pattern: '/src/area0/', team: '@acme/zero', source: 'codeowners', position: 0 } as const
const people = [
  {
    accounts: ['DEV0'],
    teams: [
      { team: 'Old', from: null },
      { team: 'Search', from: onDay('2026-02-01') },
    ],
  },
  { accounts: ['dev1'], teams: [{ team: 'Checkout', from: null }] },
]

/** Also of groups too small to be told. */
function namesBy(by: ChangeDimension, more: Partial<MetricSettings>, rows: FactRows = team) {
  const context = contextOf(rows, more)
  const { cases } = metricById('cycle-time')!.cases!(context, march)
  return [...new Set(cases.map((one) => groupOf(context, one, by)))].sort()
}

test('teams by rules about files, else by CODEOWNERS, else by the authors and their dates', () => {
  expect(namesBy('team', { people })).toEqual(['Checkout', 'Not known', 'Search'])
  expect(namesBy('team', { people }, { ...team, ownership: [zero] })).toContain('@acme/zero')
  const changeRules = [{ field: 'path', equals: '/src/area0/**', team: 'Zero' }] as const
  const ruled = namesBy('team', { people, changeRules }, { ...team, ownership: [zero] })
  expect(ruled).toContain('Zero')
  expect(ruled).not.toContain('@acme/zero')
  const all = [...changeRules, { field: 'path', equals: '*', team: 'Rest' }] as const
  expect(namesBy('team', { people, changeRules: all }, { ...team, ownership: [zero] })).toEqual(['Rest', 'Zero'])
})

test('an owner in CODEOWNERS who is a person stands for the team of the person', () => {
  const byDev1 = { ...zero, pattern: '*', team: '@Dev1' }
  expect(namesBy('team', { people }, { ...team, ownership: [byDev1] })).toContain('Checkout')
})

test('cost comes to teams by the files of the changes it is linked to', () => {
  const changeRules = [{ field: 'repository', equals: 'shop', team: 'All' }] as const
  const groups = groupsOf('cost-per-accepted-change', 'team', contextOf(smallTeam({ people: 6 }), { changeRules }))
  expect(groups.get('All')?.value).toBeGreaterThan(0)
})

test('initiatives by rules about files, repositories and people, the first that fits', () => {
  const changeRules = [
    { field: 'person', equals: 'dev1*', initiative: 'Faster search' },
    { field: 'repository', equals: 'shop', initiative: 'New shop' },
  ] as const
  expect(namesBy('initiative', { changeRules })).toEqual(['Faster search', 'New shop'])
  const first = { field: 'path', equals: '/src/area0/', initiative: 'Area zero' } as const
  const ruled = namesBy('initiative', { changeRules: [first, ...changeRules] })
  expect(ruled).toContain('Area zero')
})

test('the model of a change is the one its author used most on its days', () => {
  const groups = groupsOf('cycle-time', 'model')
  expect([...groups.keys()].sort()).toEqual(['Not known', 'haiku', 'opus'])
})

test('groups of fewer than five people are not told', () => {
  const grouped = measureBy(metricById('cycle-time')!, contextOf(), march, 'author-group')
  expect('groups' in grouped ? 'told' : grouped.why.code).toBe('metrics/no-groups')
})

test('rolling: 28 days each, a week apart, ending with the last day', () => {
  const points = measureSeries(
    metricById('cycle-time')!,
    contextOf(),
    'rolling',
    { startMonth: 1 },
    onDay('2026-03-15'),
    onDay('2026-03-29'),
  )
  expect(points.map(({ label, period }) => [label, period.from])).toEqual([
    ['2026-03-15', '2026-02-16'],
    ['2026-03-22', '2026-02-23'],
    ['2026-03-29', '2026-03-02'],
  ])
})

describe('groups over time', () => {
  const fiscal = { startMonth: 1 }
  const over = (id: string, by: Dimension, context = contextOf()) =>
    measureGroups(metricById(id)!, context, by, 'week', fiscal, march.from, march.to)

  test('every step says what it says alone, most cases first', () => {
    const context = contextOf()
    const told = over('review-latency', 'repository', context)
    if (!('groups' in told)) throw new Error(told.why.code)
    expect(told.steps).toHaveLength(4)
    told.steps.forEach(({ period }, at) => {
      const alone = measureBy(metricById('review-latency')!, context, period, 'repository')
      expect(told.all[at]).toEqual(metricById('review-latency')!.measure(context, period))
      const here = told.groups.flatMap(({ group, values }) => (values[at] ? [[group, values[at]] as const] : []))
      expect(new Map(here)).toEqual(
        new Map('groups' in alone ? alone.groups.map(({ group, value }) => [group, value] as const) : []),
      )
    })
    const cases = told.groups.map(({ values }) =>
      values.reduce((sum, value) => sum + (value?.known ? value.n : value ? 1 : 0), 0),
    )
    expect(cases).toEqual([...cases].sort((a, b) => b - a))
  })

  test('a step that cannot be told apart is empty, and where none can the reason is told', () => {
    const told = over('change-failure-rate', 'tool')
    expect('groups' in told ? 'groups' : told.known).toBe(false)
  })
})
