import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad'

/** A short fact beside something. The word says it; the colour only helps. */
export function Chip({
  tone = 'neutral',
  icon,
  title,
  children,
}: {
  readonly tone?: Tone
  readonly icon?: IconName
  readonly title?: string
  readonly children: ReactNode
}) {
  return (
    <span className={`chip ${tone}`} title={title}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  )
}
