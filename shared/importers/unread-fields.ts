import type { FactKind } from '../facts/index.ts'
import type { JsonObject, JsonValue } from '../tables/index.ts'
import type { FieldUses } from './format.ts'
import { isNameOfTexts } from './keeps-texts.ts'

/** Of a longer text the start is kept: these are names and numbers, not texts. */
export const LONGEST_KEPT = 200
/** Fields kept of one record, and characters of all of them; of more, the number is said. */
const MOST_FIELDS = 60
const MOST_CHARS = 4000
/** Names of fields that were not kept because they may hold what somebody wrote; of more, none is said. */
const MOST_NAMES = 20

/** A field as a line of `name: value`. */
export function keptLine(name: string, value: string): string {
  return `${oneLine(name)}: ${oneLine(value)}`
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').slice(0, LONGEST_KEPT)
}

/**
 * Fields of a record of JSON that its format does not read: kept with the fact it makes as `path: value` lines, as columns of
 * tables are. What may be a prompt, a message or an answer is never kept. Names are compared as text alone and never become
 * names of an object of ours.
 */
export class UnreadFields {
  /** Kind of fact they are kept with. */
  readonly of: FactKind
  /** Names of those left out because they may hold texts. */
  readonly texts = new Set<string>()
  /** Path -> whether it is kept. Places in lists are `*`. */
  private readonly known = new Map<string, boolean>()
  /** Paths of objects whose names are free. */
  private readonly free = new Set<string>()
  /** Paths of objects the format reads something of. */
  private readonly opened = new Set<string>()
  private readonly onlyNamed: boolean
  private lines: string[] = []
  private length = 0
  private left = 0

  constructor({ of, read, left, mayHoldTexts }: FieldUses) {
    this.of = of
    this.onlyNamed = mayHoldTexts === true
    for (const [path, uses] of Object.entries(read)) {
      const named: readonly string[] = typeof uses === 'string' ? [uses] : uses
      this.know(path, named.includes('extra') || named.includes(`${of}.extra`))
    }
    for (const path of Object.keys(left ?? {})) this.know(path, false)
  }

  /** Null when the record says nothing beside what is read. */
  textOf(record: JsonValue): string | null {
    this.lines = []
    this.length = 0
    this.left = 0
    this.walk(record, '', '', false)
    if (this.left > 0) this.lines.push(`… and ${this.left} more`)
    return this.lines.length === 0 ? null : this.lines.join('\n')
  }

  private know(path: string, isKept: boolean): void {
    this.known.set(path, isKept)
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      this.opened.add(path.slice(0, dot))
      if (path[dot + 1] === '*') this.free.add(path.slice(0, dot))
    }
  }

  /** `path` as the format names it, `shown` with the names and places that stand there. */
  private walk(value: JsonValue, path: string, shown: string, isNamed: boolean): void {
    if (value === null || value === '') return
    if (typeof value !== 'object') {
      // Under a name anybody may have chosen, a record that may hold texts may hold one.
      const mayBeFree = this.onlyNamed && typeof value === 'string' && path.includes('*')
      if (path !== '' && (isNamed || !this.onlyNamed) && !mayBeFree) this.keep(shown, String(value))
      return
    }
    if (Array.isArray(value)) return this.walkList(value as readonly JsonValue[], path, shown, isNamed)
    const isFree = this.free.has(path)
    for (const [name, field] of Object.entries(value as JsonObject)) {
      const inner = join(path, isFree ? '*' : name)
      const kept = this.known.get(inner)
      const isOpened = this.opened.has(inner)
      if (kept === false && !isOpened) continue
      if (kept !== true && isNameOfTexts(name) && mayBeText(field) && !isOpened) this.leaveOut(inner)
      else this.walk(field, inner, join(shown, name), isNamed || kept === true)
    }
  }

  private walkList(list: readonly JsonValue[], path: string, shown: string, isNamed: boolean): void {
    if (list.every((one) => typeof one !== 'object')) this.walk(list.join(', '), path, shown, isNamed)
    else list.forEach((one, at) => this.walk(one, join(path, '*'), join(shown, String(at)), isNamed))
  }

  private keep(name: string, value: string): void {
    const line = keptLine(name, value)
    if (this.lines.length >= MOST_FIELDS || this.length + line.length > MOST_CHARS) this.left++
    else {
      this.length += line.length
      this.lines.push(line)
    }
  }

  private leaveOut(path: string): void {
    if (!this.onlyNamed && this.texts.size < MOST_NAMES) this.texts.add(oneLine(path))
  }
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Numbers and truth values are no texts, and nothing is none. */
function mayBeText(value: JsonValue): boolean {
  return typeof value === 'object' ? value !== null : typeof value === 'string' && value !== ''
}
