import { goTo } from '../commands/index.ts'
import { chooseAndOpenWorkbook, saveWorkbookFile } from '../commands/index.ts'
import { Button as AriaButton } from 'react-aria-components/Button'
import { nameDay } from '../../shared/calendar/index.ts'
import { Icon, Mark, Menu } from '../parts/index.ts'
import { PLACES, type PlaceId, useScreen } from '../stores/screen.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { useFigures } from '../stores/figures.ts'
import { useJobs } from '../stores/jobs.ts'
import { importFiles } from '../views/import-files.ts'
import { keysHere } from '../parts/keys.ts'
import { PLACE_ICONS, PLACE_NAMES, hashOfPlace } from './places.ts'
import './sidebar.css'

export function Sidebar({ onSample, onClose }: { readonly onSample: () => void; readonly onClose: () => void }) {
  const settings = useWorkbook((workbook) => workbook.records.settings['settings'])
  const asOf = useFigures((figures) => figures.wall?.asOf ?? null)
  return (
    <div className="sidebar">
      <div className="sidebar-brand">
        <Mark />
        <span>Quarterdeck</span>
      </div>
      <Menu
        label="Workbook"
        entries={[
          {
            id: 'import',
            label: 'Import files…',
            icon: 'import',
            shortcut: keysHere('Ctrl+I'),
            run: importFiles,
          },
          {
            id: 'save',
            label: 'Save as a file…',
            icon: 'export',
            shortcut: keysHere('Ctrl+S'),
            run: () => void saveWorkbookFile(),
          },
          {
            id: 'open',
            label: 'Open a file…',
            icon: 'folder',
            shortcut: keysHere('Ctrl+O'),
            run: () => void chooseAndOpenWorkbook(),
          },
          { id: 'sample', label: 'Open the sample…', icon: 'sample', run: onSample },
          { id: 'close', label: 'Close workbook…', icon: 'close', run: onClose },
        ]}
      >
        <AriaButton className="workbook-button">
          <span className="visually-hidden">Workbook</span>
          <Icon name="file" />
          <span className="workbook-words">
            <span className="workbook-name truncate">{settings?.name ?? 'Workbook'}</span>
            {settings?.isSample && <span className="workbook-sample">Sample, made-up data</span>}
          </span>
          <Icon name="chevron-down" size={14} />
        </AriaButton>
      </Menu>
      <nav aria-label="Places">
        <ul className="places">
          {PLACES.map((place, index) => (
            <PlaceLink key={place} place={place} keys={`Ctrl+${index + 1}`} />
          ))}
        </ul>
      </nav>
      <p className="sidebar-foot small">{asOf ? `Data up to ${nameDay(asOf)}` : 'No data yet'}</p>
    </div>
  )
}

function PlaceLink({ place, keys }: { readonly place: PlaceId; readonly keys: string }) {
  const isHere = useScreen((screen) => screen.place === place)
  const waiting = useJobs((jobs) =>
    place === 'data' ? jobs.imports.filter(({ state }) => state.kind === 'staged').length : 0,
  )
  return (
    <li className={place === 'settings' ? 'place-apart' : undefined}>
      <a
        className="place"
        href={hashOfPlace(place)}
        aria-current={isHere ? 'page' : undefined}
        title={`${PLACE_NAMES[place]} (${keysHere(keys)})`}
        draggable={false}
        onClick={(event) => {
          event.preventDefault()
          goTo(place)
        }}
      >
        <Icon name={PLACE_ICONS[place]} />
        <span className="place-name grow">{PLACE_NAMES[place]}</span>
        {waiting > 0 && (
          <span className="place-count" aria-label={`${waiting} waiting`}>
            {waiting}
          </span>
        )}
        <kbd aria-hidden="true">{keysHere(keys)}</kbd>
      </a>
    </li>
  )
}
