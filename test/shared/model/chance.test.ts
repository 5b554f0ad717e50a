import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lognormalSum } from '../../../shared/chance/index.ts'
import { orderOf } from '../../../shared/model/order-of.ts'
import {
  compileModel,
  driversOf,
  meanOf,
  type Model,
  type ModelRun,
  pearson,
  quantileOf,
  runModel,
  spearman,
  type Spread,
  spreadOf,
} from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { modelOf, run, valueOf, YEAR } from './run.ts'

function spread(text: string | Model, row = 'x', samples = 10_240, seed = 1): Spread {
  const result = run(text, samples, seed).rows.get(row)!
  if (result.shape !== 'spread') throw new Error(JSON.stringify(result))
  return result.spread
}

function samplesOf(text: string | Model, row = 'x', samples = 10_240, seed = 1): Float64Array {
  return run(text, samples, seed).sampleOf(row)!
}

describe('known answers', () => {
  test('12 to 70: median 28.983, mean 36.724, sd 28.576, ends at P10 and P90', () => {
    const { p10, p50, p90, mean, sd } = spread('X = 12 to 70')
    expect(p10).toBeCloseTo(12, 1)
    expect(p90).toBeCloseTo(70, 0)
    expect(p50 / 28.98275349).toBeCloseTo(1, 3)
    expect(mean / 36.72359841).toBeCloseTo(1, 2)
    expect(sd / 28.57613229).toBeCloseTo(1, 1)
  })

  test('a product of lognormals is lognormal with the sums of mu and of sigma squared', () => {
    const x = samplesOf('X = A * B\nA = 12 to 70\nB = 25 to 120').map(Math.log)
    const sigma = (low: number, high: number) => Math.log(high / low) / 2 / 1.2815515655446004
    expect(meanOf(x)).toBeCloseTo((Math.log(12 * 70) + Math.log(25 * 120)) / 2, 2)
    expect(spreadOf(x).sd / Math.hypot(sigma(12, 70), sigma(25, 120))).toBeCloseTo(1, 1)
  })

  test('the sum of 250 separate lognormals: mean n m, variance n m² (e^σ² - 1); with a share ρ the variance is m² cv² (n + n (n - 1) ρ)', () => {
    const [m, variance, n] = [36.72359841, 28.57613229 ** 2, 250]
    const alone = spread('X = each(250, 12 to 70)', 'x', 4096)
    expect(alone.mean / (n * m)).toBeCloseTo(1, 2)
    expect(alone.sd / Math.sqrt(n * variance)).toBeCloseTo(1, 1)
    const shared = spread('X = each(250, 12 to 70, share: 20%)', 'x', 4096)
    expect(shared.mean / (n * m)).toBeCloseTo(1, 1)
    expect(shared.sd / Math.sqrt(variance * (n + n * (n - 1) * 0.2))).toBeCloseTo(1, 1)
  })

  test('250 services at 15 to 120 dollars: the total varies by 6% alone, 44% at ρ = 0.2, 68% at ρ = 0.5', () => {
    const cv = (share: string) => {
      const { mean, sd } = spread(`X = each(250, 15 to 120${share})`, 'x', 4096)
      return sd / mean
    }
    expect(cv('')).toBeCloseTo(0.06, 2)
    expect(Math.abs(cv(', share: 20%') - 0.44)).toBeLessThan(0.03)
    expect(Math.abs(cv(', share: 50%') - 0.68)).toBeLessThan(0.06)
  })

  test('compound Poisson: mean λ E[X], variance λ E[X²]', () => {
    const x = samplesOf('X = each(N, 12 to 70)\nN = poisson(6)', 'x', 20_480)
    const [m, second] = [36.72359841, 28.57613229 ** 2 + 36.72359841 ** 2]
    expect(meanOf(x) / (6 * m)).toBeCloseTo(1, 1)
    expect(spreadOf(x).sd / Math.sqrt(6 * second)).toBeCloseTo(1, 1)
  })

  test('Jeffreys counts: 180 of 250 has mean 180.5 / 251', () => {
    expect(spread('X = 180 of 250').mean).toBeCloseTo(180.5 / 251, 4)
  })

  test.each([
    ['normal(8, 1.5)', 8, 1.5],
    ['lognormal(40, 30)', 40, 30],
    ['uniform(0, 12)', 6, Math.sqrt(12)],
    ['triangular(1, 2, 6)', 3, Math.sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18)],
    ['pert(1, 2, 6)', (1 + 8 + 6) / 6, Math.sqrt(((2.5 - 1) * (6 - 2.5)) / 7)],
    ['beta(8, 2)', 0.8, Math.sqrt(16 / (100 * 11))],
    ['gamma(2, 10)', 20, Math.sqrt(200)],
    ['poisson(4)', 4, 2],
    ['poisson(400)', 400, 20],
    ['bernoulli(30%)', 0.3, Math.sqrt(0.21)],
    ['binomial(250, 72%)', 180, Math.sqrt(250 * 0.72 * 0.28)],
    ['discrete(1, 70%, 2, 20%, 5, 10%)', 1.6, Math.sqrt(0.7 + 0.8 + 2.5 - 1.6 ** 2)],
    ['normal(A, 0) + uniform(A, A + 1)', 8.5, Math.sqrt(1 / 12)],
    ['beta(A * 2, B)', 0.8, Math.sqrt(16 / (100 * 11))],
    ['lognormal(A * 10, B * 15)', 40, 30],
  ])('%s has mean %d and sd %d', (formula, mean, sd) => {
    const found = spread(`X = ${formula}\nA = 4 + B - B\nB = 2 * C\nC = uniform(1, 1)`)
    expect(Math.abs(found.mean / mean - 1)).toBeLessThan(0.012)
    expect(Math.abs(found.sd / sd - 1)).toBeLessThan(0.05)
  })

  test('percents stay below 100% and meet their ends', () => {
    const x = samplesOf('X = 65% to 98%')
    expect(Math.max(...x)).toBeLessThan(1)
    expect(quantileOf(x, 0.1)).toBeCloseTo(0.65, 3)
    expect(quantileOf(x, 0.9)).toBeCloseTo(0.98, 3)
    expect(run('X = 0% to 20%').notes.join()).toMatch(/an end at 0%/)
  })

  test('largest X with P(X / S < 12) >= 80%, S 5k to 20k: 76,118', () => {
    expect((12 * quantileOf(samplesOf('X = 5k to 20k', 'x', 102_400), 0.2)) / 76_118).toBeCloseTo(1, 3)
  })

  test('EVPI of N(40k, 100k) is 23,043.9, within 2%', () => {
    const x = samplesOf('X = normal(40k, 100k)', 'x', 102_400)
    const evpi = meanOf(x.map((value) => Math.max(value, 0))) - Math.max(meanOf(x), 0)
    expect(Math.abs(evpi / 23_043.9 - 1)).toBeLessThan(0.02)
  })

  test('Ishigami’s function: first-order shares 0.3139, 0.4424, 0', () => {
    // The sine by its series: the language has no trigonometry, and needs none.
    const draws = run(
      'A = uniform(-3.141592653589793, 3.141592653589793)\nB = uniform(-3.141592653589793, 3.141592653589793)\nC = uniform(-3.141592653589793, 3.141592653589793)',
      20_480,
    )
    const [a, b, c] = ['a', 'b', 'c'].map((id) => draws.sampleOf(id)!) as [Float64Array, Float64Array, Float64Array]
    const y = a.map((x, i) => Math.sin(x) + 7 * Math.sin(b[i]!) ** 2 + 0.1 * c[i]! ** 4 * Math.sin(x))
    const drivers = driversOf({ ...draws, sampleOf: (id) => (id === 'y' ? y : draws.sampleOf(id)) }, 'y', [
      'a',
      'b',
      'c',
    ])
    const share = (id: string) => drivers.find((driver) => driver.id === id)!.share
    expect(Math.abs(share('a') - 0.3139)).toBeLessThan(0.02)
    expect(Math.abs(share('b') - 0.4424)).toBeLessThan(0.02)
    expect(share('c')).toBeLessThan(0.01)
  })

  test('rank correlation asked for is rank correlation found', () => {
    const result = run("X = 12 to 70\nY = 25 to 120\n'X' ~ 'Y' : 0.7", 10_240)
    expect(spearman(result.sampleOf('x')!, result.sampleOf('y')!)).toBeCloseTo(0.7, 1)
  })

  test('95% intervals of the mean cover it 95 ± 3% of 200 times (t over ten block means)', () => {
    let covered = 0
    const compiled = compileModel(modelOf('X = A * B\nA = 12 to 70\nB = 1 to 2'))
    const sigma2 = (low: number, high: number) => (Math.log(high / low) / 2 / 1.2815515655446004) ** 2
    const truth = Math.exp((Math.log(840) + Math.log(2)) / 2 + (sigma2(12, 70) + sigma2(1, 2)) / 2)
    for (let seed = 0; seed < 200; seed++) {
      const x = runModel(compiled, { samples: 10_240, seed: seedOf(seed) }).sampleOf('x')!
      const means = Float64Array.from({ length: 10 }, (_, block) =>
        meanOf(x.subarray(block * 1024, (block + 1) * 1024)),
      )
      const { mean, sd } = spreadOf(means)
      if (Math.abs(mean - truth) <= (2.262157 * sd) / Math.sqrt(10)) covered++
    }
    expect(covered / 200).toBeGreaterThanOrEqual(0.92)
    expect(covered / 200).toBeLessThanOrEqual(0.98)
  })
})

describe('each', () => {
  test('a row named alone is drawn anew; rows it names keep their one draw', () => {
    const sdOf = (text: string) => spread(text).sd
    expect(sdOf('X = each(100, T)\nT = normal(10, 2)')).toBeCloseTo(20, 0)
    expect(sdOf('X = each(100, T)\nT = U * 1\nU = normal(10, 2)')).toBeCloseTo(200, -1)
    expect(run('X = each(100, T)\nT = 5').notes.join()).toMatch(/nothing inside each\(\) is uncertain/)
    expect(valueOf('X = each(100, T)\nT = 5')).toBe(500)
  })

  test('two sums over one row are separate draws; one more item leaves the others as they were', () => {
    const two = run('X = each(50, T)\nY = each(50, T)\nT = 1 to 9', 10_240)
    expect(Math.abs(pearson(two.sampleOf('x')!, two.sampleOf('y')!))).toBeLessThan(0.03)
    const [fifty, more] = [50, 51].map((n) => samplesOf(`X = each(${n}, 1 to 9)`, 'x', 2048)) as [
      Float64Array,
      Float64Array,
    ]
    expect(more.every((value, i) => value > fifty[i]!)).toBe(true)
  })

  test('by month: each month its own items', () => {
    const result = run('X = each(N, 1 to 9)\nN = cumulate(5)', 4096).monthSamplesOf('x')!
    expect(meanOf(result[11]!) / meanOf(result[0]!)).toBeCloseTo(12, 0)
    expect(Math.abs(pearson(result[3]!, result[4]!))).toBeLessThan(0.05)
  })

  test('nested: each of 10 services has its own 5 files', () => {
    const { mean, sd } = spread('X = each(10, each(5, normal(10, 2)))')
    expect(mean).toBeCloseTo(500, -1)
    expect(sd / (2 * Math.sqrt(50))).toBeCloseTo(1, 1)
  })

  test('a count times a range is warned about', () => {
    expect(run('X = N * (12M to 70M)\nN = 250').notes.join()).toMatch(/multiplies one range by 250/)
    expect(run('X = 2.5 * (12M to 70M)').notes).toEqual([])
  })
})

describe('history', () => {
  const history = (n: number) => ({
    PR: {
      ci: Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7) % n)),
      review: Float64Array.from({ length: n }, (_, i) => 2 * (1 + ((i * 7) % n))),
    },
  })

  test('50 rows and more: whole rows are drawn, so columns stay together', () => {
    const result = run(modelOf('X = from(PR.ci)\nY = from(PR.review)', YEAR, history(60)), 2048)
    const [x, y] = [result.sampleOf('x')!, result.sampleOf('y')!]
    expect(y.every((value, i) => value === 2 * x[i]!)).toBe(true)
    expect(new Set(x).size).toBe(60)
  })

  test('fewer: log-t around the observations, columns rank-correlated as observed', () => {
    const result = run(modelOf('X = from(PR.ci)\nY = from(PR.review)', YEAR, history(20)), 10_240)
    expect(spearman(result.sampleOf('x')!, result.sampleOf('y')!)).toBeGreaterThan(0.95)
    const logs = Array.from({ length: 20 }, (_, i) => Math.log(i + 1))
    expect(Math.log(quantileOf(result.sampleOf('x')!, 0.5))).toBeCloseTo(logs.reduce((sum, x) => sum + x, 0) / 20, 2)
  })

  test('sums of separate draws are separate, and stay whole rows within one sum', () => {
    const text =
      'X = each(20, from(PR.ci))\nY = each(20, from(PR.review))\nZ = each(20, from(PR.review) - 2 * from(PR.ci))'
    const result = run(modelOf(text, YEAR, history(60)), 2048)
    expect(Math.abs(pearson(result.sampleOf('x')!, result.sampleOf('y')!))).toBeLessThan(0.08)
    expect(new Set(result.sampleOf('z')!)).toEqual(new Set([0]))
  })

  test('its unknown values are undefined samples, counted', () => {
    const ci = Float64Array.from({ length: 100 }, (_, i) => (i < 25 ? NaN : i))
    const result = run(modelOf('X = from(PR.ci)', YEAR, { PR: { ci } }), 4096)
    expect(result.rows.get('x')).toMatchObject({ shape: 'spread', spread: { undefined: 1024 } })
    expect(result.notes.join()).toMatch(/25 of 100 rows have no value.*1,024 of 4,096 samples have no value/)
  })
})

describe('statistics', () => {
  test.each([
    ['p(Y < 5)', 0.5],
    ['mean(Y)', 5],
    ['p50(Y)', 5],
    ['p90(Y)', 9],
    ['p95(Y) - p5(Y)', 9],
    ['p90(Y) / p50(Y)', 1.8],
    ['sd(Y)', 10 / Math.sqrt(12)],
    ['p(3 > 2)', 1],
    ['mean(7)', 7],
    ['p(1 / (Y - Y) > 0)', 0],
    ['mean(if(Y > 5, Y, 1 / 0))', 7.5],
  ])('%s = %d', (formula, expected) => {
    expect(valueOf(`X = ${formula}\nY = uniform(0, 10)`)).toBeCloseTo(expected, 1)
  })

  test('by month, and rows built on them', () => {
    const { rows } = run('X = p(Y > 6)\nY = Z + cumulate(1)\nZ = uniform(0, 10)\nW = last(X) * 2', 2048)
    const x = rows.get('x')!
    expect(x.shape === 'months' && x.values[4]).toBeCloseTo(0.9, 2)
    expect(rows.get('w')).toMatchObject({ shape: 'number', value: 2 })
  })

  test('undefined samples are counted, never dropped', () => {
    const { rows, notes } = run('X = if(Y < 2.5, 1 / 0, Y)\nY = uniform(0, 10)', 1024)
    expect(rows.get('x')).toMatchObject({ shape: 'spread', spread: { undefined: 256 } })
    expect(notes).toEqual(['“X”: 256 of 1,024 samples have no value.'])
  })

  test('spreadOf: R-7 quantiles, as Excel’s PERCENTILE.INC', () => {
    expect(spreadOf(Float64Array.of(1, 2, 3, 4))).toEqual({
      p10: 1.3,
      p50: 2.5,
      p90: 3.7,
      mean: 2.5,
      sd: Math.sqrt(5 / 3),
      undefined: 0,
    })
    expect(spreadOf(Float64Array.of(5, NaN, Infinity))).toEqual({
      p10: 5,
      p50: 5,
      p90: 5,
      mean: 5,
      sd: 0,
      undefined: 2,
    })
    const values = Float64Array.from({ length: 999 }, (_, i) => (i * 7919) % 999)
    const sorted = values.slice().sort()
    for (const share of [0, 0.1, 0.33, 0.5, 0.9, 1])
      expect(quantileOf(values, share)).toBeCloseTo(sorted[0]! + share * 998, 9)
  })
})

describe('the same bits', () => {
  const text = `
    A = 12 to 70
    B = 25 to 120 at 90%
    C = 65% to 80%
    N = poisson(A / 10)
    X = each(N, 1 to 9) * C + B
    Y = max(0, prev(Y) + A - 30)
    'A' ~ 'B' : 0.5`

  test('same seed, same bits; another seed, others', () => {
    expect(samplesOf(text)).toEqual(samplesOf(text))
    expect(samplesOf(text, 'x', 1024, 2)).not.toEqual(samplesOf(text, 'x', 1024, 1))
  })

  test('the first 5,000 of a 10,240 run are a 5,000 run', () => {
    for (const row of ['a', 'b', 'n', 'x'])
      expect(samplesOf(text, row, 10_240).slice(0, 5000)).toEqual(samplesOf(text, row, 5000))
    expect(run(text, 10_240).monthSamplesOf('y')![5]!.slice(0, 5000)).toEqual(run(text, 5000).monthSamplesOf('y')![5])
  })

  test('adding, moving and renaming rows, or asking for fewer, changes no sample', () => {
    const model = modelOf(text)
    const before = samplesOf(model)
    const added = modelOf(`New = 1 to 2\nOther = New * each(3, New)\n${text}`)
    expect(samplesOf(added)).toEqual(before)
    expect(samplesOf({ ...model, rows: model.rows.toReversed() })).toEqual(before)
    const renamed = model.rows.map((row) =>
      row.id === 'a' ? { ...row, name: 'Load' } : { ...row, formula: row.formula.replace(/\bA\b/, 'Load') },
    )
    expect(samplesOf({ ...model, rows: renamed, correlations: [{ a: 'Load', b: 'B', rho: 0.5 }] })).toEqual(before)
    expect(run(model, 10_240, 1, ['x']).sampleOf('x')).toEqual(before)
    expect([...run(model, 10, 1, ['x']).rows.keys()]).toEqual(['x'])
  })

  test('identical scenarios differ by exactly 0; one changed driver moves only what depends on it', () => {
    const changed = modelOf(text.replace('65% to 80%', '70% to 85%'))
    expect(samplesOf(changed, 'n')).toEqual(samplesOf(text, 'n'))
    const [old, now] = [samplesOf(text), samplesOf(changed)]
    expect(now.every((value, i) => value >= old[i]!)).toBe(true)
  })

  test('a different literal in a row does not move the others of that row', () => {
    const sum = samplesOf('X = (1 to 2) + (3 to 4)')
    const other = samplesOf('X = (1 to 2) * 0 + (3 to 4)')
    const first = samplesOf('X = (1 to 2) + (3 to 4) * 0')
    expect(sum.every((value, i) => Math.abs(value - other[i]! - first[i]!) < 1e-12)).toBe(true)
  })

  test('this run’s bits are known', () => {
    const digest = Array.from(samplesOf(text, 'a', 3), (value) => value.toString())
    expect(digest).toMatchInlineSnapshot(`
      [
        "93.6112658615922",
        "22.88055694128753",
        "52.2567940405588",
      ]
    `)
  })
})

test('progress is told block by block; a cancelled run says how far it came', () => {
  const seen: number[] = []
  const compiled = compileModel(modelOf('X = 1 to 2'))
  const result = runModel(compiled, {
    samples: 5000,
    seed: seedOf(1),
    onBlock: (done, of) => seen.push(done / of),
    isCancelled: () => seen.length === 2,
  })
  expect([seen, result.cancelled, result.samples, result.sampleOf('x')!.length]).toEqual([[0.2, 0.4], true, 2048, 2048])
})

test('a correlation with events that are drawn anew in every month is said to be left out, with those of one number it holds', () => {
  const { notes } = run('A = 1 to 9\nRate = month(month)\nB = poisson(Rate)\nA ~ B : 0.5')
  expect(notes).toEqual([
    'The correlations of “B” are left out: it is drawn anew in every month. Correlate a range its formula rests on.',
  ])
  expect(run('A = 1 to 9\nB = poisson(4)\nA ~ B : 0.5').notes).toEqual([])
})

test('correlations that cannot hold or name no range are said', () => {
  const ranges = 'A = 1 to 2\nB = 1 to 2\nC = 1 to 2\nD = A + B\n'
  expect(run(`${ranges}A ~ B : 0.9\nB ~ C : 0.9\nA ~ C : -0.9`).notes.join()).toMatch(/cannot all hold at once/)
  expect(run(`${ranges}A ~ D : 0.9`).notes.join()).toMatch(/“D” is not itself a range/)
  expect(run(`${ranges}A ~ Zed : 0.9`).notes.join()).toMatch(/no row called “Zed”/)
})

describe('sums of many draws', () => {
  test.each([
    [20, '10 to 49', 0],
    [250, '16.6 to 133', 0],
    [250, '16.6 to 133', 0.3],
  ])('%i draws of %s at a share of %d: drawn as one within 0.4% of draw by draw, and said', (n, range, share) => {
    const compiled = compileModel(modelOf(`X = each(${n}, ${range}, share: ${share})`))
    const samples = n < 100 ? 102_400 : 20_480
    const [short, long] = (['short', 'draw by draw'] as const).map((sums) =>
      runModel(compiled, { samples, seed: seedOf(1), sums }),
    ) as [ModelRun, ModelRun]
    const [a, b] = [short, long].map((each) => spreadOf(each.sampleOf('x')!)) as [Spread, Spread]
    // 0.4%, and three times the error of the samples themselves where a share makes them spread wide.
    const near = 0.004 + (share === 0 ? 0 : 0.01)
    for (const key of ['p10', 'p50', 'p90', 'mean'] as const) expect(Math.abs(a[key] / b[key] - 1)).toBeLessThan(near)
    expect(short.notes.join()).toMatch(/added up in one step.*“X”/)
    expect(long.notes).toEqual([])
  })

  test.each([
    'X = each(19, 1 to 9)',
    'X = each(250, 1 to 100)',
    'X = each(50, normal(5, 1))',
    'X = each(N, 1 to 9)\nN = poisson(50)',
    'X = each(50, (1 to 9) + (1 to 2))',
  ])('%s is added up draw by draw, because one draw would not be accurate', (text) => {
    expect(run(text, 1024).notes.filter((note) => note.includes('one step'))).toEqual([])
  })

  test('a sum drawn as one keeps its samples when the run grows and the count differs by one', () => {
    const [fifty, more] = [50, 51].map((n) => run(`X = each(${n}, 1 to 9)`, 2048).sampleOf('x')!)
    expect(fifty!.every((value, i) => value < more![i]!)).toBe(true)
    expect(run('X = each(50, 1 to 9)', 1000).sampleOf('x')).toEqual(fifty!.subarray(0, 1000))
  })

  test('the moments of a sum of lognormals, by formula', () => {
    const [sigma, mu] = [0.6880677453, 3.3667009459]
    const { shift, mu: m, sigma: s } = lognormalSum(250, mu, sigma)!
    const w = Math.exp(s * s)
    const mean = shift + Math.exp(m + (s * s) / 2)
    expect(mean).toBeCloseTo(250 * 36.72359841, 3)
    expect(Math.sqrt(w - 1) * Math.exp(m + (s * s) / 2)).toBeCloseTo(Math.sqrt(250) * 28.57613229, 4)
    const one = Math.exp(sigma * sigma)
    expect((w + 2) * Math.sqrt(w - 1)).toBeCloseTo(((one + 2) * Math.sqrt(one - 1)) / Math.sqrt(250), 9)
  })
})

test('numbers are ordered as by comparing, equal ones in their order', () => {
  fc.assert(
    fc.property(fc.float64Array({ noNaN: true, maxLength: 60 }), (values) => {
      const compared = Array.from(values.keys()).sort((i, j) => values[i]! - values[j]! || i - j)
      const hasZeros = values.some((value) => Object.is(value, -0))
      const order = [...orderOf(values)]
      if (hasZeros) expect(order.map((i) => values[i]! + 0)).toEqual(compared.map((i) => values[i]! + 0))
      else expect(order).toEqual(compared)
    }),
    { numRuns: 300, seed: 4 },
  )
})
