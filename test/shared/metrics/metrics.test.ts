import { describe, expect, test } from 'vitest'
import { UTC, type WeekKey } from '../../../shared/calendar/index.ts'
import { FACT_KINDS, type FactKind, type FactSet, noFacts } from '../../../shared/facts/index.ts'
import {
  asOfFacts,
  measureSeries,
  measureWall,
  metricById,
  type MetricContext,
  METRICS,
  type MetricSettings,
  type MetricValue,
} from '../../../shared/metrics/index.ts'
import { priceBookOf, withEstimates } from '../../../shared/prices/index.ts'
import { at, type FactRows, factsOf, onDay, units } from '../../support/build-facts.ts'
import { smallTeam } from '../../support/small-team.ts'

const settings: MetricSettings = { zone: UTC, currency: 'USD', featureMarks: ['feat:'], productionEnvironments: [] }
const march = { from: onDay('2026-03-02'), to: onDay('2026-03-29') }

function contextOf(facts: FactSet, more: Partial<MetricSettings> = {}): MetricContext {
  return { facts, settings: { ...settings, ...more }, asOf: asOfFacts(facts) ?? onDay('2026-05-04') }
}

function measure(id: string, rows: FactRows, more: Partial<MetricSettings> = {}, period = march): MetricValue {
  return metricById(id)!.measure(contextOf(factsOf(rows), more), period)
}

function known(value: MetricValue) {
  if (!value.known) throw new Error(`unknown: ${value.why.code}`)
  return value
}

function without(rows: FactRows, ...kinds: FactKind[]): FactRows {
  return Object.fromEntries(Object.entries(rows).filter(([kind]) => !kinds.includes(kind as FactKind)))
}

const team = smallTeam()

describe('answers of a made-up team with round numbers', () => {
  // Four weeks hold 56 changes; every tenth is never merged.
  test.each([
    ['cycle-time', 10, 'exact'],
    ['wait-state-ratio', 0.8, 'exact'],
    ['review-latency', 2, 'exact'],
    ['unreviewed-merge-share', 0, 'exact'],
    ['first-pass-acceptance', 1, 'exact'],
    ['merge-frequency', 3.5, 'exact'],
    ['batch-size', 24, 'exact'],
    ['change-failure-rate', 0.125, 'exact'],
  ] as const)('%s is %d, %s', (id, expected, quality) => {
    const value = known(measure(id, team))
    expect(value.value).toBeCloseTo(expected, 9)
    expect(value.quality).toBe(quality)
  })

  test('rework: 4 lines of a file go at every change, all of them young', () => {
    const value = known(measure('rework-rate', team))
    // Each landing adds 20 lines and removes 4 from a file that grows: newest first they are always young.
    expect(value.interval![1]).toBeCloseTo(4 / 20, 9)
    expect(value.value).toBeGreaterThan(0.04)
    expect(value.value).toBeLessThan(value.interval![1])
    expect(value.quality).toBe('estimate')
  })

  test('cost per feature: all cost over features in production, a feature by its title', () => {
    const value = known(measure('token-cost-per-shipped-feature', team))
    // 56 changes from 2 March, numbers 113 to 168; features are every fourth, one of them closed unmerged is none.
    const shipped = team.pullRequest.filter(
      ({ title, mergedAt }) =>
        title!.startsWith('feat') &&
        mergedAt != null &&
        mergedAt + 4 * 3_600_000 >= at('2026-03-02T00:00') &&
        mergedAt + 4 * 3_600_000 < at('2026-03-30T00:00'),
    ).length
    expect(value.n).toBe(shipped)
    expect(value.value).toBeCloseTo((28 * 12.5) / shipped, 9)
    expect(value.note).toContain('Billed cost')
  })

  test('tokens per accepted change count all buckets', () => {
    const value = known(measure('tokens-per-accepted-change', team))
    const merged = team.pullRequest.filter(
      ({ mergedAt }) => mergedAt != null && mergedAt >= at('2026-03-02T00:00') && mergedAt < at('2026-03-30T00:00'),
    ).length
    expect(value.value).toBeCloseTo((28 * 10_500) / merged, 6)
  })

  test('acceptance of AI changes: merged of those closed, with its interval', () => {
    const value = known(measure('ai-change-acceptance', team))
    const marked = team.pullRequest.filter(
      ({ agent, createdAt }) => agent && createdAt! >= at('2026-03-02T00:00') && createdAt! < at('2026-03-30T00:00'),
    )
    const merged = marked.filter(({ mergedAt }) => mergedAt != null).length
    expect(value.value).toBeCloseTo(merged / marked.length, 9)
    expect(value.interval![0]).toBeLessThan(value.value)
    expect(value.interval![1]).toBeGreaterThan(value.value)
  })
})

describe('what is missing is unknown or a named stand-in, never zero', () => {
  test.each(METRICS.map(({ id }) => [id]))('%s without any facts', (id) => {
    const value = metricById(id)!.measure(contextOf(noFacts()), march)
    expect(value.known).toBe(false)
    if (!value.known) expect(value.why.can, 'says what would make it known').toBeTruthy()
  })

  const removals = METRICS.flatMap(({ id }) => FACT_KINDS.map((kind) => [id, kind] as const))
  const whole = contextOf(factsOf(team))
  const parts = new Map(FACT_KINDS.map((kind) => [kind, contextOf(factsOf(without(team, kind)))]))
  test.each(removals)('%s without %s', (id, kind) => {
    const before = metricById(id)!.measure(whole, march)
    const after = metricById(id)!.measure(parts.get(kind)!, march)
    if (!before.known || !after.known || before.value === 0) return
    expect(after.value).not.toBe(0)
  })

  test.each([
    ['cycle-time', ['pullRequest'], 'metrics/needs-pull-requests'],
    ['wait-state-ratio', ['pullRequest'], 'metrics/needs-pull-requests'],
    ['rework-rate', ['fileChange'], 'metrics/needs-git-history'],
    ['change-failure-rate', ['incident'], 'metrics/needs-incidents'],
    ['change-failure-rate', ['deployment', 'landing'], 'metrics/needs-deployments'],
    ['token-cost-per-shipped-feature', ['usage'], 'metrics/needs-usage'],
    ['tokens-per-accepted-change', ['pullRequest', 'landing'], 'metrics/needs-changes'],
    ['first-pass-acceptance', ['pullRequest'], 'metrics/needs-pull-requests'],
  ] as const)('%s without %j: %s', (id, kinds, code) => {
    const value = measure(id, without(team, ...kinds))
    expect(value.known ? 'known' : value.why.code).toBe(code)
  })

  test('without deployments the time to merge stands in, named', () => {
    const value = known(measure('cycle-time', without(team, 'deployment')))
    expect([value.value, value.quality]).toEqual([6, 'proxy'])
    expect(value.note).toContain('no deployments are imported')
    const waiting = known(measure('wait-state-ratio', without(team, 'deployment')))
    expect([waiting.value, waiting.quality]).toEqual([4 / 6, 'proxy'])
  })

  test('deployments of unknown commits are said to be so', () => {
    const deployment = team.deployment.map((row) => ({ ...row, sha: 'f'.repeat(40) }))
    expect(known(measure('cycle-time', { ...team, deployment })).note).toContain('not among the imported changes')
  })

  test('deployments join merges by order where no landings are imported', () => {
    expect(known(measure('cycle-time', without(team, 'landing', 'fileChange'))).value).toBe(10)
  })

  test('without commits the lenient first pass stands in', () => {
    const pullRequest = team.pullRequest.map((row) => ({ ...row, commitsKnown: null }))
    const value = known(measure('first-pass-acceptance', without({ ...team, pullRequest }, 'pullCommit')))
    expect(value.quality).toBe('proxy')
    expect(value.note).toContain('Lenient')
  })

  test('reverts stand in for failures while only git is imported', () => {
    const landing = team.landing.map((row, i) => (i % 4 === 0 ? { ...row, subject: 'Revert "fix: change 3"' } : row))
    const value = known(measure('change-failure-rate', { landing }))
    expect([value.value, value.quality]).toEqual([0.25, 'proxy'])
  })

  test('no mark of an agent anywhere is unknown: its absence proves nothing', () => {
    const rows = {
      pullRequest: team.pullRequest.map((row) => ({ ...row, agent: null })),
      landing: team.landing.map((row) => ({ ...row, coAuthors: null })),
    }
    const value = measure('ai-change-acceptance', rows)
    expect(value.known ? 'known' : value.why.code).toBe('metrics/no-ai-marks')
  })

  test('marks of landings do not count for acceptance: only merged changes have them', () => {
    const rows = { pullRequest: team.pullRequest.map((row) => ({ ...row, agent: null })), landing: team.landing }
    const value = measure('ai-change-acceptance', rows)
    expect(value.known ? 'known' : value.why.code).toBe('metrics/no-ai-marks')
  })

  test('the first month of a history is not known: lines from before it are of unknown age', () => {
    const january = { from: onDay('2026-01-05'), to: onDay('2026-02-02') }
    for (const id of ['rework-rate', 'seven-day-rewrite-rate', 'unstable-72h']) {
      expect(known(measure(id, team, {}, january)).coverage).toBeLessThan(0.01)
      expect(known(measure(id, team)).coverage).toBe(1)
    }
  })

  test('an export that ends inside the period covers less of it', () => {
    const early = { ...team, landing: team.landing.filter(({ committedAt }) => committedAt! < at('2026-03-16T00:00')) }
    // 14 of 28 days, and the three quiet days any source is granted.
    expect(known(measure('batch-size', early)).coverage).toBeCloseTo(17 / 28, 1)
    expect(known(measure('batch-size', team)).coverage).toBe(1)
  })

  test('fewer than five cases are too few, and say how many', () => {
    const day = { from: onDay('2026-03-02'), to: onDay('2026-03-02') }
    const value = measure('cycle-time', team, {}, day)
    expect(value).toMatchObject({
      known: false,
      why: { code: 'metrics/too-few', said: '2 changes that reached production' },
    })
  })

  test('cases of other days only are told with the nearest of them, not as too few', () => {
    const later = { from: onDay('2027-01-04'), to: onDay('2027-01-31') }
    expect(measure('cycle-time', team, {}, later)).toMatchObject({
      known: false,
      why: {
        code: 'metrics/none-then',
        said: expect.stringMatching(/^changes that reached production up to \d+ [A-Z][a-z]+ 2026/) as string,
      },
    })
    const earlier = { from: onDay('2020-01-06'), to: onDay('2020-02-02') }
    expect(measure('cycle-time', team, {}, earlier)).toMatchObject({
      why: { said: expect.stringMatching(/^changes that reached production from \d+ \w+ 20\d\d only$/) as string },
    })
  })

  test('a cohort whose window has not passed is not judged', () => {
    const late = { from: onDay('2026-04-27'), to: onDay('2026-05-03') }
    for (const id of ['ai-change-acceptance', 'seven-day-rewrite-rate', 'unstable-72h']) {
      const value = measure(id, team, {}, late)
      expect(value.known ? id : value.why.code).toBe('metrics/not-yet')
    }
  })

  test('no usage in the period is not zero cost', () => {
    const usage = team.usage.filter(({ day }) => day! < onDay('2026-02-01'))
    for (const id of ['token-cost-per-shipped-feature', 'tokens-per-accepted-change']) {
      const value = measure(id, { ...team, usage })
      expect(value.known ? id : value.why.code).toBe('metrics/no-usage-in-period')
    }
  })
})

describe('money keeps its kind and currency', () => {
  test('a tool without the strongest kind is left out, counted and named', () => {
    const cursor = team.usage.map((row) => ({
      ...row,
      tool: 'Cursor',
      billed: null,
      listed: null,
      included: units(99),
    }))
    const alone = known(measure('cost-per-accepted-change', team))
    const both = known(measure('cost-per-accepted-change', { ...team, usage: [...team.usage, ...cursor] }))
    expect(both.value).toBe(alone.value)
    expect(both.coverage).toBeCloseTo(0.5, 9)
    expect(both.excluded).toEqual({ 'Cursor: rows without billed cost': 28 })
  })

  test('nominal cost is a proxy and says so', () => {
    const usage = team.usage.map((row) => ({ ...row, billed: null, listed: null, included: units(2) }))
    const value = known(measure('cost-per-accepted-change', { ...team, usage }))
    expect(value.quality).toBe('proxy')
    expect(value.note).toContain('Nominal')
  })

  test('nominal cost does not stand in for what another tool owes: the sum is of the kind the plan adds up', () => {
    const listed = team.usage.map((row) => ({ ...row, billed: null, listed: units(3) }))
    const seats = team.usage.map((row) => ({
      ...row,
      tool: 'Cursor',
      billed: null,
      listed: null,
      included: units(99),
    }))
    const alone = known(measure('cost-per-accepted-change', { ...team, usage: listed }))
    const both = known(measure('cost-per-accepted-change', { ...team, usage: [...listed, ...seats] }))
    expect([both.value, both.quality]).toEqual([alone.value, alone.quality])
    expect(both.excluded).toEqual({ ...alone.excluded, 'Cursor: rows without listed cost': 28 })
  })

  test('uses no rate prices are counted and lower the coverage; they did not cost nothing', () => {
    const priced = { billed: null, listed: null, uncachedInput: 1_000_000, cacheRead: null, output: null }
    const usage = team.usage.flatMap((row) => [
      { ...row, ...priced, model: 'claude-opus-4-5' },
      { ...row, ...priced, model: 'unheard-of' },
    ])
    const facts = withEstimates(factsOf({ ...team, usage }), priceBookOf())
    const value = known(metricById('cost-per-accepted-change')!.measure(contextOf(facts), march))
    expect(value.coverage).toBeCloseTo(0.5, 9)
    expect(value.excluded).toMatchObject({ 'rows no rate prices': 28 })
  })

  test('of rows of one day, tool and model only those in another currency are counted as such', () => {
    const usage = team.usage.flatMap((row) => [row, row, { ...row, currency: 'EUR' }])
    const value = known(measure('cost-per-accepted-change', { ...team, usage }))
    expect(value.excluded).toEqual({ 'rows in another currency': 28 })
  })

  test('another currency is unknown, not converted', () => {
    const value = measure('cost-per-accepted-change', team, { currency: 'EUR' })
    expect(value.known ? 'known' : value.why.code).toBe('metrics/other-currency')
  })
})

describe('who counts', () => {
  test('automation is left out of people metrics, AI reviews never shorten the wait', () => {
    const pullRequest = team.pullRequest.map((row, i) =>
      i % 2 === 0 ? { ...row, author: 'dependabot', authorIsBot: 1 } : row,
    )
    const value = known(measure('cycle-time', { ...team, pullRequest }))
    expect(value.excluded['opened by automation']).toBeGreaterThan(20)
    expect(known(measure('review-latency', team)).value).toBe(2)
  })

  test('a house agent is known only by the settings', () => {
    const rows = {
      ...team,
      landing: team.landing.map((row) => ({ ...row, coAuthors: null })),
      pullRequest: team.pullRequest.map((row) => ({ ...row, agent: null, author: 'acme-writer[bot]' })),
    }
    expect(measure('ai-change-acceptance', rows).known).toBe(false)
    expect(measure('ai-change-acceptance', rows, { houseAgents: ['acme-writer'] }).known).toBe(true)
  })
})

describe('the Wall', () => {
  const facts = factsOf(team)

  test('thirteen whole weeks, the last one ended by the last day of data', () => {
    const wall = measureWall({ ...contextOf(facts), asOf: onDay('2026-04-30') })
    expect(wall.numbers.map(({ metricId }) => metricId)).toEqual([
      'cycle-time',
      'rework-rate',
      'wait-state-ratio',
      'token-cost-per-shipped-feature',
      'ai-change-acceptance',
    ])
    for (const { weeks } of wall.numbers) {
      expect(weeks.length).toBe(13)
      expect([weeks[0]!.week, weeks[12]!.week]).toEqual(['2026-W05', '2026-W17'] as WeekKey[])
    }
    expect(wall.numbers[0]!.current).toMatchObject({ known: true, value: 10 })
    expect(wall.numbers[0]!.currentPeriod).toEqual({ from: '2026-04-03', to: '2026-04-30' })
  })

  test('a Sunday closes its week', () => {
    const wall = measureWall({ ...contextOf(facts), asOf: onDay('2026-04-26') })
    expect(wall.numbers[0]!.weeks[12]!.week).toBe('2026-W17')
  })

  test('the newest week that can be judged stands beside the one before it, with how far that may be chance', () => {
    const wall = measureWall({ ...contextOf(facts), asOf: onDay('2026-04-30') })
    for (const { weeks, weekChange } of wall.numbers) {
      const at = weeks.map(({ value }) => value.known).lastIndexOf(true)
      const [now, before] = [weeks[at]?.value, weeks[at - 1]?.value]
      if (!now?.known || !before?.known) {
        expect(weekChange).toBeNull()
        continue
      }
      expect([weekChange!.week, weekChange!.beforeWeek]).toEqual([weeks[at]!.week, weeks[at - 1]!.week])
      expect(weekChange!.interval!.change).toBeCloseTo(now.value - before.value, 12)
    }
    expect(wall.numbers.some(({ weekChange }) => weekChange)).toBe(true)
  })

  test('acceptance looks at the last 28 days that can be judged', () => {
    const wall = measureWall(contextOf(facts))
    const acceptance = wall.numbers[4]!
    expect(acceptance.current.known).toBe(true)
    expect(acceptance.currentPeriod!.to).toBe('2026-04-04')
    expect(acceptance.weeks[12]!.value).toMatchObject({ known: false, why: { code: 'metrics/not-yet' } })
    expect(acceptance.weeks[0]!.value.known).toBe(true)
  })

  test('nothing imported: five unknowns with what to import', () => {
    const wall = measureWall({ facts: noFacts(), settings, asOf: asOfFacts(noFacts()) })
    expect(wall.asOf).toBeNull()
    expect(wall.numbers.every(({ current, before }) => !current.known && !before.known)).toBe(true)
  })

  test('weeks follow the zone of the workspace', () => {
    // One change ends at Sunday 23:30 UTC, which is Monday in Berlin.
    const rows = smallTeam({ changes: 28 })
    const shifted = rows.pullRequest.map((row) => ({
      ...row,
      createdAt: at('2026-01-11T20:00'),
      mergedAt: at('2026-01-11T23:30'),
    }))
    const week = { from: onDay('2026-01-12'), to: onDay('2026-01-18') }
    const only = { pullRequest: shifted }
    expect(measure('cycle-time', only, { zone: 'Europe/Berlin' as never }, week)).toMatchObject({ known: true, n: 28 })
    expect(measure('cycle-time', only, {}, week).known).toBe(false)
  })
})

describe('series', () => {
  const facts = factsOf(team)
  const cycle = metricById('cycle-time')!
  const labels = (by: 'week' | 'month' | 'quarter', startMonth = 1) =>
    measureSeries(cycle, contextOf(facts), by, { startMonth }, onDay('2026-01-28'), onDay('2026-04-02')).map(
      ({ label }) => label,
    )

  test('whole weeks, months and fiscal quarters that touch the range', () => {
    expect(labels('week').slice(0, 2)).toEqual(['2026-W05', '2026-W06'])
    expect(labels('week').length).toBe(10)
    expect(labels('month')).toEqual(['2026-01', '2026-02', '2026-03', '2026-04'])
    expect(labels('quarter')).toEqual(['FY26 Q1', 'FY26 Q2'])
    expect(labels('quarter', 2)).toEqual(['FY26 Q4', 'FY27 Q1'])
  })

  test('weeks of a month agree with the month where both are known', () => {
    const series = measureSeries(cycle, contextOf(facts), 'week', { startMonth: 1 }, march.from, march.to)
    const n = series.reduce((sum, { value }) => sum + (value.known ? value.n : 0), 0)
    expect(n).toBe(known(cycle.measure(contextOf(facts), march)).n)
  })
})

test('the last day of the facts is that of any table', () => {
  expect(asOfFacts(noFacts())).toBeNull()
  expect(asOfFacts(factsOf({ usage: [{ day: onDay('2026-02-03') }] }))).toBe('2026-02-03')
  expect(
    asOfFacts(
      factsOf({
        usage: [{ day: onDay('2026-02-03') }],
        incident: [{ incidentId: 'a', startedAt: at('2026-02-05T23:00') }],
      }),
    ),
  ).toBe('2026-02-05')
})
