import { type ReactNode, useEffect, useState } from 'react'
import type { HostInfo } from '../../../shared/bridge/index.ts'
import { type Zone, addMonths, fiscalQuarterOf, isZone, type MonthKey } from '../../../shared/calendar/index.ts'
import type { WorkbookSettings } from '../../../shared/workbook/index.ts'
import { keysHere } from '../../parts/keys.ts'
import { SHORTCUTS } from '../../parts/keys.ts'
import { saveWorkbookFile, setOwnName, setTheme } from '../../commands/index.ts'
import { Button, ComboBox, Facts, Page, PageHeader, Panel, Select, TextField, useHostInfo } from '../../parts/index.ts'
import { useScreen } from '../../stores/screen.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { tellSize } from '../../parts/size-text.ts'
import { ZONES } from '../../parts/zones.ts'
import { KeptFiles } from './kept-files.tsx'
import { editSettings } from './edit-settings.ts'
import { WhatCounts } from './what-counts.tsx'
import './settings.css'

const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CAD', 'AUD', 'INR', 'JPY', 'SGD', 'BRL']

export function SettingsView() {
  const settings = useWorkbook((workbook) => workbook.records.settings['settings'])
  if (!settings) return null
  return (
    <Page width="reading">
      <PageHeader title="Settings">Of this workbook first, then of this machine</PageHeader>
      <WorkbookPanel settings={settings} />
      <WhatCounts settings={settings} />
      <ScreenPanel />
      <StoragePanel />
      <ShortcutsPanel />
      <AboutPanel />
    </Page>
  )
}

function WorkbookPanel({ settings }: { readonly settings: WorkbookSettings }) {
  const [zone, setZone] = useState<string>(settings.zone)
  useEffect(() => setZone(settings.zone), [settings.zone])
  const currencies = CURRENCIES.includes(settings.currency) ? CURRENCIES : [settings.currency, ...CURRENCIES]
  return (
    <Panel title="Workbook">
      <div className="form-grid two">
        <TextField label="Name" value={settings.name} onChange={(name) => editSettings({ name }, 'workbook name')} />
        <Select
          label="Currency"
          value={settings.currency}
          onChange={(currency) => editSettings({ currency }, 'currency')}
          choices={currencies.map((id) => ({ id, label: id }))}
          description="Costs in other currencies are shown apart, never converted."
        />
        <ComboBox
          label="Time zone"
          value={zone}
          onChange={(text) => {
            setZone(text)
            if (isZone(text) && text !== settings.zone) editSettings({ zone: text as Zone }, 'time zone')
          }}
          choices={ZONES}
          description={
            isZone(zone)
              ? 'Days and weeks are counted in this zone.'
              : 'No zone of this name is known; the former one is kept.'
          }
        />
        <Select
          label="Fiscal year starts in"
          value={String(settings.fiscal.startMonth)}
          onChange={(month) => {
            const fiscal = { startMonth: Number(month) }
            // The quarter on screen stays the one that holds its middle month.
            const quarterStart = fiscalQuarterOf(addMonths(settings.quarterStart as MonthKey, 1), fiscal).months[0]
            editSettings({ fiscal, quarterStart }, 'start of the fiscal year')
          }}
          choices={MONTH_NAMES.map((label, index) => ({ id: String(index + 1), label }))}
          description="Fiscal years are named after the year in which they end."
        />
        <Select
          label="Numbers on the sheet"
          value={settings.decimalMark ?? 'point'}
          onChange={(decimalMark) => editSettings({ decimalMark }, 'decimal mark')}
          choices={[
            { id: 'point', label: '1,234.5' },
            { id: 'comma', label: '1.234,5' },
          ]}
          description="How they are typed, pasted, copied and shown. Formulas always have the point."
        />
      </div>
    </Panel>
  )
}

function ScreenPanel() {
  const theme = useScreen((screen) => screen.theme)
  const ownName = useScreen((screen) => screen.ownName)
  return (
    <Panel title="You and this screen">
      <div className="form-grid">
        <TextField
          label="Your name"
          value={ownName}
          onChange={setOwnName}
          description="Stands beside what you import from now on. Kept on this machine; in a workbook only with those imports."
        />
        <Select
          label="Theme"
          value={theme}
          onChange={setTheme}
          choices={[
            { id: 'system', label: 'As the system' },
            { id: 'light', label: 'Light' },
            { id: 'dark', label: 'Dark' },
          ]}
        />
      </div>
    </Panel>
  )
}

interface StorageFacts {
  readonly used: number | null
  readonly quota: number | null
  readonly isPersistent: boolean | null
}

function StoragePanel() {
  const [facts, setFacts] = useState<StorageFacts>({ used: null, quota: null, isPersistent: null })
  const host = useHostInfo()
  useEffect(() => {
    let isHere = true
    void Promise.all([navigator.storage.estimate(), navigator.storage.persisted()])
      .then(([{ usage, quota }, isPersistent]) => {
        if (isHere) setFacts({ used: usage ?? null, quota: quota ?? null, isPersistent })
      })
      .catch(() => {
        // A browser that does not tell leaves the facts unknown, and the screen says so.
      })
    return () => {
      isHere = false
    }
  }, [])
  return (
    <Panel
      title="Storage"
      actions={
        <Button size="small" icon="export" onPress={() => void saveWorkbookFile()}>
          Save as a file
        </Button>
      }
    >
      <Facts
        facts={[
          ['Used', facts.used === null ? 'unknown' : tellSize(facts.used)],
          ['Room', facts.quota === null ? 'unknown' : tellSize(facts.quota)],
          ['First copy', 'This window’s database (IndexedDB)'],
          ['Second copy', host === null ? 'unknown' : secondCopy(host)],
          ['Imported files kept', <KeptFiles key="kept" />],
          ['Kept under pressure', tellPersistence(facts.isPersistent)],
        ]}
      />
      <p className="small dim panel-foot-note">
        Every import and edit is written to both copies before it counts as saved. At start they are compared before any
        figure shows.
      </p>
    </Panel>
  )
}

function secondCopy(host: HostInfo): string {
  return host.host === 'electron'
    ? 'Files in the app’s own folder'
    : 'The browser’s private files of this address (OPFS)'
}

function tellPersistence(isPersistent: boolean | null): ReactNode {
  if (isPersistent === null) return 'unknown'
  return isPersistent ? 'yes' : <span className="warn">not promised by the browser; save a file now and then</span>
}

function ShortcutsPanel() {
  return (
    <Panel title="Keyboard">
      <dl className="shortcuts">
        {SHORTCUTS.map(([keys, does]) => (
          <div key={keys}>
            <dt>{does}</dt>
            <dd>
              <kbd>{keysHere(keys)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function AboutPanel() {
  const host = useHostInfo()
  return (
    <Panel title="About">
      <div className="stack">
        <Facts
          facts={[
            ['Version', host?.version ?? 'unknown'],
            ['Runs in', host === null ? 'unknown' : host.host === 'electron' ? 'the desktop app' : 'a browser'],
            ['Licence', 'MIT'],
          ]}
        />
        <p className="dim">
          Quarterdeck is a planning model. Ranges and odds follow from the data and assumptions shown beside them; they
          are no forecast anyone can be held to, and nothing here is accounting, tax or legal advice. Your data stays on
          this machine: the app talks to no server.
        </p>
      </div>
    </Panel>
  )
}
