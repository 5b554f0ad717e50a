import type { ReactElement } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Text } from 'react-aria-components/Text'
import { Icon, type IconName } from './icon.tsx'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly icon?: IconName
  readonly shortcut?: string
  readonly isDanger?: boolean
  readonly isChecked?: boolean
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
        <AriaMenu className="menu" aria-label={label} onAction={(key) => entries.find(({ id }) => id === key)?.run()}>
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              className={entry.isDanger ? 'menu-item danger' : 'menu-item'}
            >
              {(entry.icon ?? entry.isChecked !== undefined) && (
                <span className="choice-mark">
                  {entry.isChecked ? (
                    <Icon name="check" size={14} />
                  ) : (
                    entry.icon && <Icon name={entry.icon} size={14} />
                  )}
                </span>
              )}
              <Text slot="label" className="grow">
                {entry.label}
              </Text>
              {entry.shortcut && <kbd data-keys={entry.shortcut} aria-hidden="true" />}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
