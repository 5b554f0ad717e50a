import { LIMITS } from './limits.ts'
import { RecordSplitter, splitCells, type SplitRecord } from './split-records.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export interface Dialect {
  readonly delimiter: Delimiter
  readonly newline: 'lf' | 'cr'
  /** Records of the sample that have the most frequent width, of all looked at: the evidence shown to the user. */
  readonly agree: number
  readonly looked: number
}

const LOOK_AT = 50

/**
 * Chooses the delimiter under which whole records of the sample agree best on their number of cells, header included.
 * Counting characters instead fails on free text: `a; b; c` in every row of a comma file has more semicolons than commas.
 */
export function sniffDialect(sample: string, isWhole: boolean): Dialect {
  const newline = !sample.includes('\n') && sample.includes('\r') ? 'cr' : 'lf'
  const declared = /^sep=([,;\t|])[\r\n]/i.exec(sample)?.[1] as Delimiter | undefined
  if (declared) return { delimiter: declared, newline, agree: 0, looked: 0 }
  let best: (Dialect & { score: number }) | null = null
  for (const delimiter of DELIMITERS) {
    const widths = sampleRecords(sample, delimiter, newline, isWhole).map(
      ({ text }) => splitCells(text, delimiter).length,
    )
    const counts = new Map<number, number>()
    for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
    const [mode, agree] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
    const looked = widths.length
    const fitsHeader = widths[0] === mode || (widths[0] ?? 0) === mode + 1
    const score = mode < 2 ? 0 : agree / looked + (fitsHeader ? 1 : 0) + Math.min(mode, 500) / 10_000
    if (!best || score > best.score) best = { delimiter, newline, agree, looked, score }
  }
  const { delimiter, agree, looked } = best!
  return { delimiter, newline, agree, looked }
}

function sampleRecords(
  sample: string,
  delimiter: string,
  newline: 'lf' | 'cr',
  isWhole: boolean,
): readonly SplitRecord[] {
  const records: SplitRecord[] = []
  const splitter = new RecordSplitter(delimiter, newline, LIMITS.recordChars)
  splitter.push(sample, records)
  if (isWhole || records.length === 0) splitter.finish(records)
  return records.filter(({ text, flaw }) => text.trim() !== '' && flaw === null).slice(0, LOOK_AT)
}
