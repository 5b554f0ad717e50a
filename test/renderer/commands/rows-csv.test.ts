import { expect, test } from 'vitest'
import { behindRowsCsv, lossRowsCsv, spendRowsCsv } from '../../../renderer/commands/rows-csv.ts'
import { onDay, units } from '../../support/build-facts.ts'

const fileOf = (id: string) => `${id}.csv`
const origin = { importId: 'cursor', sourceRow: 7 }

test('rows of spend name kind and rate, and no cell is computed by a spreadsheet', () => {
  const row = { origin, day: onDay('2026-03-02'), person: '=cmd()', model: 'gpt-5', nanos: units(1.25) }
  const [head, line] = spendRowsCsv(
    [{ ...row, tool: 'OpenAI API', basis: 'estimated', currency: 'USD', estimate: 'own rate, gpt-5 since 1 Jan 2026' }],
    fileOf,
  ).split('\r\n')
  expect(head).toBe('Day,Tool,Person,Model,Amount,Currency,Kind of cost,Estimated by,File,Row')
  expect(line).toBe(
    `2026-03-02,"OpenAI API","'=cmd()","gpt-5",1.25,"USD","estimated","own rate, gpt-5 since 1 Jan 2026","cursor.csv",7`,
  )
})

test('rows that came to no change leave a cost empty that is not stated', () => {
  const row = { origin, day: onDay('2026-03-02'), tool: '=Cursor', model: 'gpt-5', detail: 'Aborted' }
  const csv = lossRowsCsv(
    [
      { ...row, nanos: units(0.5) },
      { ...row, nanos: null },
    ],
    'USD',
    fileOf,
  )
  expect(csv.split('\r\n').slice(1, 3)).toEqual([
    `2026-03-02,"'=Cursor","gpt-5","Aborted",0.5,"USD","cursor.csv",7`,
    `2026-03-02,"'=Cursor","gpt-5","Aborted",,,"cursor.csv",7`,
  ])
})

test('changes behind a cost say how it was linked, and end with the rates it rests on', () => {
  const change = {
    title: 'Say "hi"',
    repository: 'shop',
    number: 3,
    url: null,
    authorGroup: 'People',
    part: 2,
    whole: 4,
  }
  const csv = behindRowsCsv(
    {
      rows: [{ ...change, isAgentMarked: true, cost: { amount: 9.5, level: 'person-day' }, origin }],
      partName: 'Hours',
      wholeName: '',
      currency: 'USD',
      estimates: [{ tool: 'T', model: 'm', rate: null, terms: '', rows: 1, tokens: 1, nanos: units(9.5) }],
    },
    fileOf,
  ).split('\r\n')
  expect(csv[1]).toBe('"Say ""hi""",3,"shop","","People",yes,2,9.5,USD,"person-day","cursor.csv",7')
  expect(csv[4]).toContain('"9.5","USD","stated as an estimate by the export')
})
