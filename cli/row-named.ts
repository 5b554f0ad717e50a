import { nameKey, nearestName } from '../shared/formula/index.ts'
import type { Model, ModelRow } from '../shared/model/index.ts'
import { UsageError } from './command.ts'

/** The row an option names, letter case aside. */
export function rowNamed({ rows }: Model, name: string): ModelRow {
  const row = rows.find((one) => nameKey(one.name) === nameKey(name))
  if (row) return row
  const near = nearestName(
    name,
    rows.map((one) => one.name),
  )
  throw new UsageError(`${name}: no row is called that.${near === null ? '' : ` The nearest is “${near}”.`}`)
}
