import { describe, expect, test } from 'vitest'
import {
  compareSamples,
  compileModel,
  conditionalOdds,
  driversOf,
  intervalOf,
  meanOf,
  quantileOf,
  runModel,
  seekOdds,
  seekValue,
  drawnBehind,
  sobolOf,
  valueOfInformation,
} from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { modelOf, run } from './run.ts'

const SEEK = { samples: 10_240, seed: seedOf(1) }

function found(sought: ReturnType<typeof seekOdds>) {
  if (!sought.found) throw new Error(sought.why)
  return sought
}

test('what differs by rounding alone does not differ', () => {
  const now = Float64Array.of(0.1 + 0.2, 1e9)
  const then = Float64Array.of(0.3, 1e9 + 1e-6)
  expect(compareSamples(now, then, true)).toMatchObject({ better: 0.5, difference: { p10: 0, p90: 0 } })
})

describe('goal seek', () => {
  const budget = modelOf('X = 1\nS = 5k to 20k\nSquare = X ^ 2 / 1000')

  test('largest X with P(X / S < 12) >= 80%: 76,118, exact and inside its interval', () => {
    const { value, interval, method } = found(
      seekOdds(budget, 'X / S < 12', 0.8, 'largest', { ...SEEK, change: 'x', between: [1, 1e6] }),
    )
    expect(method).toBe('exact')
    expect(value / 76_118).toBeCloseTo(1, 2)
    expect(interval![0]).toBeLessThan(76_118)
    expect(interval![1]).toBeGreaterThan(76_118)
    expect(interval![1] - interval![0]).toBeLessThan(1000)
  })

  test('halving gives the same where the condition is curved', () => {
    const { value, interval, method } = found(
      seekOdds(budget, 'Square / S < 12', 0.8, 'largest', { ...SEEK, change: 'x', between: [1, 1e6] }),
    )
    expect(method).toBe('bisection')
    expect(value / Math.sqrt(76_118_000)).toBeCloseTo(1, 2)
    expect(interval![0]).toBeLessThanOrEqual(value)
    expect(interval![1]).toBeGreaterThanOrEqual(value)
  })

  test('smallest X, the other way round', () => {
    const { value } = found(
      seekOdds(budget, 'X / S > 12', 0.8, 'smallest', { ...SEEK, change: 'x', between: [1, 1e6] }),
    )
    // 12 times the P80 of S, as far above the median as 76,118 is below.
    expect(value / ((120_000 * 120_000) / 76_118)).toBeCloseTo(1, 2)
  })

  test('odds that rise and fall again: the last value that reaches them, and the curve that shows it', () => {
    const hump = modelOf('X = 1\nS = 5 to 20\nOff = abs(X - 50)')
    const { value, curve } = found(
      seekOdds(hump, 'Off < S', 0.8, 'largest', { ...SEEK, change: 'x', between: [0, 100] }),
    )
    // 50 and the P20 of S, 6.343.
    expect(value).toBeCloseTo(50 + 76_118 / 12_000, 1)
    expect(curve!.map(({ odds }) => odds > 0.5)).toEqual(curve!.map((point) => Math.abs(point.value - 50) < 9))
  })

  test.each([
    ['whole units', 'roundup(X) * S < 160', 0.5, 92, 'bisection'],
    ['whole units', 'roundup(X) * S < 160', 0.8, 64, 'bisection'],
    ['a straight line but for a stretch of it', 'X * S + if(and(X > 50, X < 200), 500, 0) < 400', 0.8, 50, 'bisection'],
    ['a straight line where the answer is', 'X * S + if(and(X > 50, X < 200), 500, 0) < 400', 0.5, 230.9, 'exact'],
  ])('%s: the condition holds at the answer to %s', (_, condition, odds, wanted, by) => {
    const model = modelOf('X = 1\nS = 1 to 3')
    const { value, method } = found(
      seekOdds(model, condition, odds, 'largest', { ...SEEK, change: 'x', between: [10, 1000] }),
    )
    expect(method).toBe(by)
    expect(value / wanted).toBeCloseTo(1, by === 'exact' ? 2 : 9)
    const at = run(modelOf(`X = ${value}\nS = 1 to 3\nO = p(${condition})`)).rows.get('o')!
    // One sample more or less: a percentile lies between two of them.
    expect(at.shape === 'number' && at.value).toBeGreaterThan(odds - 0.001)
  })

  test('odds out of reach are told', () => {
    const options = { ...SEEK, change: 'x', between: [1, 10] as const }
    expect(seekOdds(budget, 'X + S < 5k', 0.8, 'largest', options)).toMatchObject({
      found: false,
      why: expect.stringMatching(/holds in 10% of the samples at best/),
    })
    expect(seekOdds(budget, 'X + S', 0.8, 'largest', options).found).toBe(false)
    expect(seekOdds(budget, 'X / S < 12', 0.8, 'largest', options)).toMatchObject({ found: true, value: 10 })
  })

  test('a formula at a target, certain and as a statistic', () => {
    const options = { ...SEEK, change: 'x', between: [0, 1e6] as const }
    expect(found(seekValue(budget, 'Square', 4000, options)).value).toBeCloseTo(2000, 6)
    expect(found(seekValue(budget, 'p90(S + X)', 50_000, options)).value / 30_000).toBeCloseTo(1, 2)
    expect(seekValue(budget, 'Square', -1, options).found).toBe(false)
    const loan = modelOf('Rate = 1%\nNet = if(month = first(month), -70000, 12000)')
    const rate = found(seekValue(loan, 'npv(Rate, Net)', 0, { ...SEEK, change: 'rate', between: [0, 1] })).value
    const irr = run({ ...loan, rows: [...loan.rows, { ...loan.rows[0]!, id: 'i', name: 'I', formula: 'irr(Net)' }] })
    expect(irr.rows.get('i')).toMatchObject({ shape: 'number' })
    const result = irr.rows.get('i')!
    expect(result.shape === 'number' && result.value).toBeCloseTo(rate, 8)
  })
})

describe('value of information', () => {
  test('N(40k, 100k): 23,043.9; an input with 60% of the variance: 14,933.0; one with none: 0', () => {
    const text = `A = normal(0, 100k * 0.6 ^ 0.5)
      B = normal(0, 100k * 0.4 ^ 0.5)
      Idle = normal(0, 1)
      NPV = 40k + A + B`
    const value = valueOfInformation(run(text, 102_400), 'npv', ['idle', 'b', 'a'])!
    expect(value.ofAll / 23_043.9).toBeCloseTo(1, 2)
    expect(value.ofInputs.map(({ id }) => id)).toEqual(['a', 'b', 'idle'])
    expect(Math.abs(value.ofInputs[0]!.value / 14_933 - 1)).toBeLessThan(0.01)
    expect(value.ofInputs[2]!.value).toBeLessThan(10)
    expect(valueOfInformation(run('X = 1'), 'x', [])).toBeNull()
  })
})

describe('Sobol indices on request', () => {
  test('Ishigami with a = 7, b = 0.1: first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437', () => {
    // The language has no sine; its series to the 25th power is exact to 1e-12 within +-pi.
    const sine = (x: string) => {
      const terms = Array.from({ length: 13 }, (_, k) => {
        const power = 2 * k + 1
        const factorial = Array.from({ length: power }, (_, j) => j + 1).reduce((product, j) => product * j, 1)
        return `${x} ^ ${power} / ${factorial}`
      })
      return terms.reduce((sum, term, k) => `${sum} ${k % 2 === 0 ? '+' : '-'} ${term}`)
    }
    const text = `A = uniform(-3.141592653589793, 3.141592653589793)
      B = uniform(-3.141592653589793, 3.141592653589793)
      C = uniform(-3.141592653589793, 3.141592653589793)
      Idle = uniform(0, 1)
      SineA = ${sine('A')}
      SineB = ${sine('B')}
      Y = SineA + 7 * SineB ^ 2 + 0.1 * C ^ 4 * SineA`
    const compiled = compileModel(modelOf(text))
    expect(compiled.errors).toEqual([])
    const indices = sobolOf(compiled, 'y', ['a', 'b', 'c', 'idle'], { samples: 20_480, seed: seedOf(1) })!
    const of = (id: string) => indices.find((index) => index.id === id)!
    for (const [id, first, total] of [
      ['a', 0.3139, 0.5576],
      ['b', 0.4424, 0.4424],
      ['c', 0, 0.2437],
      ['idle', 0, 0],
    ] as const) {
      expect(Math.abs(of(id).first - first), id).toBeLessThan(0.03)
      expect(Math.abs(of(id).total - total), id).toBeLessThan(0.02)
    }
    expect(of('idle')).toMatchObject({ first: 0, total: 0 })
    expect(sobolOf(compiled, 'nobody', ['a'], { samples: 64, seed: seedOf(1) })).toBeNull()
  })
})

test('inputs that are correlated are drawn anew together and share the spread as one', () => {
  const compiled = compileModel(
    modelOf('A = normal(0, 1)\nB = normal(0, 1)\nC = normal(0, 1)\nA ~ B : 0.6\nIdle = 1 to 2\nX = A + B + C'),
  )
  const inputs = drawnBehind(compiled, 'x')
  expect(inputs).toEqual([
    { id: 'a', rows: ['a', 'b'] },
    { id: 'c', rows: ['c'] },
  ])
  const ids = inputs.map(({ id }) => id)
  const [together, alone] = sobolOf(compiled, 'x', ids, { samples: 20_480, seed: seedOf(1) })!
  // Var(A + B) = 2 + 2 r with r = 2 sin(pi 0.6 / 6) = 0.618: 3.236 of 4.236.
  expect(together).toMatchObject({ id: 'a' })
  expect(Math.abs(together!.total - 0.764)).toBeLessThan(0.02)
  expect(Math.abs(alone!.total - 0.236)).toBeLessThan(0.02)
})

describe('inline literals', () => {
  test('a range inside a formula is an input like any row: drivers, swing, value of information, Sobol', () => {
    const compiled = compileModel(
      modelOf('A = 1 to 9\nNPV = 250 * (12 to 70) - A * normal(40, 5) + each(20, 1 to 2) - 9k\nIdle = 1 + (2 to 3)'),
    )
    expect(compiled.literals.map(({ id, text }) => [id, text])).toEqual([
      ['npv#0', '12 to 70'],
      ['npv#1', 'normal(40, 5)'],
      ['npv#2', 'each(20, 1 to 2)'],
      ['idle#0', '2 to 3'],
    ])
    const ids = ['a', ...compiled.literals.map(({ id }) => id)]
    const run = runModel(compiled, { samples: 10_240, seed: seedOf(1), wanted: ['npv', ...ids] })
    expect(quantileOf(run.sampleOf('npv#0')!, 0.9)).toBeCloseTo(70, 0)
    const [first] = driversOf(run, 'npv', ids)
    expect(first).toMatchObject({ id: 'npv#0', sign: 1 })
    expect(first!.high - first!.low).toBeGreaterThan(250 * 50)
    expect(valueOfInformation(run, 'npv', ids)!.ofInputs[0]!.id).toBe('npv#0')
    // Asking for a literal changes no sample.
    const plain = runModel(compiled, { samples: 10_240, seed: seedOf(1), wanted: ['npv'] })
    expect(plain.sampleOf('npv')).toEqual(run.sampleOf('npv'))
    expect(plain.sampleOf('npv#0')).toBeNull()
  })
})

describe('comparisons', () => {
  test('paired: what both draw alike cancels', () => {
    const result = run('A = 10 to 100\nB = 1 to 2\nNow = A\nThen = A + B - 1.1', 10_240)
    const [now, then] = [result.sampleOf('now')!, result.sampleOf('then')!]
    const { better, difference, interval } = compareSamples(now, then, true)
    expect(better).toBeGreaterThan(0.8)
    expect(difference.p50).toBeCloseTo(Math.SQRT2 - 1.1, 2)
    expect(interval![0]).toBeLessThan(difference.mean)
    expect(compareSamples(now, then, false).better).toBeCloseTo(1 - better, 12)
    const same = compareSamples(now, now, true)
    expect([same.better, same.difference.sd, same.interval]).toEqual([0.5, 0, [0, 0]])
  })

  test('odds of one among the samples in which the other holds', () => {
    const result = run('U = uniform(0, 1)\nA = U < 0.5\nB = U < 0.75', 10_240)
    const { odds, of } = conditionalOdds(result.sampleOf('a')!, result.sampleOf('b')!)
    expect(odds).toBeCloseTo(2 / 3, 2)
    expect(of).toBe(7680)
    expect(conditionalOdds(Float64Array.of(1), Float64Array.of(0)).odds).toBeNaN()
  })

  test('the 95% interval of a mean holds the mean in 95 +- 3% of 200 seeds', () => {
    const compiled = compileModel(modelOf('X = A * B\nA = 12 to 70\nB = 1 to 9'))
    const sigma = (low: number, high: number) => Math.log(high / low) / 2 / 1.2815515655446004
    const square = sigma(12, 70) ** 2 + sigma(1, 9) ** 2
    const mean = Math.sqrt(12 * 70 * 9) * Math.exp(square / 2)
    let hits = 0
    for (let seed = 1; seed <= 200; seed++) {
      const samples = runModel(compiled, { samples: 10_240, seed: seedOf(seed), wanted: ['x'] }).sampleOf('x')!
      const [low, high] = intervalOf(samples, meanOf)!
      if (low <= mean && mean <= high) hits++
    }
    expect(hits).toBeGreaterThanOrEqual(184)
    expect(hits).toBeLessThanOrEqual(196)
  })
})
