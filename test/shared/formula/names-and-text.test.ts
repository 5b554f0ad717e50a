import { describe, expect, test } from 'vitest'
import {
  FUNCTIONS,
  meetUnits,
  namesIn,
  nameUnit,
  nearestName,
  parseFormula,
  parseModelText,
  parseUnit,
  renameInFormula,
  timesUnits,
} from '../../../shared/formula/index.ts'

describe('renameInFormula', () => {
  test.each([
    ['max(0, backlog * 2)', 'Backlog', 'Open work', "max(0, 'Open work' * 2)"],
    ["'Open work'[prev] + 'Open work'", 'open  work', 'Backlog', 'Backlog[prev] + Backlog'],
    ["X['Go-live'] -- Go-live", 'Go-live', 'Start', 'X[Start] -- Go-live'],
    ['from(Rate.x) + Rate', 'Rate', 'Price', 'from(Rate.x) + Price'],
    ['rate(Rate', 'Rate', 'Price', 'rate(Price'],
    ['Rates + Rate', 'Rate', "O'Neil", "Rates + 'O''Neil'"],
    ['Rate + Rate', 'Rate', 'to', "'to' + 'to'"],
  ])('%s: %s becomes %s', (formula, from, to, expected) => {
    expect(renameInFormula(formula, from, to)).toBe(expected)
  })

  test.each([
    ['both', 'actual(Line) + Line * 2', "actual('My line') + 'My line' * 2"],
    ['both', 'iferror(actual("line"), Line)', `iferror(actual("My line"), 'My line')`],
    ['row', 'actual(Line) + Line', "actual(Line) + 'My line'"],
    ['spent on', `actual(Line) + actual("LINE") + Line`, `actual('My line') + actual("My line") + Line`],
    // A metric or a model may be called as a row is.
    [
      'both',
      `history('Line') + lookup("Line", "input") + Line`,
      `history('Line') + lookup("Line", "input") + 'My line'`,
    ],
  ] as const)('%s: %s', (meaning, formula, expected) => {
    expect(renameInFormula(formula, 'Line', 'My line', meaning)).toBe(expected)
  })

  test('namesIn lists rows once, as typed', () => {
    expect(namesIn(parseFormula("A + 'b c' * a - X[Start]").ast)).toEqual(['A', 'b c', 'Start', 'X'])
  })
})

describe('parseModelText', () => {
  test('rows, units, single months, correlations, comments, two rows on a line', () => {
    const text = [
      '\ufeff-- a model',
      'Services = 250   -- how many',
      "'Tokens per service' [tokens/services] = 12M to 70M",
      'Budget [$] = 10k',
      'Budget[2026-10] = 12k',
      'Extra[2026-11] = 1 to 2',
      'NPV = npv(10%/12, Net)       Payback = payback(cumulate(Net))',
      "Odds = p(Payback < 4)    'P90 cost' = p90(Cost)",
      'Same = if(a = 1,  b = 2, 3)',
      "'Tokens per service' ~ Services : -0.25 -- together",
    ].join('\r\n')
    const { rows, correlations, errors } = parseModelText(text)
    expect(errors).toEqual([])
    expect(rows.map(({ name, unit, formula, line }) => [name, unit, formula, line])).toEqual([
      ['Services', '', '250', 2],
      ['Tokens per service', 'tokens/services', '12M to 70M', 3],
      ['Budget', '$', '10k', 4],
      ['Extra', '', '', 6],
      ['NPV', '', 'npv(10%/12, Net)', 7],
      ['Payback', '', 'payback(cumulate(Net))', 7],
      ['Odds', '', 'p(Payback < 4)', 8],
      ['P90 cost', '', 'p90(Cost)', 8],
      ['Same', '', 'if(a = 1,  b = 2, 3)', 9],
    ])
    expect(rows[0]!.note).toBe('how many')
    expect(rows[2]!.overrides).toEqual({ '2026-10': '12k' })
    expect(rows[3]!.overrides).toEqual({ '2026-11': '1 to 2' })
    expect(correlations).toEqual([{ a: 'Tokens per service', b: 'Services', rho: -0.25, line: 10 }])
  })

  test.each([
    ['hello world', 1, /is not a row/],
    ['A = 1\nA = 2', 2, /already defined on line 1/],
    ['A =', 1, /no formula/],
    ['A ~ B : much', 1, /rank correlation/],
    ['A ~ B : 1.5', 1, /rank correlation/],
    ['A = 1 +', 1, /something is missing/],
    ["'' = 3", 1, /empty name/],
    ['A[2026-10] =', 1, /no value/],
  ])('%j: line %d', (text, line, message) => {
    const { errors } = parseModelText(text)
    expect(errors[0]).toMatchObject({ line })
    expect(errors[0]!.message).toMatch(message)
  })
})

describe('units', () => {
  test.each([
    ['h * $/h', '$'],
    ['token', 'tokens'],
    ['$/hour', '$/h'],
    ['tokens/service/day', 'tokens/services/days'],
    ['m^2/m', 'm'],
    ['%', '%'],
    ['1', '1'],
    ['', ''],
  ])('%s is %s', (text, expected) => {
    expect(nameUnit(parseUnit(text))).toBe(expected)
  })

  test('$ and tokens do not meet; ratios and what is not declared do', () => {
    expect(meetUnits(parseUnit('$'), parseUnit('tokens'))).toBeNull()
    expect(meetUnits(parseUnit('%'), parseUnit('1'))).not.toBeNull()
    expect(meetUnits(parseUnit('$'), parseUnit(''))).toEqual(parseUnit('$'))
  })

  test('algebra: multiplying and dividing by the same unit gives the unit back', () => {
    const units = ['$', 'tokens', 'h', '$/h', 'changes^2', '%'].map(parseUnit)
    for (const a of units) {
      for (const b of units) {
        expect(meetUnits(timesUnits(timesUnits(a, b, 1), b, -1), a)).not.toBeNull()
        expect(meetUnits(timesUnits(a, b, 1), timesUnits(b, a, 1))).not.toBeNull()
      }
    }
  })
})

describe('functions', () => {
  test('the table has every name once, with words for help', () => {
    expect(new Set(FUNCTIONS.map(({ name }) => name)).size).toBe(FUNCTIONS.length)
    for (const { name, doc, example, signature, least, most } of FUNCTIONS) {
      expect(signature.startsWith(`${name}(`), name).toBe(true)
      expect(doc.length, name).toBeGreaterThan(10)
      expect(parseFormula(example).errors, name).toEqual([])
      expect(least <= most, name).toBe(true)
    }
  })

  test.each([
    ['Servces', ['Services', 'Savings'], 'Services'],
    ['cumulat', ['cumulate', 'sum'], 'cumulate'],
    ['zzz', ['Services'], null],
  ])('nearest to %s', (wanted, names, expected) => {
    expect(nearestName(wanted, names)).toBe(expected)
  })
})
