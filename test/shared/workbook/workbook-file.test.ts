import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { cellAt } from '../../../shared/facts/index.ts'
import { tellIssue } from '../../../shared/issues/index.ts'
import { fingerprintOf } from '../../../shared/records/index.ts'
import {
  readStoredImport,
  readWorkbookFile,
  WORKBOOK_VERSION,
  type Workbook,
  writeStoredImport,
  WorkbookTooLargeError,
  writeWorkbookFile,
} from '../../../shared/workbook/index.ts'
import { readZip, WORKBOOK_LIMITS, writeZip } from '../../../shared/workbook/zip.ts'
import { anyWorkbook, EMPTY, importRecord, storedImport, usageImport } from './workbook-cases.ts'

const SMALL: Workbook = { ...EMPTY, imports: [usageImport('one', 1), usageImport('two', 2, 1)] }

function codeOf(bytes: Uint8Array): string {
  const outcome = readWorkbookFile(bytes)
  return outcome.ok ? 'opens' : outcome.issues[0]!.code
}

function opened(bytes: Uint8Array): Workbook {
  const outcome = readWorkbookFile(bytes)
  if (!outcome.ok) throw new Error(outcome.issues.map(tellIssue).join('\n'))
  return outcome.value
}

/** The small workbook with some parts replaced, its manifest still telling the truth about lengths and checksums. */
function changed(edit: (text: string) => string, part: string): Uint8Array {
  const zip = readZip(writeWorkbookFile(SMALL), WORKBOOK_LIMITS)
  if (!zip.ok) throw new Error('not a zip')
  const manifest = JSON.parse(text(zip.value.get('manifest.json')!)) as {
    entries: { name: string; bytes: number; checksum: string }[]
  }
  const parts = new Map(zip.value)
  const bytes = strToU8(edit(text(parts.get(part)!)))
  parts.set(part, bytes)
  if (part !== 'manifest.json') {
    const entry = manifest.entries.find(({ name }) => name === part)!
    entry.bytes = bytes.length
    entry.checksum = fingerprintOf(bytes)
    parts.set('manifest.json', strToU8(JSON.stringify(manifest)))
  }
  return writeZip(
    [...parts].map(([name, data]) => ({ name, bytes: data })),
    6,
  )
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

describe('round trip', () => {
  test('any workbook comes back the same and writes the same bytes again (seed 20261120)', () => {
    fc.assert(
      fc.property(anyWorkbook, (workbook) => {
        const bytes = writeWorkbookFile(workbook)
        const again = opened(bytes)
        expect(again).toEqual(workbook)
        expect(writeWorkbookFile(again)).toEqual(bytes)
      }),
      { seed: 20261120, numRuns: 150 },
    )
  })

  test('order of keys and of imports does not change the bytes', () => {
    const turned = {
      imports: [...SMALL.imports].reverse(),
      records: Object.fromEntries(Object.entries(SMALL.records).reverse()),
    }
    expect(writeWorkbookFile(turned as unknown as Workbook)).toEqual(writeWorkbookFile(SMALL))
  })

  test.each([255, 256, 65_535, 65_536])('a column of %i words, in two chunks', (count) => {
    const imported = usageImport('big', 1, 2)
    const words = Array.from({ length: count }, (_, index) => `w${index}`)
    const [first] = imported.chunks
    const session = { kind: 'text' as const, codes: Uint32Array.from([count, 1]), words }
    const chunks = [0, 1].map((seq) => ({ ...first!, seq, columns: { ...first!.columns, session } }))
    const record = { ...imported.record, facts: { usage: 4 } }
    const [again] = opened(writeWorkbookFile({ ...EMPTY, imports: [{ ...imported, record, chunks }] })).imports
    expect(again!.chunks.map((chunk) => cellAt(chunk.columns['session']!, 0))).toEqual([words.at(-1), words.at(-1)])
    expect(again!.chunks[1]!.columns['session']).toEqual(session)
  })

  test('repeats and gaps never unpack to more than the limit', { timeout: 20_000 }, () => {
    const [one] = usageImport('x', 1).keptAside
    const aside = Array.from({ length: 20_000 }, (_, row) => ({ ...one!, row, text: '' }))
    const dull: Workbook = { ...EMPTY, imports: [storedImport('dull', 1, [], aside)] }
    const bytes = writeWorkbookFile(dull)
    expect(opened(bytes).imports[0]!.keptAside).toHaveLength(20_000)
  })

  test('what no window would open again is not written', () => {
    const whole = writeWorkbookFile(SMALL)
    const zip = readZip(whole, WORKBOOK_LIMITS)
    const size = zip.ok ? [...zip.value.values()].reduce((sum, { length }) => sum + length, 0) : 0
    expect(writeWorkbookFile(SMALL, undefined, size)).toEqual(whole)
    expect(() => writeWorkbookFile(SMALL, undefined, size - 1)).toThrow(WorkbookTooLargeError)
  })

  test('how far writing is is told part by part', () => {
    const shares: number[] = []
    writeWorkbookFile(SMALL, (share) => shares.push(share))
    expect(shares[0]).toBe(0)
    expect(shares.length).toBeGreaterThan(3)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBeLessThan(1)
  })

  test('one import alone', () => {
    const imported = usageImport('one', 1)
    const bytes = writeStoredImport(imported)
    expect(readStoredImport(bytes)).toEqual({ ok: true, value: imported })
    expect(readStoredImport(writeWorkbookFile(SMALL)).ok).toBe(false)
  })
})

describe('damage', () => {
  const bytes = writeWorkbookFile({ ...EMPTY, imports: [usageImport('one', 1, 2)] })

  test('every byte flipped: refused, or the same workbook', () => {
    const whole = opened(bytes)
    let refusals = 0
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice()
      flipped[at]! ^= 0xff
      const outcome = readWorkbookFile(flipped)
      if (outcome.ok) expect(outcome.value).toEqual(whole)
      else refusals++
    }
    expect(refusals).toBeGreaterThan(bytes.length * 0.9)
  })

  test('cut at 100 places: refused', () => {
    for (let part = 0; part < 100; part++) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 100))
      expect(readWorkbookFile(cut).ok).toBe(false)
    }
  })
})

describe('what does not open says why', () => {
  test.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), 'workbook/not-a-zip'],
    ['a CSV', strToU8('Date,Cost\n2026-01-01,1'), 'workbook/not-a-zip'],
    ['a page', strToU8('<html></html>'.padEnd(100)), 'workbook/not-a-zip'],
    ['half a zip', writeWorkbookFile(SMALL).subarray(0, 300), 'workbook/damaged'],
    ['a zip of something else', writeZip([{ name: 'a.txt', bytes: strToU8('hello') }], 6), 'workbook/not-a-workbook'],
    [
      'a spreadsheet',
      zipSync({ '[Content_Types].xml': [strToU8('<Types/>'), { comment: 'x' }] }),
      'workbook/not-a-workbook',
    ],
    ['another program’s zip', zipSync({ 'a.txt': strToU8('hello') }), 'workbook/not-a-workbook'],
    [
      'a newer version',
      changed((t) => t.replace('"version":1', `"version":${WORKBOOK_VERSION + 1}`), 'manifest.json'),
      'workbook/newer-version',
    ],
    [
      'a part with another checksum',
      changed((t) => t.replace(/"checksum":"./, '"checksum":"z'), 'manifest.json'),
      'workbook/damaged',
    ],
    ['a field of another type', changed((t) => t.replace('"USD"', '7'), 'records.json'), 'workbook/not-readable'],
    [
      'a field nobody knows',
      changed((t) => t.replace('"isSample"', '"more":1,"isSample"'), 'records.json'),
      'workbook/not-readable',
    ],
    [
      'an unknown table',
      changed((t) => t.replace('"rows":{}', '"rows":{},"spells":{}'), 'records.json'),
      'workbook/not-readable',
    ],
    [
      'a record under another id',
      changed((t) => t.replace('"settings":{"settings"', '"settings":{"other"'), 'records.json'),
      'workbook/not-readable',
    ],
    [
      'a prototype as an id',
      changed((t) => t.replace('"rows":{}', '"rows":{"__proto__":{"polluted":1}}'), 'records.json'),
      'workbook/not-readable',
    ],
    ['deep nesting', changed(() => '['.repeat(100_000), 'records.json'), 'workbook/not-readable'],
    ['half a JSON', changed((t) => t.slice(0, -1), 'records.json'), 'workbook/not-readable'],
    [
      'a count beyond what a double counts',
      changed((t) => t.replace('"seq":1', '"seq":9007199254740993'), 'imports.json'),
      'workbook/not-readable',
    ],
    [
      'the same import twice',
      changed((t) => t.replace('"id":"two"', '"id":"one"'), 'imports.json'),
      'workbook/not-readable',
    ],
    [
      'an id that leaves its folder',
      changed((t) => t.replace('"id":"two"', '"id":"../two"'), 'imports.json'),
      'workbook/not-readable',
    ],
    [
      'fewer facts than stated',
      changed((t) => t.replace('"usage":3', '"usage":4'), 'imports.json'),
      'workbook/not-readable',
    ],
    [
      'a chunk of another length',
      changed((t) => t.replace('"rows":3', '"rows":2'), 'facts/one/usage-0.json'),
      'workbook/not-readable',
    ],
    [
      'a column nobody knows',
      changed((t) => t.replace('"name":"tool"', '"name":"toString"'), 'facts/one/usage-0.json'),
      'workbook/not-readable',
    ],
    ['a part too many', writeZip([{ name: 'extra', bytes: strToU8('x') }], 0), 'workbook/not-a-workbook'],
  ])('%s', (_name, bytes, code) => {
    expect(codeOf(bytes)).toBe(code)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('the sentence names the place', () => {
    const outcome = readWorkbookFile(changed((t) => t.replace('"USD"', '7'), 'records.json'))
    expect(outcome.ok ? '' : tellIssue(outcome.issues[0]!)).toBe(
      'Records.json, settings.settings.currency: found “7”, wanted string. Nothing was changed. Open an older copy of the workbook.',
    )
  })

  test('a bad record of facts is a bug, not a file', () => {
    const stray = { ...usageImport('one', 1), record: importRecord('other', 1) }
    expect(() => writeWorkbookFile({ ...EMPTY, imports: [stray] })).toThrow('chunk of one in import other')
  })
})
