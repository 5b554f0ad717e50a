import { mayDrawOnHistory } from '../model/index.ts'
import type { Scenario } from './types.ts'

/** Whether a formula of the scenario or the plan draws on imported history. */
export function drawsOnHistory(
  scenario: Pick<Scenario, 'rows' | 'sets'>,
  { rows }: { readonly rows: Readonly<Record<string, { readonly formula: string }>> },
): boolean {
  const formulas = [...scenario.rows, ...Object.values(rows)].map(({ formula }) => formula)
  return mayDrawOnHistory([...formulas, ...Object.values(scenario.sets)])
}
