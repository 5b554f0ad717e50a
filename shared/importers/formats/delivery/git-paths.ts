import { decodeUtf8, LIMITS } from '../../../tables/index.ts'
import { readCount } from '../../read-numbers.ts'

export interface TouchedFile {
  readonly path: string
  readonly fromPath: string | null
  /** Null for binary files. */
  readonly added: number | null
  readonly deleted: number | null
}

/**
 * `added TAB deleted TAB path`. Renames come as `old => new`, `dir/{old => new}/f` or `{ => sub}/f`; where a file's own
 * name holds ` => ` git's text is ambiguous, and the last one is taken for the arrow. A root commit renames nothing.
 */
export function readNumstatLine(text: string, isRoot: boolean, from = 0, to = text.length): TouchedFile | null {
  const first = text.indexOf('\t', from)
  if (first <= from || first >= to) return null
  const second = text.indexOf('\t', first + 1)
  if (second < 0 || second + 1 >= to || to - second > LIMITS.fieldChars + 1) return null
  const added = readStat(text, from, first)
  const deleted = readStat(text, first + 1, second)
  const path = text.slice(second + 1, to)
  if (added === undefined || deleted === undefined) return null
  const renamed = isRoot ? null : readRename(path)
  if (renamed === null) return { path: unquotePath(path), fromPath: null, added, deleted }
  return { path: renamed.to, fromPath: renamed.from, added, deleted }
}

function readStat(text: string, from: number, to: number): number | null | undefined {
  let value = 0
  let i = from
  for (; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (i === to && to - from < 16 && to > from) return value
  const cell = text.slice(from, to)
  if (cell === '-') return null
  const count = readCount(cell)
  return count === null || Number.isNaN(count) ? undefined : count
}

function readRename(path: string): { from: string; to: string } | null {
  if (!path.includes(' => ')) return null
  const quoted = /^("(?:[^"\\]|\\.)*"|.*) => ("(?:[^"\\]|\\.)*"|[^"]*)$/.exec(path)
  if (path.startsWith('"') || path.endsWith('"')) {
    return quoted ? { from: unquotePath(quoted[1]!), to: unquotePath(quoted[2]!) } : null
  }
  const open = path.startsWith('{') ? 0 : path.indexOf('/{') + 1
  const close = path.endsWith('}') ? path.length - 1 : path.lastIndexOf('}/')
  const hasBraces = (open > 0 || path.startsWith('{')) && close > open
  const [before, inside, after] = hasBraces
    ? [path.slice(0, open), path.slice(open + 1, close), path.slice(close + 1)]
    : ['', path, '']
  const arrow = inside.lastIndexOf(' => ')
  if (arrow < 0) return null
  // An empty side (`{ => sub}/f`) leaves two slashes in a row.
  const join = (middle: string) => (before + middle + after).replaceAll('//', '/').replace(/^\//, '')
  return { from: join(inside.slice(0, arrow)), to: join(inside.slice(arrow + 4)) }
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 }

/** git's C-quoting: `"src/\303\274n"` is `src/ün`. A path without quotes around is as it stands. */
export function unquotePath(path: string): string {
  const last = path.length - 1
  if (last < 1 || path.charCodeAt(0) !== 34 || path.charCodeAt(last) !== 34) return path
  const bytes: number[] = []
  const inner = path.slice(1, -1)
  for (let i = 0; i < inner.length;) {
    if (inner[i] !== '\\') {
      const letter = String.fromCodePoint(inner.codePointAt(i)!)
      bytes.push(...utf8Of(letter))
      i += letter.length
      continue
    }
    const octal = /^[0-7]{3}/.exec(inner.slice(i + 1, i + 4))?.[0]
    if (octal) {
      bytes.push(Number.parseInt(octal, 8))
      i += 4
    } else {
      bytes.push(ESCAPES[inner[i + 1] ?? ''] ?? 63)
      i += 2
    }
  }
  return decodeUtf8(Uint8Array.from(bytes))
}

function utf8Of(letter: string): number[] {
  const code = letter.codePointAt(0)!
  if (code < 0x80) return [code]
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)]
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
}
