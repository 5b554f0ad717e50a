import { hashText } from '../records/index.ts'

/** Seeded chance for the made-up company only: same seed and name, same draws on every machine. */
export interface Dice {
  /** 0 … 1, 1 excluded. */
  next(): number
  /** Whole number, both ends included. */
  whole(from: number, to: number): number
  chance(odds: number): boolean
  pick<T>(list: readonly T[]): T
  normal(): number
  /** Lognormal by its median and the spread of its logarithm. */
  around(median: number, sigma: number): number
  /** `length` hexadecimal digits. */
  hex(length: number): string
}

/** One stream per seed and name (sfc32), so that adding a file never changes another. */
export function diceOf(seed: number, name: string): Dice {
  const start = hashText(name, seed >>> 0)
  let [a, b, c, d] = [start >>> 0, Math.floor(start / 2 ** 21) >>> 0, (seed ^ 0x9e3779b9) >>> 0, 1]
  const bits = (): number => {
    const sum = (((a + b) >>> 0) + d) >>> 0
    d = (d + 1) >>> 0
    a = (b ^ (b >>> 9)) >>> 0
    b = (c + (c << 3)) >>> 0
    c = ((c << 21) | (c >>> 11)) >>> 0
    c = (c + sum) >>> 0
    return sum
  }
  for (let i = 0; i < 16; i++) bits()
  const next = () => bits() / 4294967296
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (odds) => next() < odds,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    normal,
    around: (median, sigma) => median * Math.exp(sigma * normal()),
    hex: (length) => {
      let text = ''
      while (text.length < length) text += bits().toString(16).padStart(8, '0')
      return text.slice(0, length)
    },
  }
}
