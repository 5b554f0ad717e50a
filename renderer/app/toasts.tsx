import { useEffect, useState } from 'react'
import { dismissToast } from '../commands/index.ts'
import { Button, IconButton } from '../parts/index.ts'
import { type Toast, useJobs } from '../stores/jobs.ts'
import './toasts.css'

const SHOWN = 3
const STAYS_MS = 5_000
const STAYS_WITH_ACTION_MS = 8_000

/** Bottom right; the clock stops while one is pointed at or focused. */
export function Toasts() {
  const toasts = useJobs((jobs) => jobs.toasts)
  const [isHeld, setHeld] = useState(false)
  return (
    <div
      className="toasts"
      role="status"
      aria-label="Messages"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toasts.slice(-SHOWN).map((toast) => (
        <ToastCard key={toast.id} toast={toast} isHeld={isHeld} />
      ))}
    </div>
  )
}

function ToastCard({ toast, isHeld }: { readonly toast: Toast; readonly isHeld: boolean }) {
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismissToast(toast.id), toast.action ? STAYS_WITH_ACTION_MS : STAYS_MS)
    return () => clearTimeout(timer)
  }, [toast, isHeld])
  return (
    <div className={`toast ${toast.tone}`}>
      <span className="grow selectable">{toast.text}</span>
      {toast.action && (
        <Button
          size="small"
          onPress={() => {
            toast.action?.run()
            dismissToast(toast.id)
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton label="Dismiss" icon="close" onPress={() => dismissToast(toast.id)} />
    </div>
  )
}
