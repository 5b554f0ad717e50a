import {
  type Expression,
  LITERAL_UNIT,
  meetUnits,
  MONTH_UNIT,
  MONTHS_UNIT,
  parseUnit,
  PERCENT_UNIT,
  raiseUnit,
  RATIO_UNIT,
  tellUnit,
  type Unit,
  UNKNOWN_UNIT,
} from '../formula/index.ts'
import { constantOf } from './constant-of.ts'
import { type Value } from './emitter.ts'
import { Problem } from './problem.ts'

/** The unit of a call, by the rule of the function table. */
export function callUnit(
  node: Expression & { kind: 'call' },
  rule: string,
  values: readonly Value[],
  nodes: readonly Expression[],
): Unit {
  const meetAll = (some: readonly Value[]): Unit =>
    some.reduce<Unit>((unit, value) => {
      const met = meetUnits(unit, value.unit)
      if (met) return met
      throw new Problem(
        '#UNIT!',
        node.place,
        `${node.name} meets ${tellUnit(unit)} and ${tellUnit(value.unit)}; one unit is wanted.`,
      )
    }, LITERAL_UNIT)
  const first = values[0]!.unit
  switch (rule) {
    case 'same':
      return meetAll(values)
    case 'first':
      return first
    case 'second':
      return node.name === 'npv' ? meetAll(values.slice(1)) : (values[1]?.unit ?? UNKNOWN_UNIT)
    case 'same after first':
      return meetAll(values.slice(1))
    case 'months':
      return MONTHS_UNIT
    case 'month':
      return MONTH_UNIT
    case 'days':
      return parseUnit('days')
    case 'own':
      if (node.name === 'sqrt') return raiseUnit(first, 0.5) ?? UNKNOWN_UNIT
      if (node.name === 'power') {
        const unit = raiseUnit(first, constantOf(nodes[1]!))
        if (unit === null)
          throw new Problem(
            '#UNIT!',
            node.place,
            `${tellUnit(first)} is raised to a power that is not fixed. Use a number as power.`,
          )
        return unit
      }
      if (node.name === 'pmt') return values[2]!.unit
      if (node.name === 'growth') return values.length === 1 ? PERCENT_UNIT : first
      if (node.name === 'discrete') return meetAll(values.filter((_, index) => index % 2 === 0))
      if (node.name === 'switch')
        return meetAll(
          values.filter(
            (_, index) => index > 0 && (index % 2 === 0 || (index === values.length - 1 && index % 2 === 1)),
          ),
        )
      return UNKNOWN_UNIT
    default:
      return RATIO_UNIT
  }
}
