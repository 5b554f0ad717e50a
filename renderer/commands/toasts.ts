import { useJobs } from '../stores/jobs.ts'

export interface ToastOptions {
  readonly tone?: 'plain' | 'warn'
  readonly action?: { readonly label: string; readonly run: () => void }
}

let count = 0

/** A sentence at the edge of the screen; the view decides how long it stays. */
export function showToast(text: string, { tone = 'plain', action }: ToastOptions = {}): void {
  const toast = { id: `toast-${++count}`, text, tone, action: action ?? null }
  // The same sentence twice is one sentence.
  useJobs.setState(({ toasts }) => ({ toasts: [...toasts.filter((other) => other.text !== text), toast].slice(-5) }))
}

export function dismissToast(id: string): void {
  useJobs.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}
