import { Button as AriaButton } from 'react-aria-components/Button'
import { goToStep } from '../commands/index.ts'
import { Icon, Menu, type MenuEntry } from '../parts/index.ts'
import { useHistory } from '../stores/history.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { historyEntries } from './history-entries.ts'

/** Every step of this session, newest first; choosing one brings the workbook to how it was right after it. */
export function HistoryMenu() {
  const { steps, done } = useHistory()
  const zone = useWorkbook((workbook) => workbook.records.settings['settings']?.zone)
  if (steps.length === 0 || !zone) return null
  const entries: readonly MenuEntry[] = historyEntries(steps, zone).map((entry) => ({
    id: String(entry.done),
    label: entry.label,
    ...(entry.time !== '' && { hint: entry.time }),
    isChecked: entry.done === done,
    isFaint: entry.done > done,
    run: () => void goToStep(entry.done),
  }))
  return (
    <Menu label="Steps of this session" entries={entries}>
      <AriaButton className="icon-button ghost" aria-label="Steps of this session">
        <Icon name="history" />
      </AriaButton>
    </Menu>
  )
}
