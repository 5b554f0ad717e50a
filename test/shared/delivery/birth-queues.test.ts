import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NumstatLanding, walkRewrites } from '../../../shared/delivery/index.ts'
import { eachRemoval } from '../../support/removals.ts'

const DAY = 86_400_000

interface Births {
  readonly birth: number
  readonly inScope: boolean
  left: number
}

/** The two queues of every file as plain lists. */
function walkPlainly(landings: readonly NumstatLanding[], isInScope: (path: string) => boolean, baseline: number) {
  const files = new Map<string, { inScope: boolean; spread: Births[]; newest: Births[] }>()
  const older = (): Births[] => (baseline > 0 ? [{ birth: -1, inScope: false, left: baseline }] : [])
  files.set('a.ts', { inScope: true, spread: older(), newest: older() })
  const gone = new Map<string, [number, number]>()
  landings.forEach(({ files: changes }, at) => {
    const note = (births: Births, spread: number, newest: number): void => {
      if (!births.inScope || births.birth < 0) return
      const own = gone.get(`${births.birth} ${at}`) ?? [0, 0]
      gone.set(`${births.birth} ${at}`, [own[0] + spread, own[1] + newest])
    }
    const moved = changes.flatMap(({ path, fromPath }) => {
      const file = fromPath === null ? undefined : files.get(fromPath)
      if (!file) return []
      files.delete(fromPath!)
      file.inScope = isInScope(path)
      return [[path, file] as const]
    })
    for (const [path, file] of moved) files.set(path, file)
    for (const { path, added, deleted } of changes) {
      const file = files.get(path) ?? { inScope: isInScope(path), spread: [], newest: [] }
      files.set(path, file)
      const total = file.spread.reduce((sum, { left }) => sum + left, 0)
      const share = total <= 0 ? 1 : Math.min(1, deleted! / total)
      if (deleted! > 0) {
        for (const births of file.spread) {
          note(births, births.left * share, 0)
          births.left *= 1 - share
        }
        if (share === 1) file.spread = []
      }
      for (let left = deleted!; left > 0 && file.newest.length > 0;) {
        const births = file.newest.at(-1)!
        const lines = Math.min(left, births.left)
        note(births, 0, lines)
        births.left -= lines
        left -= lines
        if (births.left === 0) file.newest.pop()
      }
      if (added === 0) continue
      for (const queue of [file.spread, file.newest]) queue.push({ birth: at, inScope: file.inScope, left: added! })
    }
  })
  return gone
}

const histories = fc
  .array(
    fc.record({
      hours: fc.integer({ min: 0, max: 6 }),
      path: fc.constantFrom('a.ts', 'b.ts', 'c.md'),
      from: fc.option(fc.constantFrom('a.ts', 'b.ts', 'c.md'), { freq: 5 }),
      added: fc.integer({ min: 0, max: 40 }),
      deleted: fc.integer({ min: 0, max: 30 }),
    }),
    { maxLength: 80 },
  )
  .map((steps) => {
    let now = 0
    return steps.map(({ hours, path, from, added, deleted }): NumstatLanding => {
      now += (hours * DAY) / 24
      return { landedAt: now, files: [{ path, fromPath: from === path ? null : from, added, deleted }] }
    })
  })

test('law: chains through a pool say what plain lists say (seed 73)', () => {
  const isCode = (path: string) => path.endsWith('.ts')
  fc.assert(
    fc.property(histories, fc.integer({ min: 0, max: 100 }), (landings, baseline) => {
      const { removals } = walkRewrites(landings, isCode, new Map([['a.ts', baseline]]))
      const plain = [...walkPlainly(landings, isCode, baseline)].filter(([, [spread, newest]]) => spread + newest > 0)
      expect(
        new Map(eachRemoval(removals).map((own) => [`${own.birth} ${own.death}`, [own.proportional, own.newestFirst]])),
      ).toEqual(new Map(plain))
    }),
    { seed: 73, numRuns: 300 },
  )
})
