import type { HunkLanding } from '../../shared/delivery/index.ts'

/** The plain way to follow lines, to hold the walk against: one entry per line, each hunk a splice. */
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
      let lines = isNew ? [] : (files.get(path) ?? [])
      const counts = isInScope(path)
      let moveBy = 0
      for (let i = 0; i < hunks.length; i += 4) {
        const [oldStart, oldCount, newCount] = [hunks[i]!, hunks[i + 1]!, hunks[i + 3]!]
        const start = (oldCount === 0 ? oldStart : oldStart - 1) + moveBy
        while (lines.length < start + oldCount) lines.push(-1)
        const gone = lines.slice(start, start + oldCount)
        const born = Array.from({ length: newCount }, () => at)
        lines = [...lines.slice(0, start), ...born, ...lines.slice(start + oldCount)]
        for (const birth of gone) {
          if (counts && birth >= 0) removed.set(`${birth} ${at}`, (removed.get(`${birth} ${at}`) ?? 0) + 1)
        }
        if (counts) added[at]! += newCount
        moveBy += newCount - oldCount
      }
      if (isDeleted) files.delete(path)
      else files.set(path, lines)
    }
  })
  return { added, removed }
}
