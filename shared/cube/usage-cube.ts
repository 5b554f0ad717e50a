import { type Day, dayOfEpoch, epochDayOf, type MonthKey, monthOf, MS_PER_DAY } from '../calendar/index.ts'
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
  'day' | 'month' | 'initiative' | 'tool' | 'model' | 'person' | 'apiKey' | 'workspace' | 'repository'

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
    const keyOf = keyReader(chunk, dimensions, days, choices.initiativeOf ?? (() => null))
    const addRow = rowAdder(chunk)
    for (let i = 0; i < chunk.rows; i++) {
      if (live && live[i] === 0) continue
      const day = days[i]!
      if (Number.isNaN(day)) {
        undated++
        if (hasPeriod) continue
      } else if (day < from || day > to) continue
      const [text, key] = keyOf(i)
      let cell = cells.get(text)
      if (!cell) cells.set(text, (cell = new Sums(key())))
      addRow(cell, i)
      addRow(total, i)
    }
  })
  return { dimensions, cells: [...cells.values()].sort(compareCells), total, undated }
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
  return Float64Array.from(stated, (day, i) => (Number.isNaN(day) ? Math.floor(moments[i]! / MS_PER_DAY) : day))
}

const OWNER_FIELDS = ['tool', 'model', 'person', 'apiKey', 'workspace', 'repository'] as const

/** Per row a text that is equal for equal keys, and the key itself, built only for a new cell. */
function keyReader(
  chunk: FactChunk,
  dimensions: readonly UsageDimension[],
  days: Float64Array,
  initiativeOf: (usage: UsageOwnerFields) => string | null,
): (row: number) => readonly [string, () => readonly (string | null)[]] {
  const owners = ownerReader(chunk, initiativeOf)
  const readers = dimensions.map((dimension): ((row: number) => string | null) => {
    if (dimension === 'day') return (row) => (Number.isNaN(days[row]!) ? null : dayText(days[row]!))
    if (dimension === 'month') return (row) => (Number.isNaN(days[row]!) ? null : monthText(days[row]!))
    if (dimension === 'initiative') return owners
    const column = chunk.columns[dimension] as TextColumn
    return (row) => textAt(column, row)
  })
  return (row) => {
    const key = readers.map((read) => read(row))
    return [key.map((part) => (part === null ? '\u0000' : part)).join('\u001f'), () => key]
  }
}

function ownerReader(
  chunk: FactChunk,
  initiativeOf: (usage: UsageOwnerFields) => string | null,
): (row: number) => string | null {
  const columns = OWNER_FIELDS.map((field) => chunk.columns[field] as TextColumn)
  const known = new Map<string, string | null>()
  return (row) => {
    const codes = columns.map(({ codes: all }) => all[row]!).join(',')
    const before = known.get(codes)
    if (before !== undefined) return before
    const [tool, model, person, apiKey, workspace, repository] = columns.map((column) => textAt(column, row))
    const owner = initiativeOf({
      tool: tool!,
      model: model!,
      person: person!,
      apiKey: apiKey!,
      workspace: workspace!,
      repository: repository!,
    })
    known.set(codes, owner)
    return owner
  }
}

function textAt(column: TextColumn, row: number): string | null {
  const code = column.codes[row]!
  return code === 0 ? null : column.words[code - 1]!
}

const dayTexts = new Map<number, Day>()

function dayText(epochDay: number): Day {
  let text = dayTexts.get(epochDay)
  if (text === undefined) dayTexts.set(epochDay, (text = dayOfEpoch(epochDay)))
  return text
}

function monthText(epochDay: number): MonthKey {
  return monthOf(dayText(epochDay))
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
