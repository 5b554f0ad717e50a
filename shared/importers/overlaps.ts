import { type Day, dayOfEpoch } from '../calendar/index.ts'
import { type FactChunk, KeyIndex, type Overlap, silencedRows, silenceOf } from '../facts/index.ts'
import type { Issue } from '../issues/index.ts'
import type { UsageMeaning } from './format.ts'
import { KNOWN_FORMATS } from './formats/all-formats.ts'
import { daysOverlap, enriches, maybePart, overlapWithoutMatch, restatesPeriod, sameUseTwice } from './messages.ts'
import type { ImportRecord, KnownFacts } from './types.ts'

/** The file at hand, as far as it is read. */
export type OverlapFile = Pick<ImportRecord, 'format' | 'fileName' | 'fingerprint' | 'period' | 'asOf' | 'seq'> & {
  readonly chunks: readonly FactChunk[]
}

export interface FoundOverlaps {
  readonly overlaps: readonly Overlap[]
  readonly notes: readonly Issue[]
}

/**
 * Where this file meets others that speak of the same use. A statement of a whole period gives way to a later one of the same
 * account; everything else is the user's to decide, and counts twice until they do.
 */
export function findOverlaps(
  own: OverlapFile,
  known: KnownFacts,
  choice: Overlap['counts'] | undefined,
): FoundOverlaps {
  const overlaps: Overlap[] = []
  const notes: Issue[] = []
  const mine = usageOf(own.chunks)
  if (mine.length === 0) return { overlaps, notes }
  const meaning = meaningOf(own.format)
  const index = new OwnKeys(mine)
  for (const other of known.imports) {
    const days = sharedDays(own.period, other.period)
    if (days === null || other.fingerprint === own.fingerprint) continue
    const theirs = usageOf(known.chunks.filter(({ importId }) => importId === other.id))
    if (theirs.length === 0) continue
    const kin = kinshipOf(own.format, meaning, other.format)
    if (kin === 'tokens and money') notes.push(enriches(meaning!.use!, other.fileName))
    if (kin === null || kin === 'tokens and money') continue
    if (kin === 'same use' || kin === 'part') {
      overlaps.push({ with: other.id, why: 'same-money', ...days, account: null, counts: choice ?? 'both' })
      const tell = kin === 'part' ? maybePart : sameUseTwice
      notes.push(tell(meaning!.use!, other.fileName, choice))
      continue
    }
    const windows = sharedWindows(mine, theirs, days)
    if (windows.length === 0) continue
    const isSame = windows.some(({ account }) => account !== null) || index.sharesAny(theirs)
    if (isSame && meaning?.restates !== 'window') continue
    if (!isSame) {
      overlaps.push({ with: other.id, why: 'unmatched', ...days, account: null, counts: choice ?? 'both' })
      notes.push(overlapWithoutMatch(other.fileName, choice))
      continue
    }
    const isLater = (own.asOf ?? -Infinity) - (other.asOf ?? -Infinity) || own.seq - other.seq
    const counts = choice ?? (isLater < 0 ? 'that' : 'this')
    for (const window of windows) overlaps.push({ with: other.id, why: 'restated', ...window, counts })
    notes.push(restatesPeriod(other.fileName, days, counts, goneRows(index, theirs, windows)))
  }
  return { overlaps, notes }
}

/** Why a file of totals cannot join: another is the total of some of the same days, and nobody can tell them apart. */
export function sharedTotal(
  format: string,
  period: ImportRecord['period'],
  fingerprint: string,
  known: KnownFacts,
): Issue | null {
  if (meaningOf(format)?.isTotalOfDays !== true) return null
  const other = known.imports.find(
    (one) =>
      one.format === format &&
      one.fingerprint !== fingerprint &&
      sharedDays(one.period, period) !== null &&
      (one.period!.from !== period!.from || one.period!.to !== period!.to),
  )
  return other ? daysOverlap(other.fileName, other.period!) : null
}

type Kinship = 'same rows' | 'same use' | 'part' | 'tokens and money' | null

function kinshipOf(format: string, meaning: UsageMeaning | undefined, other: string): Kinship {
  const theirs = meaningOf(other)
  if (format === other || (meaning?.keys !== undefined && meaning.keys === theirs?.keys)) return 'same rows'
  if (meaning?.use == null || theirs?.use == null) return null
  if (meaning.partOf === theirs.use || theirs.partOf === meaning.use) return 'part'
  if (meaning.use !== theirs.use) return null
  return meaning.states === theirs.states ? 'same use' : 'tokens and money'
}

function meaningOf(id: string): UsageMeaning | undefined {
  const format = KNOWN_FORMATS.find((one) => one.id === id)
  return format && 'meaning' in format ? format.meaning : undefined
}

function usageOf(chunks: readonly FactChunk[]): readonly FactChunk[] {
  return chunks.filter(({ kind }) => kind === 'usage')
}

interface Days {
  readonly from: Day
  readonly to: Day
}

function sharedDays(a: Days | null, b: Days | null): Days | null {
  if (a === null || b === null || a.from > b.to || b.from > a.to) return null
  return { from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to }
}

type Window = Pick<Overlap, 'from' | 'to' | 'account'>

/** Days both state for one account; where neither names one, the days both state. */
function sharedWindows(own: readonly FactChunk[], other: readonly FactChunk[], days: Days): readonly Window[] {
  const [mine, theirs] = [windowsOf(own), windowsOf(other)]
  return [...mine].flatMap(([account, window]) => {
    const beside = theirs.get(account)
    const both = account === null ? (beside ? days : null) : sharedDays(window, beside ?? null)
    return both === null ? [] : [{ ...both, account }]
  })
}

function windowsOf(chunks: readonly FactChunk[]): ReadonlyMap<string | null, Days> {
  const windows = new Map<string | null, { from: number; to: number }>()
  for (const { rows, columns } of chunks) {
    const [days, accounts] = [columns['day'], columns['account']]
    if (days?.kind !== 'day') continue
    for (let row = 0; row < rows; row++) {
      const day = days.values[row]!
      if (Number.isNaN(day)) continue
      const code = accounts?.kind === 'text' ? accounts.codes[row]! : 0
      const account = code === 0 || accounts?.kind !== 'text' ? null : accounts.words[code - 1]!
      const window = windows.get(account)
      if (!window) windows.set(account, { from: day, to: day })
      else if (day < window.from) window.from = day
      else if (day > window.to) window.to = day
    }
  }
  return new Map(
    [...windows].map(([account, { from, to }]) => [account, { from: dayOfEpoch(from), to: dayOfEpoch(to) }]),
  )
}

/** Keys of the file at hand, indexed when first asked for. */
class OwnKeys {
  private readonly chunks: readonly FactChunk[]
  private index: KeyIndex | null = null

  constructor(chunks: readonly FactChunk[]) {
    this.chunks = chunks
  }

  has(chunk: FactChunk, row: number): boolean {
    return this.made().get(chunk.keys[row]!, chunk.checks[row]!) >= 0
  }

  sharesAny(others: readonly FactChunk[]): boolean {
    return others.some((chunk) => {
      for (let row = 0; row < chunk.rows; row++) if (this.has(chunk, row)) return true
      return false
    })
  }

  private made(): KeyIndex {
    if (this.index === null) {
      this.index = new KeyIndex(this.chunks)
      for (const [at, { rows }] of this.chunks.entries()) for (let row = 0; row < rows; row++) this.index.put(at, row)
    }
    return this.index
  }
}

/** Rows of the other file in these windows: those this file has too, and those it lacks. */
function goneRows(
  index: OwnKeys,
  others: readonly FactChunk[],
  windows: readonly Window[],
): { readonly again: number; readonly gone: number } {
  let [again, gone] = [0, 0]
  for (const chunk of others) {
    const isInside = silencedRows(chunk, windows.map(silenceOf))
    for (let row = 0; isInside !== null && row < chunk.rows; row++) {
      if (!isInside(row)) continue
      if (index.has(chunk, row)) again++
      else gone++
    }
  }
  return { again, gone }
}
