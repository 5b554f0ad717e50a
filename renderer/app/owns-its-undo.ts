/** Text boxes undo their own typing, and the sheet has its own keys. */
export function ownsItsUndo(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, [role="grid"], [role="treegrid"], .ag-root-wrapper') !== null
  )
}
