import { useCallback, useState } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { closeWorkbook, openAtStart, openSample } from '../commands/index.ts'
import { Button, ConfirmDialog, EmptyState, HostInfoContext, LOCALE, Mark } from '../parts/index.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { StartView } from '../views/start/start-view.tsx'
import { CommandPalette } from './command-palette.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { Shell } from './shell.tsx'
import { Toasts } from './toasts.tsx'
import { useHost } from './use-host.ts'
import { useKeyboard } from './use-keyboard.ts'

type Question = 'sample' | 'close' | null

export function App() {
  const [question, setQuestion] = useState<Question>(null)
  const askSample = useCallback(() => setQuestion('sample'), [])
  const askClose = useCallback(() => setQuestion('close'), [])
  useKeyboard(askClose)
  const host = useHost()
  return (
    <I18nProvider locale={LOCALE}>
      <HostInfoContext value={host}>
        <ErrorBoundary of="The window">
          <Body onSample={askSample} onClose={askClose} />
          <CommandPalette onSample={askSample} onClose={askClose} />
          <ConfirmDialog
            title="Open the sample in place of this workbook?"
            isOpen={question === 'sample'}
            onClose={() => setQuestion(null)}
            onConfirm={() => void openSample()}
            confirmLabel="Replace by the sample"
          >
            <p>
              The open workbook is removed from this machine, with its imports. Save it as a file first if you want it
              back.
            </p>
          </ConfirmDialog>
          <ConfirmDialog
            title="Close this workbook?"
            isOpen={question === 'close'}
            onClose={() => setQuestion(null)}
            onConfirm={() => void closeWorkbook()}
            confirmLabel="Close and remove"
          >
            <p>
              Its plan, key results and imports are removed from this machine. Save it as a file first if you want it
              back.
            </p>
          </ConfirmDialog>
          <Toasts />
        </ErrorBoundary>
      </HostInfoContext>
    </I18nProvider>
  )
}

function Body({ onSample, onClose }: { readonly onSample: () => void; readonly onClose: () => void }) {
  const phase = useWorkbook((workbook) => workbook.phase)
  switch (phase) {
    case 'opening':
      return (
        <main className="opening" aria-busy="true">
          <Mark size={36} />
          <p role="status">Checking your data…</p>
        </main>
      )
    case 'failed':
      return <Failed />
    case 'start':
      return <StartView />
    case 'ready':
    case 'read-only':
      return <Shell onSample={onSample} onClose={onClose} />
  }
}

function Failed() {
  const notice = useWorkbook((workbook) => workbook.notice)
  return (
    <main className="opening">
      <EmptyState
        icon="warning"
        title="The workbook could not be opened"
        action={
          <Button variant="primary" onPress={() => void openAtStart()}>
            Try again
          </Button>
        }
      >
        {notice ?? 'The store on this machine did not answer.'}
      </EmptyState>
    </main>
  )
}
