import { describe, expect, test } from 'vitest'
import { UTC } from '../../../shared/calendar/index.ts'
import { codeTest, isCodePath } from '../../../shared/delivery/index.ts'
import {
  causeOfWait,
  findConventions,
  metricById,
  type MetricContext,
  type MetricSettings,
  METRICS,
  WAIT_STAGES,
} from '../../../shared/metrics/index.ts'
import { metricSettingsOf, readRecords, type WorkbookSettings } from '../../../shared/workbook/index.ts'
import { at, type FactRows, factsOf, onDay, units } from '../../support/build-facts.ts'
import { EMPTY } from '../workbook/workbook-cases.ts'

const plain: MetricSettings = {
  zone: UTC,
  currency: 'USD',
  featureMarks: [],
  productionEnvironments: [],
  fewestCases: 1,
}
const march = { from: onDay('2026-03-01'), to: onDay('2026-03-31') }

/** The value of a metric of March under other settings, of the same facts: nothing kept for others may answer. */
function measuring(rows: FactRows) {
  const facts = factsOf(rows)
  return (id: string, own: Partial<MetricSettings> = {}) => {
    const context: MetricContext = { facts, settings: { ...plain, ...own }, asOf: onDay('2026-04-30') }
    const value = metricById(id)!.measure(context, march)
    return value.known ? value.value : value.why.code
  }
}

const move = (key: string, when: string, to: string) => ({ tracker: 'jira', key, at: at(when), from: null, to })

describe('statuses and types of work items', () => {
  const measure = measuring({
    workItem: [
      { tracker: 'jira', key: 'E-1', type: 'Story', resolvedAt: at('2026-03-03T16:00'), statusCategory: 'done' },
      { tracker: 'jira', key: 'E-2', type: 'Task', resolvedAt: at('2026-03-04T16:00'), statusCategory: 'done' },
      { tracker: 'jira', key: 'E-3', type: 'Task', resolvedAt: at('2026-03-04T16:00'), statusCategory: 'done' },
    ],
    statusChange: [
      move('E-1', '2026-03-02T00:00', 'In Progress'),
      move('E-1', '2026-03-02T10:00', 'Ready for Review'),
      move('E-1', '2026-03-03T06:00', 'In Review'),
      move('E-1', '2026-03-03T16:00', 'Done'),
    ],
    usage: [{ day: onDay('2026-03-02'), tool: 'T', currency: 'USD', billed: null, estimated: null }],
  })

  test('20 of 40 hours wait by their names, 30 where the review is said to wait as well', () => {
    expect(measure('item-wait-state-ratio')).toBe(0.5)
    expect(measure('item-wait-state-ratio', { waitingStatuses: ['ready for review', ' In Review'] })).toBe(0.75)
    expect(measure('item-wait-state-ratio', { waitingStatuses: ['In Review'] })).toBe(0.25)
    expect(measure('item-wait-state-ratio')).toBe(0.5)
  })
})

describe('waits in working hours', () => {
  const pull = (number: number, opened: string, reviewed: string, merged: string) => ({
    pullRequest: {
      repository: 'shop',
      number,
      state: 'merged',
      author: 'ann',
      createdAt: at(opened),
      mergedAt: at(merged),
      reviewsKnown: 1,
    },
    review: { repository: 'shop', number, reviewer: 'ben', state: 'APPROVED', submittedAt: at(reviewed) },
  })
  const pulls = [
    // Friday 15:00, approved Monday 11:00, merged Monday 12:00: 4 of 5 working hours until the review, 68 of 69 by the clock.
    pull(1, '2026-03-06T15:00', '2026-03-09T11:00', '2026-03-09T12:00'),
    // All of a Saturday.
    pull(2, '2026-03-07T10:00', '2026-03-07T11:00', '2026-03-07T12:00'),
  ]
  const facts = factsOf({
    pullRequest: pulls.map(({ pullRequest }) => pullRequest),
    review: [
      ...pulls.map(({ review }) => review),
      { repository: 'shop', number: 1, reviewer: 'cas', state: 'COMMENTED', submittedAt: at('2026-03-06T17:00') },
    ],
    workItem: [{ tracker: 'jira', key: 'E-1', type: 'Task', resolvedAt: at('2026-03-09T12:00') }],
    statusChange: [
      move('E-1', '2026-03-06T15:00', 'In Progress'),
      move('E-1', '2026-03-06T16:00', 'Blocked'),
      move('E-1', '2026-03-09T10:00', 'In Progress'),
      move('E-1', '2026-03-09T12:00', 'Done'),
    ],
  })
  const workingTime = { days: [1, 2, 3, 4, 5], from: 9 * 60, until: 17 * 60 }
  const told = (id: string, own: Partial<MetricSettings>) => {
    const context: MetricContext = { facts, settings: { ...plain, ...own }, asOf: onDay('2026-04-30') }
    const value = metricById(id)!.measure(context, march)
    if (!value.known) throw new Error(value.why.code)
    return value
  }

  test('off by default: nights and weekends wait like any other hour', () => {
    // 2 until the first review, then a pause of 66 h; merge 1. Both hours of Saturday: 1 until the review, 1 until the merge.
    expect(told('wait-state-ratio', {}).value).toBe((2 + 66 + 1 + 2) / (69 + 2))
    expect(told('item-wait-state-ratio', {}).value).toBe(66 / 69)
    expect(told('wait-state-ratio', {}).note).not.toContain('working hours')
  })

  test('in working hours both sides are counted in them, a pause is one of more than 24, and it is said', () => {
    const pull = told('wait-state-ratio', { workingTime })
    expect([pull.value, pull.n, pull.coverage]).toEqual([(2 + 1) / 5, 1, expect.any(Number)])
    expect(pull.excluded).toEqual({ 'outside working hours': 1 })
    expect(pull.note).toContain('Counted in working hours: Monday to Friday, 09:00 to 17:00, as set.')
    const item = told('item-wait-state-ratio', { workingTime })
    expect(item.value).toBe(2 / 5)
    expect(item.note).toContain('Counted in working hours')
    expect(told('wait-state-ratio', {}).n).toBe(2)
  })

  test('a review that rests for four working days is a pause, one that rests for three is none', () => {
    const resting = (until: string) => {
      const own = factsOf({
        pullRequest: [pull(1, '2026-03-02T09:00', '2026-03-02T10:00', until).pullRequest],
        review: [
          { repository: 'shop', number: 1, reviewer: 'cas', state: 'COMMENTED', submittedAt: at('2026-03-02T10:00') },
          pull(1, '2026-03-02T09:00', until, until).review,
        ],
      })
      const context: MetricContext = { facts: own, settings: { ...plain, workingTime }, asOf: onDay('2026-04-30') }
      const value = metricById('wait-state-ratio')!.measure(context, march)
      return value.known ? value.value : value.why.code
    }
    expect(resting('2026-03-05T10:00')).toBe(1 / 25)
    expect(resting('2026-03-06T10:00')).toBe((1 + 32) / 33)
  })

  test('Settings shows the hours statuses hold items for by the same clock, and what it makes of the numbers', () => {
    const settings = { ...plain, workingTime }
    const found = findConventions({ facts, settings, asOf: onDay('2026-03-20') })
    expect(found.statuses.find(({ name }) => name === 'Blocked')!.hours).toBe(2)
    const effect = found.effects.find(({ metricId }) => metricId === 'wait-state-ratio')!
    expect([effect.now, effect.usual].map((value) => value?.known && value.n)).toEqual([1, 2])
  })
})

describe('types of features', () => {
  const item = (key: string, type: string, more: object = {}) => ({
    tracker: 'jira',
    key,
    type,
    resolvedAt: at('2026-03-10T09:00'),
    ...more,
  })
  const rows: FactRows = {
    workItem: [
      item('S-1', 'Story', { epic: 'E-1' }),
      item('S-2', 'Story'),
      item('S-3', 'Story', { parent: 'S-2' }),
      item('E-1', 'Epic'),
      item('E-2', 'Epic', { resolvedAt: null }),
      item('B-1', 'Bug'),
    ],
    usage: [{ day: onDay('2026-03-02'), tool: 'T', currency: 'USD', billed: units(12) }],
  }
  const measure = measuring(rows)

  test('$12 over one epic as usual, over three stories, over a bug; a story below a feature is part of it', () => {
    expect(measure('token-cost-per-shipped-feature')).toBe(12)
    expect(measure('token-cost-per-shipped-feature', { featureTypes: ['story'] })).toBe(6)
    expect(measure('token-cost-per-shipped-feature', { featureTypes: ['Epic', 'Story'] })).toBe(6)
    expect(measure('token-cost-per-shipped-feature', { featureTypes: ['Epic', 'Story', 'Bug'] })).toBe(4)
    expect(measure('token-cost-per-shipped-feature')).toBe(12)
  })

  test('nothing is shipped with a feature that was cancelled, or a duplicate of another', () => {
    const dropped = { ...rows, workItem: [...rows.workItem!, item('E-3', 'Epic', { outcome: 'dropped' })] }
    expect(measuring(dropped)('token-cost-per-shipped-feature')).toBe(12)
    const only = { ...rows, workItem: [item('E-3', 'Epic', { outcome: 'dropped' }), item('S-2', 'Story')] }
    expect(measuring(only)('token-cost-per-shipped-feature')).toBe(12)
    expect(measuring({ ...rows, workItem: [item('E-3', 'Epic')] })('token-cost-per-shipped-feature')).toBe(12)
  })

  test('what is found says how it is read', () => {
    const settings = { ...plain, featureTypes: ['STORY'] }
    const found = findConventions({ facts: factsOf(rows), settings, asOf: onDay('2026-04-30') })
    expect(found.types).toEqual([
      { name: 'Story', items: 3, finished: 3, isFeature: true },
      { name: 'Bug', items: 1, finished: 1, isFeature: false },
      { name: 'Epic', items: 2, finished: 1, isFeature: false },
    ])
    const cost = found.effects.find(({ metricId }) => metricId === 'token-cost-per-shipped-feature')!
    expect(cost.usual).not.toBeNull()
    expect(found.effects.find(({ metricId }) => metricId === 'unstable-72h')!.usual).toBeNull()
  })
})

describe('lines of code', () => {
  const sha = (n: number) => String(n).padStart(40, 'b')
  const file = (n: number, path: string, added: number, deleted: number) => ({
    repository: 'shop',
    sha: sha(n),
    path,
    added,
    deleted,
  })
  const landing = (n: number, when: string) => ({
    repository: 'shop',
    sha: sha(n),
    position: 9 - n,
    committedAt: at(when),
    authorEmail: 'ann@acme.example',
    subject: `change ${n}`,
  })
  // 100 lines of a page and 100 of a program; 20 of the program are gone the next day.
  const rows: FactRows = {
    landing: [
      landing(1, '2026-03-01T09:00'),
      landing(2, '2026-03-10T09:00'),
      landing(3, '2026-03-11T09:00'),
      landing(4, '2026-04-29T09:00'),
    ],
    fileChange: [
      file(1, 'a.ts', 0, 0),
      file(2, 'docs/page.html', 100, 0),
      file(2, 'src/a.ts', 100, 0),
      file(3, 'src/a.ts', 0, 20),
      file(4, 'b.ts', 1, 0),
    ],
    fileBaseline: [{ repository: 'shop', path: 'README.md', lines: 10 }],
  }
  const measure = measuring(rows)

  test('20 of 200 lines are rewritten, 20 of 100 where the pages are not code, none where only they are', () => {
    expect(measure('seven-day-rewrite-rate')).toBeCloseTo(0.1, 9)
    expect(measure('seven-day-rewrite-rate', { codeScope: { code: [], notCode: ['/docs/'] } })).toBeCloseTo(0.2, 9)
    expect(measure('seven-day-rewrite-rate', { codeScope: { code: [], notCode: ['*.ts'] } })).toBe(0)
    expect(measure('seven-day-rewrite-rate')).toBeCloseTo(0.1, 9)
  })

  test('what is left out is told by its ending and folder, with its lines', () => {
    const code = (codeScope?: MetricSettings['codeScope']) =>
      findConventions({
        facts: factsOf({
          landing: [landing(1, '2026-03-01T09:00')],
          fileChange: [
            file(1, 'a.ts', 10, 0),
            file(1, 'README.md', 5, 0),
            file(1, 'docs/b.md', 4, 0),
            file(1, 'dist/a.js', 90, 0),
            file(1, 'package-lock.json', 70, 0),
            file(1, 'LICENSE', 3, 0),
            file(1, 'x.min.js', 1, 0),
          ],
        }),
        settings: codeScope ? { ...plain, codeScope } : plain,
        asOf: onDay('2026-04-30'),
      }).code
    expect(code()).toEqual({
      files: 1,
      lines: 10,
      leftOut: [
        { name: 'dist/', files: 1, lines: 90 },
        { name: '*.json', files: 1, lines: 70 },
        { name: '*.md', files: 2, lines: 9 },
        { name: 'LICENSE', files: 1, lines: 3 },
        { name: 'generated *.js', files: 1, lines: 1 },
      ],
    })
    expect(code({ code: ['*.md'], notCode: ['a.ts'] })).toMatchObject({ files: 2, lines: 9 })
  })

  test('a landing with a tenth of its lines gone is unstable, unless the line is drawn at a fifth', () => {
    expect(measure('unstable-72h')).toBe(1)
    expect(measure('unstable-72h', { unstableShare: 0.2 })).toBe(0)
    expect(measure('unstable-72h', { unstableShare: 0.2, codeScope: { code: [], notCode: ['/docs/'] } })).toBe(1)
  })

  test('a threshold other than the usual one is said beside the number', () => {
    const facts = factsOf(rows)
    const noteOf = (own: Partial<MetricSettings>) => {
      const context: MetricContext = { facts, settings: { ...plain, ...own }, asOf: onDay('2026-04-30') }
      const value = metricById('unstable-72h')!.measure(context, march)
      return value.known ? value.note : value.why.code
    }
    expect(noteOf({ unstableShare: 0.15 })).toContain('Unstable from 15% of its lines on, as set.')
    expect(noteOf({})).not.toContain('as set')
  })
})

describe('what counts as code', () => {
  test('without patterns it is the list itself', () => {
    expect(codeTest(undefined)).toBe(isCodePath)
    expect(codeTest({ code: [], notCode: [] })).toBe(isCodePath)
  })
  test.each([
    ['src/a.ts', true],
    ['src/a.stories.ts', false],
    ['BUILD.bzl', true],
    ['fixtures/a.ts', true],
    ['fixtures/old/a.ts', false],
    ['README.md', false],
  ])('%s: %s', (path, isCode) => {
    const scope = { code: ['*.bzl', '/fixtures/'], notCode: ['*.stories.ts', '/fixtures/old/'] }
    expect(codeTest(scope)(path)).toBe(isCode)
  })
})

describe('what a wait is about', () => {
  test.each([
    [WAIT_STAGES.firstReview, 'people'],
    [WAIT_STAGES.merge, 'ownership'],
    [WAIT_STAGES.production, 'tooling'],
    ['Ready for Review', 'people'],
    ['Ready for release', 'tooling'],
    ['Waiting for environment', 'tooling'],
    ['Blocked', 'ownership'],
  ])('%s: %s', (name, cause) => {
    expect(causeOfWait(name)).toBe(cause)
  })
  test('what the team says goes before', () => {
    const own = { blocked: 'people', 'merged, not in production': 'ownership' } as const
    expect(causeOfWait(' Blocked', own)).toBe('people')
    expect(causeOfWait(WAIT_STAGES.production, own)).toBe('ownership')
    expect(causeOfWait('constructor', own)).toBe('people')
  })
})

describe('kept with the workbook', () => {
  const settings = EMPTY.records.settings['settings']!
  const conventions = {
    featureTypes: ['Initiative'],
    waitingStatuses: ['Parked'],
    waitCauses: { parked: 'ownership' },
    workingTime: { days: [1, 2, 3, 4, 5], from: 540, until: 1020 },
    unstableShare: 0.15,
    reworkedShare: 0.5,
    codeScope: { code: ['*.bzl'], notCode: ['/docs/'] },
  } as const satisfies Partial<WorkbookSettings>
  const read = (more: object) =>
    readRecords({ ...EMPTY.records, settings: { settings: { ...settings, ...more } } }, 'records.json')

  test('a workbook saved before them opens without any, and metrics keep to the usual', () => {
    const opened = read({})
    expect(opened.ok && opened.value.settings['settings']).toEqual(settings)
    expect(metricSettingsOf(settings, EMPTY.records)).toEqual({
      zone: settings.zone,
      currency: settings.currency,
      featureMarks: settings.featureMarks,
      productionEnvironments: settings.productionEnvironments,
    })
  })

  test('each of them reaches the metrics', () => {
    const opened = read(conventions)
    expect(opened.ok).toBe(true)
    if (opened.ok)
      expect(metricSettingsOf(opened.value.settings['settings']!, EMPTY.records)).toMatchObject(conventions)
  })

  test.each([
    ['a share of nothing', { unstableShare: 0 }],
    ['more than all', { reworkedShare: 1.01 }],
    ['a cause nobody knows', { waitCauses: { parked: 'weather' } }],
    ['half a scope', { codeScope: { code: [] } }],
    ['a week without working days', { workingTime: { days: [], from: 540, until: 1020 } }],
    ['an eighth day', { workingTime: { days: [8], from: 540, until: 1020 } }],
    ['a day named twice', { workingTime: { days: [1, 1], from: 540, until: 1020 } }],
    ['hours that end before they begin', { workingTime: { days: [1], from: 1020, until: 540 } }],
  ])('%s is refused', (_, more) => {
    expect(read(more).ok).toBe(false)
  })
})

test('every metric measures under conventions of its own without a throw', () => {
  const measure = measuring({ pullRequest: [{ repository: 'shop', number: 1, createdAt: at('2026-03-01T09:00') }] })
  for (const { id } of METRICS) measure(id, { waitingStatuses: ['x'], featureTypes: ['x'], reworkedShare: 1 })
})
