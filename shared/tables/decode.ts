/** Bytes to text, decided here and nowhere else: a parser that decodes on its own breaks letters at chunk borders. */

/** What bytes can show by themselves. */
export type ShownEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'
export type Encoding = ShownEncoding | 'windows-1252'

/** What the first bytes say. Only `text` and `json` go on; the others are named so that the refusal can say what they are. */
export type BytesKind = 'empty' | 'gzip' | 'zip' | 'pdf' | 'png' | 'html' | 'json' | 'binary' | 'text'

export interface BytesLook {
  readonly kind: BytesKind
  readonly encoding: ShownEncoding
  /** Bytes of the byte order mark. */
  readonly bomBytes: number
}

const MAGIC: readonly (readonly [BytesKind, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['binary', [0xff, 0xd8, 0xff]],
  ['binary', [0x50, 0x41, 0x52, 0x31]],
  ['binary', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['binary', [0x42, 0x5a, 0x68]],
  ['binary', [0xd0, 0xcf, 0x11, 0xe0]],
  ['binary', [0x28, 0xb5, 0x2f, 0xfd]],
]

export function lookAtBytes(bytes: Uint8Array): BytesLook {
  for (const [kind, magic] of MAGIC) {
    if (bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte)) {
      return { kind, encoding: 'utf-8', bomBytes: 0 }
    }
  }
  const { encoding, bomBytes } = encodingOf(bytes)
  const start = new TextDecoder(encoding, { ignoreBOM: true })
    .decode(bytes.subarray(bomBytes, bomBytes + 2048))
    .trimStart()
    .slice(0, 64)
    .toLowerCase()
  const isHtml = start.startsWith('<!doctype html') || start.startsWith('<html') || start.startsWith('<!doctype svg')
  const isJson = /^(?:\{\s*["}]|\[\s*(?:[[{"\]\d-]|true|false|null|$))/.test(start) || start === '{'
  const kind: BytesKind = isBlank(bytes, bomBytes) ? 'empty' : isHtml ? 'html' : isJson ? 'json' : 'text'
  return { kind, encoding, bomBytes }
}

/** Nothing but white space and a byte order mark; looks at the first 64 KiB only, longer white space is not worth a special word. */
function isBlank(bytes: Uint8Array, from: number): boolean {
  const end = Math.min(bytes.length, 65_536)
  for (let i = from; i < end; i++) {
    const byte = bytes[i]!
    if (byte !== 0x0a && byte !== 0x0d && byte !== 0x20 && byte !== 0x09 && byte !== 0) return false
  }
  return end === bytes.length
}

/** UTF-16 without a mark shows as NULs on one side of nearly every pair, because exports are mostly ASCII. */
function encodingOf(bytes: Uint8Array): { encoding: ShownEncoding; bomBytes: number } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 }
  const end = Math.min(bytes.length, 1024) & ~1
  let [even, odd] = [0, 0]
  for (let i = 0; i < end; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const most = (end / 2) * 0.7
  if (end >= 4 && odd > most && even === 0) return { encoding: 'utf-16le', bomBytes: 0 }
  if (end >= 4 && even > most && odd === 0) return { encoding: 'utf-16be', bomBytes: 0 }
  return { encoding: 'utf-8', bomBytes: 0 }
}

/** The first 64 KiB as text, for recognising; bytes that do not fit are shown as U+FFFD and decided about later. */
export function startOfText(bytes: Uint8Array, look: BytesLook): string {
  const end = Math.min(bytes.length, look.bomBytes + 65_536)
  return new TextDecoder(look.encoding, { ignoreBOM: true }).decode(bytes.subarray(look.bomBytes, end))
}

/** For bytes a format has unwrapped itself, such as git's octal escapes. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** Whether all bytes fit UTF-8. Nothing of a file that is ASCII, as most logs are, is decoded for it. */
export function isUtf8(bytes: Uint8Array): boolean {
  if (isAscii(bytes)) return true
  for (const { damagedAt } of decodePieces(bytes, 'utf-8', 0, 1024 * 1024)) if (damagedAt !== null) return false
  return true
}

/** Looks at four bytes at a time. */
function isAscii(bytes: Uint8Array): boolean {
  const ahead = Math.min(bytes.length, -bytes.byteOffset & 3)
  const count = (bytes.length - ahead) >> 2
  // Without one, what is ahead may end between two borders of words.
  const words = count === 0 ? new Int32Array(0) : new Int32Array(bytes.buffer, bytes.byteOffset + ahead, count)
  let every = 0
  for (let i = 0; i < words.length; i++) every |= words[i]!
  for (let i = 0; i < ahead; i++) every |= bytes[i]!
  for (let i = ahead + words.length * 4; i < bytes.length; i++) every |= bytes[i]!
  return (every & HIGH_BITS) === 0
}

const HIGH_BITS = 0x80808080 | 0

export interface DecodedPiece {
  readonly text: string
  /** Byte after this piece. */
  readonly end: number
  /** First byte that does not fit the encoding; such bytes stand in `text` as U+DC80 … U+DCFF, which real text never holds. */
  readonly damagedAt: number | null
}

/** Cuts at borders of letters, so that any `chunkBytes` (1 and up) gives the same text. */
export function* decodePieces(
  bytes: Uint8Array,
  encoding: Encoding,
  from: number,
  chunkBytes: number,
): Generator<DecodedPiece> {
  const strict = encoding === 'windows-1252' ? null : new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  let start = from
  while (start < bytes.length) {
    const end = letterBorder(bytes, encoding, Math.min(start + Math.max(1, chunkBytes), bytes.length))
    const piece = bytes.subarray(start, end)
    let text: string | null = null
    try {
      text = strict === null ? decodeWindows1252(piece) : strict.decode(piece)
    } catch {
      text = null
    }
    if (text !== null) yield { text, end, damagedAt: null }
    else if (encoding === 'utf-8') {
      const { escaped, at } = escapeDamage(piece)
      yield { text: escaped, end, damagedAt: start + at }
    } else {
      yield { text: '', end: bytes.length, damagedAt: start }
      return
    }
    start = end
  }
}

/** Some hosts read 0x80 … 0x9F as control characters here, so the euro sign and curly quotes are ours to know. */
const WINDOWS_1252 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F' +
  '\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178'

function decodeWindows1252(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    text += byte >= 0x80 && byte <= 0x9f ? WINDOWS_1252[byte - 0x80]! : String.fromCharCode(byte)
  }
  return text
}

function letterBorder(bytes: Uint8Array, encoding: Encoding, at: number): number {
  if (encoding === 'windows-1252' || at >= bytes.length) return Math.min(at, bytes.length)
  if (encoding === 'utf-8') {
    let end = at
    while (end < bytes.length && end < at + 3 && (bytes[end]! & 0xc0) === 0x80) end++
    return end
  }
  // Start pieces sit on even offsets after the mark; the mark has two bytes, so parity is that of the file.
  let end = at + (at % 2)
  const high = encoding === 'utf-16le' ? bytes[end - 1] : bytes[end - 2]
  if (high !== undefined && (high & 0xfc) === 0xd8) end += 2
  return Math.min(end, bytes.length)
}

/** Slow and rare: decodes letter by letter and keeps each byte that fits nothing as a lone low surrogate. */
function escapeDamage(piece: Uint8Array): { escaped: string; at: number } {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let escaped = ''
  let at = -1
  for (let i = 0; i < piece.length;) {
    const byte = piece[i]!
    const length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    let letter: string | null
    try {
      letter = strict.decode(piece.subarray(i, i + length))
    } catch {
      letter = null
    }
    if (letter === null) {
      if (at < 0) at = i
      escaped += String.fromCharCode(0xdc00 + byte)
      i++
    } else {
      escaped += letter
      i += length
    }
  }
  return { escaped, at }
}

/** Damaged bytes as `\xE9`, for showing; null when the text has none. */
export function showDamage(text: string): string | null {
  let found = false
  let shown = ''
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const before = i === 0 ? 0 : text.charCodeAt(i - 1)
    if (unit >= 0xdc80 && unit <= 0xdcff && (before & 0xfc00) !== 0xd800) {
      found = true
      shown += `\\x${(unit - 0xdc00).toString(16).toUpperCase()}`
    } else shown += text[i]
  }
  return found ? shown : null
}
