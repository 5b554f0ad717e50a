import { UNKNOWN_NANOS } from './schema.ts'

/**
 * 64-bit amounts as pairs of 32 bits: a column of a million is then added up or hashed without a million big integers.
 */
export function halvesOf(values: BigInt64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2)
}

const LOW = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1

/** The amount of a row: NaN for `UNKNOWN_NANOS`, Infinity for one that no double holds exactly. */
export function nanosAt(halves: Int32Array, row: number): number {
  const high = halves[row * 2 + 1 - LOW]!
  const low = halves[row * 2 + LOW]! >>> 0
  // The whole numbers of a double end at 2^53.
  if (high >= -LAST_HIGH && high < LAST_HIGH) return high * 4_294_967_296 + low
  return high === UNKNOWN_HIGH && low === 0 ? NaN : Infinity
}

const LAST_HIGH = 2 ** 21
const UNKNOWN_HIGH = Number(UNKNOWN_NANOS >> 32n)
