import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { closePalette } from '../commands/index.ts'
import { Icon } from '../parts/index.ts'
import { useScreen } from '../stores/screen.ts'
import { listActions } from './actions.ts'
import { keysHere } from '../parts/keys.ts'
import { rankActions } from './rank-actions.ts'
import { readPreference, writePreference } from './theme.ts'
import './command-palette.css'

const RECENT_KEY = 'quarterdeck.recent-commands'
const RECENT_KEPT = 5

export interface PaletteProps {
  readonly onSample: () => void
  readonly onClose: () => void
}

export function CommandPalette({ onSample, onClose }: PaletteProps) {
  const isOpen = useScreen((screen) => screen.isPaletteOpen)
  return (
    <ModalOverlay
      className="shade palette-shade"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(next) => {
        if (!next) closePalette()
      }}
    >
      <Modal className="modal palette">
        <AriaDialog className="dialog" aria-label="Command palette">
          <PaletteBody onSample={onSample} onClose={onClose} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

function PaletteBody({ onSample, onClose }: PaletteProps) {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const [recent] = useState(() => (readPreference(RECENT_KEY) ?? '').split(' ').filter((part) => part !== ''))
  const actions = useMemo(() => listActions({ replaceBySample: onSample, close: onClose }), [onSample, onClose])
  const shown = useMemo(() => rankActions(actions, query, recent), [actions, query, recent])
  const active = Math.min(at, Math.max(0, shown.length - 1))

  function run(index: number) {
    const action = shown[index]
    if (!action) return
    writePreference(
      RECENT_KEY,
      [action.id, ...recent.filter((other) => other !== action.id)].slice(0, RECENT_KEPT).join(' '),
    )
    closePalette()
    action.run()
  }

  function move(to: number) {
    setAt(to)
    list.current?.children[to]?.scrollIntoView({ block: 'nearest' })
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = shown.length - 1
    const steps: Record<string, number> = {
      ArrowDown: active === last ? 0 : active + 1,
      ArrowUp: active === 0 ? last : active - 1,
      PageDown: Math.min(last, active + 8),
      PageUp: Math.max(0, active - 8),
    }
    const to = steps[event.key]
    if (to !== undefined) move(to)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(active)
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className="palette-head">
        <Icon name="search" />
        <input
          className="palette-input"
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
          aria-label="Search places and commands"
          placeholder="Search places and commands"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul ref={list} id={`${id}-list`} className="palette-list" role="listbox" aria-label="Places and commands">
        {shown.map((action, index) => (
          <li
            key={action.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className="palette-entry"
            onPointerMove={() => setAt(index)}
            onClick={() => run(index)}
          >
            <Icon name={action.icon} />
            <span className="grow truncate">{action.label}</span>
            <span className="palette-group">{action.group}</span>
            {action.keys && <kbd>{keysHere(action.keys)}</kbd>}
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <p className="palette-none dim" role="status">
          Nothing is called “{query}”.
        </p>
      )}
    </>
  )
}
