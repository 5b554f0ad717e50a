import { strFromU8, strToU8 } from 'fflate'
import { type Outcome, accepted, assertThat, refused } from '../issues/index.ts'
import { notReadable, tooDeep } from './messages.ts'

/** Deeper than any record of ours by far; keeps a hostile file from exhausting the stack. */
export const JSON_DEPTH = 64

/**
 * JSON with keys in order, so that equal values are equal bytes. Lone surrogates leave as `\ud800`; -0 stays -0; what
 * JSON cannot say (NaN, infinities, bigint) is a bug of the caller, because writing null would lose it in silence.
 */
export function writeJson(value: unknown): Uint8Array {
  return strToU8(canonicalText(value))
}

/** The text `writeJson` encodes; equal values give equal text whatever the order their keys were made in. */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    assertThat(Number.isFinite(value), `not a JSON number: ${value}`)
    return Object.is(value, -0) ? '-0' : String(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item ?? null)).join(',')}]`
  assertThat(typeof value === 'object', `not JSON: ${typeof value}`)
  const fields = Object.entries(value as Readonly<Record<string, unknown>>)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalText(field)}`)
  return `{${fields.join(',')}}`
}

/** Strict UTF-8, depth counted before parsing. Own keys such as `__proto__` stay data: schemas refuse them later. */
export function readJson(bytes: Uint8Array, at: string): Outcome<unknown> {
  const text = strFromU8(bytes)
  // fflate decodes leniently; text that does not encode back to its bytes was not UTF-8.
  if (!isSame(strToU8(text), bytes)) return refused(notReadable(at, 'UTF-8 text'))
  if (depthOf(text) > JSON_DEPTH) return refused(tooDeep(at, JSON_DEPTH))
  try {
    return accepted(JSON.parse(text) as unknown)
  } catch {
    return refused(notReadable(at, 'complete JSON'))
  }
}

function depthOf(text: string): number {
  let [depth, deepest, inText] = [0, 0, false]
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (inText) {
      if (unit === 0x5c) index++
      else if (unit === 0x22) inText = false
    } else if (unit === 0x22) inText = true
    else if (unit === 0x5b || unit === 0x7b) deepest = Math.max(deepest, ++depth)
    else if (unit === 0x5d || unit === 0x7d) depth--
  }
  return deepest
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}
