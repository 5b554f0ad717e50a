import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tellIssue } from '../../shared/issues/index.ts'
import { fingerprintOf } from '../../shared/records/index.ts'
import { newWorkbook, readJson, readWorkbookFile, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { readZip, WORKBOOK_LIMITS, writeZip } from '../../shared/workbook/zip.ts'
import { describeReal, sharedData } from '../support/shared-data.ts'

const corpora = path.join(sharedData ?? '.', 'corpora')

function files(suite: string): readonly string[] {
  if (sharedData === null) return []
  return readdirSync(path.join(corpora, suite)).filter((name) => name !== 'manifest.json' && !name.endsWith('.md'))
}

function bytesOf(suite: string, name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(corpora, suite, name)))
}

/** A workbook of ours in which one part is somebody else's bytes, vouched for by the manifest. */
function withPart(part: string, bytes: Uint8Array): Uint8Array {
  const empty = newWorkbook({ name: 'x', today: '2026-11-20' as never, currency: 'USD', zone: 'UTC' as never })
  const zip = readZip(writeWorkbookFile(empty), WORKBOOK_LIMITS)
  if (!zip.ok) throw new Error('not a zip')
  const parts = new Map(zip.value).set(part, bytes)
  if (part !== 'manifest.json') {
    const manifest = JSON.parse(new TextDecoder().decode(parts.get('manifest.json'))) as {
      entries: { name: string; bytes: number; checksum: string }[]
    }
    const entry = manifest.entries.find(({ name }) => name === part)!
    Object.assign(entry, { bytes: bytes.length, checksum: fingerprintOf(bytes) })
    parts.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)))
  }
  return writeZip(
    [...parts].map(([name, data]) => ({ name, bytes: data })),
    6,
  )
}

describeReal('hostile JSON in a workbook', () => {
  test.each(files('json-hostile'))('%s is refused with a sentence and leaves nothing behind', (name) => {
    for (const part of ['manifest.json', 'records.json', 'imports.json']) {
      const outcome = readWorkbookFile(withPart(part, bytesOf('json-hostile', name)))
      expect(outcome.ok, part).toBe(false)
      if (!outcome.ok) expect(tellIssue(outcome.issues[0]!)).toMatch(/Nothing was changed\./)
      if (name === 'future-version.json' && part === 'manifest.json') {
        expect(outcome).toMatchObject({ issues: [{ code: 'workbook/newer-version', said: 'version 999' }] })
      }
    }
    const probe = {} as Record<string, unknown>
    expect([probe['polluted'], probe['isAdmin']]).toEqual([undefined, undefined])
  })

  const suite = files('json-testsuite').filter((name) => name.endsWith('.json'))
  test.each(suite.filter((name) => name.startsWith('n_')))('%s is no JSON', (name) => {
    expect(readJson(bytesOf('json-testsuite', name), name).ok).toBe(false)
  })
  test.each(suite.filter((name) => name.startsWith('y_')))('%s is JSON', (name) => {
    expect(readJson(bytesOf('json-testsuite', name), name).ok).toBe(true)
  })
})

describeReal('hostile files opened as a workbook', () => {
  test.each(files('workbook-hostile'))('%s is refused at once, in little memory', (name) => {
    const bytes = bytesOf('workbook-hostile', name)
    const [startedAt, memory] = [performance.now(), process.memoryUsage.rss()]
    const outcome = readWorkbookFile(bytes)
    expect(outcome.ok).toBe(false)
    if (!outcome.ok) expect(outcome.issues[0]!.code).toMatch(/^workbook\/(not-a-zip|not-a-workbook|damaged|too-large)$/)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect(process.memoryUsage.rss() - memory).toBeLessThan(300_000_000)
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describeReal('names that hurt elsewhere', () => {
  test('every naughty string comes back as it was, as name and as key', () => {
    const list = readdirSync(path.join(corpora, 'blns')).filter((name) => name.endsWith('.json'))
    const words = list.flatMap((name) => JSON.parse(readFileSync(path.join(corpora, 'blns', name), 'utf8')) as unknown)
    const texts = words.flat(3).filter((word): word is string => typeof word === 'string')
    expect(texts.length).toBeGreaterThan(200)
    const empty = newWorkbook({ name: 'x', today: '2026-11-20' as never, currency: 'USD', zone: 'UTC' as never })
    const objectives = Object.fromEntries(
      texts.map((name, index) => [
        `o${index}`,
        { id: `o${index}`, name, owner: name, quarter: '2026-10', order: index },
      ]),
    )
    const workbook = { ...empty, records: { ...empty.records, objectives } }
    expect(readWorkbookFile(writeWorkbookFile(workbook))).toEqual({ ok: true, value: workbook })
  })
})
