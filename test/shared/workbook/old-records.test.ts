import { expect, test } from 'vitest'
import type { Day, WeekKey } from '../../../shared/calendar/index.ts'
import {
  readRecords,
  readWorkbookFile,
  type WorkbookRecords,
  writeWorkbookFile,
} from '../../../shared/workbook/index.ts'
import { EMPTY } from './workbook-cases.ts'

const LATER = [
  'weekNotes',
  'assessments',
  'rates',
  'modelAliases',
  'people',
  'refusedMerges',
  'sharedCosts',
  'importMappings',
] as const

test("a workbook saved before notes, prices of one's own, people and mappings existed opens with none", () => {
  const older = Object.fromEntries(
    Object.entries(EMPTY.records).filter(([table]) => !(LATER as readonly string[]).includes(table)),
  )
  const read = readRecords(JSON.parse(JSON.stringify(older)), 'records.json')
  expect(read).toEqual({ ok: true, value: EMPTY.records })
})

test('a workbook without its initiatives is still refused', () => {
  const { initiatives: _, ...cut } = EMPTY.records
  expect(readRecords(cut, 'records.json').ok).toBe(false)
})

const RECORDS: WorkbookRecords = {
  ...EMPTY.records,
  weekNotes: {
    n1: {
      id: 'n1',
      week: '2026-W46' as WeekKey,
      kind: 'follow-up',
      text: '=HYPERLINK("x")\nask the team of search',
      metricId: 'rework-rate',
      owner: 'Ada',
      due: '2026-11-23' as Day,
      isDone: false,
      order: 0,
    },
  },
  assessments: {
    a1: { id: 'a1', on: '2026-11-20' as Day, subject: '', item: 'evals', level: 3, assessedBy: 'Ada', note: '' },
  },
  rates: {
    r1: {
      id: 'r1',
      model: 'house-1',
      from: '2026-01-01' as Day,
      to: null,
      currency: 'EUR',
      perMillion: { uncachedInput: '0.5', output: '2.25' },
      longPrompts: { above: 200_000, perMillion: { output: '4.5' } },
      batch: '0.5',
      regions: { us: '1.1' },
      note: 'Contract of May',
    },
  },
  modelAliases: { a1: { id: 'a1', written: 'auto', model: 'house-1' } },
  people: {
    p1: {
      id: 'p1',
      name: 'Ada',
      kind: 'human',
      accounts: ['ada@acme.example', 'ada'],
      teams: [
        { team: 'core', from: null },
        { team: 'search', from: '2026-05-01' as Day },
      ],
    },
  },
  refusedMerges: { m1: { id: 'm1', accounts: ['sam', 'sam@other.example'] } },
  sharedCosts: {
    s1: { id: 's1', name: 'Tools', method: 'fixed', parts: [{ initiativeId: 'i1', percent: '12.5' }], order: 1 },
  },
  importMappings: {
    h1: {
      id: 'h1',
      header: ['when', 'spent'],
      choices: { mapping: { day: 'when', billed: 'spent' } },
      fileName: 'x.csv',
    },
  },
}

test('tables that came later travel in the workbook file as they were written', () => {
  const back = readWorkbookFile(writeWorkbookFile({ records: RECORDS, imports: [] }))
  expect(back).toEqual({ ok: true, value: { records: RECORDS, imports: [] } })
})

test.each([
  ['a week that is none', { weekNotes: { n1: { ...RECORDS.weekNotes['n1']!, week: '2026-11-20' } } }],
  ['a kind nobody knows', { weekNotes: { n1: { ...RECORDS.weekNotes['n1']!, kind: 'task' } } }],
  ['a level beyond the last', { assessments: { a1: { ...RECORDS.assessments['a1']!, level: 5 } } }],
  ['a level between two', { assessments: { a1: { ...RECORDS.assessments['a1']!, level: 1.5 } } }],
])('%s is refused', (_, part) => {
  expect(readRecords({ ...RECORDS, ...part }, 'records.json').ok).toBe(false)
})

test('evidence may keep the values a range was laid over, and rows saved without any open', () => {
  const row = {
    id: 'r',
    name: 'R',
    unit: '1',
    kind: 'driver',
    group: null,
    owner: '',
    formula: '1 to 2',
    overrides: {},
    note: '',
    order: 0,
  }
  const read = (more: object) => {
    const evidence = { kind: 'your data', n: 30, method: 'P10 to P90', source: 'incident imports', ...more }
    return readRecords({ ...EMPTY.records, rows: { r: { ...row, evidence } } }, 'records.json').ok
  }
  expect(read({})).toBe(true)
  expect(read({ values: [1, 1.5, 2] })).toBe(true)
  expect(read({ values: ['1'] })).toBe(false)
})

test('targets are optional in the settings, and numbers where they are', () => {
  const settings = EMPTY.records.settings['settings']!
  const read = (more: object) =>
    readRecords({ ...EMPTY.records, settings: { settings: { ...settings, ...more } } }, 'records.json').ok
  expect(read({})).toBe(true)
  expect(read({ targets: { 'rework-rate': 0.15 } })).toBe(true)
  expect(read({ targets: { 'rework-rate': '15%' } })).toBe(false)
})
