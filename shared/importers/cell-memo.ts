import type { RecordCells } from '../tables/index.ts'

/** Longer cells are rarely the same twice. */
const MOST_BYTES = 47
const WORDS = 12
const FIRST_SLOTS = 1024
const ENOUGH_SLOTS = 16_384
const MOST_SLOTS = 65_536

/**
 * What the cells of one column mean, remembered by their bytes: an export repeats few models, people and kinds, and a
 * repeated cell is then never made a string. Memory is bounded; a new value takes the place of one met before. There is more
 * room where values that come again push each other out.
 */
export class CellMemo<T> {
  private readonly make: (cell: string) => T
  private slots = 0
  private lengths = new Uint8Array(0)
  private words = new Int32Array(0)
  private values: T[] = []
  private hits = 0
  private losses = 0
  private isSettled = false

  constructor(make: (cell: string) => T) {
    this.make = make
    this.makeRoom(FIRST_SLOTS)
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
    const slot = (hash ^ (hash >>> 17)) & (this.slots - 1)
    const { words } = this
    const base = slot * WORDS
    if (this.lengths[slot] === length && words[base + whole] === tail) {
      let i = 0
      while (i < whole && words[base + i] === view.getInt32(from + i * 4, true)) i++
      if (i === whole) {
        this.hits++
        return this.values[slot]!
      }
    }
    if (this.lengths[slot] !== 0 && ++this.losses > this.slots && this.hasNewRoom()) return this.read(cells, at)
    this.lengths[slot] = length
    for (let i = 0; i < whole; i++) words[base + i] = view.getInt32(from + i * 4, true)
    words[base + whole] = tail
    return (this.values[slot] = this.make(cells.text(at)))
  }

  /** After many losses: more room, or hardly any where even much brings few cells back. */
  private hasNewRoom(): boolean {
    const { slots, hits, losses } = this
    this.hits = 0
    this.losses = 0
    if (this.isSettled) return false
    if (slots < ENOUGH_SLOTS || (slots < MOST_SLOTS && hits * 4 > losses)) {
      this.makeRoom(slots * 4)
      return true
    }
    this.isSettled = true
    if (hits * 8 > losses) return false
    this.makeRoom(FIRST_SLOTS)
    return true
  }

  private makeRoom(slots: number): void {
    this.slots = slots
    this.lengths = new Uint8Array(slots)
    this.words = new Int32Array(slots * WORDS)
    this.values = []
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
