import { parseTypedNumber } from '../../grid/typed-number.ts'

/** What a text typed into a month means. Amounts and ranges come back in the words of the formula language. */
export type Entry =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'formula'; readonly formula: string }
  | { readonly kind: 'amount'; readonly text: string }
  | { readonly kind: 'range'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly why: string }

/**
 * `1.2k`, `3M`, `12%`, `$4.50`, `(1,200)` are amounts; `10k to 20k` and `10k to 20k at 90%` are ranges; `180 of 250` is a
 * rate from counts; `=Seats * 40` is a formula. `$1,234.50` comes back as `1234.50`, short forms as they were typed.
 */
export function readEntry(typed: string): Entry {
  const text = typed.trim()
  if (text === '') return { kind: 'nothing' }
  if (text.startsWith('=')) return { kind: 'formula', formula: text.slice(1).trim() }
  if (SHORT_AMOUNT.test(text)) return { kind: 'amount', text: shortAmount(text) }
  const range = /^(.+?)\s+to\s+(.+?)(?:\s+at\s+(\d{1,2}(?:\.\d+)?)\s*%)?$/i.exec(text)
  if (range) {
    const [low, high] = [amountText(range[1]!), amountText(range[2]!)]
    if (low === null || high === null) return unreadable(text)
    return { kind: 'range', text: `${low} to ${high}${range[3] === undefined ? '' : ` at ${range[3]}%`}` }
  }
  const counts = /^(\d[\d,]*)\s+of\s+(\d[\d,]*)$/i.exec(text)
  if (counts) {
    const [hits, tries] = [amountText(counts[1]!), amountText(counts[2]!)]
    if (hits !== null && tries !== null) return { kind: 'range', text: `${hits} of ${tries}` }
  }
  const amount = amountText(text)
  return amount === null ? unreadable(text) : { kind: 'amount', text: amount }
}

const SHORT_AMOUNT = /^-?(\d+(\.\d+)?|\.\d+)[kKMB%]?$/

function shortAmount(text: string): string {
  return text.replace('K', 'k').replace(/^(-?)\./, '$10.')
}

/** Short forms stay as typed, because people read `1.2k` faster than `1200`; anything else becomes plain digits. */
function amountText(text: string): string | null {
  const trimmed = text.trim()
  if (SHORT_AMOUNT.test(trimmed)) return shortAmount(trimmed)
  const number = parseTypedNumber(trimmed)
  if (!number) return null
  if (number.written === 'percent') return `${plainDigits(number.value * 100)}%`
  return plainDigits(number.value)
}

const PLAIN = new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 12 })

/** Never in exponent form, which few people read. */
function plainDigits(value: number): string {
  return PLAIN.format(Number(value.toPrecision(15)))
}

function unreadable(text: string): Entry {
  return {
    kind: 'unreadable',
    why: `Found “${text}”, wanted an amount (1.2k, 3M, 12%, $4.50), a range (10k to 20k) or a formula that starts with =. Nothing was changed.`,
  }
}
