import { ARITHMETIC } from './functions/arithmetic.ts'
import { CHANCE } from './functions/chance.ts'
import { FLOW } from './functions/flow.ts'
import type { FunctionEntry } from './functions/function-entry.ts'
import { KNOWN_FIGURES } from './functions/known-figures.ts'
import { LOGIC } from './functions/logic.ts'
import { MONEY } from './functions/money.ts'
import { MONTHS } from './functions/months.ts'
import { STATISTICS } from './functions/statistics.ts'

/** The one table of the language's functions: the compiler, help, completion and the reference page read it. */
export const FUNCTIONS: readonly FunctionEntry[] = [
  ...ARITHMETIC,
  ...LOGIC,
  ...MONTHS,
  ...MONEY,
  ...CHANCE,
  ...STATISTICS,
  ...FLOW,
  ...KNOWN_FIGURES,
]

const BY_NAME: ReadonlyMap<string, FunctionEntry> = new Map(FUNCTIONS.map((each) => [each.name, each]))

export function functionNamed(name: string): FunctionEntry | null {
  return BY_NAME.get(name) ?? (name === 'average' ? BY_NAME.get('avg')! : null)
}
