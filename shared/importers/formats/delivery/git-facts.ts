import { factKey, Word } from '../../../facts/index.ts'
import type { RecordSink } from '../../format.ts'
import type { TouchedFile } from './git-paths.ts'

/** A file with its changed ranges: `ranges` holds old start and count, new start and count of one after the other. */
export interface HunkFile extends TouchedFile {
  readonly change: 'modify' | 'new' | 'deleted' | 'binary' | 'rename'
  readonly ranges: readonly number[]
}

/** Writes the files of landings as facts: most rows of a git export are these. */
export class FileFacts {
  private readonly repository: Word
  private sha = new Word(null)
  private readonly fileKey = factKey()
  private readonly hunkKey = factKey()

  constructor(repository: string) {
    this.repository = new Word(repository)
  }

  /** The landing whose files come next. */
  begin(sha: string): void {
    this.sha = new Word(sha)
    const place = `|${this.repository.text}|${sha}|`
    this.fileKey.begin().text('file').text(place).keep()
    this.hunkKey.begin().text('hunk').text(place).keep()
  }

  add(sink: RecordSink, { path, fromPath, added, deleted }: TouchedFile): void {
    const row = sink.columns('fileChange')
    row.repository.putWord(this.repository)
    row.sha.putWord(this.sha)
    row.path.put(path)
    row.fromPath.put(fromPath)
    row.added.put(added)
    row.deleted.put(deleted)
    sink.close('fileChange', this.fileKey.again().text(path))
  }

  /** A file without ranges has one row of unknown numbers, so that renames and binary files are not lost. */
  addHunks(sink: RecordSink, { path, fromPath, change, ranges }: HunkFile): void {
    for (let i = 0; i < Math.max(ranges.length, 1); i += 4) {
      const row = sink.columns('hunk')
      row.repository.putWord(this.repository)
      row.sha.putWord(this.sha)
      row.path.put(path)
      row.fromPath.put(fromPath)
      row.oldStart.put(ranges[i] ?? null)
      row.oldCount.put(ranges[i + 1] ?? null)
      row.newStart.put(ranges[i + 2] ?? null)
      row.newCount.put(ranges[i + 3] ?? null)
      row.change.put(change)
      // A link that became a file is deleted and new in one diff.
      const key = this.hunkKey.again().text(path).unit(BAR).text(change).unit(BAR)
      sink.close('hunk', key.number(i / 4))
    }
  }
}

/** `|`, between the parts of a key. */
const BAR = 0x7c
