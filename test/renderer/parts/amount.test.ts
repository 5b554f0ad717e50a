import { expect, it } from 'vitest'
import { decimalsThatTell } from '../../../renderer/parts/amount.tsx'

it('tells no amount as nothing, and nothing as $0.00', () => {
  const cases: readonly (readonly [nanos: bigint, decimals: number, shown: number])[] = [
    [0n, 2, 2],
    [1_234_500_000n, 2, 2],
    [5_000_000n, 2, 2],
    [4_200_000n, 2, 3],
    [-4_200_000n, 2, 3],
    [499_999n, 2, 4],
    [1n, 2, 9],
    [4_000n, 4, 6],
    [4n, 9, 9],
  ]
  expect(cases.map(([nanos, decimals]) => decimalsThatTell(nanos, decimals))).toEqual(cases.map(([, , shown]) => shown))
})
