import { type Expression, partsOf, type Place } from '../formula/index.ts'
import { fitRange } from '../chance/index.ts'
import { constantOf } from './constant-of.ts'

/** What a range in a formula is taken to mean, in words. */
export interface Reading {
  readonly place: Place
  /** `P10 to P90, lognormal`. */
  readonly text: string
}

/** How every range and count of a formula is read. `isPercent`: the row is a share, so bare ends are shares too. */
export function readingsOf(ast: Expression, isPercent: boolean): readonly Reading[] {
  const found: Reading[] = []
  const visit = (node: Expression) => {
    if (node.kind === 'range') found.push({ place: node.place, text: tellRange(node, isPercent) })
    if (node.kind === 'counts') found.push({ place: node.place, text: tellCounts(node) })
    partsOf(node).forEach(visit)
  }
  visit(ast)
  return found
}

function tellRange(node: Expression & { kind: 'range' }, isPercent: boolean): string {
  const cover = node.cover ? constantOf(node.cover) : 0.8
  if (cover === null || !(cover > 0 && cover < 1)) return 'a range'
  const tail = ((1 - cover) / 2) * 100
  const ends = `P${shown(tail)} to P${shown(100 - tail)}`
  const [low, high] = [constantOf(node.low), constantOf(node.high)]
  if (low === null || high === null) return ends
  const fit = fitRange(low, high, cover, isPercent || (node.low.kind === 'percent' && node.high.kind === 'percent'))
  return fit === null ? `${ends}, ends swapped` : `${ends}, ${fit.kind}`
}

/** `180 of 250` is a share of about 72%, uncertain by how few were counted: Beta(180.5, 70.5). */
function tellCounts(node: Expression & { kind: 'counts' }): string {
  const [hits, tries] = [constantOf(node.hits), constantOf(node.tries)]
  if (hits === null || tries === null || !(hits >= 0 && tries >= hits)) return 'a share from counts'
  return `about ${shown(((hits + 0.5) / (tries + 1)) * 100)}%, from counts`
}

function shown(value: number): string {
  return String(Number(value.toFixed(1)))
}
