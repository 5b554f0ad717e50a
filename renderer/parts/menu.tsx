import { type ReactElement, useLayoutEffect, useRef, useState } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Separator } from 'react-aria-components/Separator'
import { Text } from 'react-aria-components/Text'
import { Icon, type IconName } from './icon.tsx'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly icon?: IconName
  readonly shortcut?: string
  readonly isDanger?: boolean
  /** A line stands above it. */
  readonly startsGroup?: boolean
  readonly isChecked?: boolean
  /** Told beside the label. */
  readonly hint?: string
  /** Possible, but not how things stand. */
  readonly isFaint?: boolean
  readonly run: () => void
}

/** A button (the only child) that opens a list of things to do. */
export function Menu({
  label,
  entries,
  children,
}: {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  readonly children: ReactElement
}) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="popover" offset={4} placement="bottom end">
        <MenuList label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  )
}

/** The same list at a place of the window, such as where the right button was pressed. */
export function MenuAt({
  label,
  entries,
  x,
  y,
  onClose,
}: {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  readonly x: number
  readonly y: number
  readonly onClose: () => void
}) {
  const anchor = useRef<HTMLSpanElement>(null)
  // The popover is placed by its anchor, which stands one render later.
  const [isPlaced, setPlaced] = useState(false)
  useLayoutEffect(() => setPlaced(true), [])
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: x, top: y }} />
      <Popover
        className="popover"
        triggerRef={anchor}
        offset={0}
        placement="right top"
        isOpen={isPlaced}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose()
        }}
      >
        <MenuList label={label} entries={entries} onClose={onClose} />
      </Popover>
    </>
  )
}

function MenuList({
  label,
  entries,
  onClose,
}: {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  readonly onClose?: () => void
}) {
  return (
    <AriaMenu
      className="menu"
      aria-label={label}
      autoFocus="first"
      {...(onClose && { onClose })}
      onAction={(key) => entries.find(({ id }) => id === key)?.run()}
    >
      {entries.flatMap((entry) => [
        ...(entry.startsGroup ? [<Separator key={`above ${entry.id}`} className="menu-line" />] : []),
        <MenuItem
          key={entry.id}
          id={entry.id}
          textValue={entry.label}
          className={`menu-item${entry.isDanger ? ' danger' : ''}${entry.isFaint ? ' faint' : ''}`}
        >
          {(entry.icon ?? entry.isChecked !== undefined) && (
            <span className="choice-mark">
              {entry.isChecked ? <Icon name="check" size={14} /> : entry.icon && <Icon name={entry.icon} size={14} />}
            </span>
          )}
          <Text slot="label" className="grow">
            {entry.label}
          </Text>
          {entry.hint !== undefined && (
            <Text slot="description" className="menu-hint">
              {entry.hint}
            </Text>
          )}
          {entry.shortcut && <kbd data-keys={entry.shortcut} aria-hidden="true" />}
        </MenuItem>,
      ])}
    </AriaMenu>
  )
}
