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
  /** The births whose lines the landing at hand removed, and how many; few, so that they stay at hand. */
  private readonly touched: number[] = []
  private readonly gone: number[] = []
  private readonly goneNewest: number[] = []
  /** How many there are; the lists are written over by the next landing. */
  private count = 0
  /** Place of a birth among them, counted from 1; 0 = none of its lines. */
  private readonly placeOf: Int32Array

  /** `times`: epoch ms per landing; removals of lines older than `oldest` ms are not kept. */
  constructor(times: Float64Array, oldest: number) {
    this.times = times
    this.oldest = oldest
    this.placeOf = new Int32Array(times.length)
  }

  add(birth: number, proportional: number, newestFirst: number): void {
    const place = this.placeOf[birth]!
    if (place > 0) {
      this.gone[place - 1]! += proportional
      this.goneNewest[place - 1]! += newestFirst
    } else {
      const at = this.count++
      this.placeOf[birth] = at + 1
      this.touched[at] = birth
      this.gone[at] = proportional
      this.goneNewest[at] = newestFirst
    }
  }

  /** Ends the landing `death`: what was added since the last one is what it removed. */
  close(death: number): void {
    const { touched, times, gone, goneNewest } = this
    for (let place = 0; place < this.count; place++) {
      const birth = touched[place]!
      const age = times[death]! - times[birth]!
      this.placeOf[birth] = 0
      if (age <= this.oldest && (gone[place]! > 0 || goneNewest[place]! > 0)) {
        if (this.length === this.birth.length) this.grow()
        const at = this.length++
        this.birth[at] = birth
        this.death[at] = death
        this.ageMs[at] = age > 0 ? age : 0
        this.proportional[at] = gone[place]!
        this.newestFirst[at] = goneNewest[place]!
      }
    }
    this.count = 0
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
