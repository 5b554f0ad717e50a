import { isCodePath } from './code-scope.ts'
import { RemovalBuilder } from './removals.ts'
import { OLDEST_REPORTED, type RewriteWalk } from './rewrite-estimate.ts'

/** One file a landing touched, with the ranges it changed. */
export interface HunkFile {
  readonly path: string
  /** Former path of a rename. */
  readonly fromPath: string | null
  /**
   * Changed ranges by position: old start, old count, new start, new count, one hunk after the other. With an old count of
   * 0 the new lines stand after line `old start`.
   */
  readonly hunks: ArrayLike<number>
  readonly isNew: boolean
  readonly isDeleted: boolean
}

export interface HunkLanding {
  /** Epoch ms of the landing; not monotone along the line. */
  readonly landedAt: number
  readonly files: readonly HunkFile[]
}

/**
 * Follows every line from the landing that adds it to the one that removes or replaces it: exact, because hunks say where.
 *
 * A file is a list of runs, each a number of consecutive lines with one birth: not a list of lines. A landing's hunks of a
 * file go through its runs once, from top to bottom. Lines before the first landing, or too old to be reported ever again,
 * are one run of unknown birth, so that a file has no more runs than its last month of changes left behind and the work
 * grows with the hunks and not with the history.
 *
 * Three lines by landing 0, then `@@ -2 +2,2 @@` by landing 1: runs 1 x 0, 2 x 1, 1 x 0 and one line of 0 removed by 1.
 *
 * `proportional` and `newestFirst` of a removal are the same: there is nothing to estimate.
 */
export function walkHunks(
  landings: readonly HunkLanding[],
  isInScope: (path: string) => boolean = isCodePath,
): RewriteWalk {
  const added = new Float64Array(landings.length)
  const times = new Float64Array(landings.length)
  landings.forEach(({ landedAt }, at) => (times[at] = landedAt))
  const oldUpTo = oldLandings(times)
  const removals = new RemovalBuilder(times, OLDEST_REPORTED)
  const runs = new RunPool(removals)
  const files = new Map<string, number>()
  landings.forEach((landing, at) => {
    followRenames(files, runs, landing.files, isInScope)
    for (const { path, hunks, isNew, isDeleted } of landing.files) {
      let file = files.get(path)
      if (hunks.length === 0) {
        if (isDeleted && file !== undefined) {
          runs.drop(file)
          files.delete(path)
        }
        continue
      }
      if (file === undefined) files.set(path, (file = runs.file(isInScope(path))))
      else if (isNew) runs.drop(file)
      const plus = runs.apply(file, hunks, at, oldUpTo[at]!)
      if (runs.isCounted(file)) added[at]! += plus
      if (isDeleted) {
        runs.drop(file)
        files.delete(path)
      }
    }
    removals.close(at)
  })
  return { added, removals: removals.finish(), isExact: true }
}

/**
 * Per landing the last one up to which all lines are too old to be reported by it or any after it; -1 = none. Clocks run
 * backwards now and then: one late landing keeps those around it.
 */
function oldLandings(times: Float64Array): Int32Array {
  const earliestFrom = times.slice()
  for (let at = times.length - 2; at >= 0; at--) earliestFrom[at] = Math.min(times[at]!, earliestFrom[at + 1]!)
  const oldUpTo = new Int32Array(times.length)
  let next = 0
  for (let at = 0; at < times.length; at++) {
    while (times[next]! < earliestFrom[at]! - OLDEST_REPORTED) next++
    oldUpTo[at] = next - 1
  }
  return oldUpTo
}

/** All renames of one landing happen at once: a swap of two names keeps both. */
function followRenames(
  files: Map<string, number>,
  runs: RunPool,
  changes: readonly HunkFile[],
  isInScope: (path: string) => boolean,
): void {
  let moved: [string, number][] | null = null
  for (const { fromPath, path } of changes) {
    if (fromPath === null) continue
    const file = files.get(fromPath) ?? runs.file(false)
    // Lines count as removed by the path they are removed at: a file renamed out of the code takes its lines with it.
    runs.count(file, isInScope(path))
    ;(moved ??= []).push([path, file])
    files.delete(fromPath)
  }
  if (moved) for (const [path, file] of moved) files.set(path, file)
}

/** What is kept of a file, `FIELDS` numbers from its place on: where its runs stand, for how many there is room, … */
const [START, ROOM, LENGTH, TOUCHES, COUNTS, FIELDS] = [0, 1, 2, 3, 4, 5]

/** More lines than any file has; not Infinity, so that counting stays in whole numbers. */
const ENDLESS = 0x3fffffff

/** Birth of lines that were there before, or that are too old to matter. */
const OLD = -1

/**
 * The runs of all files in one array, pairs of birth and count: one array per file would be made anew whenever it grows.
 * Births: index of the landing, -1 old. Blocks have room for a power of two of runs and are used again.
 */
class RunPool {
  private pool = new Int32Array(4096)
  private end = 0
  private readonly free: number[][] = []
  private scratch = new Int32Array(2048)
  private files = new Int32Array(1024 * FIELDS)
  private filesEnd = 0
  private readonly removals: RemovalBuilder

  constructor(removals: RemovalBuilder) {
    this.removals = removals
  }

  /** A file without runs: after its last run come lines of unknown birth, as many as anyone asks for. */
  file(counts: boolean): number {
    const file = this.filesEnd
    this.filesEnd += FIELDS
    if (this.filesEnd > this.files.length) {
      const grown = new Int32Array(this.files.length * 2)
      grown.set(this.files)
      this.files = grown
    }
    this.count(file, counts)
    return file
  }

  /** Whether the lines of a file are in scope. */
  count(file: number, counts: boolean): void {
    this.files[file + COUNTS] = counts ? 1 : 0
  }

  isCounted(file: number): boolean {
    return this.files[file + COUNTS] === 1
  }

  drop(file: number): void {
    const { files } = this
    const room = files[file + ROOM]!
    if (room > 0) (this.free[room] ??= []).push(files[file + START]!)
    files[file + ROOM] = 0
    files[file + LENGTH] = 0
  }

  /** Takes away and puts in what the hunks say; returns the lines put in. Births up to `oldUpTo` are forgotten. */
  apply(file: number, hunks: ArrayLike<number>, at: number, oldUpTo: number): number {
    const { pool, removals, files } = this
    const [start, length] = [files[file + START]!, files[file + LENGTH]!]
    const isCounted = this.isCounted(file)
    const most = 2 * (length + hunks.length + 2)
    if (this.scratch.length < most) this.scratch = new Int32Array(most * 2)
    const { scratch } = this
    const last = start + 2 * length
    // Runs before the first hunk stay where they are; now and then all are looked at, to forget the old ones.
    let next = start
    let line = 0
    const touches = ++files[file + TOUCHES]!
    if ((touches & 15) > 0 && hunks.length > 0) {
      const first = hunks[1] === 0 ? hunks[0]! : hunks[0]! - 1
      while (next < last && line + pool[next + 1]! < first) {
        line += pool[next + 1]!
        next += 2
      }
    }
    const kept = next - start
    // What is left of the next run; `line` = old lines passed, `top` = end of the new runs.
    let left = next < last ? pool[next + 1]! : ENDLESS
    let top = 0
    let plus = 0
    for (let i = 0; i <= hunks.length; i += 4) {
      const isEnd = i === hunks.length
      const oldCount = isEnd ? 0 : hunks[i + 1]!
      const newCount = isEnd ? 0 : hunks[i + 3]!
      // Lines that stay: up to the hunk, or all that are left.
      const until = isEnd ? ENDLESS : oldCount === 0 ? hunks[i]! : hunks[i]! - 1
      while (line < until && !(isEnd && next >= last)) {
        const lines = left < until - line ? left : until - line
        const born = next < last ? pool[next]! : OLD
        const birth = born > oldUpTo ? born : OLD
        if (top > 0 && scratch[top - 2] === birth) scratch[top - 1]! += lines
        else {
          scratch[top] = birth
          scratch[top + 1] = lines
          top += 2
        }
        line += lines
        left -= lines
        if (left === 0) left = (next += 2) < last ? pool[next + 1]! : ENDLESS
      }
      const end = line + oldCount
      while (line < end) {
        const lines = left < end - line ? left : end - line
        if (next < last && isCounted && pool[next]! !== OLD) removals.add(pool[next]!, lines, lines)
        line += lines
        left -= lines
        if (left === 0) left = (next += 2) < last ? pool[next + 1]! : ENDLESS
      }
      if (newCount === 0) continue
      plus += newCount
      if (top > 0 && scratch[top - 2] === at) scratch[top - 1]! += newCount
      else {
        scratch[top] = at
        scratch[top + 1] = newCount
        top += 2
      }
    }
    // Old lines at the end are what comes after the last run anyway.
    if (top > 0 && scratch[top - 2] === OLD) top -= 2
    this.keep(file, kept, top)
    return plus
  }

  /** Puts the new runs behind the first `kept` places of the old ones. */
  private keep(file: number, kept: number, top: number): void {
    const { files, scratch } = this
    const length = (kept + top) >> 1
    if (length > files[file + ROOM]!) {
      const before = files[file + START]!
      this.drop(file)
      let room = 2
      while (room < length) room *= 2
      const start = this.free[room]?.pop() ?? this.claim(room)
      this.pool.copyWithin(start, before, before + kept)
      files[file + ROOM] = room
      files[file + START] = start
    }
    const { pool } = this
    for (let i = 0, to = files[file + START]! + kept; i < top; i++, to++) pool[to] = scratch[i]!
    files[file + LENGTH] = length
  }

  private claim(room: number): number {
    const start = this.end
    this.end += 2 * room
    if (this.end > this.pool.length) {
      const grown = new Int32Array(Math.max(this.end, this.pool.length * 2))
      grown.set(this.pool)
      this.pool = grown
    }
    return start
  }
}
