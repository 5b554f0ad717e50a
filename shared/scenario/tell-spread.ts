import { driversOf, histogramOf, type InlineLiteral, type ModelRun, valueOfInformation } from '../model/index.ts'
import type { Assembled } from './assemble.ts'
import { ROLE } from './roles.ts'
import { drivenRow, summedDrivers } from './spread-shares.ts'
import type { ScenarioOutcome } from './types.ts'

const MOST_DRIVERS = 10
const MOST_INFORMATION = 5

/**
 * How NPV, else the cost, is spread, what drives that and what it is worth to know more: all from the samples of the one run. A
 * driver that is drawn once for each of many (`each(Services, 'Review hours per service')`) has no one value in a run; its sum
 * over all of them stands for it.
 */
export function tellSpread(
  { model, ownRows }: Assembled,
  inline: readonly InlineLiteral[],
  run: ModelRun,
): Pick<ScenarioOutcome, 'drivers' | 'histogram' | 'information'> {
  const target = drivenRow(model)
  if (target === null) return { drivers: [] }
  const summed = summedDrivers(ownRows)
  const rowNames = new Map(model.rows.map(({ id, name }) => [id, name]))
  const direct = ownRows.filter(({ kind, id }) => kind === 'driver' && ![...summed.values()].includes(id))
  // A sum of draws of a driver is told under the driver's name already.
  const unnamed = inline.filter(({ row }) => !summed.has(model.rows[row]!.id))
  const names = new Map([
    ...direct.map(({ id, name }) => [id, name] as const),
    ...[...summed].map(([id, driver]) => [id, rowNames.get(driver)!] as const),
    ...unnamed.map(({ id, row, text }) => [id, `${text} in ${model.rows[row]!.name}`] as const),
  ])
  const ids = [...names.keys()]
  // Twice what an input without any effect shows by chance (standard deviation of the estimate over 40 bins).
  const noise = (2 * Math.sqrt(80)) / run.samples
  const samples = run.sampleOf(target)
  const histogram = samples && histogramOf(samples)
  const information = target === ROLE.npv ? valueOfInformation(run, target, ids) : null
  return {
    drivers: driversOf(run, target, ids)
      .filter(({ share }) => share > noise)
      .slice(0, MOST_DRIVERS)
      .map(({ id, ...driver }) => ({ name: names.get(id)!, ...driver })),
    ...(histogram && { histogram }),
    ...(information && {
      information: {
        all: information.ofAll,
        inputs: information.ofInputs
          .filter(({ value }) => value > information.ofAll / 100)
          .slice(0, MOST_INFORMATION)
          .map(({ id, value }) => ({ name: names.get(id)!, value })),
      },
    }),
  }
}
