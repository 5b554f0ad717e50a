import { showToast } from '../commands/index.ts'

/**
 * Says what failed while nobody waited for it: a button starts work and goes on, and without this its failure would be
 * silence. What the user stopped is no failure.
 */
export function tellFaults(page: Pick<EventTarget, 'addEventListener'> = window): void {
  page.addEventListener('unhandledrejection', (event) => {
    const { reason } = event as PromiseRejectionEvent
    if (reason instanceof Error && reason.name === 'CancelledError') return
    const why = reason instanceof Error ? reason.message : String(reason)
    showToast(`This could not be done: ${why}. What was saved is as it was; try again, or reload the page.`, {
      tone: 'warn',
    })
  })
}
