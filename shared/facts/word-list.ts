import type { Letters } from '../records/index.ts'

/** A text that will be put many times, with the code it has in the list of the chunk being filled. */
export class Word {
  readonly text: string | null
  list: WordList | null = null
  code = 0

  constructor(text: string | null) {
    this.text = text
  }
}

const FIRST_WORDS = 16
const FIRST_UNITS = 256

/**
 * The different texts of one column of a chunk, numbered from 1 as they come. Their letters stand one behind the other in
 * one array, so that tens of thousands of paths make no objects while rows are read, and nothing keeps the file's text alive.
 */
export class WordList implements Letters {
  units = new Uint16Array(FIRST_UNITS)
  /** Where the letters of word `code` begin, at `code - 1`, and end, at `code`. */
  starts = new Uint32Array(FIRST_WORDS + 1)
  count = 0
  /** Of all letters: below 0x80 all are ASCII. */
  private everyBit = 0
  /** Open addressing: 0 = empty, else a code; at least twice as many as words. */
  private slots = new Uint32Array(FIRST_WORDS * 2)
  private hashes = new Int32Array(FIRST_WORDS + 1)

  codeOf(text: string): number {
    const { length } = text
    const from = this.starts[this.count]!
    if (from + length > this.units.length) this.growUnits(from + length)
    const { units } = this
    let hash = length
    let bits = 0
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      units[from + i] = unit
      hash = Math.imul(hash ^ unit, 0x5bd1e995)
      bits |= unit
    }
    hash ^= hash >>> 15
    const mask = this.slots.length - 1
    let slot = hash & mask
    for (;;) {
      const code = this.slots[slot]!
      if (code === 0) break
      if (this.hashes[code] === hash && this.isWord(code, from, length)) return code
      slot = (slot + 1) & mask
    }
    const code = ++this.count
    this.everyBit |= bits
    this.slots[slot] = code
    this.hashes[code] = hash
    this.starts[code] = from + length
    if (code * 2 >= this.slots.length) this.growWords()
    return code
  }

  all(): readonly string[] {
    const { units, starts, count } = this
    const letters = textOf(units.subarray(0, starts[count]), this.everyBit < 0x80)
    const words: string[] = []
    for (let i = 0; i < count; i++) words.push(letters.slice(starts[i]!, starts[i + 1]!))
    return words
  }

  private isWord(code: number, from: number, length: number): boolean {
    const { units, starts } = this
    const start = starts[code - 1]!
    if (starts[code]! - start !== length) return false
    for (let i = 0; i < length; i++) if (units[start + i] !== units[from + i]) return false
    return true
  }

  private growUnits(least: number): void {
    const units = new Uint16Array(Math.max(this.units.length * 4, least * 2))
    units.set(this.units)
    this.units = units
  }

  private growWords(): void {
    const room = this.slots.length * 2
    const [starts, hashes, slots] = [new Uint32Array(room + 1), new Int32Array(room + 1), new Uint32Array(room * 2)]
    starts.set(this.starts)
    hashes.set(this.hashes)
    const mask = slots.length - 1
    for (let code = 1; code <= this.count; code++) {
      let slot = hashes[code]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code
    }
    Object.assign(this, { starts, hashes, slots })
  }
}

function textOf(units: Uint16Array, isAscii: boolean): string {
  if (isAscii) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(units))
  let text = ''
  for (let at = 0; at < units.length; at += 4096) {
    // Spreading the letters instead takes twenty times as long; a decoder would not keep halves of letters.
    text += String.fromCharCode.apply(null, units.subarray(at, at + 4096) as never)
  }
  return text
}
