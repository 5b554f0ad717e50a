import { Word, WordInBytes } from '../../../facts/index.ts'
import { instantOf } from '../../../quantities/index.ts'
import { areFrom, decodeUtf8, fourOf, LIMITS, RecordCells } from '../../../tables/index.ts'
import { CellMemo } from '../../cell-memo.ts'
import type { LooseRecord, RecordSink } from '../../format.ts'
import { PlainTimes } from '../../read-bytes.ts'
import { judgeLanding, PERSON, pullRequestOf, type Qd1 } from './git-landings.ts'
import { HunkFiles } from './git-hunks.ts'
import { readNumstatLine } from './git-paths.ts'

const [TAB, LF, CR, SPACE, QUOTE, MINUS, ZERO, MORE, RS, US, GS] = [9, 10, 13, 32, 34, 45, 48, 62, 30, 31, 29] as const
const [AT, DIFF, NEW, RENAME, BINARY] = [64, 100, 110, 114, 66] as const

/** Places in a window of bytes fit 32 bits. */
const WINDOW_BYTES = 2 ** 29

/**
 * The records of `eachLanding`, found in bytes that are UTF-8 throughout and read there: paths, names and counts of ordinary
 * records are never made strings. A record that is not ordinary is made text and judged as there.
 */
export function* eachLandingInBytes(bytes: Uint8Array, qd1: Qd1, windowBytes = WINDOW_BYTES): Generator<LooseRecord> {
  let begin = 0
  while (isSpace(bytes[begin])) begin++
  let line = 1 + linesIn(bytes, 0, begin)
  if (bytes[begin] === RS) begin++
  let position = 0
  for (let base = begin; base < bytes.length;) {
    const window = bytes.subarray(base, base + windowBytes)
    const isLast = base + window.length === bytes.length
    const record = new LandingRecord(window, qd1)
    let from = 0
    while (from < window.length) {
      const mark = window.indexOf(RS, from)
      if (mark < 0 && !isLast) break
      const to = mark < 0 ? window.length : mark
      record.turnTo(from, to, line, position++, (base + to) / bytes.length)
      yield record
      line += record.lines()
      from = to + 1
    }
    base += from
    if (from === 0) windowBytes *= 2
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || (byte !== undefined && byte >= TAB && byte <= CR)
}

function linesIn(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0
  for (let i = from; i < to; i++) if (bytes[i] === LF) lines++
  return lines
}

/** One object serves all records of a window. */
class LandingRecord implements LooseRecord {
  line = 0
  share = 0
  private readonly bytes: Uint8Array
  private readonly qd1: Qd1
  private readonly landings: LandingsInBytes
  private from = 0
  private to = 0
  private position = 0
  /** Physical lines of the record at hand; -1 = not counted yet. */
  private counted = -1

  constructor(bytes: Uint8Array, qd1: Qd1) {
    this.bytes = bytes
    this.qd1 = qd1
    this.landings = new LandingsInBytes(bytes, qd1)
  }

  turnTo(from: number, to: number, line: number, position: number, share: number): void {
    this.from = from
    this.to = to
    this.line = line
    this.position = position
    this.share = share
    this.counted = -1
  }

  get text(): string {
    return this.whole().slice(0, 2000)
  }

  judge(sink: RecordSink): void {
    this.counted = this.landings.write(this.from, this.to, this.position, sink)
    if (this.counted < 0) judgeLanding(this.whole(), this.position, this.qd1, sink)
  }

  lines(): number {
    return this.counted < 0 ? linesIn(this.bytes, this.from, this.to) : this.counted
  }

  private whole(): string {
    return decodeUtf8(this.bytes.subarray(this.from, this.to))
  }
}

/** Letters of paths that need no second look: what is quoted, may be a rename, or is not ASCII is left out. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= SPACE && byte < 127 && byte !== QUOTE && byte !== MORE ? 1 : 0,
)

const IS_HEX = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= ZERO && byte <= 57) || (byte >= 97 && byte <= 102) ? 1 : 0,
)

/** Four letters that are no marks. */
const VISIBLE = fourOf(SPACE)
const HIGH_BITS = 0x80808080

const SILENT = new Word(null)

const FIELDS = 11
const [SHA, PARENTS, AUTHORED, COMMITTED, AUTHOR, AUTHOR_MAIL, COMMITTER_MAIL, CO_AUTHORS, SUBJECT] = [
  1, 2, 3, 4, 5, 6, 8, 9, 10,
] as const

/** A file of a numstat: its path stands in the bytes, or is text where it was quoted or renamed. */
interface FoundFile {
  from: number
  to: number
  path: Word | null
  fromPath: string | null
  added: number | null
  deleted: number | null
}

class LandingsInBytes {
  private readonly bytes: Uint8Array
  private readonly qd1: Qd1
  /** The fields of a record's first line. */
  private readonly head = new RecordCells()
  private readonly names = new CellMemo((name) => new Word(name))
  private readonly authored = new PlainTimes()
  private readonly committed = new PlainTimes()
  private readonly sha: WordInBytes
  private readonly subject: WordInBytes
  private readonly path: WordInBytes
  /** Files of the record at hand; objects serve again. */
  private readonly files: FoundFile[] = []
  private count = 0
  private lines = 0
  /** Every letter of the first line. */
  private isAscii = false

  constructor(bytes: Uint8Array, qd1: Qd1) {
    this.bytes = bytes
    this.qd1 = qd1
    this.head.turnTo(bytes, '')
    this.sha = new WordInBytes(bytes)
    this.subject = new WordInBytes(bytes)
    this.path = new WordInBytes(bytes)
  }

  /** Writes the landing between two marks and answers how many lines it has; -1, and nothing written, where it is not ordinary. */
  write(from: number, to: number, position: number, sink: RecordSink): number {
    const { bytes, head } = this
    const { facts, isHunks } = this.qd1
    const end = bytes[to - 1] === LF ? this.findHead(from, to) : -1
    if (end < 0) return -1
    const authoredAt = this.authored.read(bytes, head.starts[AUTHORED]!, head.ends[AUTHORED]!)
    const committedAt = this.committed.read(bytes, head.starts[COMMITTED]!, head.ends[COMMITTED]!)
    if (authoredAt < 0 || committedAt < 0) return -1
    const hunks = isHunks ? this.findHunks(end + 1, to) : null
    if (isHunks ? hunks === null : !this.findFiles(end + 1, to)) return -1
    const sha = this.sha.turnTo(head.starts[SHA]!, head.ends[SHA]!)
    if (this.hasSpace(PARENTS)) facts.merge(head.text(PARENTS))
    const coAuthors = head.text(CO_AUTHORS)
    facts.land(sink, {
      sha,
      position,
      authoredAt: instantOf(authoredAt),
      committedAt: instantOf(committedAt),
      authorName: this.nameIn(AUTHOR),
      authorEmail: this.nameIn(AUTHOR_MAIL),
      committerEmail: this.nameIn(COMMITTER_MAIL),
      coAuthors: coAuthors === '' ? null : coAuthors.split(PERSON).join('\n'),
      subject: this.subjectWord(),
      pullRequest: this.pullRequest(),
    })
    if (hunks === null) {
      for (let i = 0; i < this.count; i++) {
        const { from: start, to: stop, path, fromPath, added, deleted } = this.files[i]!
        facts.add(sink, path ?? this.path.turnTo(start, stop), fromPath, added, deleted)
      }
      return this.lines
    }
    for (const { path, fromPath, added, deleted } of hunks.files) {
      facts.add(sink, new Word(path), fromPath, added, deleted)
    }
    for (const file of hunks.files) facts.addHunks(sink, file)
    return this.lines
  }

  /** Finds the eleven fields; answers where their line ends, or -1. */
  private findHead(from: number, to: number): number {
    const { bytes } = this
    const { starts, ends, view } = this.head
    // "QD1", then the id of a commit.
    if (bytes[from] !== 81 || bytes[from + 1] !== 68 || bytes[from + 2] !== 49 || bytes[from + 3] !== US) return -1
    let i = from + 4
    starts[SHA] = i
    while (IS_HEX[bytes[i]!] === 1) i++
    ends[SHA] = i
    const length = i - from - 4
    if (bytes[i] !== US || (length !== 40 && length !== 64)) return -1
    let field: number = PARENTS
    let letters = 0
    starts[PARENTS] = ++i
    for (; i < to; i++) {
      while (i + 4 <= to) {
        const four = view.getInt32(i, true)
        if (!areFrom(VISIBLE, four)) break
        letters |= four
        i += 4
      }
      const byte = bytes[i]!
      letters |= byte
      if (byte > US) continue
      if (byte === LF) break
      if (byte === US) {
        // A message, or a subject with the mark in it.
        if (field === SUBJECT) return -1
        ends[field] = i
        starts[++field] = i + 1
      } else if (byte !== TAB && byte !== GS) return -1
    }
    if (field !== SUBJECT || i === to || i - from > LIMITS.fieldChars) return -1
    ends[SUBJECT] = i
    this.head.count = FIELDS
    this.isAscii = (letters & HIGH_BITS) === 0
    return i
  }

  private hasSpace(field: number): boolean {
    const to = this.head.ends[field]!
    for (let i = this.head.starts[field]!; i < to; i++) if (this.bytes[i] === SPACE) return true
    return false
  }

  private nameIn(field: number): Word {
    return this.head.isEmpty(field) ? SILENT : this.names.read(this.head, field)
  }

  private subjectWord(): Word {
    const { head } = this
    if (!this.isAscii) return new Word(head.text(SUBJECT))
    return this.subject.turnTo(head.starts[SUBJECT]!, head.ends[SUBJECT]!)
  }

  /** As `pullRequestOf`: the end ` (#12)` is read here. */
  private pullRequest(): number | null {
    const { bytes, head } = this
    const from = head.starts[SUBJECT]!
    const last = head.ends[SUBJECT]! - 1
    if (last < from) return null
    // ")" at the end; else only a merge ("M…") or white space behind could tell a number.
    if (bytes[last] !== 41) {
      return bytes[from] === 77 || bytes[last]! <= SPACE || bytes[last]! >= 127
        ? pullRequestOf(head.text(SUBJECT))
        : null
    }
    let number = 0
    let power = 1
    let i = last - 1
    for (; i > from && last - i <= 9; i--) {
      const digit = bytes[i]! - ZERO
      if (digit < 0 || digit > 9) break
      number += digit * power
      power *= 10
    }
    // "(#"
    if (i < last - 1 && i > from && bytes[i] === 35 && bytes[i - 1] === 40) return number
    return pullRequestOf(head.text(SUBJECT))
  }

  /** Finds the files of a numstat; false where a line says something else. */
  private findFiles(from: number, to: number): boolean {
    const { bytes } = this
    this.count = 0
    this.lines = 1
    let i = from
    while (i < to) {
      this.lines++
      const start = i
      let byte = bytes[i]!
      if (byte === LF) {
        i++
        continue
      }
      let added: number | null = 0
      if (byte === MINUS) {
        added = null
        byte = bytes[++i]!
      } else {
        for (; byte >= ZERO && byte <= 57; byte = bytes[++i]!) added = added * 10 + byte - ZERO
      }
      const first = i
      let deleted: number | null = 0
      let second = i
      if (byte === TAB) {
        byte = bytes[++i]!
        if (byte === MINUS) {
          deleted = null
          byte = bytes[++i]!
        } else {
          for (; byte >= ZERO && byte <= 57; byte = bytes[++i]!) deleted = deleted * 10 + byte - ZERO
        }
        second = i
      }
      const path = second + 1
      while (IS_PLAIN[byte] === 1 || byte === TAB) byte = bytes[++i]!
      const isPlain =
        byte === LF &&
        first > start &&
        second > first + 1 &&
        second - start < 15 &&
        i > path &&
        i - path <= LIMITS.fieldChars &&
        bytes[second] === TAB
      if (isPlain) this.add(path, i, null, null, added, deleted)
      else if (byte === 0 || !this.addCarefully(start, to)) return false
      while (bytes[i] !== LF) i++
      i++
    }
    return true
  }

  private addCarefully(start: number, to: number): boolean {
    const { bytes, head } = this
    const end = bytes.indexOf(LF, start)
    const text = decodeUtf8(bytes.subarray(start, bytes[end - 1] === CR ? end - 1 : end))
    if (end >= to || text === '' || text.includes('\0')) return false
    const file = readNumstatLine(text, head.text(PARENTS).trim() === '')
    if (file === null) return false
    this.add(0, 0, new Word(file.path), file.fromPath, file.added, file.deleted)
    return true
  }

  private add(
    from: number,
    to: number,
    path: Word | null,
    fromPath: string | null,
    added: number | null,
    deleted: number | null,
  ): void {
    const file = (this.files[this.count++] ??= { from, to, path, fromPath, added, deleted })
    file.from = from
    file.to = to
    file.path = path
    file.fromPath = fromPath
    file.added = added
    file.deleted = deleted
  }

  /** Reads the headers of a diff; null where one is not ordinary. Only lines that change what is known become text. */
  private findHunks(from: number, to: number): HunkFiles | null {
    const { bytes } = this
    const hunks = new HunkFiles()
    this.lines = 1
    let end = 0
    for (let i = from; i < to; i = end + 1) {
      this.lines++
      end = bytes.indexOf(LF, i)
      if (end === i) continue
      const byte = bytes[i]!
      if (byte === AT && hunks.isInFile && this.takeRange(i, hunks)) continue
      const isSilent = byte !== AT && byte !== DIFF && byte !== NEW && byte !== RENAME && byte !== BINARY
      if (isSilent && hunks.isInFile) continue
      const stop = bytes[end - 1] === CR ? end - 1 : end
      if (!hunks.take(decodeUtf8(bytes.subarray(i, stop)))) return null
    }
    return hunks.hasLost() ? null : hunks
  }

  /** `@@ -1,2 +3,4 @@` at a place; false where it is written in another way. */
  private takeRange(at: number, hunks: HunkFiles): boolean {
    const { bytes } = this
    const numbers = RANGE
    let i = at
    for (let part = 0; part < 2; part++) {
      // "@@ -", then " +"
      if (part === 0) {
        if (bytes[i + 1] !== AT || bytes[i + 2] !== SPACE || bytes[i + 3] !== MINUS) return false
        i += 4
      } else {
        if (bytes[i] !== SPACE || bytes[i + 1] !== 43) return false
        i += 2
      }
      const begin = i
      let number = 0
      let byte = bytes[i]!
      for (; byte >= ZERO && byte <= 57; byte = bytes[++i]!) number = number * 10 + byte - ZERO
      let count = 1
      const comma = i
      if (byte === 44) {
        count = 0
        byte = bytes[++i]!
        for (; byte >= ZERO && byte <= 57; byte = bytes[++i]!) count = count * 10 + byte - ZERO
        if (i === comma + 1) return false
      }
      if (comma === begin || i - begin > 24 || comma - begin > 12 || i - comma > 13) return false
      numbers[part * 2] = number
      numbers[part * 2 + 1] = count
    }
    if (bytes[i] !== SPACE || bytes[i + 1] !== AT || bytes[i + 2] !== AT) return false
    hunks.range(numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!)
    return true
  }
}

/** Reused between lines. */
const RANGE = new Float64Array(4)
