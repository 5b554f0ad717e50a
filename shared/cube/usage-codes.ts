import { dayOfEpoch, monthOf, MS_PER_DAY } from '../calendar/index.ts'
import type { FactChunk, NumberColumn, TextColumn } from '../facts/index.ts'

/** What usage can be grouped by. `initiative` is whatever the caller's matcher says. */
export type UsageDimension =
  | 'day'
  | 'month'
  | 'initiative'
  | 'tool'
  | 'model'
  | 'person'
  | 'apiKey'
  | 'workspace'
  | 'repository'
  | 'session'
  | 'detail'

/** The fields a rule may look at to say whose usage it was. */
export interface UsageOwnerFields {
  readonly tool: string | null
  readonly model: string | null
  readonly person: string | null
  readonly apiKey: string | null
  readonly workspace: string | null
  readonly repository: string | null
}

/** A dimension of one chunk as small whole numbers, so that a million rows never build a text. */
export interface Coded {
  /** 0 = unknown, else the word `words[code - 1]`. */
  readonly codes: Uint32Array
  readonly words: readonly string[]
}

export type OwnerOf = (usage: UsageOwnerFields) => string | null

/** Epoch day of every row: the day as stated, else the UTC day of the moment; NaN where neither is known. */
export function usageDays(chunk: FactChunk): Float64Array {
  const stated = (chunk.columns['day'] as NumberColumn).values
  const moments = (chunk.columns['at'] as NumberColumn).values
  const days = new Float64Array(chunk.rows)
  // A loop, because `from` walks an iterator and takes ten times as long.
  for (let i = 0; i < days.length; i++) {
    const day = stated[i]!
    days[i] = day === day ? day : Math.floor(moments[i]! / MS_PER_DAY)
  }
  return days
}

export function codeDimension(
  chunk: FactChunk,
  dimension: UsageDimension,
  days: Float64Array,
  initiativeOf: OwnerOf,
): Coded {
  if (dimension === 'day') return codeDays(days, dayOfEpoch)
  if (dimension === 'month') return codeDays(days, (day) => monthOf(dayOfEpoch(day)))
  if (dimension === 'initiative') return codeOwners(chunk, initiativeOf)
  return chunk.columns[dimension] as TextColumn
}

function codeDays(days: Float64Array, nameOf: (epochDay: number) => string): Coded {
  const words: string[] = []
  const codeOfName = new Map<string, number>()
  const codeOfDay = new Map<number, number>()
  const codes = new Uint32Array(days.length)
  let [last, lastCode] = [NaN, 0]
  for (let i = 0; i < days.length; i++) {
    const day = days[i]!
    if (day !== day) continue
    if (day !== last) [last, lastCode] = [day, codeOf(day)]
    codes[i] = lastCode
  }
  return { codes, words }

  function codeOf(day: number): number {
    const known = codeOfDay.get(day)
    if (known !== undefined) return known
    const name = nameOf(day)
    let code = codeOfName.get(name)
    if (code === undefined) codeOfName.set(name, (code = words.push(name)))
    codeOfDay.set(day, code)
    return code
  }
}

const OWNER_FIELDS = ['tool', 'model', 'person', 'apiKey', 'workspace', 'repository'] as const

/** The matcher is asked once per combination of fields a chunk holds, not once per row. */
function codeOwners(chunk: FactChunk, initiativeOf: OwnerOf): Coded {
  const columns = OWNER_FIELDS.map((field) => chunk.columns[field] as TextColumn)
  const words: string[] = []
  const codeOfOwner = new Map<string | null, number>([[null, 0]])
  const codeOfFields = new Map<number | string, number>()
  const isSmall = columns.reduce((product, one) => product * (one.words.length + 1), 1) <= Number.MAX_SAFE_INTEGER
  const fieldsAt = isSmall
    ? (row: number) => columns.reduce((key, one) => key * (one.words.length + 1) + one.codes[row]!, 0)
    : (row: number) => columns.map(({ codes }) => codes[row]!).join(',')
  const codes = new Uint32Array(chunk.rows)
  for (let row = 0; row < codes.length; row++) {
    const fields = fieldsAt(row)
    let code = codeOfFields.get(fields)
    if (code === undefined) {
      const said = Object.fromEntries(OWNER_FIELDS.map((field, i) => [field, wordAt(columns[i]!, row)]))
      const owner = initiativeOf(said as unknown as UsageOwnerFields)
      code = codeOfOwner.get(owner)
      if (code === undefined) codeOfOwner.set(owner, (code = words.push(owner!)))
      codeOfFields.set(fields, code)
    }
    codes[row] = code
  }
  return { codes, words }
}

function wordAt({ codes, words }: Coded, row: number): string | null {
  const code = codes[row]!
  return code === 0 ? null : words[code - 1]!
}
