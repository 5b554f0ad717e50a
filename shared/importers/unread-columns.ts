import type { FactKind } from '../facts/index.ts'
import type { RecordCells } from '../tables/index.ts'
import type { Columns } from './columns.ts'
import type { FieldUses } from './format.ts'
import { isNameOfTexts } from './keeps-texts.ts'
import { KeptText } from './kept-text.ts'
import { isWritten } from './unread-fields.ts'

const MOST_BYTES = 1024
const SLOTS = 1024
/** A byte no UTF-8 holds. */
const END = 0xff

/** Columns of a table a format does not read: kept with each row as `name: value` lines, so that nothing a file says is lost. */
export class UnreadColumns {
  readonly names: readonly string[]
  /** Kind of fact they are kept with. */
  readonly of: FactKind
  /** Names of those left out because they may hold texts. */
  readonly texts = new Set<string>()
  private readonly positions: readonly number[]
  private readonly mayBeTexts: readonly boolean[]
  /** The bytes of the record at hand in these columns, each cell ended by a byte no text holds. */
  private readonly bytes = new Uint8Array(MOST_BYTES)
  private length = -1
  private readonly kept = new KeptText()
  private lastText: string | null = null
  private readonly known: { readonly bytes: Uint8Array; readonly text: string | null }[] = []

  constructor(header: readonly string[], positions: readonly number[], of: FactKind = 'usage') {
    this.of = of
    this.positions = positions.filter((at) => header[at] !== '')
    this.names = this.positions.map((at) => header[at]!)
    this.mayBeTexts = this.names.map(isNameOfTexts)
  }

  /** Null when all of them are empty. Rows often repeat what others said here; what is remembered is bounded. */
  textOf(cells: RecordCells): string | null {
    if (this.isAsBefore(cells)) return this.lastText
    return (this.lastText = this.lookUp(cells))
  }

  private lookUp(cells: RecordCells): string | null {
    const length = (this.length = this.gather(cells))
    if (length < 0) return this.made(cells)
    const { bytes } = this
    let hash = length
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x5bd1e995)
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    const met = this.known[slot]
    if (met !== undefined && isStart(bytes, met.bytes, length)) return met.text
    const text = this.made(cells)
    this.known[slot] = { bytes: bytes.slice(0, length), text }
    return text
  }

  /** Whether the record at hand says here what the one gathered last said. */
  private isAsBefore({ strings, bytes, starts, ends, count }: RecordCells): boolean {
    if (strings !== null || this.length < 0) return false
    let i = 0
    for (const at of this.positions) {
      if (at < count) for (let j = starts[at]!; j < ends[at]!; j++) if (bytes[j] !== this.bytes[i++]) return false
      if (this.bytes[i++] !== END) return false
    }
    return true
  }

  /** Bytes gathered; -1 where the record is one of strings, or says too much here to be remembered. */
  private gather({ strings, bytes, starts, ends, count }: RecordCells): number {
    if (strings !== null) return -1
    let length = 0
    for (const at of this.positions) {
      const stop = at < count ? ends[at]! : 0
      const start = at < count ? starts[at]! : 0
      if (length + stop - start >= MOST_BYTES) return -1
      for (let i = start; i < stop; i++) this.bytes[length++] = bytes[i]!
      this.bytes[length++] = END
    }
    return length
  }

  private made(cells: RecordCells): string | null {
    this.positions.forEach((at, i) => {
      const cell = cells.text(at).trim()
      if (cell === '') return
      const name = this.names[i]!
      const mayBeText = this.mayBeTexts[i]! || isWritten(this.of, cell)
      if (mayBeText && !NO_TEXT.test(cell)) this.texts.add(name)
      else this.kept.add(name, cell)
    })
    return this.kept.take()
  }
}

function isStart(bytes: Uint8Array, known: Uint8Array, length: number): boolean {
  if (known.length !== length) return false
  for (let i = 0; i < length; i++) if (bytes[i] !== known[i]) return false
  return true
}

/** A number or a truth value. */
const NO_TEXT = /^(?:[-+$€£]?[\d.,]+%?|true|false)$/i

/** Positions of the columns whose text is kept beside a row, of a layout that keeps no others. */
export function keptPlaces({ read }: FieldUses, columns: Columns): readonly number[] {
  return Object.entries(read).flatMap(([name, uses]) => {
    const at = uses.includes('extra') ? columns.place(name) : -1
    return at < 0 ? [] : [at]
  })
}
