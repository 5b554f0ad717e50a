import { dayIn, UTC } from '../../../calendar/index.ts'
import { factKey, Word } from '../../../facts/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import type { RecordSink } from '../../format.ts'
import type { TouchedFile } from './git-paths.ts'

/** A file with its changed ranges: `ranges` holds old start and count, new start and count of one after the other. */
export interface HunkFile extends TouchedFile {
  readonly change: 'modify' | 'new' | 'deleted' | 'binary' | 'rename'
  readonly ranges: readonly number[]
}

export interface Landing {
  readonly sha: string
  readonly position: number
  readonly authoredAt: Instant
  readonly committedAt: Instant
  readonly authorName: string | null
  readonly authorEmail: string | null
  readonly committerEmail: string | null
  /** `Name <mail>` separated by line feeds. */
  readonly coAuthors: string | null
  readonly subject: string
  readonly pullRequest: number | null
}

/** Writes landings and their files as facts, straight into columns: a git export has them by the million. */
export class GitFacts {
  private readonly repository: Word
  private readonly landed: Word
  private sha = new Word(null)
  private readonly fileKey = factKey()
  private readonly hunkKey = factKey()

  constructor(repository: string) {
    this.repository = new Word(repository)
    this.landed = new Word(repository)
  }

  /** A landing; its files come next. */
  land(sink: RecordSink, landing: Landing): void {
    const { sha, committedAt } = landing
    this.sha = new Word(sha)
    sink.spoke(committedAt, dayIn(committedAt, UTC))
    const row = sink.columns('landing')
    row.repository.putWord(this.landed)
    row.sha.put(sha)
    row.position.put(landing.position)
    row.authoredAt.put(landing.authoredAt)
    row.committedAt.put(committedAt)
    row.authorName.put(landing.authorName)
    row.authorEmail.put(landing.authorEmail)
    row.committerEmail.put(landing.committerEmail)
    row.coAuthors.put(landing.coAuthors)
    row.subject.put(landing.subject)
    row.pullRequest.put(landing.pullRequest)
    const place = `|${this.repository.text}|${sha}`
    sink.close('landing', this.fileKey.begin().text('landing').text(place))
    this.fileKey.begin().text('file').text(place).unit(BAR).keep()
    this.hunkKey.begin().text('hunk').text(place).unit(BAR).keep()
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
