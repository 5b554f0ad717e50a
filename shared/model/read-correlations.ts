import { type CorrelatedGroup, correlatedGroup, fitHistory, streamKeyOf } from '../chance/index.ts'
import { type Expression, nameKey } from '../formula/index.ts'
import { spearman } from './correlation.ts'
import { DRAWS } from './function-kinds.ts'
import type { RowState } from './read-rows.ts'
import type { History, Model } from './types.ts'

/** Which rows' draws move together, from the correlations stated and the rows of imported history. */
export class ReadCorrelations {
  readonly groups: CorrelatedGroup[] = []
  readonly notes: string[] = []
  /** By row: its group and its place in it. */
  readonly memberships = new Map<number, { index: number; member: number }>()
  private readonly model: Model
  private readonly states: readonly RowState[]
  private readonly byName: ReadonlyMap<string, number>

  constructor(model: Model, states: readonly RowState[], byName: ReadonlyMap<string, number>) {
    this.model = model
    this.states = states
    this.byName = byName
    this.read()
  }

  private read(): void {
    const pairs: { a: number; b: number; rho: number }[] = []
    for (const { a, b, rho } of this.model.correlations) {
      const rows = [a, b].map((name) => this.byName.get(nameKey(name)))
      const [first, second] = rows
      if (first === undefined || second === undefined || first === second) {
        this.notes.push(
          `The correlation '${a}' ~ '${b}' is left out: it names ${first === second && first !== undefined ? 'one row twice' : `no row called “${first === undefined ? a : b}”`}.`,
        )
        continue
      }
      const plain = [first, second].find((row) => !this.isCorrelatable(row))
      if (plain !== undefined) {
        this.notes.push(
          `The correlation '${a}' ~ '${b}' is left out: “${this.states[plain]!.row.name}” is not itself a range. Correlate the ranges it is made of.`,
        )
        continue
      }
      pairs.push({ a: first, b: second, rho: Math.max(-1, Math.min(1, rho)) })
    }
    this.addHistoryPairs(pairs)
    for (const members of linkedSets(pairs)) {
      // In the order of ids, so that moving a row cannot change which of two rows keeps its draws.
      const rows = [...members].sort((a, b) => (this.states[a]!.row.id < this.states[b]!.row.id ? -1 : 1))
      const matrix = rows.map((a) =>
        rows.map((b) =>
          a === b
            ? 1
            : (pairs.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a))?.rho ?? 0),
        ),
      )
      const group = correlatedGroup(
        rows.map((row) => streamKeyOf(this.states[row]!.row.id, 0)),
        matrix,
      )
      if (group.wasProjected) {
        const told = rows.flatMap((a, i) =>
          rows.slice(i + 1).map((b, j) => [a, b, group.inForce[i]![i + 1 + j]!] as const),
        )
        const list = told.map(
          ([a, b, rho]) => `${this.states[a]!.row.name} ~ ${this.states[b]!.row.name} ${rho.toFixed(2)}`,
        )
        this.notes.push(`The correlations cannot all hold at once; the nearest that can are used: ${list.join(', ')}.`)
      }
      for (const [member, row] of rows.entries()) this.memberships.set(row, { index: this.groups.length, member })
      this.groups.push(group)
    }
  }

  /** Short histories are fitted column by column; columns of one source keep the rank correlation of their rows. */
  private addHistoryPairs(pairs: { a: number; b: number; rho: number }[]): void {
    const fitted: { row: number; source: string; column: string; values: Float64Array }[] = []
    for (const [row, { ast }] of this.states.entries()) {
      if (ast?.kind !== 'call' || ast.name !== 'from') continue
      const argument = ast.args[0]?.value
      const values = argument?.kind === 'column' ? columnOf(this.model.history, argument) : null
      if (argument?.kind !== 'column' || !values || fitHistory(values).kind === 'bootstrap') continue
      fitted.push({ row, source: nameKey(argument.source), column: nameKey(argument.column), values })
    }
    for (const [index, one] of fitted.entries()) {
      for (const other of fitted.slice(index + 1)) {
        if (
          one.source !== other.source ||
          pairs.some((pair) => [pair.a, pair.b].includes(one.row) && [pair.a, pair.b].includes(other.row))
        )
          continue
        const rho = one.column === other.column ? 0 : spearman(one.values, other.values)
        if (Math.abs(rho) > 1e-9) pairs.push({ a: one.row, b: other.row, rho: Math.max(-0.999, Math.min(0.999, rho)) })
      }
    }
  }

  private isCorrelatable(row: number): boolean {
    const { ast } = this.states[row]!
    if (!ast) return false
    if (ast.kind === 'range' || ast.kind === 'counts') return true
    return ast.kind === 'call' && DRAWS.has(ast.name) && ast.name !== 'each'
  }
}

/** The values of a column of imported history by its names, letter case aside. */
export function columnOf(history: History, column: Expression & { kind: 'column' }): Float64Array | null {
  const source = Object.entries(history).find(([name]) => nameKey(name) === nameKey(column.source))?.[1]
  return (source && Object.entries(source).find(([name]) => nameKey(name) === nameKey(column.column))?.[1]) ?? null
}

function linkedSets(pairs: readonly { a: number; b: number }[]): Set<number>[] {
  const sets: Set<number>[] = []
  for (const { a, b } of pairs) {
    const touched = sets.filter((set) => set.has(a) || set.has(b))
    const merged = new Set([a, b, ...touched.flatMap((set) => [...set])])
    for (const set of touched) sets.splice(sets.indexOf(set), 1)
    sets.push(merged)
  }
  return sets
}
