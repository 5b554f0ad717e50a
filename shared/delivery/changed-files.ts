import { type FactSet, groupRows, NumberedTexts, TableReader } from '../facts/index.ts'

/** One landing as the walk needs it, oldest first in its repository. */
export interface NumstatLanding {
  /** Epoch ms of the landing; not monotone along the line. */
  readonly landedAt: number
  readonly files: readonly NumstatFile[]
}

export interface NumstatFile {
  readonly path: string
  /** Former path of a rename. */
  readonly fromPath: string | null
  /** null = binary. */
  readonly added: number | null
  readonly deleted: number | null
}

/**
 * The files of landings by column, for walks over all of them; an object per file is made when somebody asks for the files
 * of one landing.
 */
export interface ChangedFiles {
  /** The files of the landing at `place`: `starts[place]` … `starts[place + 1]` of the other columns. */
  readonly starts: Uint32Array
  /** Number of the path, and of the former one of a rename; -1 = none. */
  readonly path: Int32Array
  readonly fromPath: Int32Array
  /** Lines; NaN = not known, as of binary files. */
  readonly added: Float64Array
  readonly deleted: Float64Array
  /** Paths by number, and which of them are code (1). */
  readonly paths: readonly string[]
  readonly isCode: Uint8Array
}

/**
 * Files of `landings` landings. `placeOf`: where the landing of a commit stands among them; -1 = it is none. `areKnown`:
 * whether any file of any commit is known, on the line or not.
 */
export function readChangedFiles(
  facts: FactSet,
  landings: number,
  placeOf: (repository: string, sha: string) => number,
  isCode: (path: string) => boolean,
): { readonly files: ChangedFiles; readonly areKnown: boolean } {
  const reader = new TableReader(facts.fileChange)
  const [repository, sha] = [reader.texts('repository'), reader.texts('sha')]
  const names = new NumberedTexts()
  const [path, fromPath] = [reader.numbersOfTexts('path', names), reader.numbersOfTexts('fromPath', names)]
  const [added, deleted] = [reader.numbers('added'), reader.numbers('deleted')]
  const places = new Int32Array(reader.length).fill(-1)
  let areKnown = false
  let [lastRepository, lastSha, place] = ['', '', -1]
  for (let row = 0; row < places.length; row++) {
    const commit = sha(row)
    if (commit === null || path[row]! < 0) continue
    const of = repository(row) ?? ''
    areKnown = true
    // Files of one landing stand together.
    if (commit !== lastSha || of !== lastRepository) {
      place = placeOf(of, commit)
      lastRepository = of
      lastSha = commit
    }
    places[row] = place
  }
  const { starts, rows } = groupRows(places, landings)
  const files = {
    starts,
    path: new Int32Array(rows.length),
    fromPath: new Int32Array(rows.length),
    added: new Float64Array(rows.length),
    deleted: new Float64Array(rows.length),
    paths: names.texts,
    isCode: codeAmong(names.texts, isCode),
  }
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    files.path[at] = path[row]!
    files.fromPath[at] = fromPath[row]!
    files.added[at] = added[row]!
    files.deleted[at] = deleted[row]!
  }
  return { files, areKnown }
}

/** The files of landings that are at hand as objects. */
export function columnsOfFiles(
  landings: readonly Pick<NumstatLanding, 'files'>[],
  isCode: (path: string) => boolean,
): ChangedFiles {
  const names = new NumberedTexts()
  const all = landings.flatMap(({ files }) => files)
  const starts = new Uint32Array(landings.length + 1)
  landings.forEach(({ files }, place) => (starts[place + 1] = starts[place]! + files.length))
  const path = Int32Array.from(all, (file) => names.numberOf(file.path))
  const fromPath = Int32Array.from(all, (file) => (file.fromPath === null ? -1 : names.numberOf(file.fromPath)))
  return {
    starts,
    path,
    fromPath,
    added: Float64Array.from(all, ({ added }) => added ?? NaN),
    deleted: Float64Array.from(all, ({ deleted }) => deleted ?? NaN),
    paths: names.texts,
    isCode: codeAmong(names.texts, isCode),
  }
}

function codeAmong(paths: readonly string[], isCode: (path: string) => boolean): Uint8Array {
  return Uint8Array.from(paths, (path) => (isCode(path) ? 1 : 0))
}

/** The files of one landing as objects. */
export function filesAt(columns: ChangedFiles, place: number): readonly NumstatFile[] {
  const { starts, path, fromPath, paths } = columns
  const files: NumstatFile[] = []
  for (let at = starts[place]!; at < starts[place + 1]!; at++) {
    const [added, deleted] = [columns.added[at]!, columns.deleted[at]!]
    files.push({
      path: paths[path[at]!]!,
      fromPath: fromPath[at]! < 0 ? null : paths[fromPath[at]!]!,
      added: added === added ? added : null,
      deleted: deleted === deleted ? deleted : null,
    })
  }
  return files
}
