/**
 * A 53-bit hash of text (cyrb53 construction: two 32-bit multiply-xor lanes), as a whole number a double holds exactly.
 * For keys and fingerprints of our own data, not for security. Two lanes with different `salt` make a 106-bit key.
 */
export function hashText(text: string, salt = 0): number {
  let high = 0xdeadbeef ^ salt
  let low = 0x41c6ce57 ^ salt
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  return settle(high, low)
}

export function hashBytes(bytes: Uint8Array, salt = 0): number {
  let high = 0xdeadbeef ^ salt
  let low = 0x41c6ce57 ^ salt
  for (let index = 0; index < bytes.length; index++) {
    const unit = bytes[index]!
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  return settle(high, low)
}

/** Same bytes, same fingerprint: 26 hex digits. Both lanes in one pass: files are hundreds of megabytes. */
export function fingerprintOf(bytes: Uint8Array): string {
  const [salt, other] = [bytes.length, ~bytes.length]
  let [highA, lowA, highB, lowB] = [0xdeadbeef ^ salt, 0x41c6ce57 ^ salt, 0xdeadbeef ^ other, 0x41c6ce57 ^ other]
  for (let index = 0; index < bytes.length; index++) {
    const unit = bytes[index]!
    highA = Math.imul(highA ^ unit, 2654435761)
    lowA = Math.imul(lowA ^ unit, 1597334677)
    highB = Math.imul(highB ^ unit, 2654435761)
    lowB = Math.imul(lowB ^ unit, 1597334677)
  }
  const part = (hash: number) => hash.toString(16).padStart(14, '0').slice(-13)
  return part(settle(highA, lowA)) + part(settle(highB, lowB))
}

/** `hashText` under two salts of a text that is never built: its parts are fed one after the other. */
export class PairHash {
  private readonly start: readonly [number, number]
  private readonly lanes = new Int32Array(4)
  private readonly kept = new Int32Array(4)
  private readonly digits = new Uint8Array(DIGITS_ROOM)

  constructor(salt: number, otherSalt: number) {
    this.start = [salt, otherSalt]
  }

  begin(): this {
    const [salt, other] = this.start
    const lanes = this.lanes
    lanes[0] = 0xdeadbeef ^ salt
    lanes[1] = 0x41c6ce57 ^ salt
    lanes[2] = 0xdeadbeef ^ other
    lanes[3] = 0x41c6ce57 ^ other
    return this
  }

  /** Marks what was fed so far; `again` goes on from here, as often as asked. */
  keep(): this {
    this.kept.set(this.lanes)
    return this
  }

  again(): this {
    const { lanes, kept } = this
    lanes[0] = kept[0]!
    lanes[1] = kept[1]!
    lanes[2] = kept[2]!
    lanes[3] = kept[3]!
    return this
  }

  text(text: string): this {
    const lanes = this.lanes
    let a = lanes[0]!
    let b = lanes[1]!
    let c = lanes[2]!
    let d = lanes[3]!
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      a = Math.imul(a ^ unit, 2654435761)
      b = Math.imul(b ^ unit, 1597334677)
      c = Math.imul(c ^ unit, 2654435761)
      d = Math.imul(d ^ unit, 1597334677)
    }
    lanes[0] = a
    lanes[1] = b
    lanes[2] = c
    lanes[3] = d
    return this
  }

  /** As `text` of ASCII that stands in bytes. */
  bytes(bytes: Uint8Array, from: number, to: number): this {
    const lanes = this.lanes
    let a = lanes[0]!
    let b = lanes[1]!
    let c = lanes[2]!
    let d = lanes[3]!
    for (let i = from; i < to; i++) {
      const unit = bytes[i]!
      a = Math.imul(a ^ unit, 2654435761)
      b = Math.imul(b ^ unit, 1597334677)
      c = Math.imul(c ^ unit, 2654435761)
      d = Math.imul(d ^ unit, 1597334677)
    }
    lanes[0] = a
    lanes[1] = b
    lanes[2] = c
    lanes[3] = d
    return this
  }

  unit(unit: number): this {
    const lanes = this.lanes
    lanes[0] = Math.imul(lanes[0]! ^ unit, 2654435761)
    lanes[1] = Math.imul(lanes[1]! ^ unit, 1597334677)
    lanes[2] = Math.imul(lanes[2]! ^ unit, 2654435761)
    lanes[3] = Math.imul(lanes[3]! ^ unit, 1597334677)
    return this
  }

  /** As `text(String(value))`. */
  number(value: number): this {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER && Math.floor(value) === value))
      return this.text(String(value))
    const { digits } = this
    return this.bytes(digits, writeDigits(value, digits), DIGITS_ROOM)
  }

  hash(): number {
    return settle(this.lanes[0]!, this.lanes[1]!)
  }

  other(): number {
    return settle(this.lanes[2]!, this.lanes[3]!)
  }
}

/** Words whose letters stand one behind the other: word `code` is from `starts[code - 1]` up to `starts[code]`. */
export interface Letters {
  readonly units: Uint8Array | Uint16Array
  readonly starts: Uint32Array
  /** How many words there are. */
  readonly count: number
}

/** Rows to a word from which on it pays to remember what a word does to a hash. */
const OFTEN = 1024

/**
 * What a whole word of letters below 256 does to one lane of a hash, without going through its letters again.
 *
 * `lane ^ letter` adds to a lane what the letter and the lane's low eight bits decide, and the low eight bits of a product
 * are decided by those of its factors. So a word takes a lane to `lane * multiplier ** letters + rest`, with one `rest` for
 * each of 256 low bits, found by going through the letters once. Multiplier 3, letters 5 and 6, lane 257:
 * ((257 ^ 5) * 3 ^ 6) * 3 = 2,334 = 257 * 9 + 21; from lane 1, whose low bits are the same, 30 = 1 * 9 + 21.
 */
class WordStep {
  private readonly letters: Uint8Array
  private readonly multiplier: number
  private readonly power: number
  private readonly rests = new Int32Array(256)
  private readonly isKnown = new Uint8Array(256)

  constructor(letters: Uint8Array, multiplier: number) {
    this.letters = letters
    this.multiplier = multiplier
    this.power = letters.reduce((power) => Math.imul(power, multiplier), 1)
  }

  after(lane: number): number {
    const low = lane & 0xff
    if (this.isKnown[low] === 0) {
      this.rests[low] = this.throughLetters(low) - Math.imul(low, this.power)
      this.isKnown[low] = 1
    }
    return (Math.imul(lane, this.power) + this.rests[low]!) | 0
  }

  private throughLetters(lane: number): number {
    return this.letters.reduce((sum, letter) => Math.imul(sum ^ letter, this.multiplier), lane)
  }
}

/** `hashText` of many texts at once, one per row, all fed column by column. */
export class RowHashes {
  private readonly high: Int32Array
  private readonly low: Int32Array
  private readonly digits = new Uint8Array(DIGITS_ROOM)

  constructor(rows: number) {
    this.high = new Int32Array(rows).fill(0xdeadbeef)
    this.low = new Int32Array(rows).fill(0x41c6ce57)
  }

  /** The same single letter to every row. */
  unitToAll(unit: number): void {
    const { high, low } = this
    for (let row = 0; row < high.length; row++) {
      high[row] = Math.imul(high[row]! ^ unit, 2654435761)
      low[row] = Math.imul(low[row]! ^ unit, 1597334677)
    }
  }

  /** To each row its word (`codes` from 1, 0 = none), then `end`; without an `end` only words are fed. */
  words(codes: Uint32Array, rows: number, letters: Letters, end: number | null): void {
    const { high, low } = this
    const { units, starts, count } = letters
    if (units instanceof Uint8Array && count * OFTEN <= rows) return this.fewWords(codes, rows, letters, end)
    // Rows in a row often say the same up to here: what came out of the row before comes out again.
    let [lastA, lastB, lastCode, nextA, nextB] = [0, 0, -1, 0, 0]
    for (let row = 0; row < rows; row++) {
      let a = high[row]!
      let b = low[row]!
      const code = codes[row]!
      if (code === lastCode && a === lastA && b === lastB) {
        high[row] = nextA
        low[row] = nextB
        continue
      }
      lastA = a
      lastB = b
      lastCode = code
      if (code !== 0) {
        const stop = starts[code]!
        for (let i = starts[code - 1]!; i < stop; i++) {
          const unit = units[i]!
          a = Math.imul(a ^ unit, 2654435761)
          b = Math.imul(b ^ unit, 1597334677)
        }
      }
      nextA = end === null ? a : Math.imul(a ^ end, 2654435761)
      nextB = end === null ? b : Math.imul(b ^ end, 1597334677)
      high[row] = nextA
      low[row] = nextB
    }
  }

  /** As `words`, of words that come again and again. */
  private fewWords(codes: Uint32Array, rows: number, { units, starts, count }: Letters, end: number | null): void {
    const { high, low } = this
    const highSteps: WordStep[] = []
    const lowSteps: WordStep[] = []
    for (let code = 0; code <= count; code++) {
      const word = code === 0 ? units.subarray(0, 0) : units.subarray(starts[code - 1], starts[code])
      const letters = new Uint8Array(word.length + (end === null ? 0 : 1))
      letters.set(word)
      if (end !== null) letters[word.length] = end
      highSteps.push(new WordStep(letters, 2654435761))
      lowSteps.push(new WordStep(letters, 1597334677))
    }
    for (let row = 0; row < rows; row++) {
      const code = codes[row]!
      high[row] = highSteps[code]!.after(high[row]!)
      low[row] = lowSteps[code]!.after(low[row]!)
    }
  }

  text(row: number, text: string): void {
    let a = this.high[row]!
    let b = this.low[row]!
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      a = Math.imul(a ^ unit, 2654435761)
      b = Math.imul(b ^ unit, 1597334677)
    }
    this.high[row] = a
    this.low[row] = b
  }

  /** To each row `String(value)` where it is a number (NaN = none), then `end`. */
  numbers(values: Float64Array, rows: number, end: number): void {
    const { high, low, digits } = this
    for (let row = 0; row < rows; row++) {
      const value = values[row]!
      let a = high[row]!
      let b = low[row]!
      if (value >= 0 && value <= Number.MAX_SAFE_INTEGER && Math.floor(value) === value) {
        for (let i = writeDigits(value, digits); i < DIGITS_ROOM; i++) {
          const unit = digits[i]!
          a = Math.imul(a ^ unit, 2654435761)
          b = Math.imul(b ^ unit, 1597334677)
        }
      } else if (value === value) {
        this.text(row, String(value))
        a = high[row]!
        b = low[row]!
      }
      high[row] = Math.imul(a ^ end, 2654435761)
      low[row] = Math.imul(b ^ end, 1597334677)
    }
  }

  /** As `text(row, String(value))`. */
  number(row: number, value: number): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER && Math.floor(value) === value)) {
      this.text(row, String(value))
      return
    }
    const digits = this.digits
    let a = this.high[row]!
    let b = this.low[row]!
    for (let i = writeDigits(value, digits); i < DIGITS_ROOM; i++) {
      const unit = digits[i]!
      a = Math.imul(a ^ unit, 2654435761)
      b = Math.imul(b ^ unit, 1597334677)
    }
    this.high[row] = a
    this.low[row] = b
  }

  hashes(): Float64Array {
    const { high, low } = this
    const hashes = new Float64Array(high.length)
    for (let row = 0; row < hashes.length; row++) hashes[row] = settle(high[row]!, low[row]!)
    return hashes
  }
}

const DIGITS_ROOM = 17

/** The letters of 000 … 999, three after each other. */
const TRIPLES = Uint8Array.from({ length: 3000 }, (_, i) => 48 + (Math.floor(i / 3 / [100, 10, 1][i % 3]!) % 10))

/** Decimal digits of a whole number of 0 or more, as letters ending at the end of `into`; answers where they begin. */
function writeDigits(value: number, into: Uint8Array): number {
  let at = DIGITS_ROOM
  let rest = value
  while (rest >= 1_000_000_000) {
    const higher = Math.floor(rest / 1_000_000_000)
    const nine = (rest - higher * 1_000_000_000) | 0
    const six = (nine / 1000) | 0
    const three = (six / 1000) | 0
    at -= 9
    writeTriple(three, into, at)
    writeTriple(six - three * 1000, into, at + 3)
    writeTriple(nine - six * 1000, into, at + 6)
    rest = higher
  }
  let small = rest | 0
  while (small >= 1000) {
    const higher = (small / 1000) | 0
    at -= 3
    writeTriple(small - higher * 1000, into, at)
    small = higher
  }
  const from = small * 3
  into[--at] = TRIPLES[from + 2]!
  if (small >= 10) into[--at] = TRIPLES[from + 1]!
  if (small >= 100) into[--at] = TRIPLES[from]!
  return at
}

function writeTriple(value: number, into: Uint8Array, at: number): void {
  const from = value * 3
  into[at] = TRIPLES[from]!
  into[at + 1] = TRIPLES[from + 1]!
  into[at + 2] = TRIPLES[from + 2]!
}

function settle(high: number, low: number): number {
  let [a, b] = [high, low]
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}
