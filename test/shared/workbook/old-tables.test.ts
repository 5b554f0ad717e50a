import { expect, test } from 'vitest'
import { cellAt } from '../../../shared/facts/index.ts'
import { decodeChunk, encodeChunk } from '../../../shared/workbook/chunk-codec.ts'
import { chunksOf } from '../../support/build-facts.ts'

interface Head {
  readonly columns: readonly { readonly name: string; readonly form: string }[]
}

test('a table saved before one of its columns existed opens with that column unknown', () => {
  const [chunk] = chunksOf({ workItem: [{ tracker: 'jira', key: 'ENG-1', points: 2 }] })
  const { head, bytes } = encodeChunk(chunk!)
  const older = head as Head
  // Unknown everywhere, so it takes no bytes: leaving its name out is the file as it was before.
  const columns = older.columns.filter(({ name }) => name !== 'itemId')
  expect(columns).toHaveLength(older.columns.length - 1)
  const opened = decodeChunk({ ...older, columns }, bytes, 'facts')
  if (!opened.ok) throw new Error(opened.issues.map(({ said }) => said).join())
  expect(cellAt(opened.value.columns['itemId']!, 0)).toBeNull()
  expect(cellAt(opened.value.columns['points']!, 0)).toBe(2)
})
