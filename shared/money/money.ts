import { type Issue, type Outcome, accepted, refused } from '../issues/index.ts'

/** One billionth of a currency unit, exact. $0.05 per million tokens is 50 nanos a token. */
export type Nanos = bigint & { readonly unit: 'Nanos' }

/** ISO 4217, upper case. */
export type CurrencyCode = string & { readonly unit: 'CurrencyCode' }

export interface Money {
  readonly nanos: Nanos
  readonly currency: CurrencyCode
}

const NANOS_PER_UNIT = 1_000_000_000n

export function nanosOf(value: bigint): Nanos {
  return value as Nanos
}

export const ZERO_NANOS = nanosOf(0n)

export function currencyOf(code: string): CurrencyCode {
  return code.trim().toUpperCase() as CurrencyCode
}

export function moneyOf(nanos: bigint, currency: CurrencyCode): Money {
  return { nanos: nanosOf(nanos), currency }
}

/**
 * Reads a plain decimal (`0.003400…`, `-12`, `35.2E-7`) exactly. No grouping, no currency sign: formats strip those,
 * because only they know what a comma means in their file.
 *
 * Rounding: digits beyond the ninth decimal are rounded half away from zero once, here.
 * `0.0034000000000000000000` is 3,400,000 nanos; `0.0000000005` is 1.
 */
export function parseNanos(text: string): Outcome<Nanos> {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim())
  const whole = match?.[2] ?? ''
  const fraction = match?.[3] ?? ''
  if (!match || (whole === '' && fraction === '')) return refused(notMoney(text))
  const exponent = Number(match[4] ?? '0')
  const digits = whole + fraction
  const scale = exponent - fraction.length + 9
  if (digits.length > 60 || Math.abs(scale) > 80) return refused(notMoney(text))
  const magnitude =
    scale >= 0 ? BigInt(digits) * 10n ** BigInt(scale) : divideHalfUp(BigInt(digits), 10n ** BigInt(-scale))
  return accepted(nanosOf(match[1] === '-' ? -magnitude : magnitude))
}

/** Exact decimal text, shortest form: `1.65`, `-0.000000001`, `0`. The only way money leaves as text for machines. */
export function formatNanos(nanos: Nanos): string {
  const negative = nanos < 0n
  const magnitude = negative ? -nanos : nanos
  const fraction = (magnitude % NANOS_PER_UNIT).toString().padStart(9, '0').replace(/0+$/, '')
  const whole = (magnitude / NANOS_PER_UNIT).toString()
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** Rounds to `decimals` (0 … 9) half away from zero: 2.675 at 2 gives 2.68, which floats get wrong. */
export function roundNanos(nanos: Nanos, decimals: number): Nanos {
  const step = 10n ** BigInt(9 - decimals)
  const magnitude = divideHalfUp(nanos < 0n ? -nanos : nanos, step) * step
  return nanosOf(nanos < 0n ? -magnitude : magnitude)
}

/** For charts and ratios only; a float is not money any more. Exact below 9 million units. */
export function toUnits(nanos: Nanos): number {
  return Number(nanos / NANOS_PER_UNIT) + Number(nanos % NANOS_PER_UNIT) / 1e9
}

/** The other way, for model results that become display money. Rounded half away from zero to whole nanos. */
export function fromUnits(units: number): Nanos {
  return nanosOf(BigInt(Math.sign(units) * Math.round(Math.abs(units) * 1e6)) * 1000n)
}

/** As people read it: `$1,234.50`, `€-3.10` in the locale's order. Rounded half away from zero first, never by a float. */
export function formatMoney(money: Money, locale: string, decimals = 2): string {
  const text = formatNanos(roundNanos(money.nanos, decimals))
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  // A decimal string keeps every digit where a number would round; the type of ES2022 does not know it yet.
  return format.format(text as unknown as number)
}

export function sumNanos(parts: Iterable<Nanos>): Nanos {
  let sum = 0n
  for (const part of parts) sum += part
  return nanosOf(sum)
}

/**
 * Splits one amount over several owners so that the parts add up to the whole, to the cent.
 *
 * Weights are whole numbers, 0 or more. Rounding: the magnitude is floored per part and left-over steps go to the
 * largest remainders, ties to the earlier one; a negative whole mirrors the positive split.
 * 10,000.01 over 7:5:2 gives 5,000.01 / 3,571.43 / 1,428.57.
 * Issues: `money/no-weight` when nothing weighs more than zero; giving everyone zero would lose money.
 */
export function splitNanos(whole: Nanos, weights: readonly bigint[], decimals = 2): Outcome<readonly Nanos[]> {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total <= 0n || weights.some((weight) => weight < 0n)) return refused(noWeight(whole))
  const step = 10n ** BigInt(9 - decimals)
  const magnitude = whole < 0n ? -whole : whole
  const steps = magnitude / step
  const rest = magnitude % step
  const floors = weights.map((weight) => (steps * weight) / total)
  const order = weights
    .map((weight, index) => ({ index, remainder: (steps * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  let left = steps - floors.reduce((sum, part) => sum + part, 0n)
  const parts = floors.map((part) => part * step)
  for (const { index } of order) {
    if (left === 0n) break
    parts[index]! += step
    left -= 1n
  }
  // A whole finer than the step keeps its tail on the first owner that weighs anything.
  if (rest !== 0n) parts[weights.findIndex((weight) => weight > 0n)]! += rest
  return accepted(parts.map((part) => nanosOf(whole < 0n ? -part : part)))
}

function divideHalfUp(value: bigint, by: bigint): bigint {
  return (value * 2n + by) / (by * 2n)
}

function notMoney(text: string): Issue {
  return { code: 'money/not-a-decimal', said: text, wanted: 'a plain decimal number', did: 'kept-aside' }
}

function noWeight(whole: Nanos): Issue {
  return {
    code: 'money/no-weight',
    said: formatNanos(whole),
    wanted: 'at least one owner with a weight above zero',
    did: 'stopped',
    can: 'Give one of the owners a weight.',
  }
}
