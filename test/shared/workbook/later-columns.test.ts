import { expect, it } from 'vitest'
import type { Overlap } from '../../../shared/facts/index.ts'
import { decodeChunk, encodeChunk } from '../../../shared/workbook/chunk-codec.ts'
import { readImportRecord } from '../../../shared/workbook/schemas.ts'
import { staged } from '../../support/stage.ts'

const COST =
  'usage_date_utc,model,api_key,usage_type,context_window,token_type,cost_usd\n2025-08-01,m,k,message,long,output,4.35\n'

it('opens chunks written before there was an account, a region or an extra column', async () => {
  const [chunk] = (await staged('cost.csv', COST)).chunks
  const { head, bytes } = encodeChunk(chunk!)
  const { columns } = head as { columns: { name: string; form: string }[] }
  const later = ['account', 'costCenter', 'region', 'quantity', 'unit', 'extra']
  const old = { ...(head as object), columns: columns.filter(({ name }) => !later.includes(name)) }
  const opened = decodeChunk(old, bytes, 'facts')
  expect(opened.ok && opened.value).toEqual(chunk)
})

it('opens pull requests written before what nobody reads of them was kept', async () => {
  const pull = { number: 1, title: 't', state: 'OPEN', author: { login: 'a' }, createdAt: '2026-01-01T00:00:00Z' }
  const url = 'https://github.com/o/r/pull/1'
  const [chunk] = (await staged('prs.json', JSON.stringify([{ ...pull, url, mergedAt: null }]))).chunks
  expect(chunk!.kind).toBe('pullRequest')
  const { head, bytes } = encodeChunk(chunk!)
  const { columns } = head as { columns: { name: string }[] }
  const old = { ...(head as object), columns: columns.filter(({ name }) => name !== 'extra') }
  const opened = decodeChunk(old, bytes, 'facts')
  expect(opened.ok && opened.value.columns['extra']).toEqual(chunk!.columns['extra'])
})

it('opens records of imports from before overlaps and importers were kept, and keeps those that were', async () => {
  const { record } = await staged('cost.csv', COST)
  const overlaps: readonly Overlap[] = [
    {
      with: 'import-0',
      why: 'restated',
      from: record.period!.from,
      to: record.period!.to,
      account: null,
      counts: 'this',
    },
  ]
  for (const one of [record, { ...record, overlaps }, { ...record, by: 'Ada' }]) {
    const read = readImportRecord(JSON.parse(JSON.stringify(one)), 'records', 'imports')
    expect(read.ok && read.value).toEqual(one)
  }
})
