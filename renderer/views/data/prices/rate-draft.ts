import { type Day, parseDay } from '../../../../shared/calendar/index.ts'
import type { OwnRate, WrittenRates } from '../../../../shared/prices/index.ts'

/** A rate as it is being typed: text everywhere, because half a number is no number. */
export interface RateDraft {
  readonly model: string
  readonly from: string
  readonly to: string
  readonly currency: string
  readonly prices: Readonly<Record<PriceField, string>>
  readonly longAbove: string
  readonly longPrices: Readonly<Record<PriceField, string>>
  readonly batch: string
  readonly regions: string
  readonly note: string
}

export const PRICE_FIELDS = [
  ['uncachedInput', 'Input'],
  ['cacheWrite5m', 'Cache write, 5 min'],
  ['cacheWrite1h', 'Cache write, 1 h'],
  ['cacheRead', 'Cache read'],
  ['output', 'Output'],
] as const satisfies readonly (readonly [keyof WrittenRates, string])[]
export type PriceField = (typeof PRICE_FIELDS)[number][0]

const NO_PRICES: Readonly<Record<PriceField, string>> = {
  uncachedInput: '',
  cacheWrite5m: '',
  cacheWrite1h: '',
  cacheRead: '',
  output: '',
}

export function newRateDraft(model: string, currency: string): RateDraft {
  return {
    model,
    from: '',
    to: '',
    currency,
    prices: NO_PRICES,
    longAbove: '',
    longPrices: NO_PRICES,
    batch: '',
    regions: '',
    note: '',
  }
}

export function draftOfRate(rate: OwnRate): RateDraft {
  return {
    model: rate.model,
    from: rate.from ?? '',
    to: rate.to ?? '',
    currency: rate.currency,
    prices: { ...NO_PRICES, ...rate.perMillion },
    longAbove: rate.longPrompts === null ? '' : String(rate.longPrompts.above),
    longPrices: { ...NO_PRICES, ...rate.longPrompts?.perMillion },
    batch: rate.batch ?? '',
    regions: Object.entries(rate.regions)
      .map(([region, factor]) => `${region} ${factor}`)
      .join(', '),
    note: rate.note,
  }
}

export type RateProblems = Readonly<Partial<Record<keyof RateDraft | PriceField, string>>>

/** The rate that is typed, or what is still wrong with it by field. */
export function readRateDraft(
  id: string,
  draft: RateDraft,
): { readonly rate: OwnRate | null; readonly problems: RateProblems } {
  const problems: Partial<Record<keyof RateDraft | PriceField, string>> = {}
  if (draft.model.trim() === '') problems.model = 'Name the model as the export writes it.'
  const from = readDay(draft.from)
  const to = readDay(draft.to)
  if (from === 'none') problems.from = 'A day such as 2026-07-01, or nothing.'
  if (to === 'none') problems.to = 'A day such as 2026-12-31, or nothing.'
  if (from !== 'none' && to !== 'none' && from !== null && to !== null && to < from)
    problems.to = 'This is before it begins.'
  const currency = draft.currency.trim().toUpperCase()
  if (!/^[A-Z]{3}$/.test(currency)) problems.currency = 'Three letters such as USD.'
  for (const [field, text] of [...Object.entries(draft.prices), ...Object.entries(draft.longPrices)]) {
    if (!isDecimal(text)) problems[field as PriceField] = 'A plain number such as 3.75.'
  }
  const perMillion = writtenOf(draft.prices)
  if (Object.keys(perMillion).length === 0)
    problems.prices = 'At least one price is needed; what is empty stays unpriced.'
  const above = draft.longAbove.trim().replaceAll(/[,\s]/g, '')
  const longPrices = writtenOf(draft.longPrices)
  if (above !== '' && !/^\d{1,12}$/.test(above)) problems.longAbove = 'A whole number of tokens.'
  else if (above !== '' && Object.keys(longPrices).length === 0) problems.longAbove = 'Say what long prompts cost.'
  if (!isDecimal(draft.batch)) problems.batch = 'A factor such as 0.5, or nothing.'
  const regions = readRegions(draft.regions)
  if (regions === null) problems.regions = 'Regions with their factor: us 1.1, eu 1.2.'
  if (Object.keys(problems).length > 0) return { rate: null, problems }
  return {
    problems,
    rate: {
      id,
      model: draft.model.trim(),
      from: from as Day | null,
      to: to as Day | null,
      currency,
      perMillion,
      longPrompts: above === '' ? null : { above: Number(above), perMillion: { ...perMillion, ...longPrices } },
      batch: draft.batch.trim() === '' ? null : draft.batch.trim(),
      regions: regions!,
      note: draft.note.trim(),
    },
  }
}

function readDay(text: string): Day | null | 'none' {
  if (text.trim() === '') return null
  const day = parseDay(text.trim())
  return day.ok ? day.value : 'none'
}

function isDecimal(text: string): boolean {
  return text.trim() === '' || /^\d+(\.\d{1,9})?$/.test(text.trim())
}

function writtenOf(prices: Readonly<Record<PriceField, string>>): WrittenRates {
  return Object.fromEntries(
    Object.entries(prices).flatMap(([field, text]) => (text.trim() === '' ? [] : [[field, text.trim()]])),
  )
}

function readRegions(text: string): Readonly<Record<string, string>> | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const read = parts.map((part) => /^([\w-]+)[\s:=x×]+(\d+(?:\.\d{1,9})?)$/.exec(part))
  if (read.some((match) => match === null)) return null
  return Object.fromEntries(read.map((match) => [match![1]!.toLowerCase(), match![2]!]))
}
