/** The inputs of a scenario as its table shows them, and what typing into them does. Pure. */
import { nameKey, parseFormula } from '../../../shared/formula/index.ts'
import type { Evidence, ModelRow } from '../../../shared/model/index.ts'
import type { Scenario, ScenarioOutcome } from '../../../shared/scenario/index.ts'

export interface DriverEntry {
  readonly name: string
  readonly unit: string
  readonly note: string
  readonly formula: string
  /** What holds when the scenario sets nothing. */
  readonly inherited: string
  readonly isSet: boolean
  /** scenario: its own row · plan: the baseline's, taken over live. */
  readonly from: 'scenario' | 'plan'
  readonly evidence: Evidence
  /** How the value reads, from the last run; '' before there is one. */
  readonly reading: string
}

/** The scenario's drivers in order, a plan's row in place of one it shares the name with, then plan rows it sets. */
export function driverEntries(
  scenario: Scenario,
  planRows: readonly ModelRow[],
  outcome: ScenarioOutcome | null,
): readonly DriverEntry[] {
  const planByName = new Map(planRows.map((row) => [nameKey(row.name), row]))
  const sets = new Map(Object.entries(scenario.sets).map(([name, formula]) => [nameKey(name), formula]))
  const evidence = new Map(outcome?.assumptions.map((assumed) => [nameKey(assumed.name), assumed]))
  const readings = new Map(outcome?.assumptions.map(({ name, reading }) => [nameKey(name), reading]))
  const entryOf = (row: ModelRow, from: DriverEntry['from']): DriverEntry => {
    const set = sets.get(nameKey(row.name))
    return {
      name: row.name,
      unit: row.unit,
      note: row.note,
      formula: set ?? row.formula,
      inherited: row.formula,
      isSet: set !== undefined,
      from,
      evidence: set === undefined ? row.evidence : evidenceOfSet(set, evidence.get(nameKey(row.name))),
      reading: readings.get(nameKey(row.name)) ?? '',
    }
  }
  const own = scenario.rows
    .filter(({ kind }) => kind === 'driver')
    .map((row) => {
      const planned = planByName.get(nameKey(row.name))
      return planned ? entryOf(planned, 'plan') : entryOf(row, 'scenario')
    })
  const shown = new Set(own.map(({ name }) => nameKey(name)))
  const touched = planRows.filter(({ name }) => sets.has(nameKey(name)) && !shown.has(nameKey(name)))
  return [...own, ...touched.map((row) => entryOf(row, 'plan'))]
}

/** A formula that was typed is entered, unless the run that was made with it found that it draws on imported values. */
function evidenceOfSet(formula: string, ran: ScenarioOutcome['assumptions'][number] | undefined): Evidence {
  return ran?.formula === formula ? ran.evidence : { kind: 'entered' }
}

/** Why a formula cannot be taken, as a sentence; null = it can. */
export function problemOf(formula: string): string | null {
  if (formula.trim() === '')
    return 'Nothing entered. A value such as 250, a range such as 10k to 20k or a formula is wanted.'
  return parseFormula(formula).errors[0]?.message ?? null
}

/** The scenario with one driver set; what equals the inherited formula is not a set of its own. */
export function setDriver(scenario: Scenario, entry: DriverEntry, typed: string): Scenario {
  const formula = typed.trim().replace(/^=\s*/, '')
  const others = Object.fromEntries(
    Object.entries(scenario.sets).filter(([name]) => nameKey(name) !== nameKey(entry.name)),
  )
  return { ...scenario, sets: formula === entry.inherited ? others : { ...others, [entry.name]: formula } }
}
