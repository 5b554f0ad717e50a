import type { GridApi } from 'ag-grid-community'
import type { EditSession } from './edit-session.ts'
import type { RangeController } from './range-controller.ts'
import type { RowHandle } from './row-handle.ts'
import type { SheetPopup } from './sheet-popups.tsx'
import type { SheetGridProps } from './sheet-props.ts'

/** One sheet on screen, as the parts that act on it see it. */
export interface SheetHost {
  /** What was rendered last. */
  readonly latest: { readonly current: SheetGridProps }
  readonly controller: RangeController
  readonly session: EditSession
  /** Null until the grid is ready. */
  readonly api: () => GridApi<RowHandle> | null
  readonly body: () => HTMLElement | null
  readonly show: (popup: SheetPopup) => void
  readonly openFind: (kind: 'find' | 'replace') => void
}
