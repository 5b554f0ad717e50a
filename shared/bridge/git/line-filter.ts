/** Longer lines are of minified files; those that are kept are never so long. */
const LONGEST_LINE = 1 << 20

const [LINE_FEED, RECORD, FIELD] = [10, 0x1e, 0x1f]
const KEPT = ['diff --git ', 'rename from ', 'rename to ', 'new file mode', 'deleted file mode', 'Binary files '].map(
  (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
)
const HUNK = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/

/**
 * Takes a stream of `git log -p -U0` apart and lets through what says where something changed: heads of records and files, and
 * ranges of lines. Lines of source never get past it, nor does the line git repeats behind a range.
 */
export class LineFilter {
  private line = new Uint8Array(4096)
  private length = 0
  /** Records begun so far. */
  records = 0

  push(bytes: Uint8Array): Uint8Array {
    const out: Uint8Array[] = []
    let from = 0
    while (from < bytes.length) {
      const end = bytes.indexOf(LINE_FEED, from)
      this.hold(bytes.subarray(from, end < 0 ? bytes.length : end))
      if (end < 0) break
      from = end + 1
      const kept = this.keep()
      if (kept) out.push(kept)
    }
    return joined(out)
  }

  /** What stands behind the last line feed. */
  end(): Uint8Array {
    return (this.length > 0 ? this.keep() : null) ?? new Uint8Array()
  }

  private hold(bytes: Uint8Array): void {
    const room = Math.min(bytes.length, LONGEST_LINE - this.length)
    if (room <= 0) return
    if (this.length + room > this.line.length) {
      const more = new Uint8Array(Math.max(this.line.length * 2, this.length + room))
      more.set(this.line.subarray(0, this.length))
      this.line = more
    }
    this.line.set(bytes.subarray(0, room), this.length)
    this.length += room
  }

  private keep(): Uint8Array | null {
    const line = this.line.subarray(0, this.length)
    this.length = 0
    if (line[0] === RECORD && line.includes(FIELD)) {
      this.records++
      return ended(line)
    }
    if (line[0] === 64) {
      const range = HUNK.exec(String.fromCharCode(...line.subarray(0, 80)))
      return range ? ended(line.subarray(0, range[0].length)) : null
    }
    return KEPT.some((start) => startsWith(line, start)) ? ended(line) : null
  }
}

function startsWith(line: Uint8Array, start: Uint8Array): boolean {
  if (line.length < start.length) return false
  for (let i = 0; i < start.length; i++) if (line[i] !== start[i]) return false
  return true
}

function ended(line: Uint8Array): Uint8Array {
  const own = new Uint8Array(line.length + 1)
  own.set(line)
  own[line.length] = LINE_FEED
  return own
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
