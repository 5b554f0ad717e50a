import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DateEvidence, DateReader } from '../../../shared/importers/read-dates.ts'
import {
  DecimalEvidence,
  plainDecimal,
  readAmount,
  readCount,
  readQuantity,
} from '../../../shared/importers/read-numbers.ts'
import { RecordCells } from '../../../shared/tables/index.ts'
import { bytesOf } from '../../support/stage.ts'

const SEED = 20_261_120

describe('numbers as people write them', () => {
  const check = (text: string, mark: '.' | ',', expected: string | null) =>
    expect(plainDecimal(text, mark), text).toBe(expected)

  it('keep their value with either mark', () => {
    check('1,234.50', '.', '1234.50')
    check('1.234,50', ',', '1234.50')
    check("1'234.50", '.', '1234.50')
    check('1\u00A0234,50', ',', '1234.50')
    check('12\u202F345,00', ',', '12345.00')
    check('1,23,456.00', '.', '123456.00')
    check('12.345', ',', '12345')
    check('12.345', '.', '12.345')
    check('(1,234.50)', '.', '-1234.50')
    check('5-', '.', '-5')
    check('\u22127.25', '.', '-7.25')
    check('+3', '.', '3')
  })

  it('are none when anything is out of place', () => {
    const bad = [
      '12,34',
      '1,2345',
      '1,,234',
      '1.234.5',
      ',5',
      '- 3',
      '--4',
      '50%',
      '$5',
      'USD 5',
      '0x10',
      '1_000',
      '１２３',
      'NaN',
      '',
      '1,234,5',
      '.5.',
      '1.',
      '1 2',
      '()',
      '-',
    ]
    for (const text of bad) check(text, '.', null)
    check('x'.repeat(100_000), '.', null)
    check('0'.repeat(100_000), '.', null)
  })

  it(`are read back from any grouping (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        fc.nat(10 ** 9),
        fc.nat(99),
        fc.constantFrom([',', '.'], ['.', ','], ["'", '.'], [' ', ',']),
        (whole, cents, [group, mark]) => {
          const grouped = String(whole).replace(/\B(?=(\d{3})+(?!\d))/g, group!)
          const text = `${grouped}${mark!}${String(cents).padStart(2, '0')}`
          return plainDecimal(text, mark as '.' | ',') === `${whole}.${String(cents).padStart(2, '0')}`
        },
      ),
      { seed: SEED },
    )
  })
})

describe('columns', () => {
  const decide = (...cells: readonly string[]) => {
    const evidence = new DecimalEvidence()
    for (const cell of cells) evidence.see(cell)
    return evidence.decide().mark
  }

  it('prove their decimal mark or ask', () => {
    expect(decide('1', '2')).toBe('.')
    expect(decide('3.40')).toBe('.')
    expect(decide('3,40')).toBe(',')
    expect(decide('1.234')).toBeNull()
    expect(decide('1,234')).toBeNull()
    expect(decide('1.234', '0.5')).toBe('.')
    expect(decide('1.234', '1,5')).toBe(',')
    expect(decide('1.234.567')).toBe(',')
    expect(decide('0.123')).toBe('.')
    expect(decide('1234.567')).toBe('.')
    expect(decide('1,234.5')).toBe('.')
    expect(decide('1.234,5')).toBe(',')
  })

  const order = (...cells: readonly string[]) => {
    const evidence = new DateEvidence()
    for (const cell of cells) evidence.see(cell)
    const decided = evidence.decide()
    return decided.kind === 'order' ? decided.order : decided.kind
  }

  it('prove their order of day and month or ask', () => {
    expect(order('2026-02-01')).toBeNull()
    expect(order('13/01/2026', '05/02/2026')).toBe('day-first')
    expect(order('01/13/2026', '02/05/2026')).toBe('month-first')
    expect(order('01/02/2026')).toBe('ambiguous')
    expect(order('13/01/2026', '01/13/2026')).toBe('mixed')
    expect(order('46027')).toBe('numbers')
    expect(order('2026-02-01', '46027')).toBeNull()
  })

  it(`show in their bytes what they show as texts (seed ${SEED})`, () => {
    const digits = fc.stringMatching(/^[0-9]{1,4}$/)
    const cell = fc.oneof(
      digits,
      fc.tuple(digits, fc.constantFrom('.', ',', '/', '-', ' '), digits).map((parts) => parts.join('')),
      fc.constantFrom(
        '',
        ' 7 ',
        '2026-02-01T09:30:00Z',
        '05/02/2026',
        '2026/02/01',
        '46027.5',
        '1.234.567',
        'é-',
        '-5',
      ),
    )
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 6 }), (texts) => {
        const [dates, marks, datesInBytes, marksInBytes] = [
          new DateEvidence(),
          new DecimalEvidence(),
          new DateEvidence(),
          new DecimalEvidence(),
        ]
        const cells = new RecordCells()
        for (const text of texts) {
          dates.see(text)
          marks.see(text)
          cells.turnTo(bytesOf(text), text)
          cells.count = 1
          cells.ends[0] = bytesOf(text).length
          datesInBytes.seeCell(cells, 0)
          marksInBytes.seeCell(cells, 0)
        }
        expect(datesInBytes.decide()).toEqual(dates.decide())
        expect(marksInBytes.decide()).toEqual(marks.decide())
      }),
      { seed: SEED },
    )
  })
})

describe('cells', () => {
  it('are counts, quantities or amounts, or said to be none', () => {
    expect(
      ['', '0', '31422.0', ' 7 ', '1.5', '-1', '1e3', 'x', '9007199254740991', '9007199254740992'].map(readCount),
    ).toEqual([null, 0, 31_422, 7, NaN, NaN, NaN, NaN, 9_007_199_254_740_991, NaN])
    expect(['', '0.8999999999999999', '1', '-1', 'x'].map(readQuantity)).toEqual([
      null,
      0.8999999999999999,
      1,
      NaN,
      NaN,
    ])
    expect(['', '1', '-', '1e400', '99999999999'].map((text) => readAmount(text))).toEqual([
      null,
      1_000_000_000n,
      'bad',
      'range',
      'range',
    ])
  })

  it('are dates in the chosen order, in no other', () => {
    const read = (text: string, chosen: 'day-first' | 'month-first' | null) =>
      new DateReader(chosen, undefined).read(text)?.day ?? null
    expect(read('05/02/2026', 'day-first')).toBe('2026-02-05')
    expect(read('05/02/2026', 'month-first')).toBe('2026-05-02')
    expect(read('13/01/2026', 'month-first')).toBeNull()
    expect(read('05/02/2026', null)).toBeNull()
    expect(read('2026-01-05T23:30:00-05:00', null)).toBe('2026-01-06')
    expect(read('2026-W05', null)).toBeNull()
    expect(read('9'.repeat(100_000), 'day-first')).toBeNull()
  })
})
