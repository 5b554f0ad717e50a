/** Open-addressing map from a 106-bit key to the place of the row that holds it now. */
export class KeyIndex {
  private readonly mask: number
  private readonly keys: Float64Array
  private readonly checks: Float64Array
  private readonly places: Float64Array

  constructor(capacity: number) {
    let size = 16
    while (size < capacity * 2) size *= 2
    this.mask = size - 1
    this.keys = new Float64Array(size)
    this.checks = new Float64Array(size)
    this.places = new Float64Array(size).fill(-1)
  }

  /** Makes (chunk, row) the holder; returns the holder before, or null. */
  put(key: number, check: number, chunk: number, row: number): { chunk: number; row: number } | null {
    const slot = this.find(key, check)
    const before = this.places[slot]!
    this.keys[slot] = key
    this.checks[slot] = check
    this.places[slot] = chunk * 65_536 + row
    return before < 0 ? null : { chunk: Math.floor(before / 65_536), row: before % 65_536 }
  }

  get(key: number, check: number): { chunk: number; row: number } | null {
    const place = this.places[this.find(key, check)]!
    return place < 0 ? null : { chunk: Math.floor(place / 65_536), row: place % 65_536 }
  }

  private find(key: number, check: number): number {
    let slot = (key % 4294967291) & this.mask
    while (this.places[slot]! >= 0 && !(this.keys[slot] === key && this.checks[slot] === check))
      slot = (slot + 1) & this.mask
    return slot
  }
}
