import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { crc32 } from '../../../shared/workbook/crc.ts'
import { readZip, WORKBOOK_LIMITS, writeZip } from '../../../shared/workbook/zip.ts'

const ENTRIES = [
  { name: 'b/two.bin', bytes: Uint8Array.from({ length: 1000 }, (_, index) => index % 7) },
  { name: 'a.json', bytes: strToU8('{}') },
]

function codeOf(bytes: Uint8Array, limits = WORKBOOK_LIMITS): string {
  const outcome = readZip(bytes, limits)
  return outcome.ok ? 'opens' : outcome.issues[0]!.code
}

test('crc of the usual nine digits', () => {
  expect(crc32(strToU8('123456789'))).toBe(0xcbf43926)
})

describe('container', () => {
  test('other programs read ours', () => {
    expect(unzipSync(writeZip(ENTRIES, 6))).toEqual({ 'a.json': ENTRIES[1]!.bytes, 'b/two.bin': ENTRIES[0]!.bytes })
  })
  test.each([0, 1, 6] as const)('we read ours, level %i', (level) => {
    const outcome = readZip(writeZip(ENTRIES, level), WORKBOOK_LIMITS)
    expect(outcome.ok && [...outcome.value]).toEqual([
      ['a.json', ENTRIES[1]!.bytes],
      ['b/two.bin', ENTRIES[0]!.bytes],
    ])
  })
  test('no entry at all', () => expect(codeOf(writeZip([], 0))).toBe('workbook/not-a-zip'))
})

describe('limits, both sides', () => {
  const limits = { entries: 2, inflatedBytes: 1002, ratio: 100, ratioFromBytes: 10_000 }
  test('entries', () => {
    expect(codeOf(writeZip(ENTRIES, 6), limits)).toBe('opens')
    expect(codeOf(writeZip([...ENTRIES, { name: 'c', bytes: new Uint8Array() }], 6), limits)).toBe('workbook/too-large')
  })
  test('inflated bytes', () => {
    expect(codeOf(writeZip(ENTRIES, 6), { ...limits, inflatedBytes: 1001 })).toBe('workbook/too-large')
  })
  test('ratio', () => {
    const bomb = zipSync({ bomb: new Uint8Array(100_000) })
    expect(codeOf(bomb, { ...limits, inflatedBytes: 1e9 })).toBe('workbook/too-large')
    expect(codeOf(bomb, { ...limits, inflatedBytes: 1e9, ratioFromBytes: 100_000 })).toBe('opens')
  })
  test('our own writer stays far below the ratio', () => {
    expect(codeOf(writeZip([{ name: 'zeros', bytes: new Uint8Array(20_000_000) }], 6))).toBe('opens')
  })
  test('a size that lies is found while inflating', () => {
    const bytes = zipSync({ lie: new Uint8Array(50_000) })
    const view = new DataView(bytes.buffer)
    const central = view.getUint32(bytes.length - 6, true)
    view.setUint32(22, 5, true)
    view.setUint32(central + 24, 5, true)
    expect(codeOf(bytes)).toBe('workbook/damaged')
  })
})

test.each(['../a', '/a', 'a/../b', 'C:\\a', 'a\\b', 'a//b', '', '.hidden'])('the name %j is refused', (name) => {
  expect(codeOf(zipSync({ [name]: strToU8('x') }))).toBe('workbook/damaged')
})
