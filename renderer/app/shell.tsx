import { useState } from 'react'
import { Icon, IconButton } from '../parts/index.ts'
import { useFigures } from '../stores/figures.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { PlaceView } from './place-view.tsx'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'
import './shell.css'

/** Everything around an open workbook. */
export function Shell({ onSample, onClose }: { readonly onSample: () => void; readonly onClose: () => void }) {
  const isCurrent = useFigures(({ of, isComputing }) => of !== null && !isComputing)
  return (
    <div className="shell" data-figures={isCurrent ? 'ready' : 'waiting'}>
      <a className="skip-link" href="#place" onClick={skipToPlace}>
        Skip to the place
      </a>
      <Sidebar onSample={onSample} onClose={onClose} />
      <div className="shell-main">
        <TopBar />
        <NoticeBar />
        <PlaceView />
      </div>
    </div>
  )
}

function skipToPlace(event: { preventDefault: () => void }) {
  event.preventDefault()
  document.getElementById('place')?.focus()
}

function NoticeBar() {
  const notice = useWorkbook((workbook) => workbook.notice)
  const saveState = useWorkbook((workbook) => workbook.saveState)
  const [seen, setSeen] = useState<string | null>(null)
  if (saveState.kind === 'failed')
    return (
      <div className="notice bad" role="alert">
        <Icon name="warning" />
        <span>The last change is not saved: {saveState.reason}</span>
      </div>
    )
  if (notice === null || notice === seen) return null
  return (
    <div className="notice" role="status">
      <Icon name="info" />
      <span className="grow">{notice}</span>
      <IconButton label="Hide this notice" icon="close" onPress={() => setSeen(notice)} />
    </div>
  )
}
