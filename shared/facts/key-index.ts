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
 * Open-addressing map from a 106-bit key to the place of the row that holds it. The table keeps places and eight bits of
 * each key, five bytes a slot; keys are read where they already stand, so millions of rows cost little more than the table
 * itself. The eight bits pass most slots of other keys without a look at memory far away.
 */
export class KeyIndex {
  private readonly chunks: readonly Hashed[]
  private readonly mask: number
  /** 0 = empty, else `tagOf` the key held. */
  private readonly tags: Uint8Array
  private readonly places: Uint32Array

  constructor(chunks: readonly Hashed[]) {
    let size = 16
    const capacity = chunks.reduce((sum, { rows }) => sum + rows, 0)
    while (size < capacity * 2) size *= 2
    this.chunks = chunks
    this.mask = size - 1
    this.tags = new Uint8Array(size)
    this.places = new Uint32Array(size)
  }

  /** Makes a row of these chunks the holder of its key; answers the holder before, or -1. */
  put(chunk: number, row: number): RowPlace {
    const { keys, checks } = this.chunks[chunk]!
    const slot = this.find(keys[row]!, checks[row]!)
    const before = this.holderAt(slot)
    this.tags[slot] = tagOf(checks[row]!)
    this.places[slot] = chunk * 65_536 + row
    return before
  }

  /** Makes a row the holder unless its key has one; answers that one, or -1. */
  putFirst(chunk: number, row: number): RowPlace {
    const { keys, checks } = this.chunks[chunk]!
    const slot = this.find(keys[row]!, checks[row]!)
    const before = this.holderAt(slot)
    if (before >= 0) return before
    this.tags[slot] = tagOf(checks[row]!)
    this.places[slot] = chunk * 65_536 + row
    return -1
  }

  /** The holder of a key, or -1. */
  get(key: number, check: number): RowPlace {
    return this.holderAt(this.find(key, check))
  }

  private holderAt(slot: number): RowPlace {
    return this.tags[slot] === 0 ? -1 : this.places[slot]!
  }

  private find(key: number, check: number): number {
    const { tags, places, mask, chunks } = this
    const tag = tagOf(check)
    // The low 32 bits of a 53-bit hash are as good as any.
    let slot = key & mask
    for (let held = tags[slot]!; held !== 0; held = tags[slot]!) {
      if (held === tag) {
        const place = places[slot]!
        const chunk = chunks[place >>> 16]!
        const row = place & 0xffff
        if (chunk.keys[row] === key && chunk.checks[row] === check) return slot
      }
      slot = (slot + 1) & mask
    }
    return slot
  }
}

/** 1 … 255, of the half of the key that does not choose the slot. */
function tagOf(check: number): number {
  return check & 0xff || 1
}
