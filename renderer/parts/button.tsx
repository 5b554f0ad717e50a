import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { Icon, type IconName } from './icon.tsx'
import { Hint } from './hint.tsx'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  /** primary: the one thing to do here · plain · ghost: no box until pointed at · danger: deletes. */
  readonly variant?: 'primary' | 'plain' | 'ghost' | 'danger'
  readonly size?: 'small' | 'normal' | 'large'
  readonly icon?: IconName
  readonly className?: string
  readonly children: ReactNode
}

export function Button({ variant = 'plain', size = 'normal', icon, className, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={['button', variant, size, className ?? ''].join(' ')}>
      {icon && <Icon name={icon} size={size === 'small' ? 14 : 16} />}
      <span>{children}</span>
    </AriaButton>
  )
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style' | 'aria-label'> {
  /** Name for screen readers and the tooltip. */
  readonly label: string
  readonly icon: IconName
  /** Shown in the tooltip beside the name: `Ctrl+Z`. */
  readonly shortcut?: string
  readonly variant?: 'plain' | 'ghost'
}

export function IconButton({ label, icon, shortcut, variant = 'ghost', ...rest }: IconButtonProps) {
  return (
    <Hint text={label} shortcut={shortcut}>
      <AriaButton {...rest} aria-label={label} className={`icon-button ${variant}`}>
        <Icon name={icon} />
      </AriaButton>
    </Hint>
  )
}
