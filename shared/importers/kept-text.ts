/** Of a longer text the start is kept: these are names and numbers, not texts. */
export const LONGEST = 200
/** Fields kept of one record, and characters of all of them; of more, the number is said. */
const MOST_FIELDS = 100
const MOST_CHARS = 4000

/** What a record says that nobody reads, as lines of `name: value`, bounded. One serves all records of a file. */
export class KeptText {
  private lines: string[] = []
  private length = 0
  private left = 0

  add(name: string, value: string): void {
    const line = `${oneLine(name)}: ${oneLine(value)}`
    if (this.lines.length >= MOST_FIELDS || this.length + line.length > MOST_CHARS) this.left++
    else {
      this.length += line.length
      this.lines.push(line)
    }
  }

  /** Null when nothing was added since it was taken last. */
  take(): string | null {
    if (this.left > 0) this.lines.push(`… and ${this.left} more`)
    const text = this.lines.length === 0 ? null : this.lines.join('\n')
    this.lines = []
    this.length = 0
    this.left = 0
    return text
  }
}

/** A name or value without line feeds, shortened. */
export function oneLine(text: string): string {
  const short = text.length > LONGEST ? text.slice(0, LONGEST) : text
  return short.includes('\n') || short.includes('\r') ? short.replaceAll(/[\r\n]+/g, ' ') : short
}
