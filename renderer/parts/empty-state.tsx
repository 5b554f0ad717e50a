import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** Nothing here yet: one sentence, one thing to do. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  readonly icon?: IconName
  readonly title: string
  /** One sentence. */
  readonly children?: ReactNode
  /** The primary action and, at most, two quiet ones. */
  readonly action?: ReactNode
}) {
  return (
    <div className="empty-state">
      {icon && (
        <span className="empty-state-icon">
          <Icon name={icon} size={22} />
        </span>
      )}
      <h2>{title}</h2>
      {children && <p className="dim">{children}</p>}
      {action && <div className="row row-wrap empty-state-action">{action}</div>}
    </div>
  )
}
