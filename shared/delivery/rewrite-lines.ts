import { isCodePath } from './code-scope.ts'
import type { Removal, RewriteWalk } from './rewrite-estimate.ts'
import { OLDEST_REPORTED } from './rewrite-estimate.ts'

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
  const removals: Removal[] = []
  const files = new Map<string, Runs>()
  const earliestFrom = earliestTimes(landings)
  const scopes = new Map<string, boolean>()
  const inScope = (path: string): boolean => {
    let known = scopes.get(path)
    if (known === undefined) scopes.set(path, (known = isInScope(path)))
    return known
  }
  // Lines removed by the current landing, by their birth; in scope only.
  const gone = new Map<number, number>()

  landings.forEach((landing, at) => {
    followRenames(files, landing.files)
    for (const file of landing.files) {
      const { path, hunks, isNew, isDeleted } = file
      if (hunks.length === 0) {
        if (isDeleted) files.delete(path)
        continue
      }
      const counts = inScope(path)
      let runs = files.get(path)
      if (runs === undefined || isNew) files.set(path, (runs = new Runs()))
      // Lines count as removed by the path they are removed at: a file renamed out of the code takes its lines with it.
      const plus = runs.apply(hunks, at, (birth, lines) => {
        if (counts && birth >= 0) gone.set(birth, (gone.get(birth) ?? 0) + lines)
      })
      if (counts) added[at]! += plus
      if (isDeleted) files.delete(path)
      else if (runs.length > 8) runs.forget((birth) => earliestFrom[at]! - landings[birth]!.landedAt > OLDEST_REPORTED)
    }
    for (const [birth, lines] of gone) {
      const ageMs = Math.max(0, landing.landedAt - landings[birth]!.landedAt)
      if (ageMs <= OLDEST_REPORTED) removals.push({ birth, death: at, ageMs, proportional: lines, newestFirst: lines })
    }
    gone.clear()
  })
  return { added, removals, isExact: true }
}

/** Per landing the earliest time of it and all after it: clocks run backwards now and then. */
function earliestTimes(landings: readonly HunkLanding[]): Float64Array {
  const earliest = new Float64Array(landings.length)
  let sofar = Infinity
  for (let at = landings.length - 1; at >= 0; at--) earliest[at] = sofar = Math.min(sofar, landings[at]!.landedAt)
  return earliest
}

/** All renames of one landing happen at once: a swap of two names keeps both. */
function followRenames(files: Map<string, Runs>, changes: readonly HunkFile[]): void {
  const moved: [string, Runs][] = []
  for (const { fromPath, path } of changes) {
    if (fromPath === null) continue
    moved.push([path, files.get(fromPath) ?? new Runs()])
    files.delete(fromPath)
  }
  for (const [path, runs] of moved) files.set(path, runs)
}

/** Where the runs of the file at hand are put together; made anew only to grow. */
let scratch = { births: new Int32Array(1024), counts: new Int32Array(1024) }

/** Birth of lines that were there before, or that are too old to matter. */
const OLD = -1

/**
 * The lines of one file as runs of one birth. After the last run come lines of unknown birth, as many as anyone asks for.
 * Births: index of the landing, -1 old.
 */
class Runs {
  private births: Int32Array = new Int32Array(2)
  private counts: Int32Array = new Int32Array(2)
  length = 0

  /** Takes away and puts in what the hunks say; returns the lines put in. */
  apply(hunks: ArrayLike<number>, birth: number, removed: (birth: number, lines: number) => void): number {
    const most = this.length + hunks.length + 2
    if (scratch.births.length < most) scratch = { births: new Int32Array(most * 2), counts: new Int32Array(most * 2) }
    const { births, counts } = scratch
    const { births: oldBirths, counts: oldCounts, length: oldLength } = this
    let length = 0
    // Next run of the old lines and what is left of it; `line` = old lines passed.
    let next = 0
    let left = oldLength > 0 ? oldCounts[0]! : Infinity
    let line = 0
    let plus = 0
    for (let i = 0; i <= hunks.length; i += 4) {
      const isEnd = i === hunks.length
      const oldCount = isEnd ? 0 : hunks[i + 1]!
      const newCount = isEnd ? 0 : hunks[i + 3]!
      // Lines that stay: up to the hunk, or all that are left.
      const until = isEnd ? Infinity : oldCount === 0 ? hunks[i]! : hunks[i]! - 1
      while (line < until && !(isEnd && next >= oldLength)) {
        const lines = left < until - line ? left : until - line
        const of = next < oldLength ? oldBirths[next]! : OLD
        if (length > 0 && births[length - 1] === of) counts[length - 1]! += lines
        else {
          births[length] = of
          counts[length++] = lines
        }
        line += lines
        left -= lines
        if (left === 0) left = ++next < oldLength ? oldCounts[next]! : Infinity
      }
      const end = line + oldCount
      while (line < end) {
        const lines = left < end - line ? left : end - line
        if (next < oldLength) removed(oldBirths[next]!, lines)
        line += lines
        left -= lines
        if (left === 0) left = ++next < oldLength ? oldCounts[next]! : Infinity
      }
      if (newCount === 0) continue
      plus += newCount
      if (length > 0 && births[length - 1] === birth) counts[length - 1]! += newCount
      else {
        births[length] = birth
        counts[length++] = newCount
      }
    }
    // Old lines at the end are what comes after the last run anyway.
    if (length > 0 && births[length - 1] === OLD) length--
    this.keep(births, counts, length)
    return plus
  }

  private keep(births: Int32Array, counts: Int32Array, length: number): void {
    if (this.births.length < length) {
      this.births = new Int32Array(length + (length >> 1))
      this.counts = new Int32Array(length + (length >> 1))
    }
    for (let i = 0; i < length; i++) {
      this.births[i] = births[i]!
      this.counts[i] = counts[i]!
    }
    this.length = length
  }

  /** Joins runs whose birth can never be reported again. */
  forget(isOld: (birth: number) => boolean): void {
    let length = 0
    for (let i = 0; i < this.length; i++) {
      const birth = this.births[i]!
      const kept = birth === OLD || isOld(birth) ? OLD : birth
      if (length > 0 && this.births[length - 1] === kept) this.counts[length - 1]! += this.counts[i]!
      else {
        this.births[length] = kept
        this.counts[length++] = this.counts[i]!
      }
    }
    this.length = length > 0 && this.births[length - 1] === OLD ? length - 1 : length
  }
}
