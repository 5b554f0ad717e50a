import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
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
} from '../../../shared/money/index.ts'

const SEED = 20_261_120
const nanos = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map(nanosOf)

describe('parseNanos', () => {
  const check = (text: string, expected: bigint | null) => {
    const parsed = parseNanos(text)
    expect(parsed.ok ? parsed.value : null, text).toBe(expected)
  }

  it('reads plain decimals exactly', () => {
    check('0', 0n)
    check('1.65', 1_650_000_000n)
    check('-12', -12_000_000_000n)
    check('.5', 500_000_000n)
    check('5.', 5_000_000_000n)
    check('+3', 3_000_000_000n)
    check(' 7 ', 7_000_000_000n)
    check('35.2E-7', 3520n)
    check('1e3', 1_000_000_000_000n)
    check('-0', 0n)
  })

  it('rounds what is finer than a nano half away from zero', () => {
    check('0.0034000000000000000000000000000000000', 3_400_000n)
    check('0.0000000005', 1n)
    check('-0.0000000005', -1n)
    check('0.00000000049', 0n)
  })

  it('refuses what is not a plain decimal', () => {
    for (const text of [
      '',
      ' ',
      '.',
      '-',
      '1,5',
      '$1',
      '0x10',
      '1_000',
      'NaN',
      'Infinity',
      '1e400',
      '１２',
      '1 000',
      '5-',
    ]) {
      check(text, null)
    }
  })

  it(`reads back what formatNanos writes (seed ${SEED})`, () => {
    fc.assert(
      fc.property(nanos, (value) => {
        const parsed = parseNanos(formatNanos(value))
        return parsed.ok && parsed.value === value
      }),
      { seed: SEED },
    )
  })
})

describe('rounding and showing', () => {
  it('rounds half away from zero where floats do not', () => {
    expect(formatNanos(roundNanos(nanosOf(2_675_000_000n), 2))).toBe('2.68')
    expect(formatNanos(roundNanos(nanosOf(-2_675_000_000n), 2))).toBe('-2.68')
    expect(formatNanos(roundNanos(nanosOf(1_499_999_999n), 0))).toBe('1')
  })

  it('shows money in the order of the locale', () => {
    expect(formatMoney(moneyOf(1_234_500_000_000n, currencyOf(' usd ')), 'en-US')).toBe('$1,234.50')
    expect(formatMoney(moneyOf(-3_100_000_000n, currencyOf('eur')), 'en-US')).toBe('-€3.10')
  })

  it('crosses to floats and back for display', () => {
    expect(toUnits(nanosOf(1_500_000_000n))).toBe(1.5)
    expect(fromUnits(-1.25)).toBe(-1_250_000_000n)
  })
})

describe('splitNanos', () => {
  it('splits the worked number', () => {
    const split = splitNanos(nanosOf(10_000_010_000_000n), [7n, 5n, 2n])
    expect(split.ok && split.value.map(formatNanos)).toEqual(['5000.01', '3571.43', '1428.57'])
  })

  it('refuses owners that weigh nothing', () => {
    for (const weights of [[], [0n, 0n], [1n, -1n]]) {
      const split = splitNanos(nanosOf(1n), weights)
      expect(split.ok ? null : split.issues[0]!.code).toBe('money/no-weight')
    }
  })

  it(`parts add up, weight 0 gets 0, and a negative whole mirrors (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        nanos,
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 9 }),
        (whole, weights, decimals) => {
          const split = splitNanos(whole, weights, decimals)
          if (!split.ok) return weights.every((weight) => weight === 0n)
          const mirrored = splitNanos(nanosOf(-whole), weights, decimals)
          return (
            sumNanos(split.value) === whole &&
            weights.every((weight, i) => weight > 0n || split.value[i] === 0n) &&
            mirrored.ok &&
            mirrored.value.every((part, i) => part === -split.value[i]!)
          )
        },
      ),
      { seed: SEED },
    )
  })
})
