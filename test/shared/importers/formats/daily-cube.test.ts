import { describe, expect, test } from 'vitest'
import { buildUsageCube } from '../../../../shared/cube/index.ts'
import { resolveFacts } from '../../../../shared/facts/index.ts'
import type { StagedImport } from '../../../../shared/importers/index.ts'
import { bytesOf, runOf, stageBytes, staged } from '../../../support/stage.ts'

const HEADER =
  'stated_at,source,day,tool,model,person,api_key,workspace,repository,detail,currency,requests,uncached_input,cache_write_5m,cache_write_1h,cache_write_unknown,cache_read,output,unsplit,listed,billed,included,estimated'

/** Days with one row each: `day,model,requests,billed`. */
function cube(statedAt: string, source: string, ...rows: readonly string[]): string {
  const lines = rows.map((row) => {
    const [day, model, requests, billed] = row.split(',')
    return `${statedAt},${source},${day},Tool,${model},,,,,,USD,${requests},10,,,,,5,,,${billed},,`
  })
  return [HEADER, ...lines, ''].join('\n')
}

async function together(...files: readonly string[]) {
  const imports: StagedImport[] = []
  for (const [i, file] of files.entries()) {
    const known = { chunks: imports.flatMap(({ chunks }) => chunks), imports: imports.map(({ record }) => record) }
    const outcome = await stageBytes(`cube-${i}.csv`, bytesOf(file), {}, known, runOf(i + 1))
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues))
    imports.push(outcome.value)
  }
  const facts = resolveFacts(
    imports.flatMap(({ chunks }) => chunks),
    imports.map(({ record }) => record),
  )
  return buildUsageCube(facts, ['day', 'model']).cells.map(({ key, requests }) => `${key.join(' ')} ${requests}`)
}

test('a row says what its cells say, and nothing of the empty ones', async () => {
  const { record, chunks, recognisedBy } = await staged(
    'x.csv',
    cube('2026-10-01T06:00:00Z', 'litellm', '2026-09-01,m,3,1.25'),
  )
  expect([record.format, recognisedBy]).toEqual([
    'daily-cube-csv',
    'stated_at, source, day, tool, model, requests, uncached_input, unsplit',
  ])
  expect(record).toMatchObject({
    asOf: Date.UTC(2026, 9, 1, 6),
    period: { from: '2026-09-01', to: '2026-09-01' },
    totals: {
      currency: 'USD',
      cost: { billed: '1.25', listed: null },
      tokens: { uncachedInput: 10, output: 5, cacheRead: null },
    },
  })
  expect(chunks[0]!.columns['account']).toMatchObject({ words: ['litellm'] })
})

test('a row without a day, a source or the moment it was made is kept aside', async () => {
  const file =
    cube('soon', 'a', '2026-09-01,m,1,1') + cube('2026-10-01T06:00:00Z', '', '2026-09-01,m,1,1').split('\n')[1] + '\n'
  const { record, keptAside } = await staged('x.csv', file)
  expect(record.counts).toMatchObject({ rows: 2, keptAside: 2, new: 0 })
  expect(keptAside.map(({ column }) => column)).toEqual(['stated_at', 'source'])
})

describe('a cube made later replaces the days it states', () => {
  const september = cube(
    '2026-10-01T06:00:00Z',
    'litellm',
    '2026-09-01,m,3,1',
    '2026-09-02,gone,9,1',
    '2026-09-03,m,4,1',
  )
  const october = cube('2026-11-01T06:00:00Z', 'litellm', '2026-10-01,m,5,1')
  const restated = cube('2026-11-02T06:00:00Z', 'litellm', '2026-09-01,m,30,1', '2026-09-03,m,40,1')
  const other = cube('2026-10-01T06:00:00Z', 'langfuse', '2026-09-02,m,7,1')
  const result = ['2026-09-01 m 30', '2026-09-02 m 7', '2026-09-03 m 40', '2026-10-01 m 5']

  test.each([
    ['in order', [september, other, october, restated]],
    ['backwards', [restated, october, other, september]],
    ['twice', [september, restated, october, other, september, restated]],
  ] as const)('%s: rows it no longer has are gone, other days and sources stay', async (_name, files) => {
    expect(await together(...files)).toEqual(result)
  })
})
