import { type Outcome, accepted, refused } from '../issues/index.ts'
import { type BytesLook, decodePieces } from './decode.ts'
import { markFinder } from './find-mark.ts'
import { LIMITS } from './limits.ts'
import { damagedText, emptyFile, jsonTooBig, jsonTooDeep, notJson } from './messages.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [name: string]: JsonValue
}

export interface JsonPage {
  readonly value: JsonValue
  /** 1-based physical line it starts on. */
  readonly line: number
}

/**
 * Reads one JSON document, or several after each other (pages saved one behind the other, NDJSON).
 *
 * Names such as `__proto__` become plain own properties (JSON.parse defines, never assigns); nobody may copy them into
 * other objects with assignment. Depth is counted before anything is built, so a deep file cannot exhaust the stack.
 */
export function readJson(bytes: Uint8Array, look: BytesLook): Outcome<readonly JsonPage[]> {
  if (bytes.length > LIMITS.jsonBytes) return refused(jsonTooBig())
  const pieces: string[] = []
  for (const { text, damagedAt } of decodePieces(bytes, look.encoding, look.bomBytes, 1024 * 1024)) {
    if (damagedAt !== null) return refused(damagedText(look.encoding, 1, damagedAt))
    pieces.push(text)
  }
  return readJsonText(pieces.join(''))
}

export function readJsonText(text: string): Outcome<readonly JsonPage[]> {
  const pages: JsonPage[] = []
  let at = 0
  let line = 1
  for (;;) {
    while (at < text.length && isSpace(text.charCodeAt(at))) if (text.charCodeAt(at++) === 10) line++
    if (at >= text.length) return pages.length > 0 ? accepted(pages) : refused(emptyFile())
    const end = endOfValue(text, at)
    if (end === 'too-deep') return refused(jsonTooDeep())
    const part = text.slice(at, end)
    try {
      pages.push({ value: JSON.parse(part) as JsonValue, line })
    } catch {
      const why = end >= text.length ? 'a document that is cut off or damaged' : 'a damaged document'
      return refused(notJson(why, `line ${line}`))
    }
    for (let i = part.indexOf('\n'); i !== -1; i = part.indexOf('\n', i + 1)) line++
    at = end
  }
}

function endOfValue(text: string, from: number): number | 'too-deep' {
  let depth = 0
  let i = from
  const first = text.charCodeAt(from)
  if (first !== 0x7b && first !== 0x5b) {
    // A bare value: to the end of its line, strings included (JSON strings hold no line feeds).
    const end = text.indexOf('\n', from)
    return end === -1 ? text.length : end
  }
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === 0x22) {
      i = endOfString(text, i)
      continue
    }
    if (code === 0x7b || code === 0x5b) {
      if (++depth > LIMITS.jsonDepth) return 'too-deep'
    } else if ((code === 0x7d || code === 0x5d) && --depth === 0) return i + 1
    i++
  }
  return text.length
}

const findQuote = markFinder('"')

function endOfString(text: string, quote: number): number {
  let i = quote + 1
  for (;;) {
    const close = findQuote(text, i)
    if (close === -1) return text.length
    let slashes = 0
    while (text.charCodeAt(close - 1 - slashes) === 0x5c) slashes++
    if (slashes % 2 === 0) return close + 1
    i = close + 1
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}

/** An own property of an object, or undefined: never one that the prototype lends. */
export function ownField(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined
}
