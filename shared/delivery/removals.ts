/**
 * Lines added by landing `birth` that landing `death` removed or replaced, both as indexes into the walked landings; one
 * entry per pair, by death. Columns instead of objects: a busy year has hundreds of thousands.
 */
export interface Removals {
  readonly length: number
  readonly birth: Int32Array
  readonly death: Int32Array
  /** Age at death in ms, 0 or more. */
  readonly ageMs: Float64Array
  /** Deletions spread evenly over the known lines of the file: the low side. */
  readonly proportional: Float64Array
  /** Deletions eat the newest lines first: the high side. */
  readonly newestFirst: Float64Array
}

/** Gathers what one landing after the other removes, by birth. */
export class RemovalBuilder {
  private length = 0
  private birth = new Int32Array(256)
  private death = new Int32Array(256)
  private ageMs = new Float64Array(256)
  private proportional = new Float64Array(256)
  private newestFirst = new Float64Array(256)
  private readonly times: Float64Array
  private readonly oldest: number
  /** Lines removed by the landing at hand, by birth, and which births those are. */
  private readonly gone: Float64Array
  private readonly goneNewest: Float64Array
  private touched: number[] = []

  /** `times`: epoch ms per landing; removals of lines older than `oldest` ms are not kept. */
  constructor(times: Float64Array, oldest: number) {
    this.times = times
    this.oldest = oldest
    this.gone = new Float64Array(times.length)
    this.goneNewest = new Float64Array(times.length)
  }

  add(birth: number, proportional: number, newestFirst: number): void {
    if (this.gone[birth] === 0 && this.goneNewest[birth] === 0) this.touched.push(birth)
    this.gone[birth]! += proportional
    this.goneNewest[birth]! += newestFirst
  }

  /** Ends the landing `death`: what was added since the last one is what it removed. */
  close(death: number): void {
    const { touched, times, gone, goneNewest } = this
    if (touched.length === 0) return
    for (const birth of touched) {
      const age = times[death]! - times[birth]!
      if (age <= this.oldest && (gone[birth]! > 0 || goneNewest[birth]! > 0)) {
        if (this.length === this.birth.length) this.grow()
        const at = this.length++
        this.birth[at] = birth
        this.death[at] = death
        this.ageMs[at] = age > 0 ? age : 0
        this.proportional[at] = gone[birth]!
        this.newestFirst[at] = goneNewest[birth]!
      }
      gone[birth] = 0
      goneNewest[birth] = 0
    }
    touched.length = 0
  }

  finish(): Removals {
    const { length } = this
    return {
      length,
      birth: this.birth.slice(0, length),
      death: this.death.slice(0, length),
      ageMs: this.ageMs.slice(0, length),
      proportional: this.proportional.slice(0, length),
      newestFirst: this.newestFirst.slice(0, length),
    }
  }

  private grow(): void {
    const length = this.length * 2
    this.birth = copyInto(new Int32Array(length), this.birth)
    this.death = copyInto(new Int32Array(length), this.death)
    this.ageMs = copyInto(new Float64Array(length), this.ageMs)
    this.proportional = copyInto(new Float64Array(length), this.proportional)
    this.newestFirst = copyInto(new Float64Array(length), this.newestFirst)
  }
}

function copyInto<T extends Int32Array | Float64Array>(larger: T, from: T): T {
  larger.set(from)
  return larger
}
