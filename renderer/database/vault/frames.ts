import { hashBytes } from '../../../shared/records/index.ts'

/** Bytes before each payload: its length (4) and its checksum (8), little-endian. */
const HEADER = 12

/** One payload with its length and checksum in front, so that a torn or damaged one is told from a whole one. */
export function frame(payload: Uint8Array): Uint8Array {
  const out = new Uint8Array(HEADER + payload.length)
  const view = new DataView(out.buffer)
  view.setUint32(0, payload.length, true)
  view.setFloat64(4, hashBytes(payload, payload.length), true)
  out.set(payload, HEADER)
  return out
}

export interface Frames {
  readonly payloads: readonly Uint8Array[]
  /** Bytes remain that are no whole frame: the write of the last one was cut. */
  readonly isTorn: boolean
}

/** Whole frames from the start; stops at the first that is cut or does not fit its checksum. */
export function readFrames(bytes: Uint8Array): Frames {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const payloads: Uint8Array[] = []
  let at = 0
  while (at + HEADER <= bytes.length) {
    const length = view.getUint32(at, true)
    const payload = bytes.subarray(at + HEADER, at + HEADER + length)
    if (payload.length !== length || hashBytes(payload, length) !== view.getFloat64(at + 4, true)) break
    payloads.push(payload)
    at += HEADER + length
  }
  return { payloads, isTorn: at < bytes.length }
}
