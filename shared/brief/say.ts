import type { MonthKey } from '../calendar/index.ts'
import type { Spread } from '../model/index.ts'

/** Numbers as the brief writes them: three significant digits, because the ranges support no more. */
export interface Speech {
  money(value: number): string
  /** `$28,400 to $61,000, middle $41,200`. */
  moneyRange(spread: Spread): string
  inUnit(value: number, unit: string): string
  /** The unit once: `26.9 to 36.6 h`. */
  rangeInUnit(low: number, high: number, unit: string): string
}

export function speechIn(currency: string): Speech {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 })
  const fine = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  const money = (value: number) => {
    const rounded = Number(value.toPrecision(3))
    const written = Math.abs(rounded) < 1000 && !Number.isInteger(rounded) ? fine : format
    return written.format(rounded).replace('-', '−')
  }
  const inUnit = (value: number, unit: string) => {
    if (!Number.isFinite(value)) return 'unknown'
    if (unit === '%' || unit === 'share') return percent(value)
    if (unit.startsWith('$')) return `${money(value)}${unit.slice(1)}`
    return `${plain(value)}${unit === '' || unit === '1' ? '' : ` ${unit}`}`
  }
  return {
    money,
    moneyRange: ({ p10, p50, p90 }) => {
      // A middle near zero has no digits of its own: a hundredth of the width's order is as fine as it gets.
      const step = p90 > p10 ? 10 ** (Math.floor(Math.log10(p90 - p10)) - 2) : 0
      const coarse = (value: number) => money(Math.abs(value) < step ? Math.round(value / step) * step + 0 : value)
      return `${coarse(p10)} to ${coarse(p90)}, middle ${coarse(p50)}`
    },
    inUnit,
    rangeInUnit: (low, high, unit) => {
      const [first, last] = [inUnit(low, unit), inUnit(high, unit)]
      const tail = / \S+$/.exec(last)?.[0] ?? ''
      return `${tail !== '' && first.endsWith(tail) ? first.slice(0, -tail.length) : first} to ${last}`
    },
  }
}

export function percent(share: number): string {
  const value = share * 100
  return `${Math.abs(value) >= 10 || value === 0 ? Math.round(value) : Number(value.toPrecision(2))}%`
}

/** Odds are never told as 0 or 100%: samples end before certainty does. */
export function odds(share: number): string {
  if (share > 0.99) return '>99%'
  if (share < 0.01) return '<1%'
  return `${Math.round(share * 100)}%`
}

/** A length of time: two digits say what can be known of it. */
export function coarse(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en-US')
}

export function plain(value: number): string {
  const rounded = Number(value.toPrecision(3))
  if (Math.abs(rounded) >= 1e6) return `${Number((rounded / 1e6).toPrecision(3))}M`
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 4 })
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** `December 2026`. */
export function monthName(month: MonthKey): string {
  return `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`
}
