/** Who owns a file, and the place of the owner in the list that says so: of two with as many lines the first one counts. */
export interface PathOwner {
  readonly name: string
  readonly place: number
}

export interface OwnedLines {
  /** `null` = nobody's. */
  readonly owner: string | null
  /** Added and deleted lines; binary files have none. */
  readonly lines: number
  readonly place: number
}

interface ChangedFile {
  readonly path: string
  readonly added: number | null
  readonly deleted: number | null
}

/**
 * The changed lines of a change by who owns them, most first. A line has one owner or none, so the shares add up to all
 * lines: 30 + 10 in `a/` of Ada's and 5 in `b/` of nobody's: Ada 40, nobody 5.
 */
export function linesByOwner(
  files: readonly ChangedFile[],
  ownerOf: (path: string) => PathOwner | null,
): readonly OwnedLines[] {
  const shares = new Map<string | null, { lines: number; place: number }>()
  for (const { path, added, deleted } of files) {
    const owner = ownerOf(path)
    const place = owner?.place ?? Infinity
    const lines = (added ?? 0) + (deleted ?? 0)
    const share = shares.get(owner?.name ?? null)
    if (!share) shares.set(owner?.name ?? null, { lines, place })
    else {
      share.lines += lines
      share.place = Math.min(share.place, place)
    }
  }
  return [...shares]
    .map(([owner, share]) => ({ owner, ...share }))
    .sort((a, b) => b.lines - a.lines || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
}

/** Who owns most of the changed lines; of equals the first in the list, and nobody last. `null` = nobody owns most. */
export function mainOwner(shares: readonly OwnedLines[]): string | null {
  return shares[0]?.owner ?? null
}
