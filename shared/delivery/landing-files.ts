import { type FactSet, TableReader } from '../facts/index.ts'
import type { NumstatFile } from './rewrite-estimate.ts'

/**
 * The files of every landing as columns: `starts[place]` … `starts[place + 1]` of `rows` are the files of the landing at
 * `place`. An object per file is made when a landing is asked for its files.
 */
export class LandingFiles {
  /** Whether any file of any commit is known, on the line or not. */
  readonly areKnown: boolean
  private readonly starts: Uint32Array
  private readonly rows: Uint32Array
  private readonly path: (row: number) => string | null
  private readonly fromPath: (row: number) => string | null
  private readonly added: Float64Array
  private readonly deleted: Float64Array
  private readonly isCode: (row: number) => boolean | null

  /** `placeOf`: where the landing of a commit stands, below `landings`; -1 = it is none. */
  constructor(
    facts: FactSet,
    landings: number,
    placeOf: (repository: string, sha: string) => number,
    isCode: (path: string) => boolean,
  ) {
    const reader = new TableReader(facts.fileChange)
    const [repository, sha] = [reader.texts('repository'), reader.texts('sha')]
    this.path = reader.texts('path')
    this.fromPath = reader.texts('fromPath')
    this.added = reader.numbers('added')
    this.deleted = reader.numbers('deleted')
    this.isCode = reader.answers('path', isCode)
    const places = new Int32Array(reader.length).fill(-1)
    const starts = new Uint32Array(landings + 1)
    let areKnown = false
    let [lastRepository, lastSha, place] = ['', '', -1]
    for (let row = 0; row < places.length; row++) {
      const [of, commit] = [repository(row) ?? '', sha(row)]
      if (commit === null || this.path(row) === null) continue
      areKnown = true
      // Files of one landing stand together.
      if (commit !== lastSha || of !== lastRepository) {
        place = placeOf(of, commit)
        lastRepository = of
        lastSha = commit
      }
      places[row] = place
      if (place >= 0) starts[place + 1] = starts[place + 1]! + 1
    }
    for (let at = 0; at < landings; at++) starts[at + 1] = starts[at + 1]! + starts[at]!
    const next = starts.slice()
    const rows = new Uint32Array(starts[landings]!)
    for (let row = 0; row < places.length; row++) {
      const own = places[row]!
      if (own < 0) continue
      rows[next[own]!] = row
      next[own] = next[own]! + 1
    }
    this.areKnown = areKnown
    this.starts = starts
    this.rows = rows
  }

  of(place: number): readonly NumstatFile[] {
    const files: NumstatFile[] = []
    for (let at = this.starts[place]!; at < this.starts[place + 1]!; at++) {
      const row = this.rows[at]!
      const [added, deleted] = [this.added[row]!, this.deleted[row]!]
      files.push({
        path: this.path(row)!,
        fromPath: this.fromPath(row),
        added: added === added ? added : null,
        deleted: deleted === deleted ? deleted : null,
      })
    }
    return files
  }

  codeLinesOf(place: number): CodeLines {
    let [added, deleted, areLinesKnown] = [0, 0, true]
    for (let at = this.starts[place]!; at < this.starts[place + 1]!; at++) {
      const row = this.rows[at]!
      if (this.isCode(row) !== true) continue
      const [plus, minus] = [this.added[row]!, this.deleted[row]!]
      if (plus === plus) added += plus
      if (minus === minus) deleted += minus
      // Of binary files neither is known.
      if ((plus === plus) !== (minus === minus)) areLinesKnown = false
    }
    return { added, deleted, areLinesKnown }
  }
}

export interface CodeLines {
  readonly added: number
  readonly deleted: number
  /** False where a source states additions or deletions only: then the other is too low. */
  readonly areLinesKnown: boolean
}
