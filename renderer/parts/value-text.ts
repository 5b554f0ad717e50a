/** One number format everywhere, on screen and in what people type, whatever the machine is set to. */
export const LOCALE = 'en-US'

/**
 * A figure as people read it, in a metric's or a key result's unit: shares as percent, hours, money, whole counts.
 * In a `column` hours keep their tenth, so that figures stand under each other.
 * Rounding: three figures that matter, so 0.1234 is `12.3%`, 18.42 h is `18.4 h`, $20,719,000 is `$20.7M`. A sum is told to
 * the cent (0.6298 is `$0.63`, below ten cents 0.0482 stays), a price per something to four places.
 */
export function formatUnits(value: number, unit: string, currency: string, use: 'text' | 'column' = 'text'): string {
  if (!Number.isFinite(value)) return 'no value'
  switch (unit) {
    case 'share':
    case '%':
      return percent(value)
    case '$':
      return money(value, currency, 0.1)
    case 'h':
      return `${figure(value, use === 'column' ? 1 : 0)} h`
    case '1':
    case '':
      return figure(value)
    default:
      return unit.startsWith('$') ? `${money(value, currency, 1)}${unit.slice(1)}` : `${figure(value)} ${unit}`
  }
}

/** The unit as a word for column heads and fields. */
export function nameUnit(unit: string, currency: string): string {
  switch (unit) {
    case 'share':
    case '%':
      return '%'
    case '$':
      return currency
    case '1':
      return 'number'
    case 'h':
      return 'hours'
    default:
      return unit
  }
}

function percent(share: number): string {
  const digits = Math.abs(share) < 0.0995 && share !== 0 ? 2 : 1
  return written({ style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: 1 }, share)
}

function money(value: number, currency: string, centsFrom: number): string {
  const size = Math.abs(value)
  const isCompact = size >= 100_000
  const digits = size >= 100 || value === 0 ? 0 : size >= centsFrom ? 2 : 4
  const figures: Intl.NumberFormatOptions = isCompact
    ? { notation: 'compact', maximumSignificantDigits: 3 }
    : { minimumFractionDigits: Math.min(digits, 2), maximumFractionDigits: digits }
  return written({ style: 'currency', currency, ...figures }, value)
}

function figure(value: number, tenths: 0 | 1 = 0): string {
  const size = Math.abs(value)
  if (size >= 1_000_000) return written({ notation: 'compact', maximumSignificantDigits: 3 }, value)
  const digits = {
    minimumFractionDigits: size >= 100 ? 0 : tenths,
    maximumFractionDigits: size >= 100 ? 0 : size >= 1 ? 1 : 3,
  }
  return written(digits, value)
}

export function formatCount(value: number): string {
  return written({}, value)
}

/** `1 row`, `2 rows`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** Below zero stands a minus as wide as a plus; the hyphen of the machine's format reads as one of a name. */
function written(options: Intl.NumberFormatOptions, value: number): string {
  return withMinus(numberFormat(options).format(value))
}

export function withMinus(text: string): string {
  return text.replace('-', '−')
}

/** Kept, because making one takes as long as formatting a hundred figures, and a sheet shows thousands. */
const formats = new Map<string, Intl.NumberFormat>()

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options)
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(LOCALE, options)
  formats.set(key, made)
  return made
}
