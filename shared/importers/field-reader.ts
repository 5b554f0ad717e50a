import { type Day, dayIn, parseDay, parseInstant, UTC } from '../calendar/index.ts'
import type { Issue } from '../issues/index.ts'
import { type Nanos, parseNanos } from '../money/index.ts'
import type { Instant } from '../quantities/index.ts'
import { type JsonPage, type JsonValue, ownField } from '../tables/index.ts'
import type { LooseFile, LooseRecord, RecordSink } from './format.ts'
import { amountOutOfRange, missing, notACount, notADay, notATime, notAnAmount } from './messages.ts'
import { readCount } from './read-numbers.ts'

const MAX_NANOS = 2n ** 63n - 1n
const MOST_PATHS = 1000

/** As `RowReader`, for JSON objects: reads fields by path and remembers the first that cannot be read. */
export class FieldReader {
  private item: JsonValue = null
  /** Paths asked for, taken apart once. */
  private readonly paths = new Map<string, readonly string[]>()
  flaw: { readonly column: string; readonly issue: Issue } | null = null

  begin(item: JsonValue): void {
    this.item = item
    this.flaw = null
  }

  at(path: string): JsonValue | undefined {
    let value: JsonValue | undefined = this.item
    for (const name of this.namesIn(path)) value = ownField(value, name)
    return value
  }

  private namesIn(path: string): readonly string[] {
    let names = this.paths.get(path)
    // Some paths hold names of the file, of which there is no end.
    if (names === undefined && this.paths.size < MOST_PATHS) this.paths.set(path, (names = path.split('.')))
    return names ?? path.split('.')
  }

  /** Numbers and truth values as their text; null when absent, null or empty. */
  text(path: string): string | null {
    const value = this.at(path)
    if (value === undefined || value === null || typeof value === 'object') return null
    const text = String(value).trim()
    return text === '' ? null : text
  }

  count(path: string): number | null {
    const text = this.text(path)
    if (text === null) return null
    const value = readCount(text)
    if (value !== null && !Number.isNaN(value)) return value
    this.fail(path, notACount(text))
    return null
  }

  /** Exact to the nano; `cents` of an amount the source states in hundredths. */
  money(path: string, unit: 'units' | 'cents' = 'units'): Nanos | null {
    const text = this.text(path)
    if (text === null) return null
    const [, digits = '', exponent = '0'] = /^(.*?)(?:[eE]([+-]?\d{1,3}))?$/.exec(text) ?? []
    const parsed = parseNanos(`${digits}e${Number(exponent) - (unit === 'cents' ? 2 : 0)}`)
    if (!parsed.ok) this.fail(path, notAnAmount(text))
    else if (parsed.value > MAX_NANOS || parsed.value < -MAX_NANOS) this.fail(path, amountOutOfRange(text))
    else return parsed.value
    return null
  }

  /** ISO 8601 with an offset; a time without one is UTC, as all of these sources say. */
  instant(path: string): Instant | null {
    const text = this.text(path)
    if (text === null) return null
    const parsed = parseInstant(text, UTC)
    if (parsed.ok) return parsed.value
    this.fail(path, notATime(text))
    return null
  }

  /** `2026-02-01`, or the UTC day of a time. */
  day(path: string): Day | null {
    const text = this.text(path)
    if (text === null) {
      this.fail(path, missing('a date'))
      return null
    }
    const day = parseDay(text)
    if (day.ok) return day.value
    const at = parseInstant(text, UTC)
    if (at.ok) return dayIn(at.value, UTC)
    this.fail(path, notADay(text))
    return null
  }

  /** The flaw as it is now, for a second look after more was read. */
  problem(): FieldReader['flaw'] {
    return this.flaw
  }

  fail(path: string, issue: Issue): void {
    this.flaw ??= { column: path, issue }
  }
}

/** Texts of a key, each ended so that no two lists make the same text. */
export function keyOf(source: string, parts: readonly (string | number | null)[]): string {
  return [source, ...parts.map((part) => part ?? '')].join('\u001f')
}

export function listAt(value: JsonValue | undefined, name: string): readonly JsonValue[] | null {
  const list = ownField(value, name)
  return Array.isArray(list) ? (list as readonly JsonValue[]) : null
}

/** One record of a page, with what stands around it. */
export interface JsonItem {
  readonly value: JsonValue
  readonly around: JsonValue
  readonly line: number
  /** Where `value` is not all of the record: what else of it is kept as text. */
  readonly whole?: JsonValue
}

/** Items judged one by one. `shown` picks what of a record may be kept as its text; sources with prompts must pick. */
export function judgeItems(
  items: readonly JsonItem[],
  judge: (item: JsonItem, sink: RecordSink) => void,
  shown: (value: JsonValue) => JsonValue = (value) => value,
): LooseFile['records'] {
  return eachRecord(items, judge, shown)
}

function* eachRecord(
  items: readonly JsonItem[],
  judge: (item: JsonItem, sink: RecordSink) => void,
  shown: (value: JsonValue) => JsonValue,
): Generator<LooseRecord> {
  for (const [i, item] of items.entries()) {
    yield {
      line: item.line,
      get text() {
        return JSON.stringify(shown(item.value)).slice(0, 2000)
      },
      share: (i + 1) / items.length,
      value: item.whole ?? item.value,
      judge: (sink) => judge(item, sink),
    }
  }
}

/** Members of a list in every page: `data`, say. */
export function itemsOf(pages: readonly JsonPage[], name: string): readonly JsonItem[] {
  return pages.flatMap(({ value, line }) =>
    (listAt(value, name) ?? []).map((item) => ({ value: item, around: value, line })),
  )
}

/** Members of `results` of every bucket of every page; the bucket stands around them. An empty bucket is an item too. */
export function bucketItems(pages: readonly JsonPage[]): readonly JsonItem[] {
  return itemsOf(pages, 'data').flatMap(({ value, line }) => {
    const results = listAt(value, 'results') ?? []
    return results.length === 0
      ? [{ value: null, around: value, line }]
      : results.map((item) => ({ value: item, around: value, line }))
  })
}

/** Some pages of a longer answer: the last says that more follow. */
export function lacksPages(pages: readonly JsonPage[]): boolean {
  return ownField(pages.at(-1)?.value, 'has_more') === true
}
