export {
  currencyOf,
  formatMoney,
  formatNanos,
  fromUnits,
  moneyOf,
  nanosOf,
  parseNanos,
  roundNanos,
  splitNanos,
  sumNanos,
  toUnits,
  ZERO_NANOS,
} from './money.ts'
export type { CurrencyCode, Money, Nanos } from './money.ts'
