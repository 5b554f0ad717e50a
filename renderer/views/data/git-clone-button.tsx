import { useState } from 'react'
import { type Day, parseDay } from '../../../shared/calendar/index.ts'
import { readPickedClone } from '../../commands/index.ts'
import { Button, type ButtonProps, Dialog, Icon, TextField, useHostInfo } from '../../parts/index.ts'

/** Reads a clone on this machine without an export; where the host cannot, says why and what to do instead. */
export function GitCloneButton({ size = 'normal' }: Pick<ButtonProps, 'size'>) {
  const host = useHostInfo()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon="folder" size={size} onPress={() => setOpen(true)}>
        Read a git clone
      </Button>
      {isOpen && <CloneDialog canRun={host?.host === 'electron'} onClose={() => setOpen(false)} />}
    </>
  )
}

function CloneDialog({ canRun, onClose }: { readonly canRun: boolean; readonly onClose: () => void }) {
  const [since, setSince] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const day = since.trim() === '' ? null : parseDay(since.trim())
  const problem = day === null || day.ok ? null : 'A day such as 2026-02-01.'

  async function pick(from: Day | null) {
    setBusy(true)
    const reason = await readPickedClone(from)
    setBusy(false)
    setRefused(reason)
    if (reason === null) onClose()
  }

  return (
    <Dialog
      title="Read a git clone"
      isOpen
      onClose={onClose}
      footer={
        canRun ? (
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button
              variant="primary"
              isDisabled={isBusy || problem !== null}
              onPress={() => void pick(day?.ok === true ? day.value : null)}
            >
              Choose the folder…
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={onClose}>
            Close
          </Button>
        )
      }
    >
      {canRun ? (
        <div className="stack">
          <p>
            Quarterdeck runs git itself: read-only, without network, and without anything the clone could make it run.
            It takes over who landed what and when, which files and lines changed, and no line of source.
          </p>
          <TextField
            label="First day"
            value={since}
            onChange={setSince}
            placeholder="All of the history"
            problem={problem}
            description="A large history reads faster from a later day, such as 2025-01-01."
          />
          {refused !== null && (
            <p className="row warn" role="alert">
              <Icon name="warning" />
              {refused}
            </p>
          )}
        </div>
      ) : (
        <div className="stack">
          <p>
            A page in a browser may not run programs, and the server behind it only hands out the app’s own files: one
            that ran git would run it for any page that got past it.
          </p>
          <p>In the desktop app you pick the folder. From a terminal, this writes a workbook you can open here:</p>
          <p>
            <code className="selectable">quarterdeck import --git path/to/clone --out team.quarterdeck</code>
          </p>
        </div>
      )}
    </Dialog>
  )
}
