import { expect, test } from 'vitest'
import { parseFormula } from '../../../shared/formula/index.ts'
import { readingsOf } from '../../../shared/model/index.ts'

test.each([
  ['12M to 70M', false, ['P10 to P90, lognormal']],
  ['-5 to 10', false, ['P10 to P90, normal']],
  ['10% to 30%', false, ['P10 to P90, logit-normal']],
  ['0.1 to 0.3', true, ['P10 to P90, logit-normal']],
  ['10 to 20 at 95%', false, ['P2.5 to P97.5, lognormal']],
  ['20 to 10', false, ['P10 to P90, ends swapped']],
  ['Seats to 10', false, ['P10 to P90']],
  ['180 of 250', false, ['about 71.9%, from counts']],
  ['each(250, 12 to 70) + (1 to 2)', false, ['P10 to P90, lognormal', 'P10 to P90, lognormal']],
  ['Seats * 2', false, []],
])('%s', (formula, isPercent, told) => {
  expect(readingsOf(parseFormula(formula).ast, isPercent).map(({ text }) => text)).toEqual(told)
})
