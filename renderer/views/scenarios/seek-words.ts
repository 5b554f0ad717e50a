/** A goal seek as people ask and read it. Pure. */
import type { Sought } from '../../../shared/model/index.ts'
import {
  type ScenarioOutcome,
  type SeekCondition,
  type SeekWish,
  seekSpan,
  usableValue,
} from '../../../shared/scenario/index.ts'
import { formatUnits } from '../../parts/value-text.ts'
import type { DriverEntry } from './scenario-drivers.ts'
import { tellMonths, tellOdds } from './scenario-words.ts'

/** A condition to pick; `asks` is what more there is to say of it. */
export interface ConditionChoice {
  readonly id: string
  readonly label: string
  readonly asks: 'amount' | 'months' | null
  /** What is asked at first. */
  readonly first: number
}

/** Conditions on what this outcome tells; the first is the one to start from. */
export function conditionChoices({ npv, paybackMonths, allIn, parts, months, keyResults }: ScenarioOutcome) {
  const choices: ConditionChoice[] = []
  if (npv) choices.push({ id: 'npv', label: 'NPV is above', asks: 'amount', first: 0 })
  if (paybackMonths)
    choices.push({ id: 'payback', label: 'It pays back within', asks: 'months', first: Math.min(12, months.length) })
  // Without rows of its own a scenario's cost is a difference of two plans, and no row to seek by.
  if (parts.length > 0)
    choices.push({ id: 'cost', label: 'All-in cost is below', asks: 'amount', first: Number(allIn.p50.toPrecision(2)) })
  for (const { keyResultId, name, odds } of keyResults) {
    if (odds !== null) choices.push({ id: `met ${keyResultId}`, label: `“${name}” is met`, asks: null, first: 0 })
  }
  return choices
}

export function conditionOf(id: string, asked: number): SeekCondition {
  switch (id) {
    case 'npv':
      return { kind: 'NPV above', amount: asked }
    case 'payback':
      return { kind: 'payback within', months: asked }
    case 'cost':
      return { kind: 'cost below', amount: asked }
    default:
      return { kind: 'key result met', keyResultId: id.slice('met '.length) }
  }
}

/** `NPV is above $0`, `“Cycle time” is met`. */
export function tellCondition(condition: SeekCondition, { keyResults, currency }: ScenarioOutcome): string {
  switch (condition.kind) {
    case 'NPV above':
      return `NPV is above ${formatUnits(condition.amount, '$', currency)}`
    case 'payback within':
      return `it pays back within ${tellMonths(condition.months)}`
    case 'cost below':
      return `the all-in cost is below ${formatUnits(condition.amount, '$', currency)}`
    case 'key result met':
      return `“${keyResults.find(({ keyResultId }) => keyResultId === condition.keyResultId)?.name ?? ''}” is met`
    case 'formula':
      return condition.text
  }
}

/** Where to seek a driver at first; nulls where its value is not one number or range above zero. */
export function firstSpan(
  entry: DriverEntry,
  { assumptions }: ScenarioOutcome,
): readonly [number | null, number | null] {
  const span = assumptions.find(({ name }) => name === entry.name)?.span
  return (span && seekSpan(span, entry.unit)) ?? [null, null]
}

/** A condition on money or time where nothing is uncertain either holds or does not: there are no odds to ask for. */
export function isCertain({ drawnInputs }: ScenarioOutcome, condition: SeekCondition): boolean {
  return drawnInputs === undefined && condition.kind !== 'key result met'
}

/** The answer in a sentence or two, rounded to the side on which the condition still holds. */
export function tellSought(wish: SeekWish, sought: Sought, unit: string, outcome: ScenarioOutcome): string {
  const show = (value: number) => formatUnits(value, unit, outcome.currency)
  const what = tellCondition(wish.condition, outcome)
  const often = isCertain(outcome, wish.condition) ? '' : ` in at least ${tellOdds(wish.odds)} of runs`
  const between = `${wish.row} between ${wish.between.map(show).join(' and ')}`
  if (!sought.found) {
    if (!sought.curve) return `No answer: this condition has no value in the runs.`
    const best = Math.max(...sought.curve.map(({ odds }) => odds))
    return often === ''
      ? `With no ${between} ${what}. Look over a wider span.`
      : `With no ${between} ${what}${often}: ${tellOdds(best)} is the most. Look over a wider span, or ask for lower odds.`
  }
  const value = show(usableValue(sought.value, wish.end, unit))
  const isAtEnd = sought.value === wish.between[wish.end === 'largest' ? 1 : 0]
  if (isAtEnd) return `${capital(what)}${often} even with ${wish.row} at ${value}, where the search ended.`
  const reach = wish.end === 'largest' ? `up to ${value}` : `from ${value} on`
  const [low, high] = sought.interval ?? []
  const again =
    often === '' || low === undefined
      ? ''
      : ` Drawn again, the answer lies between ${show(usableValue(low, 'largest', unit))} and ${show(usableValue(high!, 'smallest', unit))} (95%).`
  return `With ${wish.row} ${reach}, ${what}${often}.${again}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
