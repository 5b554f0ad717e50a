import { expect, it } from 'vitest'
import { readWordList, writeWordList } from '../../../../renderer/views/settings/word-list.ts'

it('reads words with commas between, each once, as first written', () => {
  expect(readWordList(' feature, feat ,, Feature ')).toEqual(['feature', 'feat'])
  expect(readWordList('')).toEqual([])
  expect(readWordList(writeWordList(['a b', 'c']))).toEqual(['a b', 'c'])
})
