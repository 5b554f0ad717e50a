import { lastDayOfMonth, monthOf } from '../calendar/index.ts'
import { type Person, withPeople } from '../delivery/index.ts'
import type { FactSet } from '../facts/index.ts'
import { type EstimateBehind, estimatesBehind, type PriceBook } from '../prices/index.ts'
import type { ActualCell } from './actuals.ts'
import { matchRules } from './attribution.ts'
import { daysOfMonth } from './run-rate.ts'
import { rulesOfPeople } from './rule-takes.ts'
import type { AttributionRule } from './types.ts'

/** What names the usage an actual is added up from. */
export type ActualPlace = Pick<ActualCell, 'tool' | 'month' | 'basis' | 'currency' | 'initiativeId' | 'shared'>

/**
 * The rates that estimated cells of the actuals rest on, all of one currency; of a part of a shared cost, those of the
 * whole. `stated`: facts as they were resolved, without estimates.
 */
export function estimatesOfActual(
  stated: FactSet,
  cells: readonly ActualPlace[],
  rules: readonly AttributionRule[],
  people: readonly Person[],
  book: PriceBook,
): readonly EstimateBehind[] {
  const asked = cells.filter(({ basis }) => basis === 'estimated')
  const months = asked.map(({ month }) => month).sort()
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return []
  const ownerOf = matchRules(rulesOfPeople(rules, people))
  const key = (...parts: readonly (string | null)[]) => JSON.stringify(parts)
  const wanted = new Set(
    asked.map(({ tool, month, initiativeId, shared }) => key(tool, month, shared?.id ?? initiativeId)),
  )
  return estimatesBehind(withPeople(stated, people), book, {
    currency: asked[0]!.currency,
    from: daysOfMonth(first).from,
    to: lastDayOfMonth(last),
    keep: (textOf, day) => {
      const [tool, model, person] = [textOf('tool'), textOf('model'), textOf('person')]
      const [apiKey, workspace, repository] = [textOf('apiKey'), textOf('workspace'), textOf('repository')]
      const owner = ownerOf({ tool, model, person, apiKey, workspace, repository })
      return day !== null && wanted.has(key(tool, monthOf(day), owner))
    },
  })
}
