/* The component. What it shows is made from sheet.ts and typed-number.ts, which load nothing of the grid. */
export { SheetGrid } from './sheet-grid.tsx'
export type { RowCommands, SheetGridProps, SheetHandle } from './sheet-props.ts'
export type { Spreading } from './sheet-popups.tsx'
