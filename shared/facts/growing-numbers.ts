const FIRST_ROOM = 1024

/** A list of whole numbers below 2^31 that grows as a typed array: hundreds of thousands leave nothing to be collected. */
export class GrowingNumbers {
  length = 0
  private room = new Int32Array(FIRST_ROOM)

  push(value: number): void {
    if (this.length === this.room.length) {
      const larger = new Int32Array(this.length * 2)
      larger.set(this.room)
      this.room = larger
    }
    this.room[this.length++] = value
  }

  /** All of them, to be read until the next `push`. */
  get values(): Int32Array {
    return this.room.subarray(0, this.length)
  }
}
