import { compileModel, drawnBehind, type Model, sobolOf } from '../shared/model/index.ts'
import type { Seed } from '../shared/quantities/index.ts'
import type { SpreadShares } from '../shared/scenario/index.ts'
import { UsageError } from './command.ts'
import { rowNamed } from './row-named.ts'

/** Sobol's indices of the named row of a model over every row that draws behind it. */
export function sharesOfRow(
  model: Model,
  name: string,
  options: { readonly samples: number; readonly seed: Seed },
): SpreadShares {
  const row = rowNamed(model, name)
  const compiled = compileModel(model)
  const inputs = drawnBehind(compiled, row.id)
  const ids = inputs.map(({ id }) => id)
  const indices = sobolOf(compiled, row.id, ids, options)
  if (!indices) {
    throw new UsageError(
      `--sobol ${row.name}: the row has no spread of its own to explain. Name a row that gives one number in each sample, such as sum(${row.name}) for one over months.`,
    )
  }
  const nameOf = new Map(model.rows.map((one) => [one.id, one.name]))
  const names = new Map(inputs.map(({ id, rows }) => [id, rows.map((each) => nameOf.get(each)!).join(' with ')]))
  return {
    of: row.name,
    samples: options.samples,
    runs: inputs.length + 2,
    inputs: indices.map(({ id, first, total }) => ({ name: names.get(id)!, alone: Math.max(0, first), total })),
  }
}

export function tellSobol({ of, samples, runs, inputs }: SpreadShares): readonly string[] {
  const percent = (share: number) => `${Math.round(share * 100)}%`.padStart(8)
  const width = Math.max(5, ...inputs.map(({ name }) => name.length)) + 2
  return [
    `Shares of the spread of ${of} (Sobol, ${runs} runs of ${samples.toLocaleString('en-US')} samples)`,
    `  ${'Input'.padEnd(width)}${'alone'.padStart(8)}${'in all'.padStart(8)}`,
    ...inputs.map(({ name, alone, total }) => `  ${name.padEnd(width)}${percent(alone)}${percent(total)}`),
  ]
}
