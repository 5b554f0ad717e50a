import type { MonthKey } from '../../../shared/calendar/index.ts'
import type { SheetColumn } from '../../grid/sheet.ts'
import { nameMonth } from '../month-name.ts'
import { FORMULA_COLUMN, type Measure, NAME_COLUMN, UNIT_COLUMN, columnOf } from './plan-ids.ts'

export type ColumnSet = 'plan' | 'actual' | 'variance'

export const MEASURES: Readonly<Record<ColumnSet, readonly Measure[]>> = {
  plan: ['plan'],
  actual: ['plan', 'actual'],
  variance: ['plan', 'actual', 'variance'],
}

const MEASURE_NAMES: Readonly<Record<Measure, string>> = { plan: 'Plan', actual: 'Actual', variance: 'Variance' }

export interface PlanColumnsInput {
  readonly months: readonly MonthKey[]
  /** Name of the quarter column: `FY26 Q4`. */
  readonly quarterName: string
  readonly columnSet: ColumnSet
}

let known: { readonly key: string; readonly columns: readonly SheetColumn[] } | null = null

/** Columns of the plan's sheet. The same list for the same input, because the grid builds its columns anew for another. */
export function planColumns(input: PlanColumnsInput): readonly SheetColumn[] {
  const key = JSON.stringify([input.months, input.quarterName, input.columnSet])
  if (known?.key !== key) known = { key, columns: makeColumns(input) }
  return known.columns
}

function makeColumns({ months, columnSet, quarterName }: PlanColumnsInput): readonly SheetColumn[] {
  const measures = MEASURES[columnSet]
  const isWide = columnSet === 'plan'
  const unit: SheetColumn = {
    id: UNIT_COLUMN,
    header: 'Unit',
    group: '',
    kind: 'text',
    width: 72,
    isFlexible: false,
    isPinned: false,
  }
  const head: readonly SheetColumn[] = [
    {
      id: NAME_COLUMN,
      header: 'Name',
      group: '',
      kind: 'name',
      width: isWide ? 264 : 216,
      isFlexible: false,
      isPinned: true,
    },
    {
      id: FORMULA_COLUMN,
      header: 'Formula',
      group: '',
      kind: 'text',
      width: isWide ? 160 : 88,
      isFlexible: true,
      isPinned: false,
      isFormula: true,
    },
    // Beside actuals there is no room for it; the values carry their unit.
    ...(isWide ? [unit] : []),
  ]
  const figures = [...months, 'quarter' as const].flatMap((month) =>
    measures.map((measure): SheetColumn => {
      const name = month === 'quarter' ? quarterName : nameMonth(month)
      const isAlone = measures.length === 1
      return {
        id: columnOf(measure, month),
        header: isAlone ? name : MEASURE_NAMES[measure],
        group: isAlone ? '' : name,
        kind: 'number',
        width: isAlone ? 112 : measure === 'variance' ? 104 : 84,
        isFlexible: false,
        isPinned: false,
      }
    }),
  )
  return [...head, ...figures]
}
