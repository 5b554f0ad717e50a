import {
  addScenario,
  chooseAndOpenWorkbook,
  goTo,
  openSample,
  printBrief,
  redo,
  saveWorkbookFile,
  selectScenario,
  setTheme,
  startEmpty,
  undo,
} from '../commands/index.ts'
import type { IconName } from '../parts/index.ts'
import { useHistory } from '../stores/history.ts'
import { PLACES, type Theme, useScreen } from '../stores/screen.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { importFiles } from '../views/import-files.ts'
import { PLACE_ICONS, PLACE_NAMES } from './places.ts'

/** One thing the palette offers. */
export interface Action {
  readonly id: string
  readonly label: string
  readonly group: string
  readonly icon: IconName
  readonly keys?: string
  readonly run: () => void
}

const THEME_NAMES: Readonly<Record<Theme, string>> = {
  light: 'Light theme',
  dark: 'Dark theme',
  system: 'Theme of the system',
}

export async function newScenario(templateId: string): Promise<void> {
  const id = await addScenario(templateId)
  selectScenario(id)
  goTo('scenarios')
}

export function printTheBrief(): void {
  goTo('brief')
  // The brief has to be on screen before it can be printed.
  requestAnimationFrame(() => requestAnimationFrame(() => void printBrief()))
}

/** Everything the palette offers now; what makes no sense in this state is not listed. */
export function listActions(ask: {
  readonly replaceBySample: () => void
  readonly close: () => void
}): readonly Action[] {
  const { phase, records } = useWorkbook.getState()
  const isOpen = phase === 'ready' || phase === 'read-only'
  const { undoLabel, redoLabel } = useHistory.getState()
  const actions: Action[] = []
  if (isOpen) {
    PLACES.forEach((place, index) =>
      actions.push({
        id: `go-${place}`,
        label: PLACE_NAMES[place],
        group: 'Go to',
        icon: PLACE_ICONS[place],
        keys: `Ctrl+${index + 1}`,
        run: () => goTo(place),
      }),
    )
    if (undoLabel !== null) {
      actions.push({
        id: 'undo',
        label: `Undo ${undoLabel}`,
        group: 'Edit',
        icon: 'undo',
        keys: 'Ctrl+Z',
        run: () => void undo(),
      })
    }
    if (redoLabel !== null) {
      actions.push({
        id: 'redo',
        label: `Redo ${redoLabel}`,
        group: 'Edit',
        icon: 'redo',
        keys: 'Ctrl+Y',
        run: () => void redo(),
      })
    }
    actions.push(
      {
        id: 'import',
        label: 'Import files…',
        group: 'Workbook',
        icon: 'import',
        keys: 'Ctrl+I',
        run: importFiles,
      },
      {
        id: 'save',
        label: 'Save workbook as a file…',
        group: 'Workbook',
        icon: 'export',
        keys: 'Ctrl+S',
        run: () => void saveWorkbookFile(),
      },
    )
  }
  actions.push(
    {
      id: 'open',
      label: 'Open a workbook file…',
      group: 'Workbook',
      icon: 'folder',
      keys: 'Ctrl+O',
      run: () => void chooseAndOpenWorkbook(),
    },
    {
      id: 'sample',
      label: 'Open the sample workbook',
      group: 'Workbook',
      icon: 'sample',
      run: isOpen ? ask.replaceBySample : () => void openSample(),
    },
  )
  if (isOpen) {
    actions.push(
      { id: 'close', label: 'Close this workbook…', group: 'Workbook', icon: 'close', run: ask.close },
      {
        id: 'new-refactor',
        label: 'New scenario: refactor N services',
        group: 'Scenario',
        icon: 'plus',
        run: () => void newScenario('refactor-services'),
      },
      {
        id: 'baseline',
        label: 'Show the baseline',
        group: 'Scenario',
        icon: 'scenarios',
        run: () => selectScenario(null),
      },
      ...Object.values(records.scenarios).map((scenario) => ({
        id: `scenario-${scenario.id}`,
        label: `Show scenario ${scenario.name}`,
        group: 'Scenario',
        icon: 'scenarios' as const,
        run: () => selectScenario(scenario.id),
      })),
      { id: 'print', label: 'Print the brief…', group: 'Brief', icon: 'print', run: printTheBrief },
    )
  } else {
    actions.push({
      id: 'empty',
      label: 'Start an empty workbook',
      group: 'Workbook',
      icon: 'file',
      run: () => void startEmpty(),
    })
  }
  for (const theme of ['light', 'dark', 'system'] as const) {
    if (theme !== useScreen.getState().theme)
      actions.push({
        id: `theme-${theme}`,
        label: THEME_NAMES[theme],
        group: 'Screen',
        icon: theme === 'light' ? 'sun' : theme === 'dark' ? 'moon' : 'screen',
        run: () => setTheme(theme),
      })
  }
  return actions
}
