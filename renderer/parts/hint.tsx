import type { ComponentProps } from 'react'
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip'

/** A tooltip on a button or another focusable child. What it says must not be needed to get on. */
export function Hint({
  text,
  shortcut,
  children,
  delay = 500,
}: {
  readonly text: string
  readonly shortcut?: string | undefined
  readonly children: ComponentProps<typeof TooltipTrigger>['children']
  readonly delay?: number
}) {
  return (
    <TooltipTrigger delay={delay} closeDelay={80}>
      {children}
      <Tooltip className="tooltip" offset={6}>
        <span>{text}</span>
        {shortcut && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
