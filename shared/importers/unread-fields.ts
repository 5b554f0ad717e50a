import type { FactKind } from '../facts/index.ts'
import type { JsonObject, JsonValue } from '../tables/index.ts'
import type { FieldUses } from './format.ts'
import { isNameOfTexts } from './keeps-texts.ts'
import { KeptText, LONGEST, oneLine } from './kept-text.ts'

/** Names of fields that were not kept because they may hold what somebody wrote; of more, none is said. */
const MOST_NAMES = 20

/** Names remembered of one object; records with more ask again. */
const MOST_MET = 1000

/** A field that stood in a record, and what its format says of it. */
interface Met {
  /** As the format names it. */
  readonly path: string
  /** It, or an object around it, is to be kept. */
  readonly isNamed: boolean
  readonly isRead: boolean
  readonly isOfTexts: boolean
  /** Its names are anybody's. */
  readonly isFree: boolean
  readonly inner: Map<string, Met>
}

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
  private readonly root: Met
  private readonly kept = new KeptText()

  constructor({ of, read, left, mayHoldTexts }: FieldUses) {
    this.of = of
    this.onlyNamed = mayHoldTexts === true
    for (const [path, uses] of Object.entries(read)) {
      const named: readonly string[] = typeof uses === 'string' ? [uses] : uses
      this.know(path, named.includes('extra') || named.includes(`${of}.extra`))
    }
    for (const path of Object.keys(left ?? {})) this.know(path, false)
    this.root = this.meet('', '', false)
  }

  /** Null when the record says nothing beside what is read. */
  textOf(record: JsonValue): string | null {
    this.walk(record, this.root, null)
    return this.kept.take()
  }

  private know(path: string, isKept: boolean): void {
    this.known.set(path, isKept)
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      this.opened.add(path.slice(0, dot))
      if (path[dot + 1] === '*') this.free.add(path.slice(0, dot))
    }
  }

  private meet(path: string, name: string, isNamed: boolean): Met {
    const kept = this.known.get(path)
    const isOpened = this.opened.has(path)
    return {
      path,
      isNamed: isNamed || kept === true,
      isRead: kept === false && !isOpened,
      isOfTexts: kept !== true && !isOpened && isNameOfTexts(name),
      isFree: this.free.has(path),
      inner: new Map(),
    }
  }

  /** What is known of a field inside another; looked up once for each name. */
  private innerOf(met: Met, name: string): Met {
    const known = met.inner.get(name)
    if (known !== undefined) return known
    // A name that is named itself is none of the free ones.
    const own = join(met.path, name)
    const isOwn = this.known.has(own) || this.opened.has(own)
    const inner = this.meet(met.isFree && !isOwn ? join(met.path, '*') : own, name, met.isNamed)
    if (met.inner.size < MOST_MET) met.inner.set(name, inner)
    return inner
  }

  /** `shown` is the path with the names and places that stand there, where they differ from those the format uses. */
  private walk(value: JsonValue, met: Met, shown: string | null): void {
    if (value === null || value === '') return
    if (typeof value !== 'object') return this.leaf(value, met, shown)
    if (Array.isArray(value)) return this.walkList(value as readonly JsonValue[], met, shown)
    for (const name of Object.keys(value)) {
      const inner = this.innerOf(met, name)
      if (inner.isRead) continue
      const field = (value as JsonObject)[name]!
      if (inner.isOfTexts && mayBeText(field)) this.leaveOut(inner.path)
      else this.walk(field, inner, shown === null && !met.isFree ? null : join(shown ?? met.path, name))
    }
  }

  private walkList(list: readonly JsonValue[], met: Met, shown: string | null): void {
    if (list.every((one) => typeof one !== 'object')) return this.walk(list.join(', '), met, shown)
    const item = this.innerOf(met, '*')
    list.forEach((one, at) => this.walk(one, item, join(shown ?? met.path, String(at))))
  }

  private leaf(value: string | number | boolean, { path, isNamed }: Met, shown: string | null): void {
    // Under a name anybody may have chosen, a record that may hold texts may hold one.
    const mayBeFree = this.onlyNamed && typeof value === 'string' && path.includes('*')
    if (path === '' || (this.onlyNamed && !isNamed) || mayBeFree) return
    const text = String(value)
    if (isWritten(this.of, text)) this.leaveOut(path)
    else if (!isAddress(this.of, text)) this.kept.add(shown ?? path, text)
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
