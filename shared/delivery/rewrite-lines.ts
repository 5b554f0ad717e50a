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
  const times = Float64Array.from(landings, ({ landedAt }) => landedAt)
  const earliestFrom = earliestTimes(times)
  const removals = new RemovalBuilder(times, OLDEST_REPORTED)
  const runs = new RunPool(times, removals)
  const files = new Map<string, FileRuns>()
  landings.forEach((landing, at) => {
    followRenames(files, landing.files, isInScope)
    const oldBefore = earliestFrom[at]! - OLDEST_REPORTED
    for (const { path, hunks, isNew, isDeleted } of landing.files) {
      let file = files.get(path)
      if (hunks.length === 0) {
        if (isDeleted && file !== undefined) {
          runs.drop(file)
          files.delete(path)
        }
        continue
      }
      if (file === undefined) files.set(path, (file = emptyFile(isInScope(path))))
      else if (isNew) runs.drop(file)
      const plus = runs.apply(file, hunks, at, oldBefore)
      if (file.counts) added[at]! += plus
      if (isDeleted) {
        runs.drop(file)
        files.delete(path)
      }
    }
    removals.close(at)
  })
  return { added, removals: removals.finish(), isExact: true }
}

/** Per landing the earliest time of it and all after it: clocks run backwards now and then. */
function earliestTimes(times: Float64Array): Float64Array {
  const earliest = new Float64Array(times.length)
  let sofar = Infinity
  for (let at = times.length - 1; at >= 0; at--) earliest[at] = sofar = Math.min(sofar, times[at]!)
  return earliest
}

/** All renames of one landing happen at once: a swap of two names keeps both. */
function followRenames(
  files: Map<string, FileRuns>,
  changes: readonly HunkFile[],
  isInScope: (path: string) => boolean,
): void {
  let moved: [string, FileRuns][] | null = null
  for (const { fromPath, path } of changes) {
    if (fromPath === null) continue
    const file = files.get(fromPath) ?? emptyFile(false)
    // Lines count as removed by the path they are removed at: a file renamed out of the code takes its lines with it.
    file.counts = isInScope(path)
    ;(moved ??= []).push([path, file])
    files.delete(fromPath)
  }
  if (moved) for (const [path, file] of moved) files.set(path, file)
}

/** Where in the pool the runs of one file stand. After the last run come lines of unknown birth, as many as anyone asks for. */
interface FileRuns {
  start: number
  /** Runs there is room for. */
  room: number
  length: number
  /** Landings that touched it. */
  touches: number
  /** Its lines are in scope. */
  counts: boolean
}

function emptyFile(counts: boolean): FileRuns {
  return { start: 0, room: 0, length: 0, touches: 0, counts }
}

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
  private readonly times: Float64Array
  private readonly removals: RemovalBuilder

  constructor(times: Float64Array, removals: RemovalBuilder) {
    this.times = times
    this.removals = removals
  }

  drop(file: FileRuns): void {
    if (file.room > 0) (this.free[file.room] ??= []).push(file.start)
    file.room = 0
    file.length = 0
  }

  /** Takes away and puts in what the hunks say; returns the lines put in. Births before `oldBefore` are forgotten. */
  apply(file: FileRuns, hunks: ArrayLike<number>, at: number, oldBefore: number): number {
    const { pool, times, removals } = this
    const most = 2 * (file.length + hunks.length + 2)
    if (this.scratch.length < most) this.scratch = new Int32Array(most * 2)
    const { scratch } = this
    const last = file.start + 2 * file.length
    // Runs before the first hunk stay where they are; now and then all are looked at, to forget the old ones.
    let next = file.start
    let line = 0
    if ((++file.touches & 15) > 0 && hunks.length > 0) {
      const first = hunks[1] === 0 ? hunks[0]! : hunks[0]! - 1
      while (next < last && line + pool[next + 1]! < first) {
        line += pool[next + 1]!
        next += 2
      }
    }
    const kept = next - file.start
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
        let birth = next < last ? pool[next]! : OLD
        if (birth !== OLD && times[birth]! < oldBefore) birth = OLD
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
        if (next < last && file.counts && pool[next]! !== OLD) removals.add(pool[next]!, lines, lines)
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
  private keep(file: FileRuns, kept: number, top: number): void {
    const length = (kept + top) >> 1
    if (length > file.room) {
      const { start: before } = file
      this.drop(file)
      let room = 2
      while (room < length) room *= 2
      file.room = room
      file.start = this.free[room]?.pop() ?? this.claim(room)
      this.pool.copyWithin(file.start, before, before + kept)
    }
    const { pool, scratch } = this
    for (let i = 0, to = file.start + kept; i < top; i++, to++) pool[to] = scratch[i]!
    file.length = length
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
