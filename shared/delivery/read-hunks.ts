import type { FactSet, NumberColumn, TextColumn } from '../facts/index.ts'
import type { HunkFile } from './rewrite-lines.ts'

type Building = { -readonly [K in keyof HunkFile]: HunkFile[K] } & { hunks: number[] }

/**
 * Files with their changed ranges by repository and commit, straight from the columns: a year of a busy repository is
 * 100,000 hunks, too many for an object each. Keys are `repository`, U+001F, `sha`.
 */
export function readHunks(facts: FactSet): ReadonlyMap<string, readonly HunkFile[]> {
  const landings = new Map<string, Map<string, Building>>()
  facts.hunk.chunks.forEach((chunk, chunkAt) => {
    const live = facts.hunk.live[chunkAt]
    const text = (name: string) => {
      const { codes, words } = chunk.columns[name] as TextColumn
      return (row: number): string | null => (codes[row] === 0 ? null : words[codes[row]! - 1]!)
    }
    const numbers = (name: string) => (chunk.columns[name] as NumberColumn).values
    const [repository, sha, path, fromPath, change] = ['repository', 'sha', 'path', 'fromPath', 'change'].map(text)
    const [oldStart, oldCount, newStart, newCount] = ['oldStart', 'oldCount', 'newStart', 'newCount'].map(numbers)
    for (let i = 0; i < chunk.rows; i++) {
      if (live && live[i] === 0) continue
      const [ofSha, ofPath] = [sha!(i), path!(i)]
      if (ofSha === null || ofPath === null) continue
      const key = `${repository!(i) ?? ''}\u001f${ofSha}`
      let files = landings.get(key)
      if (!files) landings.set(key, (files = new Map<string, Building>()))
      const kind = change!(i)
      // A link that became a file is deleted and new in one landing.
      const fileKey = `${kind ?? ''} ${ofPath}`
      let file = files.get(fileKey)
      if (!file) {
        const isNew = kind === 'new'
        file = { path: ofPath, fromPath: fromPath!(i), hunks: [], isNew, isDeleted: kind === 'deleted' }
        files.set(fileKey, file)
      }
      if (!Number.isNaN(oldStart![i]!)) file.hunks.push(oldStart![i]!, oldCount![i]!, newStart![i]!, newCount![i]!)
    }
  })
  return new Map([...landings].map(([key, files]) => [key, [...files.values()].map(inOrder)]))
}

/** Hunks by position; two imports of one landing may have mixed them. */
function inOrder(file: Building): HunkFile {
  const { hunks } = file
  let isOrdered = true
  for (let i = 4; i < hunks.length && isOrdered; i += 4) isOrdered = hunks[i]! >= hunks[i - 4]!
  if (isOrdered) return file
  const starts = Array.from({ length: hunks.length / 4 }, (_, i) => i).sort((a, b) => hunks[a * 4]! - hunks[b * 4]!)
  return { ...file, hunks: starts.flatMap((i) => hunks.slice(i * 4, i * 4 + 4)) }
}
