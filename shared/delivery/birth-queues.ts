import { MS_PER_DAY } from '../calendar/index.ts'
import type { RemovalBuilder } from './removals.ts'

/** The additions to one file that are still there, twice: as spread deletions leave them, and as newest-first ones do. */
export interface FileQueue {
  /** Its lines are in scope. */
  inScope: boolean
  /** Oldest and newest addition as spread deletions leave them, and how many there are; -1 = none. */
  oldest: number
  newest: number
  length: number
  /** Newest addition as newest-first deletions leave them; -1 = none. */
  top: number
}

/** Landing of lines that were there before, or too old to matter. */
const OLD = -0x8000_0000
/** Lines older than this share one entry: they can never be reported again, only their number matters. */
const OLD_ENOUGH_TO_MERGE = 90 * MS_PER_DAY
/** Queues shorter than this are not looked through for old entries. */
const SHORT = 32

/**
 * The queues of all files as chains through a few arrays: a year of a company has hundreds of thousands of additions, most
 * of which are never deleted from again.
 */
export class BirthQueues {
  /** Landing of the lines of an entry; `~landing` when they are not in scope. */
  private birth = new Int32Array(1024)
  private left = new Float64Array(1024)
  /** The next newer entry of a spread queue, the next older one of the other; of a free entry the next free one. */
  private link = new Int32Array(1024)
  private used = 0
  private free = -1
  private readonly times: Float64Array
  private readonly removals: RemovalBuilder

  constructor(times: Float64Array, removals: RemovalBuilder) {
    this.times = times
    this.removals = removals
  }

  /** A file of so many lines of unknown age. */
  file(inScope: boolean, lines = 0): FileQueue {
    const file = { inScope, oldest: -1, newest: -1, length: 0, top: -1 }
    if (lines > 0) this.put(file, OLD, lines)
    return file
  }

  add(file: FileQueue, landing: number, lines: number): void {
    this.put(file, file.inScope ? landing : ~landing, lines)
  }

  private put(file: FileQueue, birth: number, lines: number): void {
    const spread = this.claim(birth, lines, -1)
    if (file.newest < 0) file.oldest = spread
    else this.link[file.newest] = spread
    file.newest = spread
    file.length++
    file.top = this.claim(birth, lines, file.top)
  }

  /** Takes deleted lines out of both queues at landing `at`. */
  take(file: FileQueue, lines: number, at: number): void {
    if (file.length >= SHORT) this.mergeOld(file, this.times[at]! - OLD_ENOUGH_TO_MERGE)
    this.takeSpread(file, lines)
    this.takeNewest(file, lines)
  }

  private takeSpread(file: FileQueue, wanted: number): void {
    const { birth, left, link } = this
    let total = 0
    for (let entry = file.oldest; entry >= 0; entry = link[entry]!) total += left[entry]!
    const share = total <= 0 ? 1 : Math.min(1, wanted / total)
    if (total > 0) {
      for (let entry = file.oldest; entry >= 0; entry = link[entry]!) {
        if (birth[entry]! >= 0) this.removals.add(birth[entry]!, left[entry]! * share, 0)
        left[entry]! *= 1 - share
      }
    }
    if (share < 1 || file.newest < 0) return
    link[file.newest] = this.free
    this.free = file.oldest
    file.oldest = file.newest = -1
    file.length = 0
  }

  private takeNewest(file: FileQueue, wanted: number): void {
    const { birth, left, link } = this
    let missing = wanted
    while (missing > 0 && file.top >= 0) {
      const entry = file.top
      const lines = Math.min(missing, left[entry]!)
      if (birth[entry]! >= 0) this.removals.add(birth[entry]!, 0, lines)
      left[entry]! -= lines
      missing -= lines
      if (left[entry]! > 0) continue
      file.top = link[entry]!
      link[entry] = this.free
      this.free = entry
    }
  }

  /** Keeps queues of busy files short, so that a year of history stays linear. */
  private mergeOld(file: FileQueue, before: number): void {
    const { birth, left, link, times } = this
    let [lines, last, next] = [0, -1, file.oldest]
    file.oldest = -1
    while (next >= 0) {
      const entry = next
      next = link[entry]!
      const own = birth[entry]!
      if (own === OLD || times[own < 0 ? ~own : own]! < before) {
        lines += left[entry]!
        file.length--
        link[entry] = this.free
        this.free = entry
      } else {
        if (last < 0) file.oldest = entry
        else link[last] = entry
        last = entry
      }
    }
    if (last >= 0) link[last] = -1
    file.newest = last
    if (lines <= 0) return
    file.oldest = this.claim(OLD, lines, file.oldest)
    if (last < 0) file.newest = file.oldest
    file.length++
  }

  private claim(birth: number, left: number, link: number): number {
    let entry = this.free
    if (entry >= 0) this.free = this.link[entry]!
    else {
      entry = this.used++
      if (entry === this.birth.length) this.grow()
    }
    this.birth[entry] = birth
    this.left[entry] = left
    this.link[entry] = link
    return entry
  }

  private grow(): void {
    const larger = <T extends Int32Array | Float64Array>(values: T, empty: T): T => {
      empty.set(values)
      return empty
    }
    const length = this.birth.length * 2
    this.birth = larger(this.birth, new Int32Array(length))
    this.left = larger(this.left, new Float64Array(length))
    this.link = larger(this.link, new Int32Array(length))
  }
}
