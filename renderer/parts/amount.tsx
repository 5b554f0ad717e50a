import { currencyOf, formatMoney, moneyOf, parseNanos } from '../../shared/money/index.ts'
import { LOCALE, formatUnits, withMinus } from './value-text.ts'

/** Exact money from decimal text; `isCompact` shows $20.7M and keeps the exact amount in the tooltip. */
export function Amount({
  amount,
  currency,
  decimals = 2,
  isCompact = false,
  isSigned = false,
}: {
  /** Decimal text; null = unknown. */
  readonly amount: string | null
  readonly currency: string
  readonly decimals?: number
  readonly isCompact?: boolean
  /** Writes a plus sign too: for differences. */
  readonly isSigned?: boolean
}) {
  const nanos = amount === null ? null : parseNanos(amount)
  if (!nanos?.ok) return <span className="unknown-mark">unknown</span>
  const money = moneyOf(nanos.value, currencyOf(currency))
  const exact = withMinus(formatMoney(money, LOCALE, decimalsThatTell(nanos.value, decimals)))
  const sign = isSigned && nanos.value > 0n ? '+' : ''
  return (
    <span
      className={nanos.value < 0n ? 'amount negative' : 'amount'}
      title={isCompact ? formatMoney(money, LOCALE, 9).replace(/0{1,7}$/, '') : undefined}
    >
      {sign}
      {isCompact ? formatUnits(Number(amount), '$', currency) : exact}
    </span>
  )
}

/** As many decimals as asked for, more where these would tell something as nothing: $0.0042 is not $0.00. */
export function decimalsThatTell(nanos: bigint, decimals: number): number {
  const size = nanos < 0n ? -nanos : nanos
  const isTold = size === 0n || 2n * size >= 10n ** BigInt(9 - decimals)
  return isTold || decimals >= 9 ? decimals : decimalsThatTell(nanos, decimals + 1)
}
