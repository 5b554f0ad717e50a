import { expect, test } from 'vitest'
import { isUtf8 } from '../../../shared/tables/index.ts'

/** Every place of every short text in a larger buffer: words of four begin at some of them only. */
function placesOf(bytes: readonly number[]): readonly boolean[] {
  return Array.from({ length: 8 }, (_, from) => {
    const buffer = new Uint8Array(24).fill(0xff)
    buffer.set(bytes, from)
    return isUtf8(buffer.subarray(from, from + bytes.length))
  })
}

test.each([[[]], [[65]], [[65, 66]], [[65, 66, 67]], [[0xc3, 0xa9]], [Array.from({ length: 12 }, () => 65)]])(
  '%j is UTF-8 wherever it stands',
  (bytes) => expect(new Set(placesOf(bytes))).toEqual(new Set([true])),
)

test.each([[[0xe9]], [[65, 0xe9]], [[65, 66, 67, 68, 69, 70, 71, 0xe9]], [[0xe9, 65, 66, 67, 68, 69, 70, 71]]])(
  '%j is none, wherever it stands',
  (bytes) => expect(new Set(placesOf(bytes))).toEqual(new Set([false])),
)
