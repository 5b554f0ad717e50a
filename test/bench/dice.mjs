/**
 * mulberry32: the same numbers on every machine.
 * @param {number} seed
 * @returns {(sides: number) => number} a whole number from 0 up to below `sides`
 */
export function diceOf(seed) {
  let state = seed
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}
