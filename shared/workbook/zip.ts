import { deflateSync, Inflate } from 'fflate'
import { type Outcome, accepted, refused } from '../issues/index.ts'
import { crc32 } from './crc.ts'
import { damaged, notAZip, tooLarge } from './messages.ts'

/**
 * A zip container written and read by our own hand: same entries, same bytes; nothing is inflated before the declared
 * sizes were held against limits, and what comes out is counted while it comes. Stored and deflated entries only; no
 * zip64, no encryption, no comments, no extra fields: what we do not write we do not read.
 */
export interface ZipEntry {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Our own files stay under these by construction; the ratio is that of one entry, looked at above `ratioFromBytes`. */
export interface ZipLimits {
  readonly entries: number
  /** All entries together. */
  readonly inflatedBytes: number
  readonly ratio: number
  readonly ratioFromBytes: number
}

/**
 * 50,000 entries: two per chunk of 65,536 facts plus at least two per import leave room for 12,000 imports, and the
 * zip format itself ends at 65,535. 1 GiB inflated is some ten million usage records of 85 to 100 bytes, more than a window can hold.
 * 100:1 above 10 MB: the hashes in every chunk do not compress, so only a made-up file goes beyond it.
 */
export const WORKBOOK_LIMITS: ZipLimits = {
  entries: 50_000,
  inflatedBytes: 2 ** 30,
  ratio: 100,
  ratioFromBytes: 10_000_000,
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** 1980-01-01 00:00, the first moment zip knows: the same workbook is the same file on any day. */
const FIXED_DATE = 0x21
const UTF8_NAMES = 0x800

/**
 * Entries in the order of their names. `level` 0 stores, 1 … 9 deflates where that makes an entry smaller. `onProgress` is
 * told the share of the bytes that are packed, 0 … 1.
 */
export function writeZip(
  entries: readonly ZipEntry[],
  level: 0 | 1 | 6,
  onProgress?: (share: number) => void,
): Uint8Array {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const whole = sorted.reduce((sum, { bytes }) => sum + bytes.length, 0)
  let done = 0
  const packed = sorted.map(({ name, bytes }) => {
    onProgress?.(done / whole)
    done += bytes.length
    const small = level === 0 || bytes.length < 64 ? bytes : deflateSync(bytes, { level })
    // Stored where deflating gains nothing or would look like a bomb to our own reader.
    const isDeflated = small.length < bytes.length && bytes.length <= small.length * (WORKBOOK_LIMITS.ratio / 2)
    return {
      name: asciiBytes(name),
      data: isDeflated ? small : bytes,
      size: bytes.length,
      crc: crc32(bytes),
      isDeflated,
    }
  })
  const total = packed.reduce((sum, { name, data }) => sum + 76 + name.length * 2 + data.length, 22)
  const out = new Uint8Array(total)
  const view = new DataView(out.buffer)
  let at = 0
  const offsets = packed.map((entry) => {
    const offset = at
    view.setUint32(at, LOCAL, true)
    writeCommon(view, at + 4, entry)
    out.set(entry.name, at + 30)
    out.set(entry.data, at + 30 + entry.name.length)
    at += 30 + entry.name.length + entry.data.length
    return offset
  })
  const centralAt = at
  packed.forEach((entry, index) => {
    view.setUint32(at, CENTRAL, true)
    view.setUint16(at + 4, 20, true)
    writeCommon(view, at + 6, entry)
    view.setUint32(at + 42, offsets[index]!, true)
    out.set(entry.name, at + 46)
    at += 46 + entry.name.length
  })
  view.setUint32(at, END, true)
  view.setUint16(at + 8, packed.length, true)
  view.setUint16(at + 10, packed.length, true)
  view.setUint32(at + 12, at - centralAt, true)
  view.setUint32(at + 16, centralAt, true)
  return out
}

interface PackedEntry {
  readonly name: Uint8Array
  readonly data: Uint8Array
  readonly size: number
  readonly crc: number
  readonly isDeflated: boolean
}

function writeCommon(view: DataView, at: number, entry: PackedEntry): void {
  view.setUint16(at, 20, true)
  view.setUint16(at + 2, UTF8_NAMES, true)
  view.setUint16(at + 4, entry.isDeflated ? 8 : 0, true)
  view.setUint16(at + 6, 0, true)
  view.setUint16(at + 8, FIXED_DATE, true)
  view.setUint32(at + 10, entry.crc, true)
  view.setUint32(at + 14, entry.data.length, true)
  view.setUint32(at + 18, entry.size, true)
  view.setUint16(at + 22, entry.name.length, true)
}

interface Listed {
  readonly name: string
  readonly isDeflated: boolean
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly dataAt: number
}

/** Every entry by name, sizes and checksums proven. Issues: `workbook/not-a-zip`, `workbook/damaged`, `workbook/too-large`. */
export function readZip(bytes: Uint8Array, limits: ZipLimits): Outcome<ReadonlyMap<string, Uint8Array>> {
  const listed = listEntries(bytes, limits)
  if (!listed.ok) return listed
  const entries = new Map<string, Uint8Array>()
  for (const entry of listed.value) {
    const data = bytes.subarray(entry.dataAt, entry.dataAt + entry.packedSize)
    const inflated = entry.isDeflated ? inflateCounted(data, entry.size) : data
    if (inflated === null || inflated.length !== entry.size || crc32(inflated) !== entry.crc) {
      return refused(damaged(entry.name))
    }
    entries.set(entry.name, inflated)
  }
  return accepted(entries)
}

function listEntries(bytes: Uint8Array, limits: ZipLimits): Outcome<readonly Listed[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 22 || view.getUint32(0, true) !== LOCAL) return refused(notAZip(bytes))
  const end = bytes.length - 22
  if (view.getUint32(end, true) !== END || view.getUint16(end + 20, true) !== 0)
    return refused(damaged('the end of the file'))
  const count = view.getUint16(end + 10, true)
  const centralSize = view.getUint32(end + 12, true)
  const centralAt = view.getUint32(end + 16, true)
  if (centralAt + centralSize !== end || view.getUint16(end + 8, true) !== count)
    return refused(damaged('the list of parts'))
  if (count > limits.entries) return refused(tooLarge(`${count} parts`, `at most ${limits.entries} parts`))
  const entries: Listed[] = []
  const names = new Set<string>()
  let [at, nextLocal, total] = [centralAt, 0, 0]
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) return refused(damaged('the list of parts'))
    const nameLength = view.getUint16(at + 28, true)
    const name = asciiText(bytes.subarray(at + 46, Math.min(end, at + 46 + nameLength)))
    if (name === null || !isSafeName(name) || names.has(name)) return refused(damaged('the name of a part'))
    const entry = readCommon(view, at + 6, name, nextLocal + 30 + nameLength)
    const isPlain = entry !== null && view.getUint16(at + 30, true) === 0 && view.getUint16(at + 32, true) === 0
    // Parts lie one after another without gaps: two entries cannot share bytes, nothing hides between them.
    if (!isPlain || view.getUint32(at + 42, true) !== nextLocal || entry.dataAt + entry.packedSize > centralAt) {
      return refused(damaged(name))
    }
    const local = view.getUint32(nextLocal, true) === LOCAL ? readCommon(view, nextLocal + 4, name, entry.dataAt) : null
    const localName = asciiText(bytes.subarray(nextLocal + 30, entry.dataAt))
    if (local === null || localName !== name || local.crc !== entry.crc || local.size !== entry.size)
      return refused(damaged(name))
    if (local.packedSize !== entry.packedSize || local.isDeflated !== entry.isDeflated) return refused(damaged(name))
    total += entry.size
    if (total > limits.inflatedBytes)
      return refused(tooLarge('more', `at most ${limits.inflatedBytes} bytes when unpacked`))
    if (entry.size > limits.ratioFromBytes && entry.size > entry.packedSize * limits.ratio) {
      return refused(tooLarge(`${entry.packedSize} bytes that unpack to ${entry.size}`, `at most ${limits.ratio} to 1`))
    }
    names.add(name)
    entries.push(entry)
    nextLocal = entry.dataAt + entry.packedSize
    at += 46 + nameLength
  }
  return at === end && nextLocal === centralAt ? accepted(entries) : refused(damaged('the list of parts'))
}

function readCommon(view: DataView, at: number, name: string, dataAt: number): Listed | null {
  if (at + 26 > view.byteLength) return null
  const method = view.getUint16(at + 4, true)
  const [packedSize, size] = [view.getUint32(at + 14, true), view.getUint32(at + 18, true)]
  const extra = view.getUint16(at + 24, true)
  if ((method !== 0 && method !== 8) || extra !== 0 || (view.getUint16(at + 2, true) & ~UTF8_NAMES) !== 0) return null
  if (view.getUint16(at + 22, true) !== name.length || (method === 0 && packedSize !== size)) return null
  return { name, isDeflated: method === 8, crc: view.getUint32(at + 10, true), packedSize, size, dataAt }
}

/** Inflates and counts; stops at the first byte beyond `size` instead of believing what the file says of itself. */
function inflateCounted(data: Uint8Array, size: number): Uint8Array | null {
  const parts: Uint8Array[] = []
  let total = 0
  const inflate = new Inflate((part) => {
    total += part.length
    if (total > size) throw new RangeError('more than declared')
    parts.push(part)
  })
  try {
    for (let at = 0; at < data.length; at += 65_536) {
      inflate.push(data.subarray(at, at + 65_536), at + 65_536 >= data.length)
    }
  } catch {
    return null
  }
  if (total !== size) return null
  const out = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Flat words with `/` between: no `..`, no drive, no backslash, nothing a folder could be left with. */
function isSafeName(name: string): boolean {
  return (
    name.length <= 200 &&
    /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(name) &&
    !name.includes('..')
  )
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

function asciiText(bytes: Uint8Array): string | null {
  let text = ''
  for (const byte of bytes) {
    if (byte < 0x20 || byte > 0x7e) return null
    text += String.fromCharCode(byte)
  }
  return text
}
