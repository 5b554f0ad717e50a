/** 64 MB are kept for the next run; more is left to the collector. */
const MOST_NUMBERS = 8 * 2 ** 20

const free = new Map<number, Float64Array[]>()
let held = 0

/** A buffer of this many numbers with whatever was in it: runs follow each other closely, and new memory is the dearest part. */
export function takeBuffer(size: number): Float64Array {
  const buffer = free.get(size)?.pop()
  if (!buffer) return new Float64Array(size)
  held -= size
  return buffer
}

export function giveBack(buffers: readonly Float64Array[]): void {
  for (const buffer of buffers) {
    if (held + buffer.length > MOST_NUMBERS) continue
    held += buffer.length
    const list = free.get(buffer.length)
    if (list) list.push(buffer)
    else free.set(buffer.length, [buffer])
  }
}
