import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  betaTable,
  binomialQuantile,
  BLOCK,
  copulaCorrelation,
  correlatedGroup,
  exactBeta,
  exactExp,
  exactGamma,
  exactLog,
  exactPower,
  fillCorrelated,
  fillExponentials,
  fillNormals,
  fillPlainNormals,
  fillStratified,
  fitHistory,
  fitPicture,
  fitRange,
  gammaTable,
  lognormalShare,
  lookUp,
  nearestCorrelation,
  normalQuantile,
  normalShareBelow,
  normalsOf,
  openStream,
  poissonQuantile,
  streamKeyOf,
  studentTable,
} from '../../../shared/chance/index.ts'
import { spearman } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'

/** Distance in units in the last place. */
function ulps(a: number, b: number): number {
  if (a === b) return 0
  const unit = 2 ** Math.max(-1074, Math.floor(Math.log2(Math.abs(b))) - 52)
  return Math.abs(a - b) / unit
}

describe('exact mathematics', () => {
  test('exp and ln are within one unit in the last place of the host’s', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => ulps(exactExp(x), Math.exp(x)) <= 1),
      { numRuns: 2000, seed: 1 },
    )
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => ulps(exactLog(x), Math.log(x)) <= 1),
      { numRuns: 2000, seed: 2 },
    )
  })

  test.each([
    ['exp 0', exactExp(0), 1],
    ['exp 1', exactExp(1), Math.E],
    ['exp 1000', exactExp(1000), Infinity],
    ['exp -1000', exactExp(-1000), 0],
    ['exp 709.7', exactExp(709.7), Math.exp(709.7)],
    ['exp -740', exactExp(-740), Math.exp(-740)],
    ['ln 1', exactLog(1), 0],
    ['ln 0', exactLog(0), -Infinity],
    ['ln -1', exactLog(-1), NaN],
    ['ln 5e-324', exactLog(5e-324), Math.log(5e-324)],
    ['2^10', exactPower(2, 10), 1024],
    ['2^-2', exactPower(2, -2), 0.25],
    ['9^0.5', exactPower(9, 0.5), 3],
    ['(-2)^3', exactPower(-2, 3), -8],
    ['(-2)^0.4', exactPower(-2, 0.4), NaN],
    ['0^0', exactPower(0, 0), 1],
    ['0^-1', exactPower(0, -1), Infinity],
  ])('%s', (_, value, expected) => {
    expect(value).toBe(expected)
  })

  test('normal quantile AS241: 1.2815515655446004 at 0.9; with its inverse within 2e-15 of the share', () => {
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446004, 15)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(1e-6)).toBeCloseTo(-4.753424308822899, 13)
    expect(normalQuantile(0.5)).toBe(0)
    for (let p = 1e-6; p < 1; p += 0.000997) {
      expect(Math.abs(normalShareBelow(normalQuantile(p)) - p)).toBeLessThan(2e-15)
      expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 9)
    }
  })

  test('the kernels give these very bits on every machine', () => {
    expect([
      exactExp(0.1),
      exactExp(-3.7),
      exactLog(0.3),
      exactLog(12345.678),
      normalQuantile(0.0123),
      normalQuantile(0.7),
    ]).toEqual([
      1.1051709180756477, 0.024723526470339388, -1.2039728043259361, 9.421061321291832, -2.247626755795138,
      0.5244005127080407,
    ])
  })
})

describe('streams', () => {
  test('pure-rand xoroshiro128+ from state 1, 2, 3, 4: 6, 33947718, 612440710, 3628488838', () => {
    const stream = xoroshiro128plusFromState([1, 2, 3, 4])
    expect([0, 0, 0, 0].map(() => stream.next() >>> 0)).toEqual([6, 33947718, 612440710, 3628488838])
  })

  const fill = (seed: number, owner: string, literal: number, block: number, draw = 0) => {
    const out = new Float64Array(BLOCK)
    fillStratified(out, seedOf(seed), streamKeyOf(owner, literal), block, draw)
    return out
  }

  test('one number in each of 1,024 strata, all inside (0, 1)', () => {
    const strata = fill(7, 'row', 0, 3).map((u) => Math.floor(u * BLOCK))
    expect(new Set(strata).size).toBe(BLOCK)
    expect(Math.min(...fill(7, 'row', 0, 3))).toBeGreaterThan(0)
  })

  test('same seed same bits; seed, row, literal, block and draw each change them, without correlation', () => {
    const base = fill(7, 'row', 0, 3)
    expect(fill(7, 'row', 0, 3)).toEqual(base)
    const others = [
      fill(8, 'row', 0, 3),
      fill(7, 'rov', 0, 3),
      fill(7, 'row', 1, 3),
      fill(7, 'row', 0, 4),
      fill(7, 'row', 0, 3, 1),
    ]
    for (const other of others) expect(Math.abs(spearman(base, other))).toBeLessThan(0.12)
  })
})

describe('kernels of a block', () => {
  const key = streamKeyOf('row', 2)

  test('numbers come from the generator of pure-rand, one for each stratum', () => {
    const stream = openStream(seedOf(9), key, 4, 1)
    const out = new Float64Array(BLOCK)
    const drawn = Array.from({ length: BLOCK }, (_, k) => (((stream.next() >>> 0) + 0.5) / 2 ** 32) * (k + 1))
    const expected = Float64Array.from(drawn, (x, k) => (k + x - Math.floor(x)) / BLOCK)
    for (let k = BLOCK - 1; k > 0; k--) {
      const place = Math.floor(drawn[k]!)
      ;[expected[k], expected[place]] = [expected[place]!, expected[k]!]
    }
    fillStratified(out, seedOf(9), key, 4, 1)
    expect(out).toEqual(expected)
  })

  test('normals are the quantiles of the same numbers, within 2e-12; kept ones are the same', () => {
    const [shares, normals] = [new Float64Array(BLOCK), new Float64Array(BLOCK)]
    for (let block = 0; block < 20; block++) {
      fillStratified(shares, seedOf(9), key, block, 0)
      fillNormals(normals, seedOf(9), key, block, 0)
      const off = normals.reduce((most, z, i) => Math.max(most, Math.abs(z - normalQuantile(shares[i]!))), 0)
      expect(off).toBeLessThan(2e-12)
      expect(normalsOf(seedOf(9), key, block, 0)).toEqual(normals)
      expect(normalsOf(seedOf(9), key, block, 0)).toEqual(normals)
    }
  })

  test('plain normals are the quantiles of the stream, one after the other', () => {
    const [stream, normals] = [openStream(seedOf(9), key, 0, 7), new Float64Array(BLOCK)]
    fillPlainNormals(normals, seedOf(9), key, 0, 7)
    for (const z of normals)
      expect(Math.abs(z - normalQuantile(((stream.next() >>> 0) + 0.5) / 2 ** 32))).toBeLessThan(2e-12)
  })

  test('exponentials are within 1e-15 of e to the power, wide spreads and large middles too', () => {
    const [normals, out] = [new Float64Array(BLOCK), new Float64Array(BLOCK)]
    fillNormals(normals, seedOf(9), key, 0, 0)
    for (const [mu, sigma] of [
      [3.4, 0.7],
      [-20, -2],
      [0, 3.2],
      [2, 9],
      [690, 1],
    ] as const) {
      fillExponentials(out, 0, mu, sigma, normals, BLOCK)
      const off = out.reduce(
        (most, value, i) => Math.max(most, Math.abs(value / exactExp(mu + sigma * normals[i]!) - 1)),
        0,
      )
      // Rounding of mu + sigma z alone moves the exponential by its size times 1e-16.
      expect(off).toBeLessThan(3e-16 * (5 + Math.abs(mu) + 6 * Math.abs(sigma)))
    }
  })
})

describe('correlation', () => {
  test('normals for Spearman 0.7 correlate by 0.7167358991', () => {
    expect(copulaCorrelation(0.7)).toBeCloseTo(0.7167358991, 10)
  })

  test('drawn ranks have the asked-for correlation; margins keep their strata; the first row its draws', () => {
    const keys = [streamKeyOf('a', 0), streamKeyOf('b', 0), streamKeyOf('c', 0)]
    const group = correlatedGroup(keys, [
      [1, 0.7, -0.3],
      [0.7, 1, 0],
      [-0.3, 0, 1],
    ])
    expect(group.wasProjected).toBe(false)
    const all = [0, 1, 2].map(() => new Float64Array(BLOCK * 10))
    for (let block = 0; block < 10; block++) {
      const out = [0, 1, 2].map(() => new Float64Array(BLOCK))
      fillCorrelated(group, out, seedOf(5), block)
      const alone = new Float64Array(BLOCK)
      fillStratified(alone, seedOf(5), keys[0]!, block, 0)
      expect(out[0]).toEqual(alone)
      for (const [k, array] of out.entries()) {
        expect(new Set(array.map((u) => Math.floor(u * BLOCK))).size).toBe(BLOCK)
        all[k]!.set(array, block * BLOCK)
      }
    }
    expect(spearman(all[0]!, all[1]!)).toBeCloseTo(0.7, 1)
    expect(spearman(all[0]!, all[2]!)).toBeCloseTo(-0.3, 1)
    expect(Math.abs(spearman(all[1]!, all[2]!))).toBeLessThan(0.05)
  })

  test('impossible correlations are brought to the nearest possible ones, and that is known', () => {
    const { matrix, wasProjected } = nearestCorrelation([
      [1, 0.9, -0.9],
      [0.9, 1, 0.9],
      [-0.9, 0.9, 1],
    ])
    expect(wasProjected).toBe(true)
    expect(matrix[0]![0]).toBe(1)
    expect(matrix[0]![1]).toBeCloseTo(0.5, 2)
    expect(
      nearestCorrelation([
        [1, 0.5],
        [0.5, 1],
      ]),
    ).toEqual({
      matrix: [
        [1, 0.5],
        [0.5, 1],
      ],
      wasProjected: false,
    })
    expect(
      nearestCorrelation([
        [1, 1],
        [1, 1],
      ]).wasProjected,
    ).toBe(false)
  })
})

describe('fits', () => {
  test('12 to 70 is lognormal: mu 3.3667009459, sigma 0.6880677453', () => {
    const fit = fitRange(12, 70, 0.8, false)!
    expect(fit.kind).toBe('lognormal')
    expect(fit.mu).toBeCloseTo(3.3667009459, 10)
    expect(fit.sigma).toBeCloseTo(0.6880677453, 10)
    expect(exactExp(fit.mu)).toBeCloseTo(28.98275349, 8)
    const mean = exactExp(fit.mu + fit.sigma ** 2 / 2)
    expect(mean).toBeCloseTo(36.72359841, 8)
    expect(mean * Math.sqrt(exactExp(fit.sigma ** 2) - 1)).toBeCloseTo(28.57613229, 7)
    expect(exactExp(fit.mu + fit.sigma * normalQuantile(0.95))).toBeCloseTo(89.8796607, 7)
  })

  test.each([
    [65, 80, 0.8, false, 'lognormal'],
    [0.65, 0.8, 0.8, true, 'logit-normal'],
    [1.1, 1.6, 0.8, true, 'lognormal'],
    [-5, 5, 0.8, false, 'normal'],
    [0, 5, 0.8, false, 'normal'],
  ] as const)('%d to %d at %d, percent %s: %s', (low, high, cover, isPercent, kind) => {
    expect(fitRange(low, high, cover, isPercent)!.kind).toBe(kind)
  })

  test('low above high has no reading; 90% puts P5 and P95 at the ends', () => {
    expect(fitRange(2, 1, 0.8, false)).toBeNull()
    const fit = fitRange(25, 120, 0.9, false)!
    expect(exactExp(fit.mu + fit.sigma * normalQuantile(0.95))).toBeCloseTo(120, 10)
  })

  test('history: log-t below 50, plain t with a 0 in it, drawn again from 50 up, nothing below 2', () => {
    const of = (n: number, first = 1) => Float64Array.from({ length: n }, (_, i) => first + i)
    expect(fitHistory(of(49))).toMatchObject({ kind: 'log-t', n: 49, freedom: 48 })
    expect(fitHistory(of(10, 0))).toMatchObject({ kind: 't', n: 10 })
    expect(fitHistory(of(50))).toMatchObject({ kind: 'bootstrap', n: 50 })
    expect(fitHistory(Float64Array.of(1, NaN))).toMatchObject({ kind: 'none', n: 1 })
    expect(fitHistory(Float64Array.of(1, Math.E, NaN))).toMatchObject({ kind: 'log-t', n: 2, centre: 0.5 })
  })

  test('a picture of the fit: the middle on the diagonal, wider ends where there is little history', () => {
    const few = fitPicture(Float64Array.of(2, 1, 4, Number.NaN, 8))
    expect(few).toMatchObject({ n: 4, missing: 1, method: 'log-Student-t' })
    expect(few.pairs.map(([observed]) => observed)).toEqual([1, 2, 4, 8])
    expect(few.pairs[0]![1]).toBeLessThan(1)
    expect(few.pairs[3]![1]).toBeGreaterThan(8)
    expect(few.pairs[1]![1] * few.pairs[2]![1]).toBeCloseTo(8, 6)
    const many = fitPicture(Float64Array.from({ length: 500 }, (_, k) => k))
    expect(many).toMatchObject({ n: 500, method: 'drawn again' })
    expect(many.pairs).toHaveLength(200)
    expect(many.pairs.every(([observed, fitted]) => observed === fitted)).toBe(true)
    expect(fitPicture(Float64Array.of(1))).toMatchObject({ method: 'too few', pairs: [] })
  })

  test('share of a lognormal: values of two draws then correlate by that share', () => {
    expect(lognormalShare(1, 0.8)).toBeCloseTo(1, 12)
    expect(lognormalShare(0, 0.8)).toBe(0)
    expect((exactExp(lognormalShare(0.3, 0.8) * 0.64) - 1) / (exactExp(0.64) - 1)).toBeCloseTo(0.3, 12)
  })
})

describe('quantiles', () => {
  test('tables agree with the exact quantile and never step back', () => {
    for (const [table, exact] of [
      [betaTable(180.5, 70.5), (u: number) => exactBeta(u, 180.5, 70.5)],
      [betaTable(0.5, 3.5), (u: number) => exactBeta(u, 0.5, 3.5)],
      [gammaTable(2.5), (u: number) => exactGamma(u, 2.5)],
    ] as const) {
      let before = -Infinity
      for (let u = 0.0005; u < 1; u += 0.00731) {
        const value = lookUp(table, normalQuantile(u))
        expect(Math.abs(value - exact(u))).toBeLessThan(1e-5 * Math.max(0.1, exact(u)))
        expect(value).toBeGreaterThanOrEqual(before)
        before = value
      }
    }
    expect(lookUp(studentTable(9), normalQuantile(0.9))).toBeCloseTo(1.383028738, 5)
  })

  test.each([
    [0.5, 3, 3],
    [0.05, 3, 1],
    [0.4231, 3, 2],
    [0.4232, 3, 3],
    [0.999, 0, 0],
    [0.3, 0.2, 0],
    [0.5, 400, 400],
    [0.9, 400, 426],
  ])('Poisson quantile at %d of mean %d is %d', (share, mean, expected) => {
    expect(poissonQuantile(share, mean)).toBe(expected)
  })

  test('binomial quantile: mean and variance n p q, ends certain', () => {
    expect([
      binomialQuantile(0.5, 10, 0),
      binomialQuantile(0.5, 10, 1),
      binomialQuantile(0.5, 10, 0.5),
      binomialQuantile(0.5, 10, 2),
    ]).toEqual([0, 10, 5, NaN])
    for (const [n, p] of [
      [20, 0.3],
      [250, 0.72],
      [5000, 0.4],
    ] as const) {
      const values = Array.from({ length: 4000 }, (_, i) => binomialQuantile((i + 0.5) / 4000, n, p))
      const mean = values.reduce((sum, k) => sum + k, 0) / 4000
      const variance = values.reduce((sum, k) => sum + (k - mean) ** 2, 0) / 4000
      expect(mean / (n * p)).toBeCloseTo(1, 2)
      expect(variance / (n * p * (1 - p))).toBeCloseTo(1, 1)
    }
  })
})
