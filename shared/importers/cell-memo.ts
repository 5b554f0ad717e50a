import type { RecordCells } from '../tables/index.ts'

/** Longer cells are rarely the same twice. */
const MOST_BYTES = 47
const WORDS = 12
/** The word of a remembered cell that holds its length and the last bytes that fill no word of four. */
const TAIL = WORDS - 1
const FIRST_ROOM = 1024
const ENOUGH_ROOM = 16_384
const MOST_ROOM = 65_536

/**
 * What the cells of one column mean, remembered by their bytes: an export repeats few models, people and kinds, and a
 * repeated cell is then never made a string. Memory is bounded: where there is no more room all is forgotten, and there is
 * more room from then on where values come again.
 */
export class CellMemo<T> {
  private readonly make: (cell: string) => T
  private room = 0
  /** Open addressing: 0 = empty, else the number of a remembered cell; twice as many as cells. */
  private slots = new Int32Array(0)
  private words = new Int32Array(0)
  private values: T[] = []
  private hits = 0
  private isSettled = false

  constructor(make: (cell: string) => T) {
    this.make = make
    this.makeRoom(FIRST_ROOM)
  }

  /** Of a cell the record has. */
  read(cells: RecordCells, at: number): T {
    const from = cells.starts[at]!
    const length = cells.ends[at]! - from
    if (cells.strings !== null || length === 0 || length > MOST_BYTES) return this.make(cells.text(at))
    const { view } = cells
    const whole = length >> 2
    const tail = (length << 24) | tailOf(view, from + whole * 4, length & 3)
    let hash = tail
    for (let i = 0; i < whole; i++)
      hash = Math.imul(hash ^ view.getInt32(from + i * 4, true), 0x5bd1e995) ^ (hash >>> 15)
    const { slots, words, values } = this
    const mask = slots.length - 1
    let slot = (hash ^ (hash >>> 17)) & mask
    for (let number = slots[slot]!; number !== 0; number = slots[slot]!) {
      const base = (number - 1) * WORDS
      if (words[base + TAIL] === tail) {
        let i = 0
        while (i < whole && words[base + i] === view.getInt32(from + i * 4, true)) i++
        if (i === whole) {
          this.hits++
          return values[number - 1]!
        }
      }
      slot = (slot + 1) & mask
    }
    if (values.length === this.room) {
      this.forget()
      return this.read(cells, at)
    }
    const base = values.length * WORDS
    for (let i = 0; i < whole; i++) words[base + i] = view.getInt32(from + i * 4, true)
    words[base + TAIL] = tail
    slots[slot] = values.push(this.make(cells.text(at)))
    return values.at(-1)!
  }

  /** Begins anew with more room, or with hardly any where even much brings few cells back. */
  private forget(): void {
    const { room, hits } = this
    this.hits = 0
    if (this.isSettled) this.makeRoom(room)
    else if (room < ENOUGH_ROOM || (room < MOST_ROOM && hits * 4 > room)) this.makeRoom(room * 4)
    else {
      this.isSettled = true
      this.makeRoom(hits * 8 > room ? room : FIRST_ROOM)
    }
  }

  private makeRoom(room: number): void {
    this.values = []
    if (room === this.room) {
      this.slots.fill(0)
      return
    }
    this.room = room
    this.slots = new Int32Array(room * 2)
    this.words = new Int32Array(room * WORDS)
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
