import { Button } from 'react-aria-components/Button'
import { type Issue, tellWhy } from '../../shared/issues/index.ts'
import { Hint } from './hint.tsx'

/**
 * A value that is not known; never a zero, never a blank. `isQuiet` leaves out the tab stop: for dense tables that list
 * the reasons below.
 */
export function UnknownMark({
  why,
  isQuiet = false,
  label = 'unknown',
}: {
  readonly why: Issue | string
  readonly isQuiet?: boolean
  readonly label?: string
}) {
  const reason = typeof why === 'string' ? why : tellWhy(why)
  if (isQuiet)
    return (
      <span className="unknown-mark" title={reason}>
        {label}
      </span>
    )
  return (
    <Hint text={reason} delay={200}>
      <Button className="unknown-mark" aria-label={`${label}: ${reason}`}>
        {label}
      </Button>
    </Hint>
  )
}
