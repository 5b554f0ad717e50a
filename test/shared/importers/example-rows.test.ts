import { expect, test } from 'vitest'
import { instantOf } from '../../../shared/quantities/index.ts'
import { type KnownFacts, sourceDocumentOf, stageImport } from '../../../shared/importers/index.ts'
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
