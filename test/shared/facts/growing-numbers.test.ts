import { expect, test } from 'vitest'
import { GrowingNumbers } from '../../../shared/facts/index.ts'

test('a growing list keeps what was pushed, however much', () => {
  const [list, plain] = [new GrowingNumbers(), [] as number[]]
  expect([...list.values]).toEqual([])
  for (let i = 0; i < 5000; i++) {
    list.push(i * 7 - 3)
    plain.push(i * 7 - 3)
  }
  expect([...list.values]).toEqual(plain)
  expect(list.length).toBe(5000)
})
