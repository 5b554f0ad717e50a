import type { DecimalMark } from '../../grid/decimal-mark.ts'
import type { SheetColumn } from '../../grid/sheet.ts'
import { FORMULA_COLUMN, type Measure, NAME_COLUMN, UNIT_COLUMN, columnOf } from './plan-ids.ts'
import type { PlanColumns } from '../../stores/screen.ts'
import type { PlanPeriod } from './plan-periods.ts'

export const MEASURES: Readonly<Record<PlanColumns, readonly Measure[]>> = {
  plan: ['plan'],
  actual: ['plan', 'actual'],
  variance: ['plan', 'actual', 'variance'],
  forecast: ['plan', 'forecast', 'difference'],
}

const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  plan: 'Plan',
  actual: 'Actual',
  variance: 'Variance',
  forecast: 'Forecast',
  difference: 'Against plan',
}

export interface PlanColumnsInput {
  readonly periods: readonly PlanPeriod[]
  readonly columnSet: PlanColumns
  readonly decimalMark?: DecimalMark
  /** Whether the screen is wide enough to show long names whole. */
  readonly isRoomy?: boolean
}

let known: { readonly key: string; readonly columns: readonly SheetColumn[] } | null = null

/** Columns of the plan's sheet. The same list for the same input, because the grid builds its columns anew for another. */
export function planColumns(input: PlanColumnsInput): readonly SheetColumn[] {
  const key = JSON.stringify([input.periods, input.columnSet, input.decimalMark, input.isRoomy])
  if (known?.key !== key) known = { key, columns: makeColumns(input) }
  return known.columns
}

function makeColumns({ periods, columnSet, decimalMark, isRoomy }: PlanColumnsInput): readonly SheetColumn[] {
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
      width: isRoomy ? 328 : isWide ? 264 : 216,
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
  const figures = periods.flatMap(({ id, name, isSum }) =>
    measures.map((measure): SheetColumn => {
      const isAlone = measures.length === 1
      return {
        id: columnOf(measure, id),
        header: isAlone ? name : MEASURE_NAMES[measure],
        group: isAlone ? '' : name,
        kind: 'number',
        ...(decimalMark && { decimalMark }),
        width: isAlone ? 112 : measure === 'variance' || measure === 'difference' ? 104 : 84,
        isFlexible: false,
        isPinned: false,
        ...(measure === 'plan' && !isSum && { month: id }),
      }
    }),
  )
  return [...head, ...figures]
}
