import { Button as AriaButton } from 'react-aria-components/Button'
import { editRecords, openPalette, redo, selectScenario, setTheme, stopTask, undo } from '../commands/index.ts'
import { Hint, Icon, IconButton, Menu, Progress, Select } from '../parts/index.ts'
import { useHistory } from '../stores/history.ts'
import { useJobs } from '../stores/jobs.ts'
import { useScreen } from '../stores/screen.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { keysHere } from '../parts/keys.ts'
import { HistoryMenu } from './history-menu.tsx'
import { quarterChoices } from './quarter-choices.ts'
import { tellSaveState } from './save-words.ts'
import './top-bar.css'

const BASELINE = 'baseline'

export function TopBar() {
  return (
    <header className="top-bar">
      <ScenarioPicker />
      <PeriodPicker />
      <div className="grow" />
      <TaskList />
      <SaveMark />
      <HistoryButtons />
      <AriaButton className="palette-button" onPress={() => openPalette()}>
        <Icon name="search" size={14} />
        <span className="palette-button-text">Search or run</span>
        <kbd>{keysHere('Ctrl+K')}</kbd>
      </AriaButton>
      <ThemeButton />
    </header>
  )
}

function ScenarioPicker() {
  const scenarios = useWorkbook((workbook) => workbook.records.scenarios)
  const scenarioId = useScreen((screen) => screen.scenarioId)
  const ordered = Object.values(scenarios).sort((a, b) => a.order - b.order)
  const selected = scenarioId !== null && scenarios[scenarioId] ? scenarioId : BASELINE
  return (
    <Select
      label="Scenario"
      isLabelHidden
      look="bar"
      value={selected}
      onChange={(id) => selectScenario(id === BASELINE ? null : id)}
      choices={[
        { id: BASELINE, label: 'Baseline', hint: 'The plan as it stands' },
        ...ordered.map(({ id, name }) => ({ id, label: name })),
      ]}
    />
  )
}

function PeriodPicker() {
  const settings = useWorkbook((workbook) => workbook.records.settings['settings'])
  if (!settings) return null
  return (
    <Select
      label="Fiscal quarter"
      isLabelHidden
      look="bar"
      value={settings.quarterStart}
      onChange={(quarterStart) =>
        void editRecords(
          'choice of quarter',
          (records) => ({ ...records, settings: { ...records.settings, settings: { ...settings, quarterStart } } }),
          'join',
        )
      }
      choices={quarterChoices(settings.quarterStart, settings.fiscal)}
    />
  )
}

function TaskList() {
  const tasks = useJobs((jobs) => jobs.tasks)
  return (
    <div className="task-list" role="status">
      {tasks.map((task) => (
        <div key={task.id} className="task">
          <span className="truncate">{task.label}</span>
          <Progress label={task.label} share={task.share} />
          {task.cancel && <IconButton label={`Cancel: ${task.label}`} icon="close" onPress={() => stopTask(task.id)} />}
        </div>
      ))}
    </div>
  )
}

function SaveMark() {
  const state = useWorkbook((workbook) => workbook.saveState)
  const isReadOnly = useWorkbook((workbook) => workbook.phase === 'read-only')
  const { short, whole } = isReadOnly
    ? { short: 'Read only', whole: 'Another window is writing to this workbook.' }
    : tellSaveState(state)
  return (
    <>
      <Hint text={whole} delay={200}>
        <AriaButton className={`save-mark ${state.kind}`} aria-label={whole}>
          <span className="save-dot" />
          {short}
        </AriaButton>
      </Hint>
      <span className="visually-hidden" role="status">
        {state.kind === 'failed' ? whole : ''}
      </span>
    </>
  )
}

function HistoryButtons() {
  const { undoLabel, redoLabel } = useHistory()
  return (
    <div className="row history-buttons">
      <IconButton
        label={undoLabel === null ? 'Nothing to undo' : `Undo ${undoLabel}`}
        icon="undo"
        shortcut={keysHere('Ctrl+Z')}
        isDisabled={undoLabel === null}
        onPress={() => void undo()}
      />
      <IconButton
        label={redoLabel === null ? 'Nothing to redo' : `Redo ${redoLabel}`}
        icon="redo"
        shortcut={keysHere('Ctrl+Y')}
        isDisabled={redoLabel === null}
        onPress={() => void redo()}
      />
      <HistoryMenu />
    </div>
  )
}

function ThemeButton() {
  const theme = useScreen((screen) => screen.theme)
  const icon = theme === 'light' ? 'sun' : theme === 'dark' ? 'moon' : 'screen'
  return (
    <Menu
      label="Theme"
      entries={[
        { id: 'light', label: 'Light', isChecked: theme === 'light', run: () => setTheme('light') },
        { id: 'dark', label: 'Dark', isChecked: theme === 'dark', run: () => setTheme('dark') },
        { id: 'system', label: 'As the system', isChecked: theme === 'system', run: () => setTheme('system') },
      ]}
    >
      <AriaButton className="icon-button ghost" aria-label="Theme">
        <Icon name={icon} />
      </AriaButton>
    </Menu>
  )
}
