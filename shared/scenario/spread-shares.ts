import { nameKey } from '../formula/index.ts'
import { drawnBehind, type CompiledModel, type Model, type ModelRow, type SobolIndex } from '../model/index.ts'
import { ROLE } from './roles.ts'

/** The row whose spread is explained: NPV, else the cost; null without either. */
export function drivenRow({ rows }: Pick<Model, 'rows'>): string | null {
  return [ROLE.npv, ROLE.allIn].find((id) => rows.some((row) => row.id === id)) ?? null
}

/** By a row that sums a driver drawn once for each of many (`each(Services, 'Review hours')`), that driver. */
export function summedDrivers(rows: readonly ModelRow[]): ReadonlyMap<string, string> {
  const summed = new Map<string, string>()
  for (const { id, formula } of rows) {
    const driven = /\beach\(\s*(?:'[^']+'|\w+)\s*,\s*(?:'([^']+)'|([A-Za-z_]\w*))/i.exec(formula)
    const driver = driven && rows.find((row) => nameKey(row.name) === nameKey(driven[1] ?? driven[2]!))
    if (driver) summed.set(id, driver.id)
  }
  return summed
}

/** What Sobol's indices of a scenario are asked of, and of which rows. */
export interface ShareQuestion {
  readonly output: string
  readonly outputName: string
  /** Named as people know them: a sum of draws of a driver by the driver's name. */
  readonly inputs: readonly { readonly id: string; readonly name: string }[]
}

/** Null where nothing of the scenario is drawn. */
export function shareQuestion(compiled: CompiledModel): ShareQuestion | null {
  const output = drivenRow(compiled.model)
  if (output === null) return null
  const { rows } = compiled.model
  const summed = summedDrivers(rows)
  const nameOf = (id: string) => rows.find((row) => row.id === id)!.name
  const inputs = drawnBehind(compiled, output)
    .filter(({ id }) => !isDrawnElsewhere(compiled, summed, id))
    .map(({ id, rows: together }) => ({
      id,
      name: together.map((each) => nameOf(summed.get(each) ?? each)).join(' with '),
    }))
  return inputs.length === 0 ? null : { output, outputName: nameOf(output), inputs }
}

/** Whether only sums that draw a driver anew for each of many name it: its own draw is then nobody's. */
function isDrawnElsewhere({ rows }: CompiledModel, summed: ReadonlyMap<string, string>, id: string): boolean {
  const index = rows.findIndex((row) => row.id === id)
  const users = rows.filter(({ needs }) => needs.includes(index))
  return users.length > 0 && users.every((user) => summed.get(user.id) === id)
}

/** One input's shares of an outcome's spread, 0 … 1. */
export interface SpreadShare {
  readonly name: string
  /** By itself: what would go if it were known. */
  readonly alone: number
  /** With all it does together with others: what would stay if everything else were known. */
  readonly total: number
}

export interface SpreadShares {
  /** Name of the row that is explained. */
  readonly of: string
  readonly samples: number
  /** How many runs of so many samples it took. */
  readonly runs: number
  readonly inputs: readonly SpreadShare[]
}

/** A share that sampling put below 0 is told as 0. */
export function tellShares(
  { outputName, inputs }: ShareQuestion,
  indices: readonly SobolIndex[],
  samples: number,
): SpreadShares {
  const names = new Map(inputs.map(({ id, name }) => [id, name]))
  return {
    of: outputName,
    samples,
    runs: inputs.length + 2,
    inputs: indices.map(({ id, first, total }) => ({ name: names.get(id)!, alone: Math.max(0, first), total })),
  }
}
