import { type Day, dayOfEpoch, epochDayOf, monthOf, MS_PER_DAY } from '../calendar/index.ts'
import {
  type FactChunk,
  type FactSet,
  type NanosColumn,
  type NumberColumn,
  type TextColumn,
  UNKNOWN_NANOS,
} from '../facts/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import { COST_KINDS, type CostKind, TOKEN_BUCKETS, type TokenBuckets } from '../quantities/index.ts'

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

export interface UsageCubeChoices {
  /** Id of the initiative these fields belong to; `null` = nobody's yet: unattributed, always shown. */
  readonly initiativeOf?: (usage: UsageOwnerFields) => string | null
  /** Days included at both ends; rows without a day are counted in `undated` and belong to no period. */
  readonly from?: Day
  readonly to?: Day
}

/** Sums over some usage rows. A bucket or a kind of cost is `null` where no row states it; that is not zero. */
export interface UsageSums {
  readonly rows: number
  readonly requests: number | null
  readonly tokens: TokenBuckets & { readonly unsplit: number | null }
  /** By currency code; '' where the source names none. Currencies and kinds are never added together. */
  readonly cost: Readonly<Record<string, Readonly<Record<CostKind, Nanos | null>>>>
}

export interface UsageCell extends UsageSums {
  /** One value per dimension, in their order; `null` = the source does not say. */
  readonly key: readonly (string | null)[]
}

export interface UsageCube {
  readonly dimensions: readonly UsageDimension[]
  /** Ordered by key, unknown last. */
  readonly cells: readonly UsageCell[]
  /** Of all cells. Every choice of dimensions has the same total. */
  readonly total: UsageSums
  /** Rows without a day. They are cells (with key `null`) only when no period is asked for. */
  readonly undated: number
}

class Sums implements UsageSums {
  rows = 0
  requests: number | null = null
  readonly tokens = {
    uncachedInput: null as number | null,
    cacheWrite5m: null as number | null,
    cacheWrite1h: null as number | null,
    cacheWriteUnknown: null as number | null,
    cacheRead: null as number | null,
    output: null as number | null,
    unsplit: null as number | null,
  }
  readonly cost: Record<string, Record<CostKind, Nanos | null>> = {}
  readonly key: readonly (string | null)[]

  constructor(key: readonly (string | null)[]) {
    this.key = key
  }
}

/**
 * Rolls usage up by any choice of dimensions, straight over the columns: a million rows stay below a second or two.
 *
 * Money is summed exactly, per currency and kind. With `[]` there is one cell, the total (or none without usage).
 */
export function buildUsageCube(
  facts: FactSet,
  dimensions: readonly UsageDimension[],
  choices: UsageCubeChoices = {},
): UsageCube {
  const cells = new Map<string, Sums>()
  const total = new Sums([])
  const from = choices.from === undefined ? -Infinity : epochDayOf(choices.from)
  const to = choices.to === undefined ? Infinity : epochDayOf(choices.to)
  const hasPeriod = choices.from !== undefined || choices.to !== undefined
  let undated = 0
  facts.usage.chunks.forEach((chunk, at) => {
    const live = facts.usage.live[at]
    const days = usageDays(chunk)
    const codings = codingsOf(chunk, dimensions, days, choices.initiativeOf ?? (() => null))
    const isSmall = codings.reduce((product, { size }) => product * size, 1) <= Number.MAX_SAFE_INTEGER
    const numberOf = isSmall
      ? (row: number) => codings.reduce((key, { codeAt, size }) => key * size + codeAt(row), 0)
      : (row: number) => codings.map(({ codeAt }) => codeAt(row)).join(',')
    const own = new Map<number | string, Sums>()
    const addRow = rowAdder(chunk)
    for (let i = 0; i < chunk.rows; i++) {
      if (live && live[i] === 0) continue
      const day = days[i]!
      if (Number.isNaN(day)) {
        undated++
        if (hasPeriod) continue
      } else if (day < from || day > to) continue
      const number = numberOf(i)
      let cell = own.get(number)
      if (!cell)
        own.set(
          number,
          (cell = cellFor(
            cells,
            codings.map(({ codeAt, textOf }) => textOf(codeAt(i))),
          )),
        )
      addRow(cell, i)
      addRow(total, i)
    }
  })
  return { dimensions, cells: [...cells.values()].sort(compareCells), total, undated }
}

function cellFor(cells: Map<string, Sums>, key: readonly (string | null)[]): Sums {
  const text = JSON.stringify(key)
  let cell = cells.get(text)
  if (!cell) cells.set(text, (cell = new Sums(key)))
  return cell
}

function compareCells(a: UsageCell, b: UsageCell): number {
  for (const [i, left] of a.key.entries()) {
    const right = b.key[i] ?? null
    if (left === right) continue
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -1 : 1
  }
  return 0
}

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

/** A dimension of one chunk as small whole numbers, so that a million rows never build a text. */
interface Coding {
  readonly codeAt: (row: number) => number
  readonly textOf: (code: number) => string | null
  /** Codes are 0 … size - 1. */
  readonly size: number
}

/** Numbers the keys of one chunk; equal keys have equal numbers. */
function codingsOf(
  chunk: FactChunk,
  dimensions: readonly UsageDimension[],
  days: Float64Array,
  initiativeOf: (usage: UsageOwnerFields) => string | null,
): readonly Coding[] {
  return dimensions.map((dimension) => {
    if (dimension === 'day') return dayCoding(days, (day) => dayOfEpoch(day))
    if (dimension === 'month') return dayCoding(days, (day) => monthOf(dayOfEpoch(day)))
    if (dimension === 'initiative') return ownerCoding(chunk, initiativeOf)
    const { codes, words } = chunk.columns[dimension] as TextColumn
    return {
      codeAt: (row) => codes[row]!,
      textOf: (code) => (code === 0 ? null : words[code - 1]!),
      size: words.length + 1,
    }
  })
}

function dayCoding(days: Float64Array, nameOf: (epochDay: number) => string): Coding {
  const texts: (string | null)[] = [null]
  const codeOfName = new Map<string, number>()
  const codeOfDay = new Map<number, number>()
  const codes = new Uint32Array(days.length)
  for (let i = 0; i < days.length; i++) {
    const day = days[i]!
    if (day === day) codes[i] = codeOf(day)
  }
  return { codeAt: (row) => codes[row]!, textOf: (code) => texts[code]!, size: texts.length }

  function codeOf(day: number): number {
    const known = codeOfDay.get(day)
    if (known !== undefined) return known
    const name = nameOf(day)
    let code = codeOfName.get(name)
    if (code === undefined) {
      codeOfName.set(name, (code = texts.length))
      texts.push(name)
    }
    codeOfDay.set(day, code)
    return code
  }
}

/** The matcher is asked once per combination of fields a chunk holds, not once per row. */
function ownerCoding(chunk: FactChunk, initiativeOf: (usage: UsageOwnerFields) => string | null): Coding {
  const columns = OWNER_FIELDS.map((field) => chunk.columns[field] as TextColumn)
  const texts: (string | null)[] = [null]
  const codeOfOwner = new Map<string | null, number>([[null, 0]])
  const codeOfFields = new Map<number | string, number>()
  const isSmall = columns.reduce((product, { words }) => product * (words.length + 1), 1) <= Number.MAX_SAFE_INTEGER
  const fieldsAt = isSmall
    ? (row: number) => columns.reduce((key, { codes, words }) => key * (words.length + 1) + codes[row]!, 0)
    : (row: number) => columns.map(({ codes }) => codes[row]!).join(',')
  const codes = Uint32Array.from({ length: chunk.rows }, (_, row) => {
    const fields = fieldsAt(row)
    const known = codeOfFields.get(fields)
    if (known !== undefined) return known
    const said = Object.fromEntries(OWNER_FIELDS.map((field, i) => [field, textAt(columns[i]!, row)]))
    const owner = initiativeOf(said as unknown as UsageOwnerFields)
    let code = codeOfOwner.get(owner)
    if (code === undefined) {
      codeOfOwner.set(owner, (code = texts.length))
      texts.push(owner)
    }
    codeOfFields.set(fields, code)
    return code
  })
  return { codeAt: (row) => codes[row]!, textOf: (code) => texts[code]!, size: texts.length }
}

const OWNER_FIELDS = ['tool', 'model', 'person', 'apiKey', 'workspace', 'repository'] as const

function textAt(column: TextColumn, row: number): string | null {
  const code = column.codes[row]!
  return code === 0 ? null : column.words[code - 1]!
}

function rowAdder(chunk: FactChunk): (sums: Sums, row: number) => void {
  const requests = (chunk.columns['requests'] as NumberColumn).values
  const buckets = [...TOKEN_BUCKETS, 'unsplit' as const].map(
    (bucket) =>
      [bucket, (chunk.columns[bucket === 'unsplit' ? 'unsplitTokens' : bucket] as NumberColumn).values] as const,
  )
  const kinds = COST_KINDS.map((kind) => [kind, (chunk.columns[kind] as NanosColumn).values] as const)
  const currency = chunk.columns['currency'] as TextColumn
  return (sums, row) => {
    sums.rows++
    if (!Number.isNaN(requests[row]!)) sums.requests = (sums.requests ?? 0) + requests[row]!
    for (const [bucket, values] of buckets) {
      const tokens = values[row]!
      if (!Number.isNaN(tokens)) sums.tokens[bucket] = (sums.tokens[bucket] ?? 0) + tokens
    }
    for (const [kind, values] of kinds) {
      const nanos = values[row]!
      if (nanos === UNKNOWN_NANOS) continue
      const money = (sums.cost[textAt(currency, row) ?? ''] ??= {
        listed: null,
        billed: null,
        included: null,
        estimated: null,
      })
      money[kind] = nanosOf((money[kind] ?? 0n) + nanos)
    }
  }
}

/** All tokens of some usage, buckets and unsplit totals; `null` when no row states any. */
export function allTokens({ tokens }: UsageSums): number | null {
  let sum: number | null = null
  for (const part of Object.values(tokens)) {
    if (part !== null) sum = (sum ?? 0) + part
  }
  return sum
}
