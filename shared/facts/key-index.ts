import type { FactChunk } from './schema.ts'

/** Chunk and row as one number, `chunk * 65,536 + row`. */
export type RowPlace = number

export function chunkOf(place: RowPlace): number {
  return Math.floor(place / 65_536)
}

export function rowOf(place: RowPlace): number {
  return place % 65_536
}

type Hashed = Pick<FactChunk, 'keys' | 'checks' | 'rows'>

/**
 * Open-addressing map from a 106-bit key to the place of the row that holds it. The table keeps places only, four bytes a
 * slot; keys are read where they already stand, so millions of rows cost little more than the table itself.
 */
export class KeyIndex {
  private readonly chunks: readonly Hashed[]
  private readonly mask: number
  /** 0 = empty, else place + 1. */
  private readonly places: Uint32Array

  constructor(chunks: readonly Hashed[]) {
    let size = 16
    const capacity = chunks.reduce((sum, { rows }) => sum + rows, 0)
    while (size < capacity * 2) size *= 2
    this.chunks = chunks
    this.mask = size - 1
    this.places = new Uint32Array(size)
  }

  /** Makes a row of these chunks the holder of its key; answers the holder before, or -1. */
  put(chunk: number, row: number): RowPlace {
    const { keys, checks } = this.chunks[chunk]!
    const slot = this.find(keys[row]!, checks[row]!)
    const before = this.places[slot]! - 1
    this.places[slot] = chunk * 65_536 + row + 1
    return before
  }

  /** Makes a row the holder unless its key has one; answers that one, or -1. */
  putFirst(chunk: number, row: number): RowPlace {
    const { keys, checks } = this.chunks[chunk]!
    const slot = this.find(keys[row]!, checks[row]!)
    const before = this.places[slot]! - 1
    if (before < 0) this.places[slot] = chunk * 65_536 + row + 1
    return before
  }

  /** The holder of a key, or -1. */
  get(key: number, check: number): RowPlace {
    return this.places[this.find(key, check)]! - 1
  }

  private find(key: number, check: number): number {
    const { places, mask, chunks } = this
    // The low 32 bits of a 53-bit hash are as good as any.
    let slot = key & mask
    for (;;) {
      const place = places[slot]! - 1
      if (place < 0) return slot
      const chunk = chunks[place >>> 16]!
      const row = place & 0xffff
      if (chunk.keys[row] === key && chunk.checks[row] === check) return slot
      slot = (slot + 1) & mask
    }
  }
}
