import { type Day, epochDayOf } from '../calendar/index.ts'
import {
  type FactChunk,
  type FactSet,
  type FactTable,
  type NanosColumn,
  type NumberColumn,
  type TextColumn,
} from '../facts/index.ts'
import { COST_KINDS, type CostKind, TOKEN_BUCKETS } from '../quantities/index.ts'
import { codeDimension, type Coded, type OwnerOf, type UsageDimension, usageDays } from './usage-codes.ts'

/** What a roll-up counts: columns of the usage table that add up, and rows no price was found for where one was looked for. */
export const USAGE_COUNTS = ['requests', ...TOKEN_BUCKETS, 'unsplitTokens', 'unpriced'] as const
export type UsageCount = (typeof USAGE_COUNTS)[number]

export interface UsageRollUpChoices {
  /** Id of the initiative these fields belong to; `null` = nobody's yet: unattributed, always shown. */
  readonly initiativeOf?: OwnerOf
  /** Days included at both ends; rows without a day are counted in `undated` and belong to no period. */
  readonly from?: Day
  readonly to?: Day
}

/**
 * Usage summed by some dimensions, as columns: one place per cell, in the order of their keys, unknown last. Half a million
 * cells stay a few arrays, which can be stored and sent as they are.
 */
export interface UsageRollUp {
  readonly dimensions: readonly UsageDimension[]
  readonly cells: number
  /** Per dimension its words in order; the code of a cell is the place of its word, `words.length` = unknown. */
  readonly words: readonly (readonly string[])[]
  readonly codes: readonly Uint32Array[]
  readonly rows: Float64Array
  /** Only what some row states; NaN = no row of the cell does. */
  readonly counts: Readonly<Partial<Record<UsageCount, Float64Array>>>
  readonly money: readonly MoneyColumn[]
  /** Rows without a day. They are in cells (of unknown day) only when no period is asked for. */
  readonly undated: number
}

/** One kind of cost in one currency ('' where the source names none): `high * 2^32 + low`, exact; NaN = not stated. */
export interface MoneyColumn {
  readonly currency: string
  readonly kind: CostKind
  readonly high: Float64Array
  readonly low: Float64Array
  /** Rows that state it; others of the cell may not. */
  readonly rows: Float64Array
}

/** Cells whose numbers are looked up in a table instead of a map of keys; the table takes four bytes a place. */
const DENSE_PLACES = 1 << 24
/** Dividing such a key by the size of a dimension is exact after rounding down. */
const MOST_KEYS = 2 ** 52
const LIMB = 2 ** 32
/** A sum of low halves is carried over before it could lose a bit. */
const CARRY_AT = 2 ** 52

/** Roll-ups somebody asked for, by the facts they are of: other facts, prices or people are another table. */
const known = new WeakMap<FactTable, Map<string, UsageRollUp>>()
/** Kept per table; the one asked for longest ago goes. A larger one, of some hundred bytes a cell, is made again instead. */
const MOST_KNOWN = 8
const MOST_KNOWN_CELLS = 100_000

/**
 * Rolls usage up, column by column and without making an object per row: a million rows by day, workspace and model take
 * some 0.1 s. Money is summed exactly, per currency and kind. Asked again of the same facts it is there at once, so nobody
 * may change its columns.
 */
export function rollUpUsage(
  facts: FactSet,
  dimensions: readonly UsageDimension[],
  choices: UsageRollUpChoices = {},
): UsageRollUp {
  const { initiativeOf, from = '', to = '' } = choices
  // Whose usage it is may change without the facts: only the caller knows.
  if (initiativeOf !== undefined) return rolledUp(facts, dimensions, choices)
  const own = known.get(facts.usage) ?? new Map<string, UsageRollUp>()
  known.set(facts.usage, own)
  const key = [...dimensions, from, to].join(' ')
  const rollUp = own.get(key) ?? rolledUp(facts, dimensions, choices)
  if (rollUp.cells > MOST_KNOWN_CELLS) return rollUp
  own.delete(key)
  own.set(key, rollUp)
  if (own.size > MOST_KNOWN) own.delete(own.keys().next().value!)
  return rollUp
}

function rolledUp(facts: FactSet, dimensions: readonly UsageDimension[], choices: UsageRollUpChoices): UsageRollUp {
  const { chunks, live } = facts.usage
  const coded = chunks.map((chunk) =>
    dimensions.map((dimension) => codeDimension(chunk, dimension, choices.initiativeOf ?? (() => null))),
  )
  const words = dimensions.map((_, i) => [...new Set(coded.flatMap((own) => own[i]!.words))].sort())
  const isWanted = chunks.map((chunk, at) => wantedRows(chunk, live[at] ?? null, choices))
  const { cellOf, codes, cells } = numberCells(chunks, coded, words, isWanted)
  const sums = new Sums(cells)
  chunks.forEach((chunk, at) => sums.add(chunk, cellOf[at]!))
  return {
    dimensions,
    cells,
    words,
    codes,
    rows: sums.rows,
    counts: Object.fromEntries(sums.counts),
    money: [...sums.money].sort((a, b) => (a.currency < b.currency ? -1 : a.currency > b.currency ? 1 : 0)),
    undated: countUndated(chunks, live),
  }
}

/** Which rows count; `null` = all of them. */
function wantedRows(chunk: FactChunk, live: Uint8Array | null, { from, to }: UsageRollUpChoices): Uint8Array | null {
  if (from === undefined && to === undefined) return live
  const [first, last] = [
    from === undefined ? -Infinity : epochDayOf(from),
    to === undefined ? Infinity : epochDayOf(to),
  ]
  const { codes, days } = usageDays(chunk)
  const isIn = Uint8Array.from([0, ...days.map((day) => (day >= first && day <= last ? 1 : 0))])
  const wanted = new Uint8Array(chunk.rows)
  for (let i = 0; i < wanted.length; i++) if (live === null || live[i] === 1) wanted[i] = isIn[codes[i]!]!
  return wanted
}

function countUndated(chunks: readonly FactChunk[], live: readonly (Uint8Array | null)[]): number {
  let undated = 0
  chunks.forEach((chunk, at) => {
    const { codes } = usageDays(chunk)
    const holds = live[at] ?? null
    for (let i = 0; i < codes.length; i++) if (codes[i] === 0 && (holds === null || holds[i] === 1)) undated++
  })
  return undated
}

interface Numbered {
  /** Per chunk the cell of each row; `cells` = not in the period, or replaced by a later statement. */
  readonly cellOf: readonly Uint32Array[]
  readonly codes: readonly Uint32Array[]
  readonly cells: number
}

/** Numbers the cells that hold any row in the order of their keys. */
function numberCells(
  chunks: readonly FactChunk[],
  coded: readonly (readonly Coded[])[],
  words: readonly (readonly string[])[],
  isWanted: readonly (Uint8Array | null)[],
): Numbered {
  const places = words.map((own) => new Map(own.map((word, place) => [word, place])))
  const size = words.reduce((product, own) => product * (own.length + 1), 1)
  if (size > MOST_KEYS) return numberByFolding(chunks, coded, words, isWanted)
  const placeOf = coded.map((own) => own.map((one, i) => placesOf(one.words, places[i]!, words[i]!.length)))
  const keysOf = <K extends Float64Array | Uint32Array>(at: number, keys: K): K => {
    words.forEach((known, i) => fold(keys, known.length + 1, coded[at]![i]!.codes, placeOf[at]![i]!))
    return keys
  }
  if (size <= DENSE_PLACES) {
    const keys = chunks.map(({ rows }, at) => keysOf(at, new Uint32Array(rows)))
    const found = numberDensely(keys, isWanted, size)
    return { cellOf: keys, codes: splitKeys(found, words), cells: found.length }
  }
  const keys = chunks.map(({ rows }, at) => keysOf(at, new Float64Array(rows)))
  const numbers = sparseNumbers(keys, isWanted)
  const cells = numbers.keys.length
  const cellOf = keys.map((own, at) => {
    const wanted = isWanted[at] ?? null
    const cell = new Uint32Array(own.length)
    for (let row = 0; row < own.length; row++)
      cell[row] = wanted === null || wanted[row] === 1 ? numbers.of(own[row]!) : cells
    return cell
  })
  return { cellOf, codes: splitKeys(numbers.keys, words), cells }
}

/** Puts one more dimension behind the keys. */
function fold(keys: Float64Array | Uint32Array, width: number, codes: Uint32Array, placeOf: Uint32Array): void {
  // Two loops of one text: a loop that sees both kinds of array is several times slower.
  if (keys instanceof Uint32Array)
    for (let row = 0; row < keys.length; row++) keys[row] = Math.imul(keys[row]!, width) + placeOf[codes[row]!]!
  else for (let row = 0; row < keys.length; row++) keys[row] = keys[row]! * width + placeOf[codes[row]!]!
}

function placesOf(said: readonly string[], places: ReadonlyMap<string, number>, unknown: number): Uint32Array {
  const placeOf = new Uint32Array(said.length + 1)
  placeOf[0] = unknown
  for (let i = 0; i < said.length; i++) placeOf[i + 1] = places.get(said[i]!)!
  return placeOf
}

interface Numbers {
  readonly of: (key: number) => number
  /** Keys in order; the number of a key is its place. */
  readonly keys: Float64Array
}

/** Puts the numbers of cells in the place of their keys; answers the keys in order. */
function numberDensely(
  keys: readonly Uint32Array[],
  isWanted: readonly (Uint8Array | null)[],
  size: number,
): Float64Array {
  const numbers = new Uint32Array(size)
  keys.forEach((own, at) => {
    const wanted = isWanted[at] ?? null
    if (wanted === null) for (let row = 0; row < own.length; row++) numbers[own[row]!] = 1
    else for (let row = 0; row < own.length; row++) if (wanted[row] === 1) numbers[own[row]!] = 1
  })
  let count = 0
  for (let key = 0; key < size; key++) count += numbers[key]!
  const found = new Float64Array(count)
  for (let key = 0, next = 0; key < size; key++) {
    if (numbers[key] === 0) continue
    found[next] = key
    numbers[key] = next++
  }
  keys.forEach((own, at) => {
    const wanted = isWanted[at] ?? null
    if (wanted === null) for (let row = 0; row < own.length; row++) own[row] = numbers[own[row]!]!
    else for (let row = 0; row < own.length; row++) own[row] = wanted[row] === 1 ? numbers[own[row]!]! : count
  })
  return found
}

function sparseNumbers(keys: readonly Float64Array[], isWanted: readonly (Uint8Array | null)[]): Numbers {
  const most = keys.reduce((sum, { length }) => sum + length, 0)
  const every = new Float64Array(most)
  let filled = 0
  keys.forEach((own, at) => {
    const wanted = isWanted[at] ?? null
    for (let row = 0; row < own.length; row++) if (wanted === null || wanted[row] === 1) every[filled++] = own[row]!
  })
  const sorted = every.subarray(0, filled).sort()
  let count = 0
  for (let i = 0; i < filled; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!
  const found = sorted.slice(0, count)
  let room = 16
  while (room < count * 2) room *= 2
  const mask = room - 1
  const slots = new Uint32Array(room)
  // Both halves of a key, mixed: the high one alone tells days apart.
  const slotOf = (key: number) => (Math.imul(key % LIMB, 0x9e37_79b1) ^ Math.imul((key / LIMB) | 0, 0x85eb_ca6b)) & mask
  for (let number = 0; number < count; number++) {
    let slot = slotOf(found[number]!)
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = number + 1
  }
  return {
    keys: found,
    of(key) {
      let slot = slotOf(key)
      while (found[slots[slot]! - 1] !== key) slot = (slot + 1) & mask
      return slots[slot]! - 1
    },
  }
}

/** The codes of every dimension back from the keys of cells. */
function splitKeys(keys: Float64Array, words: readonly (readonly string[])[]): readonly Uint32Array[] {
  const rest = keys.slice()
  const codes = words.map(() => new Uint32Array(keys.length))
  for (let i = words.length - 1; i >= 0; i--) {
    const [own, width] = [codes[i]!, words[i]!.length + 1]
    for (let cell = 0; cell < own.length; cell++) {
      const higher = Math.floor(rest[cell]! / width)
      own[cell] = rest[cell]! - higher * width
      rest[cell] = higher
    }
  }
  return codes
}

/**
 * Keys that no double holds: the first dimensions are numbered by themselves, and their cells stand for one dimension
 * before the next.
 */
function numberByFolding(
  chunks: readonly FactChunk[],
  coded: readonly (readonly Coded[])[],
  words: readonly (readonly string[])[],
  isWanted: readonly (Uint8Array | null)[],
): Numbered {
  const head = numberCells(
    chunks,
    coded.map((own) => own.slice(0, -1)),
    words.slice(0, -1),
    chunks.map(() => null),
  )
  // Cells as words of their own: their numbers, padded so that they stand in order as text too.
  const names = Array.from({ length: head.cells }, (_, cell) => String(cell).padStart(10, '0'))
  const folded = chunks.map((_, at) => [
    { codes: head.cellOf[at]!.map((cell) => cell + 1), words: names },
    coded[at]!.at(-1)!,
  ])
  const both = numberCells(chunks, folded, [names, words.at(-1)!], isWanted)
  const [firsts, lasts] = both.codes as [Uint32Array, Uint32Array]
  return { ...both, codes: [...head.codes.map((own) => firsts.map((cell) => own[cell]!)), lasts] }
}

/** Sums of every cell, and one place more for rows that are in none: adding without asking is quicker. */
class Sums {
  private readonly cells: number
  private readonly allRows: Float64Array
  private readonly allCounts = new Map<UsageCount, Float64Array>()
  private readonly allMoney = new Map<string, MoneyColumn>()

  constructor(cells: number) {
    this.cells = cells
    this.allRows = new Float64Array(cells + 1)
  }

  get rows(): Float64Array {
    return this.allRows.subarray(0, this.cells)
  }
  get counts(): readonly (readonly [UsageCount, Float64Array])[] {
    const own = [...this.allCounts].map(([name, sums]) => [name, sums.subarray(0, this.cells)] as const)
    return own.filter(([, sums]) => sums.some((sum) => sum === sum))
  }
  get money(): readonly MoneyColumn[] {
    const own = [...this.allMoney.values()].map(({ high, low, rows, ...of }) => ({
      ...of,
      high: high.subarray(0, this.cells),
      low: low.subarray(0, this.cells),
      rows: rows.subarray(0, this.cells),
    }))
    return own.filter(({ low }) => low.some((sum) => sum === sum))
  }

  add(chunk: FactChunk, cellOf: Uint32Array): void {
    const rows = this.allRows
    for (let row = 0; row < cellOf.length; row++) rows[cellOf[row]!] = rows[cellOf[row]!]! + 1
    for (const name of USAGE_COUNTS) {
      const column = chunk.columns[name] as NumberColumn | undefined
      if (column) this.addCount(name, column.values, cellOf)
    }
    const currency = chunk.columns['currency'] as TextColumn
    for (const kind of COST_KINDS) this.addMoney(kind, (chunk.columns[kind] as NanosColumn).values, currency, cellOf)
  }

  private addCount(name: UsageCount, values: Float64Array, cellOf: Uint32Array): void {
    let row = 0
    while (row < values.length && values[row] !== values[row]) row++
    if (row === values.length) return
    let sums = this.allCounts.get(name)
    if (!sums) this.allCounts.set(name, (sums = new Float64Array(this.cells + 1).fill(NaN)))
    for (; row < cellOf.length; row++) {
      const value = values[row]!
      if (value !== value) continue
      const cell = cellOf[row]!
      const sum = sums[cell]!
      sums[cell] = sum === sum ? sum + value : value
    }
  }

  private addMoney(kind: CostKind, values: BigInt64Array, currency: TextColumn, cellOf: Uint32Array): void {
    const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2)
    let row = 0
    // The value that stands for unknown is the least of 64 bits.
    while (row < values.length && halves[row * 2 + HIGH] === LEAST && halves[row * 2 + LOW] === 0) row++
    let code = -1
    let [highs, lows, stating]: [Float64Array, Float64Array, Float64Array] = [NOTHING, NOTHING, NOTHING]
    for (; row < cellOf.length; row++) {
      const high = halves[row * 2 + HIGH]!
      const low = halves[row * 2 + LOW]! >>> 0
      if (high === LEAST && low === 0) continue
      if (currency.codes[row] !== code) {
        code = currency.codes[row]!
        const column = this.moneyOf(code === 0 ? '' : currency.words[code - 1]!, kind)
        highs = column.high
        lows = column.low
        stating = column.rows
      }
      const cell = cellOf[row]!
      addHalves(highs, lows, cell, high, low)
      stating[cell] = stating[cell]! + 1
    }
  }

  private moneyOf(currency: string, kind: CostKind): MoneyColumn {
    const key = `${currency}/${kind}`
    let column = this.allMoney.get(key)
    if (!column) {
      const unknown = () => new Float64Array(this.cells + 1).fill(NaN)
      const rows = new Float64Array(this.cells + 1)
      this.allMoney.set(key, (column = { currency, kind, high: unknown(), low: unknown(), rows }))
    }
    return column
  }
}

const NOTHING = new Float64Array(0)
const LEAST = -0x8000_0000

/** Which half of a 64-bit number comes first in memory is the machine's. */
const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1
const HIGH = 1 - LOW

/** One cell of everything. */
export function totalOf(rollUp: UsageRollUp): UsageRollUp {
  const counts = Object.entries(rollUp.counts).map(([name, sums]) => [name, Float64Array.of(sumOf(sums))] as const)
  return {
    ...rollUp,
    dimensions: [],
    words: [],
    codes: [],
    cells: 1,
    rows: Float64Array.of(rollUp.rows.reduce((sum, rows) => sum + rows, 0)),
    counts: Object.fromEntries(counts),
    money: rollUp.money.map((column) => ({ ...column, ...sumHalves(column) })),
  }
}

function sumOf(sums: Float64Array): number {
  let total = NaN
  for (const sum of sums) if (sum === sum) total = total === total ? total + sum : sum
  return total
}

function sumHalves({ high, low, rows }: MoneyColumn): Pick<MoneyColumn, 'high' | 'low' | 'rows'> {
  const [highs, lows] = [new Float64Array(1), new Float64Array(1)]
  for (let cell = 0; cell < low.length; cell++)
    if (low[cell] === low[cell]) addHalves(highs, lows, 0, high[cell]!, low[cell]!)
  return { high: highs, low: lows, rows: Float64Array.of(sumOf(rows)) }
}

/** Adds an amount in halves to a place of two columns, exactly; NaN there = nothing yet. */
export function addHalves(highs: Float64Array, lows: Float64Array, at: number, high: number, low: number): void {
  const before = lows[at]!
  if (before === before) {
    const sum = before + low
    const carried = sum < CARRY_AT ? 0 : Math.floor(sum / LIMB)
    highs[at] = highs[at]! + high + carried
    lows[at] = sum - carried * LIMB
  } else {
    highs[at] = high
    lows[at] = low
  }
}

/** The exact sum of a cell in billionths; `null` = no row states it. */
export function moneyAt({ high, low }: Pick<MoneyColumn, 'high' | 'low'>, cell: number): bigint | null {
  const least = low[cell]!
  return least === least ? BigInt(high[cell]!) * 4_294_967_296n + BigInt(least) : null
}
