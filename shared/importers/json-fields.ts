import { parseInstant } from '../calendar/index.ts'
import type { Instant } from '../quantities/index.ts'
import { type JsonPage, type JsonValue, ownField } from '../tables/index.ts'
import type { LooseFile, LooseRecord, RecordSink } from './format.ts'
import { morePages } from './messages.ts'

/** The field as text, or null when it is missing or something else. */
export function textOf(value: JsonValue | undefined, name: string): string | null {
  const field = ownField(value, name)
  return typeof field === 'string' ? field : null
}

export function numberOf(value: JsonValue | undefined, name: string): number | null {
  const field = ownField(value, name)
  return typeof field === 'number' ? field : null
}

export function listOf(value: JsonValue | undefined, name: string): readonly JsonValue[] | null {
  const field = ownField(value, name)
  return Array.isArray(field) ? (field as readonly JsonValue[]) : null
}

/** 1, 0, or null when nothing is said. */
export function flagOf(value: JsonValue | undefined): number | null {
  return typeof value === 'boolean' ? Number(value) : null
}

/** A field of a field of a field. */
export function fieldAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  let field = value
  for (const name of path) field = ownField(field, name)
  return field
}

/** Null when missing or empty, `bad` when it stands there and cannot be read. */
export function momentOf(value: JsonValue | undefined, name: string): Instant | null | 'bad' {
  const text = textOf(value, name)
  if (text === null || text === '') return null
  const at = parseInstant(text)
  return at.ok ? at.value : 'bad'
}

/** Lines of those that are there; null when none is. */
export function joined(texts: readonly (string | null)[]): string | null {
  const there = texts.filter((text) => text !== null && text !== '')
  return there.length === 0 ? null : there.join('\n')
}

export interface JsonItem {
  readonly value: JsonValue
  readonly line: number
  /** Where `value` is not all of the record: the record as it stood. */
  readonly whole?: JsonValue
}

/** Items of arrays, of pages that wrap one (`{ "value": […] }` under one of `wrappers`), and objects by themselves. */
export function itemsOf(pages: readonly JsonPage[], ...wrappers: readonly string[]): readonly JsonItem[] {
  return pages.flatMap(({ value, line }) => {
    const wrapped = wrappers.map((name) => listOf(value, name)).find((list) => list !== null)
    const items = wrapped ?? (Array.isArray(value) ? (value as readonly JsonValue[]) : [value])
    // gh api --paginate --slurp makes an array of pages.
    return items.flatMap((item) =>
      Array.isArray(item)
        ? (item as readonly JsonValue[]).map((one) => ({ value: one, line }))
        : [{ value: item, line }],
    )
  })
}

export function* jsonRecords(
  items: readonly JsonItem[],
  judge: (item: JsonValue, sink: RecordSink) => void,
): Generator<LooseRecord> {
  for (const [at, { value, line, whole = value }] of items.entries()) {
    yield {
      line,
      get text() {
        return JSON.stringify(whole).slice(0, 2000)
      },
      share: (at + 1) / items.length,
      value: whole,
      judge: (sink) => judge(value, sink),
    }
  }
}

/** Tells, behind the last record, that the last page of an answer says more follow. */
export function tellMore(
  pages: readonly JsonPage[],
  hasMore: (page: JsonValue) => boolean,
): Required<LooseFile>['finish'] {
  return (sink) => {
    const last = pages.at(-1)
    if (last !== undefined && hasMore(last.value)) sink.note(morePages())
  }
}

/** First item that is an object: what decides which layout this is. */
export function firstObject(items: readonly JsonItem[]): JsonValue | undefined {
  return items.find(({ value }) => value !== null && typeof value === 'object')?.value
}

/** The names that are there, when all of them are; null otherwise. */
export function marksOf(value: JsonValue | undefined, ...names: readonly string[]): string | null {
  return names.every((name) => ownField(value, name) !== undefined) ? names.join(', ') : null
}
