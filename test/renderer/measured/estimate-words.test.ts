import { expect, test } from 'vitest'
import { tellEstimates } from '../../../renderer/measured/estimate-words.ts'
import type { Rate } from '../../../shared/prices/index.ts'

const rate = {} as Rate

test.each([
  [[{ rate }, { rate }], 'Estimated by 2 rates; no file states this cost'],
  [[{ rate }, { rate: null }], 'Estimated by 1 rate, and in part by the files themselves'],
  [[{ rate: null }], 'Estimated by the files themselves, by rates they do not name'],
])('an estimate says whose it is: %#', (estimates, expected) => expect(tellEstimates(estimates)).toBe(expected))
