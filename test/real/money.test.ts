import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { nanosOf, splitNanos } from '../../shared/money/index.ts'
import { describeReal, sharedData } from '../support/shared-data.ts'

interface Vector {
  readonly total: number
  readonly weights: readonly number[]
  readonly parts: readonly number[]
}

describeReal('allocation vectors', () => {
  const file = path.join(sharedData ?? '', 'corpora/money/allocate.json')
  const vectors =
    sharedData === null ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { vectors: readonly Vector[] }).vectors

  it('splits all 200 in whole minor units', () => {
    expect(vectors).toHaveLength(200)
    for (const { total, weights, parts } of vectors) {
      // Minor units as nanos: nine decimals make the step one.
      const split = splitNanos(nanosOf(BigInt(total)), weights.map(BigInt), 9)
      expect(split.ok && split.value).toEqual(parts.map(BigInt))
    }
  })
})
