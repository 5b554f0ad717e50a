import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import { hashText } from '../records/index.ts'
import type { Seed } from '../quantities/index.ts'

/** Samples are drawn in blocks of this many; strata of the Latin hypercube fill exactly one block. */
export const BLOCK = 1024

/**
 * Names one stream of draws: the row (or the imported source whose rows are drawn whole) and which literal of its formula.
 * Nothing else enters, so adding, moving or renaming other rows cannot change a sample.
 */
export interface StreamKey {
  readonly high: number
  readonly low: number
  readonly literal: number
}

export function streamKeyOf(owner: string, literal: number): StreamKey {
  const hash = hashText(owner, 0x5eed)
  return { high: Math.floor(hash / 4294967296), low: hash >>> 0, literal }
}

/** The generator of one (seed, key, block, draw). */
export function openStream(seed: Seed, key: StreamKey, block: number, draw: number) {
  const state = new Int32Array(4)
  stateOf(state, seed, key, block, draw)
  return xoroshiro128plusFromState([...state])
}

/** Its four state words, into `state`. They are mixed, never raw small integers, so neighbours are unrelated. */
export function stateOf(state: Int32Array, seed: Seed, key: StreamKey, block: number, draw: number): void {
  let word = mix(seed | 0)
  word = mix((word + Math.imul(key.high | 0, 0x9e3779b9)) | 0)
  word = mix((word ^ key.low) | 0)
  word = mix((word + Math.imul(key.literal + 1, 0x85ebca6b)) | 0)
  word = mix((word + Math.imul(block + 1, 0xc2b2ae35)) | 0)
  word = mix((word + Math.imul(draw + 1, 0x27d4eb2f)) | 0)
  // A second lane over the same inputs in another order: 64 bits tell streams apart, not 32.
  let other = mix((key.low ^ 0x6a09e667) | 0)
  other = mix((other + Math.imul(draw + 1, 0x9e3779b9)) | 0)
  other = mix((other ^ seed) | 0)
  other = mix((other + Math.imul(block + 1, 0x85ebca6b)) | 0)
  other = mix((other + Math.imul(key.literal + 1, 0xc2b2ae35) + key.high) | 0)
  state[0] = word
  state[1] = other
  state[2] = mix(word + 0x9e3779b9)
  state[3] = mix(other + 0x3c6ef372) | 1
}

function mix(word: number): number {
  let h = word | 0
  h ^= h >>> 16
  h = Math.imul(h, 0x21f0aaad)
  h ^= h >>> 15
  h = Math.imul(h, 0x735a2d97)
  h ^= h >>> 15
  return h | 0
}
