import { parseInstant } from '../../../calendar/index.ts'
import { Word } from '../../../facts/index.ts'
import type { LooseRecord, RecordSink } from '../../format.ts'
import { fieldTooLong, LIMITS } from '../../../tables/index.ts'
import { badRecord, notATime } from '../../messages.ts'
import type { GitFacts } from './git-facts.ts'
import { joinPeople, readMessage } from './git-message.ts'
import { hunkFilesOf } from './git-hunks.ts'
import { readNumstatLine, type TouchedFile } from './git-paths.ts'

export const [RECORD, FIELD, PERSON] = ['\u001e', '\u001f', '\u001d']
const CR = 13

/** What the records of one file are judged with. */
export interface Qd1 {
  readonly facts: GitFacts
  /** Diff headers instead of counts. */
  readonly isHunks: boolean
}

/** The records of a QD1 text: it decides what is true wherever bytes alone do not tell. */
export function* eachLanding(text: string, qd1: Qd1): Generator<LooseRecord> {
  const first = text.length - text.trimStart().length
  // Some shells drop the record mark of the first line; the place before its first letter then stands for it.
  let at = text[first] === RECORD ? first : first - 1
  let line = 1 + countLines(text, 0, first)
  let position = 0
  while (at + 1 < text.length) {
    const next = text.indexOf(RECORD, at + 1)
    const end = next === -1 ? text.length : next
    const body = text.slice(at + 1, end)
    const place = position++
    yield {
      line,
      text: body.slice(0, 2000),
      share: end / text.length,
      judge: (sink) => judgeLanding(body, place, qd1, sink),
    }
    line += countLines(text, at + 1, end)
    if (next === -1) return
    at = next
  }
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0
  for (let i = text.indexOf('\n', from); i !== -1 && i < to; i = text.indexOf('\n', i + 1)) lines++
  return lines
}

export function judgeLanding(body: string, position: number, { facts, isHunks }: Qd1, sink: RecordSink): void {
  const isZ = body.includes('\0')
  const lineEnd = isZ
    ? firstOf(body.indexOf('\0'), body.indexOf('\n'), body.length)
    : firstOf(body.indexOf('\n'), -1, body.length)
  const fields = body.slice(0, body.charCodeAt(lineEnd - 1) === CR ? lineEnd - 1 : lineEnd).split(FIELD)
  // Whoever exports messages puts them last, where they begin with the subject once more.
  const hasMessage = fields.length === 12 && fields[11] === fields[10] && fields[10] !== ''
  const messageFrom = lineEnd - (fields[11]?.length ?? 0)
  const headEnd = hasMessage ? messageEnd(body, lineEnd, isHunks, isZ) : lineEnd
  const message = hasMessage ? readMessage(body.slice(messageFrom, headEnd)) : null
  if (fields[0] !== 'QD1' || fields.length < 11)
    return sink.aside(null, badRecord(fields.slice(0, 3).join(' '), 'eleven QD1 fields'))
  const [
    ,
    sha = '',
    parents = '',
    authored = '',
    committed = '',
    authorName,
    authorEmail,
    ,
    committerEmail,
    coAuthors,
  ] = fields
  const subject = hasMessage ? fields[10]! : fields.slice(10).join(FIELD)
  const long = fields.find((field) => field.length > LIMITS.fieldChars) ?? subject
  if (long.length > LIMITS.fieldChars) return sink.aside(null, fieldTooLong(long.length))
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(sha)) return sink.aside('sha', badRecord(sha, 'a commit id'))
  const authoredAt = parseInstant(authored)
  const committedAt = parseInstant(committed)
  if (!authoredAt.ok) return sink.aside('authorDate', notATime(authored))
  if (!committedAt.ok) return sink.aside('committerDate', notATime(committed))
  const isRoot = parents.trim() === ''
  const hunks = isHunks ? hunkFilesOf(body.slice(headEnd)) : []
  if (typeof hunks === 'string') return sink.aside('diff', badRecord(hunks, 'diff headers and ranges, without text'))
  const files = isHunks ? hunks : numstatFiles(body, headEnd, isZ, isRoot)
  if (typeof files === 'string')
    return sink.aside('numstat', badRecord(files, 'added, deleted and path, split by tabs'))
  const landed = new Word(sha)
  if (parents.includes(' ')) facts.merge(parents)
  facts.land(sink, {
    sha: landed,
    position,
    authoredAt: authoredAt.value,
    committedAt: committedAt.value,
    authorName: new Word(authorName || null),
    authorEmail: new Word(authorEmail || null),
    committerEmail: new Word(committerEmail || null),
    coAuthors: joinPeople(coAuthors ? coAuthors.split(PERSON) : [], message?.coAuthors ?? []),
    subject: new Word(subject),
    pullRequest: pullRequestOf(subject) ?? message?.mergeRequest ?? null,
    agent: message?.agent ?? null,
  })
  for (const { path, fromPath, added, deleted } of files) facts.add(sink, new Word(path), fromPath, added, deleted)
  for (const file of hunks) facts.addHunks(sink, file)
}

/** Where the message ends and the files begin: behind it stand an empty line and lines of counts, or diff headers. */
function messageEnd(body: string, from: number, isHunks: boolean, isZ: boolean): number {
  if (isZ) return body.indexOf('\0')
  if (isHunks) {
    const diff = body.indexOf('\ndiff --git ', from)
    return diff < 0 ? body.length : diff + 1
  }
  let end = body.length
  while (end > from && (body[end - 1] === '\n' || body[end - 1] === '\r')) end--
  while (end > from) {
    const start = body.lastIndexOf('\n', end - 1) + 1
    if (start <= from || !COUNTED.test(body.slice(start, end))) break
    end = start - 1
  }
  return firstOf(body.indexOf('\n', end), -1, body.length)
}

const COUNTED = /^(?:\d{1,15}|-)\t(?:\d{1,15}|-)\t./

function firstOf(a: number, b: number, otherwise: number): number {
  if (a < 0 || b < 0) return Math.max(a, b) < 0 ? otherwise : Math.max(a, b)
  return Math.min(a, b)
}

/** Text of the first line that cannot be read, or the files. */
function numstatFiles(body: string, start: number, isZ: boolean, isRoot: boolean): readonly TouchedFile[] | string {
  if (isZ) return numstatFilesZ(body.slice(start))
  const files: TouchedFile[] = []
  let end: number
  for (let from = start; from < body.length; from = end + 1) {
    end = firstOf(body.indexOf('\n', from), -1, body.length)
    const to = body.charCodeAt(end - 1) === CR && end > from ? end - 1 : end
    if (to === from) continue
    const file = readNumstatLine(body, isRoot, from, to)
    if (file === null) return body.slice(from, to)
    files.push(file)
  }
  return files
}

/** With `-z` a rename is an empty path and then the old and the new one, each ended by NUL; nothing is quoted. */
function numstatFilesZ(body: string): readonly TouchedFile[] | string {
  const files: TouchedFile[] = []
  const tokens = body.split('\0').map((token) => token.replace(/^\n+/, ''))
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token === '') continue
    const counts = /^(\d+|-)\t(\d+|-)\t/.exec(token)
    if (!counts) return token
    const [added, deleted] = [countOf(counts[1]!), countOf(counts[2]!)]
    const path = token.slice(counts[0].length)
    if (path !== '') files.push({ path, fromPath: null, added, deleted })
    else {
      files.push({ path: tokens[i + 2] ?? '', fromPath: tokens[i + 1] ?? null, added, deleted })
      i += 2
    }
  }
  return files
}

function countOf(text: string): number | null {
  return text === '-' ? null : Number(text)
}

/** Squash merges end in ` (#12)` (the last one counts: an earlier may name an issue), merge commits say it in front. */
export function pullRequestOf(subject: string): number | null {
  const squash = /\(#(\d{1,9})\)\s*$/.exec(subject) ?? /^Merge pull request #(\d{1,9})\b/.exec(subject)
  return squash ? Number(squash[1]) : null
}
