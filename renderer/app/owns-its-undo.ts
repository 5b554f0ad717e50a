/** Boxes that text is typed into; ticking a box is a change of the document like any other. */
export const HOLDS_TEXT = 'input:not([type="checkbox"], [type="radio"], [type="range"]), textarea'

/** Text boxes undo their own typing, and the sheet has its own keys. */
export function ownsItsUndo(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest(`${HOLDS_TEXT}, [role="grid"], [role="treegrid"], .ag-root-wrapper`) !== null
  )
}
