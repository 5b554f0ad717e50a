import { describe, expect, it } from 'vitest'
import { countOf, formatUnits, nameUnit } from '../../../renderer/parts/value-text.ts'

describe('formatUnits', () => {
  const check = (value: number, unit: string, expected: string, use?: 'column') =>
    expect(formatUnits(value, unit, 'USD', use), `${value} ${unit}`).toBe(expected)

  it('writes shares as percent, small ones with two places', () => {
    check(0.1234, 'share', '12.3%')
    check(0.0586, '%', '5.86%')
    check(0.05, '%', '5.0%')
    check(0, 'share', '0.0%')
    check(1, 'share', '100.0%')
  })

  it('writes money exact while small and short when large', () => {
    check(0, '$', '$0')
    check(0.0034, '$', '$0.0034')
    check(0.6298, '$', '$0.63')
    check(0.6298, '$/h', '$0.6298/h')
    check(12.5, '$', '$12.50')
    check(998.4, '$', '$998')
    check(1_234.56, '$', '$1,235')
    check(20_719_000, '$', '$20.7M')
    check(-43_986, '$', '−$43,986')
  })

  it('writes hours, counts and rates', () => {
    check(18.42, 'h', '18.4 h')
    check(26, 'h', '26 h')
    check(26, 'h', '26.0 h', 'column')
    check(128.4, 'h', '128 h')
    check(7, '1', '7')
    check(1_234_567, 'tokens', '1.23M tokens')
    check(3.5, 'per week', '3.5 per week')
    check(42, '$/h', '$42.00/h')
  })

  it('never writes a number that is none', () => check(Number.NaN, '$', 'no value'))
})

describe('words', () => {
  it('counts', () => {
    expect(countOf(1, 'row')).toBe('1 row')
    expect(countOf(0, 'row')).toBe('0 rows')
    expect(countOf(12_345, 'row')).toBe('12,345 rows')
    expect(countOf(2, 'entry', 'entries')).toBe('2 entries')
  })

  it('names units', () => {
    expect(nameUnit('share', 'EUR')).toBe('%')
    expect(nameUnit('$', 'EUR')).toBe('EUR')
    expect(nameUnit('h', 'EUR')).toBe('hours')
    expect(nameUnit('tokens', 'EUR')).toBe('tokens')
  })
})
