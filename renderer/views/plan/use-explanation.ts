import { useMemo } from 'react'
import type { CellRef, CellTrace } from '../../grid/sheet.ts'
import { type CellExplanation, type ExplainInput, explainCell } from './explain-cell.ts'
import { traceCell } from './trace.ts'

export interface Explaining {
  readonly traceOf: (cell: CellRef) => CellTrace
  /** Of the active cell; null while nothing is explained. */
  readonly trace: CellTrace | null
  readonly explanation: CellExplanation | null
}

/** Follows the active cell while its explanation is open. */
export function useExplanation(input: ExplainInput | null, cell: CellRef | null, isOpen: boolean): Explaining {
  const [rowId, columnId] = [cell?.rowId, cell?.columnId]
  const traceOf = useMemo(
    () => (asked: CellRef) => {
      if (!input) return { precedents: [], dependents: [] }
      const columns = input.sheet.columns.map(({ id }) => id)
      return traceCell({ records: input.records, months: input.months, columns }, asked)
    },
    [input],
  )
  return useMemo(() => {
    if (!input || !isOpen || rowId === undefined || columnId === undefined)
      return { traceOf, trace: null, explanation: null }
    const trace = traceOf({ rowId, columnId })
    return { traceOf, trace, explanation: explainCell(input, { rowId, columnId }, trace) }
  }, [input, isOpen, rowId, columnId, traceOf])
}
