/** Pairs of whole numbers, numbered from 0 as they come: a map of maps, without one for every first half. */
export class NumberedPairs {
  count = 0
  private firsts = new Int32Array(FIRST_ROOM)
  private seconds = new Float64Array(FIRST_ROOM)
  /** Open addressing: 0 = empty, else 1 + the number of a pair; twice as many as there is room for pairs. */
  private slots = new Uint32Array(FIRST_ROOM * 2)

  numberOf(first: number, second: number): number {
    const slot = this.slotOf(first, second)
    const known = this.slots[slot]!
    if (known > 0) return known - 1
    const number = this.count++
    this.firsts[number] = first
    this.seconds[number] = second
    this.slots[slot] = this.count
    if (this.count === this.firsts.length) this.grow()
    return number
  }

  /** -1 = the pair never came. */
  find(first: number, second: number): number {
    return this.slots[this.slotOf(first, second)]! - 1
  }

  private slotOf(first: number, second: number): number {
    const { firsts, seconds, slots } = this
    const mask = slots.length - 1
    let hash = Math.imul(first, 0x9e37_79b1) ^ Math.imul(second | 0, 0x85eb_ca6b)
    hash ^= hash >>> 15
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot]! - 1
      if (number < 0 || (firsts[number] === first && seconds[number] === second)) return slot
    }
  }

  private grow(): void {
    const room = this.firsts.length * 2
    const [firsts, seconds] = [new Int32Array(room), new Float64Array(room)]
    firsts.set(this.firsts)
    seconds.set(this.seconds)
    Object.assign(this, { firsts, seconds, slots: new Uint32Array(room * 2) })
    for (let number = 0; number < this.count; number++)
      this.slots[this.slotOf(firsts[number]!, seconds[number]!)] = number + 1
  }
}

const FIRST_ROOM = 256
