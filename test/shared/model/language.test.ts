import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FUNCTIONS } from '../../../shared/formula/index.ts'
import { compileModel, knownKey, knownMentions, type ModelRow } from '../../../shared/model/index.ts'
import { errorOf, modelOf, monthsOf, run, valueOf, YEAR } from './run.ts'

describe('numbers, as Excel has them', () => {
  test.each([
    ['2^3^2', 64],
    ['(-2)^2', 4],
    ['10%', 0.1],
    ['$12k / 4', 3000],
    ['round(2.5)', 3],
    ['round(-2.5)', -3],
    ['round(2.675, 2)', 2.68],
    ['round(1.005, 2)', 1.01],
    ['round(1234, -2)', 1200],
    ['roundup(2.1)', 3],
    ['roundup(-2.1)', -3],
    ['roundup(3)', 3],
    ['rounddown(2.9)', 2],
    ['int(-2.5)', -3],
    ['mod(-1, 3)', 2],
    ['mod(5, -3)', -1],
    ['abs(-3)', 3],
    ['sign(-3)', -1],
    ['sqrt(16)', 4],
    ['exp(0)', 1],
    ['ln(exp(2))', 2],
    ['log10(1000)', 3],
    ['power(2, 10)', 1024],
    ['min(3, 1, 2)', 1],
    ['max(3, 1, 2)', 3],
    ['sum(3, 1, 2)', 6],
    ['avg(3, 1, 2)', 2],
    ['AVERAGE(3, 1)', 2],
    ['if(2 > 1, 10, 20)', 10],
    ['if(2 < 1, 10)', 0],
    ['and(1 < 2, 2 < 3)', 1],
    ['and(true, false)', 0],
    ['or(1 > 2, 2 < 3)', 1],
    ['not(1 > 2)', 1],
    ['iferror(1 / 0, 7)', 7],
    ['choose(2, 10, 20, 30)', 20],
    ['switch(2, 1, 10, 2, 20, 0)', 20],
    ['switch(9, 1, 10, 2, 20, 5)', 5],
    ['month(2026-10)', 10],
    ['year(2026-10)', 2026],
    ['quarter(2026-10)', 4],
    ['monthsbetween(2026-10, 2027-03)', 5],
    ['4 quarters', 12],
    ['2 years + 1 month', 25],
    ['2026-12 - 2026-10', 2],
    ['sln(36000, 0, 36)', 1000],
  ])('%s = %d', (formula, expected) => {
    expect(valueOf(`X = ${formula}`)).toBeCloseTo(expected, 12)
  })

  test.each([
    ['npv(10%, -10000, 3000, 4200, 6800)', 1188.4434123352],
    ['irr(-70000, 12000, 15000, 18000, 21000, 26000)', 0.086630948],
    ['irr(-100, 110)', 0.1],
    ['irr(-100, 50)', -0.5],
    ['pmt(1%, 12, 10000)', -888.4878867834],
    ['pmt(0, 12, 1200)', -100],
    ['erlangc(2, 1.5)', 0.6428571429],
    ['erlangc(5, 4)', 0.5541125541],
    ['queuewait(1.5, 1, 2)', 0.6428571429 / (2 - 1.5)],
    ['queuewait(1.5, 1, 2, 1, 0)', 0.6428571429 / (2 - 1.5) / 2],
    ['batchdays(100, 0%, 0%, 2, 1)', 51],
  ])('%s = %d', (formula, expected) => {
    expect(valueOf(`X = ${formula}`)).toBeCloseTo(expected, 8)
  })

  test('every example of the function table runs', () => {
    const around = `
      Cost = 10k to 20k
      Net = if(month = first(month), -50k, 10k)
      Arrivals = 5
      Capacity = 4
      Demand = 9
      Variance = -2
      Deployed = cumulate(1)
      'Own backlog' = 1`
    for (const { name, example } of FUNCTIONS) {
      const text = name === 'prev' ? `Backlog = ${example}\n${around}` : `X = ${example}\n${around}`
      const known = Object.fromEntries(
        knownMentions(modelOf(text).rows).map((mention) => [knownKey(mention), { values: [2], unit: '1', why: '' }]),
      )
      const model = { ...modelOf(text), known, history: { 'PR history': { ci_h: Float64Array.of(1, 2, 3) } } }
      const result = run(model).rows.get(name === 'prev' ? 'backlog' : 'x')!
      expect(result.shape, `${name}: ${JSON.stringify(result)}`).not.toBe('error')
    }
  })
})

describe('months', () => {
  const first = (values: readonly number[], count = 4) => values.slice(0, count)

  test.each([
    ['cumulate(10)', [10, 20, 30, 40]],
    ['month - first(month)', [0, 1, 2, 3]],
    ['prev(cumulate(1))', [0, 1, 2, 3]],
    ['prev(cumulate(1), 9)', [9, 1, 2, 3]],
    ['lag(cumulate(1), 2)', [0, 0, 1, 2]],
    ['shift(cumulate(1), -1)', [2, 3, 4, 5]],
    ['cumulate(1)[-1]', [0, 1, 2, 3]],
    ['growth(100, 10%)', [100, 110, 121, 133.1]],
    ['if(month >= 2026-12, 1, 0)', [0, 0, 1, 1]],
    ['month(month)', [10, 11, 12, 1]],
    ['prev(X) + 2', [2, 4, 6, 8]],
    ['X[prev] * 2 + 1', [1, 3, 7, 15]],
    ['max(0, prev(X, 5) - 2)', [3, 1, 0, 0]],
    ['lag(X, 2) + 1', [1, 1, 2, 2]],
    ['cumulate(prev(X) + 1)', [1, 3, 7, 15]],
  ])('%s', (formula, expected) => {
    const values = first(monthsOf(`X = ${formula}`))
    for (const [t, value] of expected.entries()) expect(values[t]).toBeCloseTo(value, 9)
  })

  test.each([
    ['sum(M)', 78],
    ['avg(M)', 6.5],
    ['min(M)', 1],
    ['max(M)', 12],
    ['first(M)', 1],
    ['last(M)', 12],
    ['sum(M[2026-10..2026-12])', 6],
    ['avg(M[2027-09..last])', 12],
    ['M[2026-12]', 3],
    ['M[first] + M[last]', 13],
    ['M[Start]', 5],
    ['sum(One[2026-10..2026-12])', 3],
    ['payback(cumulate(Flow))', 8 + 1 / 3],
    ['payback(M)', 0],
    ['xirr(Two)', 0.1],
    ['xnpv(10%, Two)', 0],
  ])('%s = %d', (formula, expected) => {
    const around = `
      M = cumulate(1)
      One = 1
      Start = 2027-02
      Flow = if(month = first(month), -88000, 12000)
      Two = if(month = 2026-10, -100, 0) + if(month = 2027-09, 100 * 1.1 ^ (335 / 365), 0)`
    expect(valueOf(`X = ${formula}${around}`)).toBeCloseTo(expected, 8)
  })

  test('single months replace the formula, in running rows too', () => {
    expect(first(monthsOf('X = 5\nX[2026-11] = 7k'))).toEqual([5, 7000, 5, 5])
    expect(first(monthsOf('X = prev(X) + 1\nX[2026-11] = 10'))).toEqual([1, 10, 11, 12])
    const partly = run('X[2026-11] = 7').rows.get('x')!
    expect(partly).toMatchObject({ shape: 'months' })
    expect(partly.shape === 'months' && partly.values.slice(0, 3)).toEqual([NaN, 7, NaN])
  })

  test('rows that need each other’s earlier months go through the months together', () => {
    const text = `
      Open = prev(Open) + 10 - Done
      Done = min(4, prev(Open) + 10) + X * 0
      X = prev(Done)`
    expect(first(monthsOf(text, 'open'))).toEqual([6, 12, 18, 24])
    expect(first(monthsOf(text))).toEqual([0, 4, 4, 4])
  })

  test.each([
    ['sum(A * sign(N))', 60],
    ['npv(0%, N * 2)', 156],
    ['N[2026-12] + last(-N)', -9],
    ['sum(N[2026-10..2026-12])', 6],
  ])('a running row is known in all months to those that only use it: %s = %d', (formula, expected) => {
    expect(valueOf(`X = ${formula}\nA = 5\nN = prev(N) + 1`)).toBe(expected)
  })

  test('chance joins a certain running row, and a statistic may be taken of it', () => {
    const { rows } = run('X = N * 2 + (1 to 1.1)\nN = prev(N) + 1\nY = p(N + X > 8.5)')
    expect(rows.get('x')!.shape).toBe('spread by month')
    expect(rows.get('y')).toMatchObject({ shape: 'months', values: [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] })
  })

  test('budget lines without values are nothing planned; other empty rows say so', () => {
    const base = modelOf('X = 1').rows[0]!
    const rows: ModelRow[] = [
      { ...base, id: 'line', name: 'Line', kind: 'budget line', formula: '', overrides: { '2026-11': '$5' } },
      { ...base, id: 'driver', name: 'Driver', formula: '' },
    ]
    const result = run({ ...modelOf('X = 1'), rows })
    expect(result.rows.get('line')).toMatchObject({
      shape: 'months',
      unit: '$',
      values: [0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    })
    expect(result.rows.get('driver')).toMatchObject({ shape: 'error', error: { code: '#VALUE!' } })
  })
})

describe('errors are values with a place and a fix', () => {
  test.each([
    [
      '',
      '$',
      '12%',
      '“Agents”, Nov 2026: found “12%” in %, wanted $. Type an amount in $, or a share of a row, such as =12% * Name, or change the unit of the row.',
    ],
    ['$100', '$', '12%', '“Agents”, Nov 2026: found “12%” in %, wanted $.'],
    ['$100', '', '12%', '“Agents”, Nov 2026: found “12%” in %, wanted $.'],
    [
      '20%',
      '%',
      '$5',
      '“Agents”, Nov 2026: found “$5” in $, wanted %. Type an amount in %, or change the unit of the row.',
    ],
  ])('a row of “%s” in “%s” with %s typed into a month', (formula, unit, typed, message) => {
    const model = modelOf('X = 1')
    const row: ModelRow = {
      ...model.rows[0]!,
      name: 'Agents',
      kind: 'budget line',
      unit,
      formula,
      overrides: { '2026-11': typed },
    }
    const [compiled] = compileModel({ ...model, rows: [row] }).rows
    expect(compiled!.error).toMatchObject({ code: '#UNIT!' })
    expect(compiled!.error!.message).toContain(message)
  })

  test.each([
    ['X = Servces * 2\nServices = 1', /^#NAME\? No row is called “Servces”\. Did you mean Services\?/],
    ['X = cumulat(1)', /^#NAME\? No function is called “cumulat”\. Did you mean cumulate\?/],
    ['X = X + 1', /^#CYCLE! “X” needs its own value\. Use prev\(X\)/],
    ['X = Y + 1\nY = Z\nZ = X', /^#CYCLE! These rows need each other: \S+ → \S+ → \S+ → \S+\./],
    ['X = sum(X[prev])', /^#CYCLE! sum over all months/],
    [
      'X = Cost + Tokens\nCost [$] = 5\nTokens [tokens] = 7',
      /^#UNIT! “Cost” is in \$ and “Tokens” in tokens; they cannot be added/,
    ],
    ['X = Cost > Tokens\nCost [$] = 5\nTokens [tokens] = 7', /^#UNIT! .* cannot be compared/],
    ['X [$] = Tokens\nTokens [tokens] = 7', /^#UNIT! “X” is in \$, its formula gives tokens/],
    ['X = max(Cost, Tokens)\nCost [$] = 5\nTokens [tokens] = 7', /^#UNIT! max meets \$ and tokens/],
    ['X = $5 + 10%', /^#UNIT! “\$5” is in \$ and “10%” in %/],
    ['X = 1 / 0', /^#DIV\/0! “X” divides by zero/],
    ['X = ln(0)', /^#NUM! “X” takes ln/],
    ['X = payback(cumulate(-1))', /^#NUM! “X” does not come back to 0 within the 12 months/],
    ['X = erlangc(2, 3)', /^#NUM! .* faster than it can be served/],
    ['X = Y + 1\nY = 1 / 0', /^#DIV\/0! “X” waits for “Y”/],
    ['X = Y + 1\nY = 1 +', /^#SYNTAX! “X” waits for “Y”/],
    ['X = 1 +', /^#SYNTAX! After “1 \+”/],
    ['X = -2^2', /^#SYNTAX! .* two ways/],
    ['X = 20 to 10', /^#VALUE! The low end 20 is above the high end 10/],
    ['X = 10 to 20 at 120%', /^#VALUE! “at” takes/],
    ['X = 10 of 5', /^#VALUE! “10 of 5”/],
    ['X = "text"', /^#VALUE! “text” is text/],
    ['X = Y[2020-01]\nY = cumulate(1)', /^#VALUE! 2020-01 is outside the model’s months, 2026-10 to 2027-09/],
    ['X = Y[2026-10..2026-12]\nY = cumulate(1)', /^#VALUE! A span of months/],
    ['X = round()', /^#VALUE! round takes 1 to 2 values, here are 0/],
    ['X = sqrt(1, 2)', /^#VALUE! sqrt takes 1 value, here are 2/],
    ['X = lag(Y, Y)\nY = 1', /^#VALUE! lag takes a whole number/],
    ['X = each(5, 1 to 2, shared: 3)', /^#VALUE! each has no “shared:”/],
    ['X = each(1B, 1 to 2)', /^#VALUE! each\(\) adds up 0 to 100,000/],
    ["X = from('No such'.col)", /^#NAME\? No imported history is called/],
    ['X = Y - p90(Y)\nY = 1 to 2', /^#VALUE! A statistic such as p90/],
    ['X = sum', /^#NAME\? “sum” is a function: write sum\(row\)/],
    ['X = 5\nX[2026-10] = Y\nY = 3', /^#VALUE! 2026-10 holds “Y”/],
  ])('%j', (text, message) => {
    expect(errorOf(text)).toMatch(message)
  })

  test('one error per cause, at its place, and the other rows run', () => {
    const compiled = compileModel(modelOf('A = 1 + Nme\nB = A * 2\nC = B + 1\nD = 5\nE = F\nF = E'))
    expect(compiled.errors.map(({ code, row, place }) => [code, row, place])).toEqual([
      ['#NAME?', 'a', { from: 4, to: 7 }],
      ['#CYCLE!', 'e', { from: 0, to: 1 }],
    ])
    expect(run('A = Nme\nD = 5').rows.get('d')).toMatchObject({ shape: 'number', value: 5 })
  })

  test('two rows of one name', () => {
    const base = modelOf('X = 1')
    const twins = [base.rows[0]!, { ...base.rows[0]!, id: 'other', name: ' x' }]
    expect(compileModel({ ...base, rows: twins }).errors).toMatchObject([{ code: '#NAME?', row: 'other' }])
  })

  test('a chain and a circle of 5,000 rows are fine and told soon', () => {
    const chain = modelOf(
      Array.from({ length: 5000 }, (_, i) => `R${i} = ${i === 0 ? '1' : `R${i - 1} + 1`}`).join('\n'),
    )
    const started = performance.now()
    expect(run(chain).rows.get('r4999')).toMatchObject({ value: 5000 })
    const circle = { ...chain, rows: [{ ...chain.rows[0]!, formula: 'R4999' }, ...chain.rows.slice(1)] }
    const { errors } = compileModel(circle)
    expect(errors).toHaveLength(1)
    expect(errors[0]!.message).toContain('…')
    // Quadratic work would take minutes; the allowance is for a busy machine.
    expect(performance.now() - started).toBeLessThan(20_000)
  }, 60_000)
})

test('no half-typed or random model throws: every row has a result or an error with a place inside its formula', () => {
  const check = (formula: string) => {
    const model = modelOf('A = 1 to 2\nB = cumulate(A)')
    const rows = [...model.rows, { ...model.rows[0]!, id: 'x', name: 'X', formula }]
    const history = { 'PR history': { ci_h: Float64Array.of(1, 2, 3) } }
    const { rows: results } = run({ ...model, rows, history }, 8)
    const result = results.get('x')!
    if (result.shape !== 'error') return
    const { from, to } = result.error.place
    expect(from >= 0 && from <= to && to <= formula.length, `${formula}: ${JSON.stringify(result.error)}`).toBe(true)
  }
  for (const { example } of FUNCTIONS) for (let end = 0; end <= example.length; end++) check(example.slice(0, end))
  const pieces = [
    '(',
    ')',
    'A',
    'B[',
    'prev',
    ']',
    "'",
    '..',
    '%',
    '^',
    '-',
    ',',
    ' to ',
    ' of ',
    ' at ',
    '2026-11',
    '9',
    'k',
    'sum(',
    'each(',
    'p(',
    'from(',
    'X',
    '/',
    '0',
    'share:',
    '<',
    '&',
    '"',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => check(parts.join(''))),
    { numRuns: 200, seed: 31 },
  )
}, 60_000)

describe('units', () => {
  test.each([
    ['X = Hours * Rate\nHours [h] = 2\nRate [$/h] = 100', '$'],
    ['X = Cost / Tokens\nCost [$] = 2\nTokens [tokens] = 100', '$/tokens'],
    ['X = $5 * 3', '$'],
    ['X = 65% to 80%', '%'],
    ['X = payback(cumulate(Y))\nY = if(month = first(month), -1, 1)', 'months'],
    ['X = 2026-12', 'month'],
    ['X = 2026-12 + 2 months', 'month'],
    ['X = p(1 < 2)', '1'],
    ['X = Y * 2\nY = 3', ''],
    ['X = sqrt(A)\nA [m^2] = 9', 'm'],
    ['X = each(N, T)\nN [services] = 3\nT [tokens/services] = 1 to 2', 'tokens'],
    ['X = each(N, T)\nN [services] = 3\nT [tokens] = 1 to 2', 'tokens'],
    ['X = npv(1%, C)\nC [$] = cumulate(1)', '$'],
    ['X = max(0, C)\nC [$] = 4', '$'],
  ])('%j is in %s', (text, unit) => {
    expect(run(text).rows.get('x')!.unit).toBe(unit)
  })

  test('what is not declared does not err', () => {
    expect(errorOf('X = A + B\nA = 1\nB [$] = 2')).toMatch(/^no error/)
  })
})

test('a model without months still runs its numbers', () => {
  const result = run({ ...modelOf('X = 1 to 2\nY = X * 2'), months: [] }, 10)
  expect(result.rows.get('y')!.shape).toBe('spread')
  expect(YEAR).toHaveLength(12)
})

describe('dated flows', () => {
  const flows = 'Net = if(month = first(month), -10000, if(month = 2026-12, 2750, if(month = 2027-03, 8750, 0)))'

  test('the months themselves when no dates are given', () => {
    expect(valueOf(`${flows}\nX = xnpv(9%, Net)`)).toBeCloseTo(valueOf(`${flows}\nX = xnpv(9%, Net, month)`), 10)
    expect(valueOf(`${flows}\nX = xirr(Net, month)`)).toBeCloseTo(valueOf(`${flows}\nX = xirr(Net)`), 12)
  })

  test('dates two months apart: by days, as in Excel', () => {
    const days = (month: string) => Date.parse(`${month}-01`) / 86_400_000
    const rows = 'Net = if(month = 2026-10, -100, 10)\nWhen = first(month) + 2 * (month - first(month))'
    const expected = Array.from({ length: 12 }, (_, t) => {
      const serial = 2026 * 12 + 9 + 2 * t
      const month = `${Math.floor(serial / 12)}-${String((serial % 12) + 1).padStart(2, '0')}`
      return (t === 0 ? -100 : 10) / 1.1 ** ((days(month) - days('2026-10')) / 365)
    }).reduce((sum, value) => sum + value, 0)
    expect(valueOf(`${rows}\nX = xnpv(10%, Net, When)`)).toBeCloseTo(expected, 9)
    const rate = valueOf(`${rows}\nX = xirr(Net, When)`)
    expect(valueOf(`${rows}\nX = xnpv(${rate}, Net, When)`)).toBeCloseTo(0, 8)
  })

  test('dates that are none are told', () => {
    expect(errorOf(`${flows}\nWhen [$] = $5 * month / month\nX = xnpv(9%, Net, When)`)).toContain('#UNIT!')
    expect(errorOf(`${flows}\nX = xnpv(9%, Net, 2026-10)`)).toContain('#VALUE!')
  })
})
