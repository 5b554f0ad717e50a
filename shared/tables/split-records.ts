import { type MarkFinder, markFinder } from './find-mark.ts'

/**
 * Finds where records begin and end in text that comes in pieces, and on which physical line each begins.
 *
 * Quotes count only at the start of a field (RFC 4180); a doubled quote inside stands for one. Whatever is wrong with the
 * quotes of a record is said here, so that the parser behind sees only records it cannot misread.
 */
export type RecordFlaw =
  | { readonly kind: 'unterminated-quote'; readonly lines: number }
  | { readonly kind: 'text-after-quote' }
  | { readonly kind: 'record-too-long'; readonly lines: number }

export interface SplitRecord {
  /** Without its line end. Of a record that is too long, the first 1,000 characters. */
  readonly text: string
  /** 1-based physical line. */
  readonly line: number
  readonly flaw: RecordFlaw | null
  /** Spaces between delimiter and opening quote or after a closing one: our own tokenizer reads such a record. */
  readonly isPadded: boolean
}

const STATES = { fieldStart: 0, plain: 1, quoted: 2, quoteSeen: 3, quoteThenReturn: 4, leadingSpace: 5 } as const
type State = (typeof STATES)[keyof typeof STATES]

const [LF, CR, SPACE, QUOTE] = [10, 13, 32, 34]

export class RecordSplitter {
  private readonly findQuote = markFinder('"')
  private readonly findEnd: MarkFinder
  private readonly findDelimiter: MarkFinder
  private readonly delimiter: number
  private readonly terminator: number
  private readonly maxChars: number
  private kept = ''
  private keptChars = 0
  private state: State = STATES.fieldStart
  private line = 1
  private recordLine = 1
  private isFlawed = false
  private isPadded = false
  /** The piece read last, how far, and its next line end and delimiter as far as they are known. */
  private piece = ''
  private readTo = 0
  private nextEnd = -1
  private nextDelimiter = -1

  /** `newline`: `lf` takes LF and CRLF, also mixed; `cr` is for files that know no LF at all. */
  constructor(delimiter: string, newline: 'lf' | 'cr', maxChars: number) {
    this.delimiter = delimiter.charCodeAt(0)
    this.terminator = newline === 'lf' ? LF : CR
    this.findEnd = markFinder(newline === 'lf' ? '\n' : '\r')
    this.findDelimiter = markFinder(delimiter)
    this.maxChars = maxChars
  }

  /** Nothing of a record has been read yet. */
  get isBetween(): boolean {
    return this.keptChars === 0 && this.state === STATES.fieldStart
  }

  /** 1-based physical line of the record that comes next or is being read. */
  get recordStart(): number {
    return this.recordLine
  }

  /** Lines of whole records that were read elsewhere; only between records. */
  skipLines(lines: number): void {
    this.line += lines
    this.recordLine = this.line
  }

  push(piece: string, out: SplitRecord[]): void {
    this.run(piece, 0, out, false)
  }

  /** Reads on from `from` to the end of one record, or of the piece; answers where it stopped. */
  takeOne(piece: string, from: number, out: SplitRecord[]): number {
    return this.run(piece, from, out, true)
  }

  private run(piece: string, from: number, out: SplitRecord[], isOne: boolean): number {
    if (piece !== this.piece || from < this.readTo) this.nextEnd = this.nextDelimiter = -1
    this.piece = piece
    const stop = this.readOn(piece, from, out, isOne)
    this.readTo = stop
    return stop
  }

  private readOn(piece: string, from: number, out: SplitRecord[], isOne: boolean): number {
    const terminator = this.terminator
    let start = from
    let nextQuote = isOne ? 0 : this.findQuote(piece, 0)
    let i = from
    while (i < piece.length) {
      // A record without any quote needs no look at its letters.
      if (!isOne && this.state === STATES.fieldStart && i === start && this.keptChars === 0) {
        if (nextQuote !== -1 && nextQuote < i) nextQuote = this.findQuote(piece, i)
        const newline = this.findEnd(piece, i)
        if (newline !== -1 && (nextQuote === -1 || nextQuote > newline)) {
          this.emit(piece, start, newline, out)
          i = start = newline + 1
          continue
        }
      }
      if (this.state === STATES.quoted) {
        i = this.skipQuoted(piece, i)
        continue
      }
      if (this.state === STATES.plain) i = this.skipPlain(piece, i)
      if (i === piece.length) break
      const code = piece.charCodeAt(i)
      if (code === terminator) {
        this.emit(piece, start, i, out)
        i = start = i + 1
        if (isOne) return i
        continue
      }
      this.state = this.after(code)
      i++
    }
    this.keep(piece, start)
    return i
  }

  /** The record that no line end closed. */
  finish(out: SplitRecord[]): void {
    if (this.keptChars === 0) return
    const lines = this.line - this.recordLine + 1
    const text = this.keptChars > this.maxChars ? this.kept.slice(0, 1000) : this.kept
    if (this.state === STATES.quoted) this.release(text, { kind: 'unterminated-quote', lines }, out)
    else this.emit('', 0, 0, out)
    this.keptChars = 0
  }

  /** Inside quotes only a quote matters; line ends are counted on the way. Each is looked for once, however many quotes come. */
  private skipQuoted(piece: string, from: number): number {
    const quote = this.findQuote(piece, from)
    const end = endOr(piece.length, quote)
    if (this.nextEnd < from) this.nextEnd = endOr(piece.length, this.findEnd(piece, from))
    while (this.nextEnd < end) {
      this.line++
      this.nextEnd = endOr(piece.length, this.findEnd(piece, this.nextEnd + 1))
    }
    if (quote === -1) return end
    this.state = STATES.quoteSeen
    return quote + 1
  }

  /** In a plain field only its end matters. Both ends are looked for, and each once however many fields and records come. */
  private skipPlain(piece: string, from: number): number {
    if (this.nextEnd < from) this.nextEnd = endOr(piece.length, this.findEnd(piece, from))
    if (this.nextDelimiter < from) this.nextDelimiter = endOr(piece.length, this.findDelimiter(piece, from))
    return Math.min(this.nextEnd, this.nextDelimiter)
  }

  private after(code: number): State {
    const state = this.state
    if (state === STATES.plain) return code === this.delimiter ? STATES.fieldStart : STATES.plain
    if (state === STATES.quoteSeen || state === STATES.quoteThenReturn) {
      if (state === STATES.quoteSeen && code === QUOTE) return STATES.quoted
      if (code === this.delimiter) return STATES.fieldStart
      if (state === STATES.quoteSeen && code === CR) return STATES.quoteThenReturn
      if (code === SPACE && state === STATES.quoteSeen && this.delimiter !== SPACE) {
        this.isPadded = true
        return STATES.quoteThenReturn
      }
      if (this.isPadded && (code === SPACE || code === CR)) return STATES.quoteThenReturn
      this.isFlawed = true
      return STATES.plain
    }
    if (code === this.delimiter) return STATES.fieldStart
    if (code === QUOTE) {
      if (state === STATES.leadingSpace) this.isPadded = true
      return STATES.quoted
    }
    return code === SPACE ? STATES.leadingSpace : STATES.plain
  }

  private keep(piece: string, start: number): void {
    const length = piece.length - start
    if (length === 0) return
    if (this.keptChars <= this.maxChars) this.kept += start === 0 ? piece : piece.slice(start)
    this.keptChars += length
  }

  private emit(piece: string, start: number, end: number, out: SplitRecord[]): void {
    const chars = this.keptChars + end - start
    if (chars > this.maxChars) {
      const head = (this.kept + piece.slice(start, Math.min(end, start + 1000))).slice(0, 1000)
      this.release(head, { kind: 'record-too-long', lines: this.line - this.recordLine + 1 }, out)
    } else {
      let text = this.keptChars > 0 ? this.kept + piece.slice(start, end) : piece.slice(start, end)
      if (this.terminator === LF && text.charCodeAt(text.length - 1) === CR) text = text.slice(0, -1)
      this.release(text, this.isFlawed ? { kind: 'text-after-quote' } : null, out)
    }
    this.line++
    this.recordLine = this.line
    this.kept = ''
    this.keptChars = 0
    this.state = STATES.fieldStart
    this.isFlawed = false
    this.isPadded = false
  }

  private release(text: string, flaw: RecordFlaw | null, out: SplitRecord[]): void {
    out.push({ text, line: this.recordLine, flaw, isPadded: this.isPadded })
  }
}

function endOr(length: number, found: number): number {
  return found === -1 ? length : found
}

/** Cells of one record, spaces around quoted cells dropped. Slow and plain; the common road reads whole pieces. */
export function splitCells(text: string, delimiter: string): string[] {
  const cells: string[] = []
  let i = 0
  for (;;) {
    let quote = i
    while (text[quote] === ' ' && delimiter !== ' ') quote++
    if (text[quote] !== '"') {
      const end = text.indexOf(delimiter, i)
      if (end === -1) return [...cells, text.slice(i)]
      cells.push(text.slice(i, end))
      i = end + 1
      continue
    }
    let cell = ''
    i = quote + 1
    for (;;) {
      const close = text.indexOf('"', i)
      if (close === -1) return [...cells, cell + text.slice(i)]
      cell += text.slice(i, close)
      i = close + 1
      if (text[i] !== '"') break
      cell += '"'
      i++
    }
    cells.push(cell)
    const end = text.indexOf(delimiter, i)
    if (end === -1) return cells
    i = end + 1
  }
}
