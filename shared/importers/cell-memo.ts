import type { RecordCells } from '../tables/index.ts'

/** Longer cells are rarely the same twice. */
const MOST_BYTES = 47
const WORDS = 12
const SLOTS = 4096

/**
 * What the cells of one column mean, remembered by their bytes: an export repeats few models, people and kinds, and a
 * repeated cell is then never made a string. Memory is bounded; a new value takes the place of one met before.
 */
export class CellMemo<T> {
  private readonly make: (cell: string) => T
  private readonly lengths = new Uint8Array(SLOTS)
  private readonly words = new Int32Array(SLOTS * WORDS)
  private readonly values: T[] = []

  constructor(make: (cell: string) => T) {
    this.make = make
  }

  /** Of a cell the record has. */
  read(cells: RecordCells, at: number): T {
    const from = cells.starts[at]!
    const length = cells.ends[at]! - from
    if (cells.strings !== null || length === 0 || length > MOST_BYTES) return this.make(cells.text(at))
    const { view } = cells
    const whole = length >> 2
    const tail = tailOf(view, from + whole * 4, length & 3)
    let hash = tail ^ length
    for (let i = 0; i < whole; i++)
      hash = Math.imul(hash ^ view.getInt32(from + i * 4, true), 0x5bd1e995) ^ (hash >>> 15)
    const slot = (hash ^ (hash >>> 17)) & (SLOTS - 1)
    const { words } = this
    const base = slot * WORDS
    if (this.lengths[slot] === length && words[base + whole] === tail) {
      let i = 0
      while (i < whole && words[base + i] === view.getInt32(from + i * 4, true)) i++
      if (i === whole) return this.values[slot]!
    }
    this.lengths[slot] = length
    for (let i = 0; i < whole; i++) words[base + i] = view.getInt32(from + i * 4, true)
    words[base + whole] = tail
    return (this.values[slot] = this.make(cells.text(at)))
  }
}

/** A memo for each column that is read. */
export class ColumnMemos<T> {
  private readonly make: (cell: string) => T
  private readonly memos: CellMemo<T>[] = []

  constructor(make: (cell: string) => T) {
    this.make = make
  }

  read(cells: RecordCells, at: number): T {
    return (this.memos[at] ??= new CellMemo(this.make)).read(cells, at)
  }
}

function tailOf(view: DataView, from: number, length: number): number {
  if (length === 0) return 0
  let tail = view.getUint8(from)
  if (length > 1) tail |= view.getUint8(from + 1) << 8
  if (length > 2) tail |= view.getUint8(from + 2) << 16
  return tail
}
