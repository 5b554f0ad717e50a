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

/** Epoch days of the rows of a chunk as codes. */
export interface DayCodes {
  /** 0 = unknown, else the day `days[code - 1]`. */
  readonly codes: Uint32Array
  readonly days: readonly number[]
}

const dayCodes = new WeakMap<FactChunk, DayCodes>()

/** Day of every row, found once per chunk: as stated, else the UTC day of the moment. */
export function usageDays(chunk: FactChunk): DayCodes {
  let own = dayCodes.get(chunk)
  if (!own) dayCodes.set(chunk, (own = codeDays(chunk)))
  return own
}

function codeDays(chunk: FactChunk): DayCodes {
  const stated = (chunk.columns['day'] as NumberColumn).values
  const moments = (chunk.columns['at'] as NumberColumn).values
  const days: number[] = []
  const codeOf = new Map<number, number>()
  const codes = new Uint32Array(chunk.rows)
  // The same few days come again and again: most are answered by a place of their own, without the map.
  const [near, nearCode] = [new Float64Array(NEAR).fill(NaN), new Uint32Array(NEAR)]
  for (let i = 0; i < codes.length; i++) {
    const said = stated[i]!
    const day = said === said ? said : Math.floor(moments[i]! / MS_PER_DAY)
    if (day !== day) continue
    const place = day & (NEAR - 1)
    if (near[place] !== day) {
      let code = codeOf.get(day)
      if (code === undefined) codeOf.set(day, (code = days.push(day)))
      near[place] = day
      nearCode[place] = code
    }
    codes[i] = nearCode[place]!
  }
  return { codes, days }
}

const NEAR = 1024

export function codeDimension(chunk: FactChunk, dimension: UsageDimension, initiativeOf: OwnerOf): Coded {
  if (dimension === 'day') return namedDays(usageDays(chunk), dayOfEpoch)
  if (dimension === 'month') return namedDays(usageDays(chunk), (day) => monthOf(dayOfEpoch(day)))
  if (dimension === 'initiative') return codeOwners(chunk, initiativeOf)
  return chunk.columns[dimension] as TextColumn
}

/** Days by name, of which several may have one. */
function namedDays({ codes, days }: DayCodes, nameOf: (epochDay: number) => string): Coded {
  const names = days.map(nameOf)
  const words = [...new Set(names)]
  if (words.length === names.length) return { codes, words }
  const codeOf = Uint32Array.from([0, ...names.map((name) => words.indexOf(name) + 1)])
  return { codes: codes.map((code) => codeOf[code]!), words }
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
