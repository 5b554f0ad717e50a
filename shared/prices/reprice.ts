import type { FactSet } from '../facts/index.ts'
import { type Nanos, nanosOf } from '../money/index.ts'
import { eachUnstated, toolsWithCost } from './estimate-usage.ts'
import type { PriceBook } from './price-book.ts'
import { rateKey, textAt, tokenCounter } from './pricing.ts'
import type { Rate } from './rates.ts'

/** What another price book would change about the uses of one model. Only rows whose estimate would change count. */
export interface Repriced {
  readonly tool: string | null
  readonly model: string | null
  readonly rows: number
  readonly tokens: number | null
  readonly before: RepricedSide
  readonly after: RepricedSide
}

/** `nanos` null = all of these rows unpriced; a rate of null, too. Of several rates the last is named. */
export interface RepricedSide {
  readonly nanos: Nanos | null
  readonly rate: Rate | null
  readonly unpricedRows: number
}

interface Side {
  nanos: Nanos | null
  rate: Rate | null
  unpricedRows: number
}

interface Growing extends Repriced {
  rows: number
  tokens: number | null
  readonly before: Side
  readonly after: Side
}

/** Holds two price books against each other over all facts; the largest groups first. Nothing is changed by it. */
export function repricing(facts: FactSet, before: PriceBook, after: PriceBook): readonly Repriced[] {
  const groups = new Map<string, Growing>()
  const stated = toolsWithCost(facts)
  facts.usage.chunks.forEach((chunk, at) => {
    const live = facts.usage.live[at] ?? null
    const former = new Map<number, { readonly cost: Nanos | null; readonly rate: Rate | null }>()
    eachUnstated(chunk, stated, before, ({ row, rate, cost }) => former.set(row, { rate, cost: moneyOf(cost) }))
    const tokensAt = tokenCounter(chunk)
    eachUnstated(chunk, stated, after, ({ row, rate, cost }) => {
      if (live !== null && live[row] === 0) return
      const was = former.get(row)!
      const is = { rate, cost: moneyOf(cost) }
      if (was.cost === is.cost && (was.cost === null || rateKey(was.rate) === rateKey(rate))) return
      const [tool, model] = [textAt(chunk, 'tool', row), textAt(chunk, 'model', row)]
      const currencies = [was, is].map((side) => (side.cost === null ? null : side.rate!.currency))
      const key = JSON.stringify([tool, model, ...currencies])
      let group = groups.get(key)
      if (!group) groups.set(key, (group = { tool, model, rows: 0, tokens: null, before: noSide(), after: noSide() }))
      group.rows++
      const tokens = tokensAt(row)
      if (tokens !== null) group.tokens = (group.tokens ?? 0) + tokens
      addSide(group.before, was)
      addSide(group.after, is)
    })
  })
  return [...groups.values()].sort((a, b) => (b.tokens ?? 0) - (a.tokens ?? 0) || b.rows - a.rows)
}

function moneyOf(cost: Nanos | string): Nanos | null {
  return typeof cost === 'string' ? null : cost
}

function noSide(): Side {
  return { nanos: null, rate: null, unpricedRows: 0 }
}

function addSide(side: Side, { cost, rate }: { readonly cost: Nanos | null; readonly rate: Rate | null }): void {
  if (cost === null) {
    side.unpricedRows++
    return
  }
  side.nanos = nanosOf((side.nanos ?? 0n) + cost)
  side.rate = rate
}
