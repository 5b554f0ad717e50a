import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histogramOf, sketchOf, quantileOf } from '../../../shared/model/index.ts'
import { run } from './run.ts'

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)

test('every sample is in one bar or counted as undefined (seed 31)', () => {
  const value = fc.oneof(fc.double({ noNaN: false, noDefaultInfinity: true, min: -1e9, max: 1e9 }), fc.integer())
  fc.assert(
    fc.property(fc.array(value, { maxLength: 400 }), (values) => {
      const samples = Float64Array.from(values)
      const histogram = histogramOf(samples)
      const known = values.filter(Number.isFinite)
      if (new Set(known).size < 2) expect(histogram).toBeNull()
      else {
        expect(sum(histogram!.counts) + histogram!.undefined).toBe(samples.length)
        expect(histogram!.counts.length).toBeGreaterThanOrEqual(10)
        expect(histogram!.counts.length).toBeLessThanOrEqual(60)
        expect(histogram!.to).toBeGreaterThan(histogram!.from)
      }
    }),
    { seed: 31, numRuns: 200 },
  )
})

test('a bell has its highest bar in the middle; one far value does not widen the bars', () => {
  const samples = run('X = normal(100, 10)', 10_240).sampleOf('x')!
  const histogram = histogramOf(samples)!
  const highest = histogram.counts.indexOf(Math.max(...histogram.counts))
  expect(Math.abs(highest / histogram.counts.length - 0.5)).toBeLessThan(0.12)
  const far = samples.slice()
  far[0] = 1e12
  expect(histogramOf(far)!.to).toBeLessThan(150)
  expect(histogramOf(Float64Array.of(1, 1, 1, Number.NaN))).toBeNull()
})

test('a sketch keeps the quantiles in at most 1,024 points; fewer samples are their own sketch', () => {
  const samples = run('X = 12 to 70', 10_240).sampleOf('x')!
  const sketch = sketchOf(samples)
  expect(sketch).toHaveLength(1024)
  for (const share of [0.05, 0.1, 0.5, 0.9, 0.95]) {
    expect(quantileOf(sketch, share) / quantileOf(samples, share)).toBeCloseTo(1, 2)
  }
  expect([...sketchOf(Float64Array.of(3, Number.NaN, 1, 2))]).toEqual([1, 2, 3])
})
