import { expect, test } from 'vitest'
import { instantOf } from '../../../shared/quantities/index.ts'
import { type KnownFacts, saidAt, sourceDocumentOf, stageImport, withFormer } from '../../../shared/importers/index.ts'
import { bytesOf } from '../../support/stage.ts'

const HEAD = 'date,user,model,cost_usd,input tokens'

async function stage(name: string, rows: readonly string[], known: KnownFacts, seq: number) {
  const text = `${HEAD}\n${rows.join('\n')}\n`
  const read = await stageImport(sourceDocumentOf(name, bytesOf(text), instantOf(0)), {}, known, {
    importId: name,
    seq,
    committedAt: instantOf(seq),
  })
  if (!read.ok) throw new Error(JSON.stringify(read.issues))
  return read.value
}

test('rows of each fate can be looked at as they were read, by their number in the file', async () => {
  const first = await stage('a', ['2026-01-01,ada,m,1.50,10', '2026-01-02,bo,m,2,20'], { chunks: [], imports: [] }, 1)
  expect(first.examples.map(({ row, fate }) => [row, fate])).toEqual([
    [1, 'new'],
    [2, 'new'],
  ])
  expect(Object.fromEntries(first.examples[0]!.said)).toMatchObject({
    day: '2026-01-01',
    person: 'ada',
    billed: '1.5',
    uncachedInput: '10',
  })
  const known = { chunks: first.chunks, imports: [first.record] }
  const second = await stage('b', ['2026-01-01,ada,m,1.50,10', '2026-01-03,bo,m,4,40'], known, 2)
  expect(second.examples.map(({ row, fate }) => [row, fate])).toEqual([
    [1, 'duplicate'],
    [2, 'new'],
  ])
})

test('of many rows only the first are kept to look at', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `2026-01-01,p${i},m,1,${i}`)
  const { examples, record } = await stage('c', rows, { chunks: [], imports: [] }, 1)
  expect([record.counts.new, examples.length]).toEqual([60, 8])
})

const CURSOR =
  'Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost'
const use = (cost: string) => `${CURSOR}\n2026-01-02T10:00:00.000Z,ada@x,On-Demand,gpt-5,No,0,10,0,5,15,${cost}\n`

test('a changed row tells what it changes, where the former statement is at hand', async () => {
  const read = async (id: string, text: string, known: KnownFacts, seq: number) => {
    const run = { importId: id, seq, committedAt: instantOf(seq) }
    const staged = await stageImport(sourceDocumentOf(id, bytesOf(text), instantOf(0)), {}, known, run)
    if (!staged.ok) throw new Error(JSON.stringify(staged.issues))
    return staged.value
  }
  const first = await read('a', use('0.10'), { chunks: [], imports: [] }, 1)
  const known = { chunks: first.chunks, imports: [first.record] }
  const [changed] = (await read('b', use('0.25'), known, 2)).examples
  expect(changed).toMatchObject({ row: 1, fate: 'changed', changes: { importId: 'a', kind: 'usage', seq: 0, at: 0 } })
  const [before, now] = [new Map(changed!.former), new Map(changed!.said)]
  expect([before.get('billed'), now.get('billed'), before.get('output'), now.get('output')]).toEqual([
    '0.1',
    '0.25',
    '5',
    '5',
  ])

  // A page that reads files keeps hashes only: then the place is told, and whoever holds the facts answers.
  const hashes = first.chunks.map((chunk) => ({ ...chunk, columns: {}, sourceRows: new Uint32Array() }))
  const [placed] = (await read('b', use('0.25'), { chunks: hashes, imports: [first.record] }, 2)).examples
  expect(placed!.former).toBeUndefined()
  const [told] = withFormer([placed!], (places) => saidAt(first.chunks, places))
  expect(told!.former).toEqual(changed!.former)
})
