import type { HunkLanding } from '../../shared/delivery/index.ts'

/** The plain way to follow lines, to hold the walk against: one entry per line, copied whenever a landing touches the file. */
export function walkNaively(landings: readonly HunkLanding[], isInScope: (path: string) => boolean) {
  const files = new Map<string, number[]>()
  const added = landings.map(() => 0)
  const removed = new Map<string, number>()
  landings.forEach((landing, at) => {
    const moved = landing.files.flatMap(({ fromPath, path }) => {
      if (fromPath === null) return []
      const lines = files.get(fromPath) ?? []
      files.delete(fromPath)
      return [[path, lines] as const]
    })
    for (const [path, lines] of moved) files.set(path, lines)
    for (const { path, hunks, isNew, isDeleted } of landing.files) {
      const old = isNew ? [] : (files.get(path) ?? [])
      const counts = isInScope(path)
      const lines: number[] = []
      let next = 0
      for (let i = 0; i < hunks.length; i += 4) {
        const [oldStart, oldCount, newCount] = [hunks[i]!, hunks[i + 1]!, hunks[i + 3]!]
        const start = oldCount === 0 ? oldStart : oldStart - 1
        while (next < start) lines.push(old[next++] ?? -1)
        for (const end = start + oldCount; next < end; next++) {
          const birth = old[next] ?? -1
          if (counts && birth >= 0) removed.set(`${birth} ${at}`, (removed.get(`${birth} ${at}`) ?? 0) + 1)
        }
        for (let n = 0; n < newCount; n++) lines.push(at)
        if (counts) added[at]! += newCount
      }
      while (next < old.length) lines.push(old[next++]!)
      if (isDeleted) files.delete(path)
      else files.set(path, lines)
    }
  })
  return { added, removed }
}
