import { expect, test } from 'vitest'
import { NumberedTexts, TableReader } from '../../../shared/facts/index.ts'
import { factsOf } from '../../support/build-facts.ts'

test('columns of one list of texts share its numbers', () => {
  const facts = factsOf({
    fileChange: [
      { repository: 'a', sha: '1', path: 'x.ts', fromPath: null, added: 1, deleted: null },
      { repository: 'a', sha: '1', path: 'y.ts', fromPath: 'x.ts', added: null, deleted: 3 },
    ],
  })
  const [reader, texts] = [new TableReader(facts.fileChange), new NumberedTexts()]
  expect([...reader.numbersOfTexts('path', texts)]).toEqual([0, 1])
  expect([...reader.numbersOfTexts('fromPath', texts)]).toEqual([-1, 0])
  expect(texts.texts).toEqual(['x.ts', 'y.ts'])
  expect([...reader.numbers('deleted')]).toEqual([NaN, 3])
  expect([0, 1].map(reader.texts('fromPath'))).toEqual([null, 'x.ts'])
  expect([0, 1].map(reader.answers('path', (path) => path.length))).toEqual([4, 4])
})
