import { orderOfMoments } from '../calendar/index.ts'
import type { Case } from './cases.ts'

/** Why a case is not counted. */
export interface LeftOut {
  readonly reason: string
  /** It should have been counted, had the source said more: it lowers the coverage. */
  readonly isMissing: boolean
}

/** All cases a metric can ever be made of, by the moment they count at. Columns, because there are hundreds of thousands. */
export interface CaseStream {
  readonly length: number
  /** Epoch ms, rising. */
  readonly at: Float64Array
  readonly part: Float64Array
  readonly whole: Float64Array
  /** Highest the part may be, where it is an estimate. */
  readonly most: Float64Array
  /** Lowest the part may be. */
  readonly least: Float64Array
  /** 0 = counted, else 1 + index into `reasons`. */
  readonly left: Uint8Array
  readonly reasons: readonly LeftOut[]
  caseAt(index: number): Case
}

/** Cases in any order, to be sorted once. `O` is what a case is of. */
export class StreamBuilder<O> {
  private length = 0
  private at: Float64Array
  private part: Float64Array
  /** `null` while the whole of every case is 1. */
  private whole: Float64Array | null = null
  /** `null` while the most of every case is its part. */
  private most: Float64Array | null = null
  /** `null` while the least of every case is its part. */
  private least: Float64Array | null = null
  private left: Uint8Array
  private readonly of: O[] = []
  private readonly reasons: LeftOut[] = []
  private lastCode = 0
  private readonly toCase: (of: O, part: number, whole: number) => Case
  private readonly stagesOf: ((of: O) => NonNullable<Case['stages']>) | null

  /** `stagesOf` is asked of counted cases only. */
  constructor(
    room: number,
    toCase: (of: O, part: number, whole: number) => Case,
    stagesOf: ((of: O) => NonNullable<Case['stages']>) | null = null,
  ) {
    this.toCase = toCase
    this.stagesOf = stagesOf
    const size = Math.max(16, room)
    // Room at once: growing bit by bit copies the list a dozen times.
    this.of.length = size
    this.at = new Float64Array(size)
    this.part = new Float64Array(size)
    this.left = new Uint8Array(size)
  }

  add(at: number, of: O, part: number, whole = 1, most = part, least = part): void {
    const { length } = this
    if (length === this.at.length) this.grow()
    this.at[length] = at
    this.part[length] = part
    if (whole !== 1 && this.whole === null) this.whole = new Float64Array(this.at.length).fill(1)
    if (this.whole !== null) this.whole[length] = whole
    if (most !== part && this.most === null) this.most = this.part.slice()
    if (this.most !== null) this.most[length] = most
    if (least !== part && this.least === null) this.least = this.part.slice()
    if (this.least !== null) this.least[length] = least
    this.of[length] = of
    this.length++
  }

  leaveOut(at: number, of: O, reason: string, isMissing = true): void {
    this.add(at, of, 0, 0)
    this.left[this.length - 1] = this.codeOf(reason, isMissing)
  }

  /** 1 + the place of the reason; most cases are left out for the same one as the last. */
  private codeOf(reason: string, isMissing: boolean): number {
    if (this.reasons[this.lastCode - 1]?.reason === reason) return this.lastCode
    let index = this.reasons.findIndex((own) => own.reason === reason)
    if (index < 0) index = this.reasons.push({ reason, isMissing }) - 1
    return (this.lastCode = index + 1)
  }

  finish(): CaseStream {
    const { length, of, reasons, toCase, stagesOf } = this
    const order = orderOfMoments(this.at, length)
    const sorted = <T extends Float64Array | Uint8Array>(values: T): T => {
      if (order === null) return values.subarray(0, length) as T
      const moved = values.slice(0, length) as T
      for (let i = 0; i < length; i++) moved[i] = values[order[i]!]!
      return moved
    }
    const [at, part, left] = [sorted(this.at), sorted(this.part), sorted(this.left)]
    const whole = this.whole === null ? onesOf(length) : sorted(this.whole)
    return {
      length,
      at,
      part,
      whole,
      most: this.most === null ? part : sorted(this.most),
      least: this.least === null ? part : sorted(this.least),
      left,
      reasons,
      caseAt(i) {
        const own = of[order === null ? i : order[i]!]!
        const one = toCase(own, part[i]!, whole[i]!)
        return stagesOf === null || left[i]! > 0 ? one : { ...one, stages: stagesOf(own) }
      },
    }
  }

  private grow(): void {
    const size = this.at.length * 2
    const larger = (values: Float64Array): Float64Array => {
      const grown = new Float64Array(size)
      grown.set(values)
      return grown
    }
    this.at = larger(this.at)
    this.part = larger(this.part)
    this.whole &&= larger(this.whole)
    this.most &&= larger(this.most)
    this.least &&= larger(this.least)
    const left = new Uint8Array(size)
    left.set(this.left)
    this.left = left
  }
}

let ones = new Float64Array(0)

/** Most streams are of cases that are one whole each: they share a column of ones. */
function onesOf(length: number): Float64Array {
  if (ones.length < length) ones = new Float64Array(length).fill(1)
  return ones.subarray(0, length)
}

/** First index at or after `from` … first at or after `until`. */
export function rangeOf(
  { at, length }: Pick<CaseStream, 'at' | 'length'>,
  { from, until }: { readonly from: number; readonly until: number },
): readonly [number, number] {
  return [firstAtOrAfter(at, length, from), firstAtOrAfter(at, length, until)]
}

function firstAtOrAfter(at: Float64Array, length: number, wanted: number): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}
