import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  blocksOf,
  compileModel,
  cutEvenly,
  dealOut,
  finishRun,
  type ModelRun,
  runInParts,
  runModel,
  samplePart,
} from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { modelOf } from './run.ts'

/** Everything that can differ: what is told, the notes, and each sample. */
function bitsOf(run: ModelRun): string {
  const ids = [...run.rows.keys()]
  const samples = ids.map((id) => [
    [...(run.sampleOf(id) ?? [])],
    (run.monthSamplesOf(id) ?? []).map((month) => [...month]),
  ])
  return JSON.stringify([run.samples, run.cancelled, run.notes, [...run.rows.values()], samples])
}

const MODEL = modelOf(`Cost = 1 to 9
Minutes = 25 to 120
Cost ~ Minutes : 0.6
Incidents = poisson(Cost)
Net = if(month = first(month), -20, 12) * Cost
Backlog = max(0, prev(Backlog) + 3 - Cost)
Total = each(250, 12 to 70, share: 30%)
Lost = ln(Cost - 3)
Odds = p(Total > 9000)
High = p90(Backlog)`)
const OPTIONS = { samples: 6000, seed: seedOf(3) }
const compiled = compileModel(MODEL)
const whole = bitsOf(runModel(compiled, OPTIONS))
const blocks = blocksOf(compiled, OPTIONS)

test('any cut of the blocks into parts, drawn in any order, gives the same bits (seed 11)', () => {
  expect(blocks).toBe(6)
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: blocks - 1 }), { maxLength: blocks - 1 })
  fc.assert(
    fc.property(cuts, fc.integer(), (cut, order) => {
      const ends = [...cut, blocks].sort((a, b) => a - b)
      const spans = ends.map((to, k) => ({ from: k === 0 ? 0 : ends[k - 1]!, to }))
      const turn = Math.abs(order) % spans.length
      const drawn = [...spans.slice(turn), ...spans.slice(0, turn)].map((span) => ({
        ...span,
        part: samplePart(compileModel(MODEL), OPTIONS, span.from, span.to),
      }))
      const parts = drawn.sort((a, b) => a.from - b.from).map(({ part }) => part)
      expect(bitsOf(finishRun(compiled, OPTIONS, parts))).toBe(whole)
    }),
    { seed: 11, numRuns: 12 },
  )
})

test('the first parts alone are the run of as many samples', () => {
  const parts = [samplePart(compiled, OPTIONS, 0, 1), samplePart(compiled, OPTIONS, 1, 3)]
  const short = runModel(compiled, { ...OPTIONS, samples: 3 * 1024 })
  expect(bitsOf(finishRun(compiled, OPTIONS, parts))).toBe(bitsOf(short))
})

test('more workers than blocks, and a model without chance', async () => {
  const draw = (model: typeof MODEL) => {
    const own = compileModel(model)
    return (workers: number) =>
      runInParts(own, OPTIONS, workers, ({ options, from, to }) => Promise.resolve(samplePart(own, options, from, to)))
  }
  expect(bitsOf(await draw(MODEL)(50))).toBe(whole)
  const certain = modelOf('A = 2\nB = A * month(month)')
  expect(bitsOf(await draw(certain)(4))).toBe(bitsOf(runModel(compileModel(certain), OPTIONS)))
})

test('spans follow each other, none is empty, and none is more than one block longer than another (seed 12)', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.nat(100), fc.integer({ min: 1, max: 20 }), (from, size, count) => {
      const spans = cutEvenly({ from, to: from + size }, count)
      expect(spans.flatMap((span) => Array.from({ length: span.to - span.from }, (_, k) => span.from + k))).toEqual(
        Array.from({ length: size }, (_, k) => from + k),
      )
      const sizes = spans.map((span) => span.to - span.from)
      if (size > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(2)
      expect(sizes).not.toContain(0)
    }),
    { seed: 12, numRuns: 100 },
  )
})

test('work is dealt to whoever is free, answered in its order, and not begun after a failure', async () => {
  const taken: string[] = []
  const answers = await dealOut([30, 1, 1, 1], 2, async (ms, worker) => {
    taken.push(`${worker}:${ms}`)
    await new Promise((resolve) => setTimeout(resolve, ms))
    return ms * 10
  })
  expect(answers).toEqual([300, 10, 10, 10])
  expect(taken).toEqual(['0:30', '1:1', '1:1', '1:1'])
  const begun: number[] = []
  const failing = dealOut([1, 2, 3], 1, (piece) => {
    begun.push(piece)
    return Promise.reject(new Error('no'))
  })
  await expect(failing).rejects.toThrow('no')
  expect(begun).toEqual([1])
})
