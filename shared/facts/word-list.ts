import type { Letters, PairHash } from '../records/index.ts'

/** A text that will be put many times, with the code it has in the list of the chunk being filled. */
export class Word {
  readonly text: string | null
  list: WordList | null = null
  code = 0

  constructor(text: string | null) {
    this.text = text
  }

  /** Finds its code in another list. */
  moveTo(list: WordList): void {
    this.list = list
    this.code = list.codeOf(this.text!)
  }

  /** Feeds the text to the hash of a key. */
  feed(key: PairHash): PairHash {
    return this.text === null ? key : key.text(this.text)
  }
}

/** A word that is never made a string: ASCII that stands in bytes. One serves place after place. */
export class WordInBytes extends Word {
  private readonly bytes: Uint8Array
  private readonly fours: DataView
  private from = 0
  private to = 0

  constructor(bytes: Uint8Array) {
    super('')
    this.bytes = bytes
    this.fours = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  turnTo(from: number, to: number): this {
    this.from = from
    this.to = to
    this.list = null
    return this
  }

  override moveTo(list: WordList): void {
    this.list = list
    this.code = list.codeOfBytes(this.fours, this.from, this.to)
  }

  override feed(key: PairHash): PairHash {
    return key.bytes(this.bytes, this.from, this.to)
  }
}

const FIRST_WORDS = 16
const FIRST_UNITS = 256
/** A chunk has at most 65,536 rows, and so words. */
const CODE_BITS = 17
const MOST_WORDS = 2 ** CODE_BITS - 1

/**
 * The different texts of one column of a chunk, numbered from 1 as they come. Their letters stand one behind the other in
 * one array, so that tens of thousands of paths make no objects while rows are read, and nothing keeps the file's text alive.
 */
export class WordList implements Letters {
  /** Bytes while all letters are ASCII: half as much to go through. */
  units: Uint8Array | Uint16Array = new Uint8Array(FIRST_UNITS)
  /** `units` for four at a time, while they are bytes. */
  private fours: DataView | null = new DataView(this.units.buffer)
  /** Where the letters of word `code` begin, at `code - 1`, and end, at `code`. */
  starts = new Uint32Array(FIRST_WORDS + 1)
  count = 0
  /** Open addressing: a code under the upper bits of its hash; at least twice as many as words. */
  private slots = new Uint32Array(FIRST_WORDS * 2)
  /** A bit for each slot that holds a word: a table of many words is far from the processor, its bits are near. */
  private taken = new Uint32Array(FIRST_WORDS / 16)
  private hashes = new Int32Array(FIRST_WORDS + 1)

  /** An empty list in the memory of this one, which must not be used any more. */
  emptied(): WordList {
    const next = new WordList()
    const { units, fours, starts, hashes, slots } = this
    Object.assign(next, { units, fours, starts, hashes, slots, taken: this.taken.fill(0) })
    return next
  }

  codeOf(text: string): number {
    const { length } = text
    const from = this.starts[this.count]!
    if (from + length > this.units.length) this.growUnits(from + length)
    const { units } = this
    let hash = length
    let bits = 0
    let i = 0
    for (; i + 3 < length; i += 4) {
      const a = text.charCodeAt(i)
      const b = text.charCodeAt(i + 1)
      const c = text.charCodeAt(i + 2)
      const d = text.charCodeAt(i + 3)
      units[from + i] = a
      units[from + i + 1] = b
      units[from + i + 2] = c
      units[from + i + 3] = d
      hash = Math.imul(hash ^ (hash >>> 15) ^ a ^ (b << 8) ^ (c << 16) ^ (d << 24), 0x5bd1e995)
      bits |= a | b | c | d
    }
    for (; i < length; i++) {
      const unit = text.charCodeAt(i)
      units[from + i] = unit
      hash = Math.imul(hash ^ unit, 0x5bd1e995)
      bits |= unit
    }
    if (bits >= 0x80 && units instanceof Uint8Array) {
      this.units = new Uint16Array(units)
      this.fours = null
      return this.codeOf(text)
    }
    return this.codeOfLast(hash, length)
  }

  /** As `codeOf`, of ASCII that stands in bytes. */
  codeOfBytes(bytes: DataView, begin: number, end: number): number {
    const length = end - begin
    const from = this.starts[this.count]!
    if (from + length > this.units.length) this.growUnits(from + length)
    const { units, fours } = this
    let hash = length
    let i = 0
    for (; i + 3 < length; i += 4) {
      const four = bytes.getInt32(begin + i, true)
      if (fours !== null) fours.setInt32(from + i, four, true)
      else for (let j = 0; j < 4; j++) units[from + i + j] = (four >>> (j * 8)) & 0xff
      hash = Math.imul(hash ^ (hash >>> 15) ^ four, 0x5bd1e995)
    }
    for (; i < length; i++) {
      const unit = bytes.getUint8(begin + i)
      units[from + i] = unit
      hash = Math.imul(hash ^ unit, 0x5bd1e995)
    }
    return this.codeOfLast(hash, length)
  }

  /** The code of the letters that stand behind the last word; they become a word where they are none yet. */
  private codeOfLast(sum: number, length: number): number {
    if (this.count * 2 === this.slots.length) this.growWords()
    const from = this.starts[this.count]!
    const hash = sum ^ (sum >>> 15)
    const { slots, taken } = this
    const mask = slots.length - 1
    let slot = hash & mask
    while (isTaken(taken, slot)) {
      const held = slots[slot]!
      if (held >>> CODE_BITS === hash >>> CODE_BITS && this.isWord(held & MOST_WORDS, from, length))
        return held & MOST_WORDS
      slot = (slot + 1) & mask
    }
    const code = ++this.count
    slots[slot] = (hash & ~MOST_WORDS) | code
    taken[slot >>> 5]! |= 1 << (slot & 31)
    this.hashes[code] = hash
    this.starts[code] = from + length
    return code
  }

  all(): readonly string[] {
    const { units, starts, count } = this
    const letters = textOf(units.subarray(0, starts[count]))
    const words: string[] = []
    for (let i = 0; i < count; i++) words.push(letters.slice(starts[i]!, starts[i + 1]!))
    return words
  }

  private isWord(code: number, from: number, length: number): boolean {
    const { units, fours, starts } = this
    const start = starts[code - 1]!
    if (starts[code]! - start !== length) return false
    let i = 0
    if (fours !== null)
      for (; i + 3 < length; i += 4) if (fours.getInt32(start + i) !== fours.getInt32(from + i)) return false
    for (; i < length; i++) if (units[start + i] !== units[from + i]) return false
    return true
  }

  private growUnits(least: number): void {
    const room = Math.max(this.units.length * 4, least * 2)
    const units = this.units instanceof Uint8Array ? new Uint8Array(room) : new Uint16Array(room)
    units.set(this.units)
    this.units = units
    this.fours = units instanceof Uint8Array ? new DataView(units.buffer) : null
  }

  private growWords(): void {
    const room = this.slots.length * 2
    const [starts, hashes, slots] = [new Uint32Array(room + 1), new Int32Array(room + 1), new Uint32Array(room * 2)]
    const taken = new Uint32Array(room / 16)
    starts.set(this.starts)
    hashes.set(this.hashes)
    const mask = slots.length - 1
    for (let code = 1; code <= this.count; code++) {
      let slot = hashes[code]! & mask
      while (isTaken(taken, slot)) slot = (slot + 1) & mask
      slots[slot] = (hashes[code]! & ~MOST_WORDS) | code
      taken[slot >>> 5]! |= 1 << (slot & 31)
    }
    Object.assign(this, { starts, hashes, slots, taken })
  }
}

function isTaken(taken: Uint32Array, slot: number): boolean {
  return ((taken[slot >>> 5]! >>> (slot & 31)) & 1) === 1
}

function textOf(units: Uint8Array | Uint16Array): string {
  if (units instanceof Uint8Array) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(units)
  let text = ''
  for (let at = 0; at < units.length; at += 4096) {
    // Spreading the letters instead takes twenty times as long; a decoder would not keep halves of letters.
    text += String.fromCharCode.apply(null, units.subarray(at, at + 4096) as never)
  }
  return text
}
