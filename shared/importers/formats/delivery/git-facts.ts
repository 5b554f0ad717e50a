import { dayIn, UTC } from '../../../calendar/index.ts'
import { type FactKey, factKey, Word } from '../../../facts/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import type { RecordSink } from '../../format.ts'
import type { HunkFile } from './git-hunks.ts'

export interface Landing {
  readonly sha: Word
  readonly position: number
  readonly authoredAt: Instant
  readonly committedAt: Instant
  readonly authorName: Word
  readonly authorEmail: Word
  readonly committerEmail: Word
  /** `Name <mail>` separated by line feeds. */
  readonly coAuthors: string | null
  readonly subject: Word
  readonly pullRequest: number | null
  /** Whose mark its message bears, where messages are exported. */
  readonly agent?: string | null
}

/** Writes landings and their files as facts, straight into columns: a git export has them by the million. */
export class GitFacts {
  private readonly repository: Word
  private readonly landed: Word
  private sha = new Word(null)
  private readonly place: string
  private readonly landingKey: FactKey
  private readonly fileKey = factKey()
  private readonly hunkKey = factKey()
  /** Hashes of the keys of all landings, and of commits that were merged. */
  private readonly landings: number[] = []
  private readonly merged: number[] = []

  constructor(repository: string) {
    this.repository = new Word(repository)
    this.landed = new Word(repository)
    this.place = `|${repository}|`
    this.landingKey = factKey().begin().text('landing').text(this.place).keep()
  }

  /** A landing; its files come next. */
  land(sink: RecordSink, landing: Landing): void {
    const { sha, committedAt } = landing
    const { fileKey, place } = this
    this.sha = sha
    sink.spoke(committedAt, dayIn(committedAt, UTC))
    const row = sink.columns('landing')
    row.repository.putWord(this.landed)
    row.sha.putWord(sha)
    row.position.put(landing.position)
    row.authoredAt.put(landing.authoredAt)
    row.committedAt.put(committedAt)
    row.authorName.putWord(landing.authorName)
    row.authorEmail.putWord(landing.authorEmail)
    row.committerEmail.putWord(landing.committerEmail)
    row.coAuthors.put(landing.coAuthors)
    row.subject.putWord(landing.subject)
    row.pullRequest.put(landing.pullRequest)
    if (landing.agent != null) row.agent.put(landing.agent)
    const key = sha.feed(this.landingKey.again())
    sink.close('landing', key)
    this.landings.push(key.hash())
    sha.feed(fileKey.begin().text('file').text(place)).unit(BAR).keep()
  }

  /** The parents of a landing as git lists them, split by spaces: those behind the first were merged. */
  merge(parents: string): void {
    for (const sha of parents.trim().split(' ').slice(1)) this.merged.push(this.landingKey.again().text(sha).hash())
  }

  /** Landings that a merge brought in, and so are none of their own: in a first-parent export no second parent has a record. */
  inner(): number {
    const landings = new Set(this.merged.length === 0 ? [] : this.landings)
    return this.merged.filter((sha) => landings.has(sha)).length
  }

  /** Lines are null for binary files. */
  add(sink: RecordSink, path: Word, fromPath: string | null, added: number | null, deleted: number | null): void {
    const row = sink.columns('fileChange')
    row.repository.putWord(this.repository)
    row.sha.putWord(this.sha)
    row.path.putWord(path)
    row.fromPath.put(fromPath)
    row.added.put(added)
    row.deleted.put(deleted)
    sink.close('fileChange', path.feed(this.fileKey.again()))
  }

  /** A file without ranges has one row of unknown numbers, so that renames and binary files are not lost. */
  addHunks(sink: RecordSink, { path, fromPath, change, ranges }: HunkFile): void {
    this.sha.feed(this.hunkKey.begin().text('hunk').text(this.place)).unit(BAR).text(path).unit(BAR).text(change)
    // A link that became a file is deleted and new in one diff.
    this.hunkKey.unit(BAR).keep()
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
      sink.close('hunk', this.hunkKey.again().number(i / 4))
    }
  }
}

/** `|`, between the parts of a key. */
const BAR = 0x7c
