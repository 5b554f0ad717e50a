const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
const NO_BYTES = new Uint8Array(0)

/** Records of more cells are left to the careful reader. */
export const MOST_SPANS = 4096

/**
 * The cells of one record by position; one object serves all records of a file, so nothing of it may be kept.
 *
 * Most records are never made strings: `bytes` from `starts[i]` up to `ends[i]` is cell `i` in UTF-8, without quotes. A
 * record that had to be read carefully holds `strings` instead.
 */
export class RecordCells {
  bytes: Uint8Array = NO_BYTES
  /** `bytes` for reading four at a time. */
  view: DataView = new DataView(NO_BYTES.buffer)
  readonly starts = new Int32Array(MOST_SPANS)
  readonly ends = new Int32Array(MOST_SPANS)
  count = 0
  strings: readonly string[] | null = null
  /** The same as `bytes`, letter for letter, where all of it is ASCII. */
  private ascii: string | null = null

  turnTo(bytes: Uint8Array, text: string): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.ascii = text.length === bytes.length ? text : null
  }

  hold(strings: readonly string[]): void {
    this.strings = strings
    this.count = strings.length
  }

  /** '' where the record has no such cell. */
  text(at: number): string {
    if (at < 0 || at >= this.count) return ''
    if (this.strings !== null) return this.strings[at]!
    const from = this.starts[at]!
    const to = this.ends[at]!
    if (from === to) return ''
    return this.ascii === null ? DECODER.decode(this.bytes.subarray(from, to)) : this.ascii.slice(from, to)
  }

  /** Nothing at all, not even white space. */
  isEmpty(at: number): boolean {
    if (at < 0 || at >= this.count) return true
    return this.strings === null ? this.starts[at] === this.ends[at] : this.strings[at] === ''
  }

  /** Its first letter is ASCII that shows; false says nothing. */
  beginsVisibly(at: number): boolean {
    if (this.isEmpty(at)) return false
    const first = this.strings === null ? this.bytes[this.starts[at]!]! : this.strings[at]!.charCodeAt(0)
    return first > 32 && first < 127
  }

  /** False where a cell, white space around it aside, is certainly not this text. */
  mayBe(at: number, text: string): boolean {
    if (!this.beginsVisibly(at)) return true
    const from = this.starts[at]!
    return this.strings === null
      ? this.bytes[from] === text.charCodeAt(0) && this.ends[at]! - from >= text.length
      : this.strings[at]!.startsWith(text)
  }

  /** Makes cells that hold just this ASCII word hold nothing. */
  forget(word: string): void {
    if (this.strings !== null) {
      if (this.strings.includes(word)) this.strings = this.strings.map((cell) => (cell === word ? '' : cell))
      return
    }
    for (let at = 0; at < this.count; at++) if (this.isText(at, word)) this.ends[at] = this.starts[at]!
  }

  /** Whether a cell of bytes holds this ASCII word and nothing else. */
  private isText(at: number, word: string): boolean {
    const from = this.starts[at]!
    if (this.ends[at]! - from !== word.length) return false
    for (let i = 0; i < word.length; i++) if (this.bytes[from + i] !== word.charCodeAt(i)) return false
    return true
  }

  all(): readonly string[] {
    return this.strings ?? Array.from({ length: this.count }, (_, at) => this.text(at))
  }
}

const [LF, CR, SPACE, QUOTE] = [10, 13, 32, 34] as const

/** Where a record ends and how many physical lines it has; one for all records of a piece. */
export interface RecordEnd {
  /** Behind its line end. */
  at: number
  lines: number
  isEmpty: boolean
}

/**
 * Finds the cells of the record at `from`. False for a record this must not judge: one with doubled quotes, spaces around
 * quotes, text after a quote, no end in these bytes, unusually long or wide. It says what papaparse says of the same record.
 */
export function findCells(
  cells: RecordCells,
  from: number,
  delimiter: number,
  mostBytes: number,
  end: RecordEnd,
): boolean {
  const { bytes, view, starts, ends } = cells
  const to = bytes.length
  const least = fourOf(Math.max(delimiter, LF) + 1)
  let count = 0
  let lines = 1
  let i = from
  for (;;) {
    if (i >= to || count === MOST_SPANS) return false
    let code = bytes[i]!
    let start = i
    let stop = i
    if (code === QUOTE) {
      start = ++i
      while (i < to && (code = bytes[i]!) !== QUOTE) {
        if (code === LF) lines++
        i++
      }
      stop = i++
      if (i >= to) return false
      code = bytes[i]!
      if (code === CR && i + 1 < to && bytes[i + 1] === LF) code = bytes[++i]!
      if (code !== delimiter && code !== LF) return false
    } else {
      if (code === SPACE && isPadded(bytes, i)) return false
      // Most letters stand above every mark that ends a cell.
      while (i + 4 <= to && areFrom(least, view.getInt32(i, true))) i += 4
      while (i < to && (code = bytes[i]!) !== delimiter && code !== LF) i++
      if (i === to) return false
      stop = code === LF && i > start && bytes[i - 1] === CR ? i - 1 : i
    }
    starts[count] = start
    ends[count++] = stop
    i++
    if (code === LF) break
  }
  if (i - from > mostBytes) return false
  end.isEmpty = count === 1 && starts[0] === from && ends[0] === from
  end.at = i
  end.lines = lines
  cells.strings = null
  cells.count = count
  return true
}

/** A byte of at most 128, four times. */
export function fourOf(byte: number): number {
  return byte * 0x01010101
}

/** Whether none of four bytes is below the byte that `least` holds four times. */
export function areFrom(least: number, four: number): boolean {
  return ((four - least) & ~four & 0x80808080) === 0
}

function isPadded(bytes: Uint8Array, from: number): boolean {
  let i = from
  while (bytes[i] === SPACE) i++
  return bytes[i] === QUOTE
}
