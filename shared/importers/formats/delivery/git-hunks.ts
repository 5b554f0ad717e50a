import { type TouchedFile, unquotePath } from './git-paths.ts'

/** A file with its changed ranges: `ranges` holds old start and count, new start and count of one after the other. */
export interface HunkFile extends TouchedFile {
  readonly change: 'modify' | 'new' | 'deleted' | 'binary' | 'rename'
  readonly ranges: readonly number[]
}

type Growing = { -readonly [K in keyof HunkFile]: HunkFile[K] } & { ranges: number[] }

/** The files of one diff without text, line by line. */
export class HunkFiles {
  readonly files: Growing[] = []
  private current: Growing | null = null

  /** Whether a file has begun: lines before it must be empty. */
  get isInFile(): boolean {
    return this.current !== null
  }

  /** False when the line is none a diff has here. */
  take(line: string): boolean {
    const { current } = this
    if (line.startsWith('@@ ')) {
      const hunk = HUNK.exec(line)
      if (current === null || hunk === null) return false
      this.range(Number(hunk[1]), Number(hunk[2] ?? '1'), Number(hunk[3]), Number(hunk[4] ?? '1'))
    } else if (line.startsWith('diff --git ')) this.begin(pathOfDiff(line.slice(11)) ?? '')
    else if (current === null) return line === ''
    else if (line.startsWith('rename from ')) {
      current.fromPath = unquotePath(line.slice(12))
      current.change = 'rename'
    } else if (line.startsWith('rename to ')) current.path = unquotePath(line.slice(10))
    else if (line.startsWith('new file mode')) current.change = 'new'
    else if (line.startsWith('deleted file mode')) current.change = 'deleted'
    else if (line.startsWith('Binary files')) {
      current.change = 'binary'
      ;[current.added, current.deleted] = [null, null]
    }
    return true
  }

  begin(path: string): void {
    this.current = { path, fromPath: null, added: 0, deleted: 0, change: 'modify', ranges: [] }
    this.files.push(this.current)
  }

  /** `@@ -a,b +c,d @@` takes b lines away and puts d there. Only inside a file. */
  range(oldStart: number, oldCount: number, newStart: number, newCount: number): void {
    const current = this.current!
    current.deleted = (current.deleted ?? 0) + oldCount
    current.added = (current.added ?? 0) + newCount
    current.ranges.push(oldStart, oldCount, newStart, newCount)
  }

  /** A file whose path nobody can tell. */
  hasLost(): boolean {
    return this.files.some(({ path }) => path === '')
  }
}

/** The files of a diff, or the text of the first line that cannot be read. A missing count is 1. */
export function hunkFilesOf(body: string): readonly HunkFile[] | string {
  const hunks = new HunkFiles()
  for (let from = 0; from < body.length;) {
    const end = body.indexOf('\n', from)
    const to = end === -1 ? body.length : end
    const line = body.slice(from, body.charCodeAt(to - 1) === 13 ? to - 1 : to)
    from = to + 1
    if (!hunks.take(line)) return line
  }
  return hunks.hasLost() ? 'diff --git' : hunks.files
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

/** `a/x b/x`: without a rename both halves are one path, so the middle is known even when it holds spaces. */
function pathOfDiff(text: string): string | null {
  if (text.startsWith('"')) {
    const end = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0]
    return end ? unquotePath(end).slice(2) : null
  }
  const half = (text.length - 1) / 2
  if (Number.isInteger(half) && text.slice(2, half) === text.slice(half + 3)) return text.slice(2, half)
  const to = text.lastIndexOf(' b/')
  return to < 0 ? null : text.slice(to + 3)
}
