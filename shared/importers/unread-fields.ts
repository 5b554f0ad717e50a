import type { FactKind } from '../facts/index.ts'
import type { JsonObject, JsonValue } from '../tables/index.ts'
import type { FieldUses } from './format.ts'
import { isNameOfTexts } from './keeps-texts.ts'
import { KeptText, LONGEST, oneLine } from './kept-text.ts'

/** Names of fields that were not kept because they may hold what somebody wrote; of more, none is said. */
const MOST_NAMES = 20

/** Of deliveries: a text of several lines, or a long one, is what people wrote about their work. */
export function isWritten(of: FactKind, text: string): boolean {
  return of !== 'usage' && (text.length > LONGEST || /[\r\n]/.test(text))
}

/** Of deliveries: records name the pages of everything around them. */
function isAddress(of: FactKind, text: string): boolean {
  return of !== 'usage' && /^https?:\/\//.test(text)
}

/**
 * Fields of a record of JSON that its format does not read: kept with the fact it makes as `path: value` lines, as columns of
 * tables are. What may be a prompt, a message or an answer is never kept, nor what people wrote about their work. Names are
 * compared as text alone and never become names of an object of ours.
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
  private readonly kept = new KeptText()

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
    this.walk(record, '', '', false)
    return this.kept.take()
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
      if (path === '' || (this.onlyNamed && !isNamed) || mayBeFree) return
      const text = String(value)
      if (isWritten(this.of, text)) this.leaveOut(path)
      else if (!isAddress(this.of, text)) this.kept.add(shown, text)
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
