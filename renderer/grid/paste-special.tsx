import { useState } from 'react'
import { Checkbox } from '../parts/index.ts'
import { AskDialog } from './ask-dialog.tsx'
import type { SpecialPaste } from './special-paste.ts'

const CHOICES: readonly { readonly id: keyof SpecialPaste; readonly label: string }[] = [
  { id: 'isValues', label: 'Values alone, without the formulas and ranges behind them' },
  { id: 'isAdded', label: 'Add to the numbers that are there' },
  { id: 'isTransposed', label: 'Turn rows into columns' },
  { id: 'isByMonth', label: 'The first line names months: put each column into its month' },
]

/** How the clipboard is to be pasted. */
export function PasteSpecialDialog({
  onClose,
  onPaste,
}: {
  readonly onClose: () => void
  readonly onPaste: (how: SpecialPaste) => void
}) {
  const [how, setHow] = useState<SpecialPaste>({
    isValues: false,
    isAdded: false,
    isTransposed: false,
    isByMonth: false,
  })
  return (
    <AskDialog title="Paste special" confirm="Paste" onClose={onClose} onConfirm={() => onPaste(how)}>
      <div className="series-form">
        {CHOICES.map(({ id, label }) => (
          <Checkbox key={id} isSelected={how[id]} onChange={(isChosen) => setHow({ ...how, [id]: isChosen })}>
            {label}
          </Checkbox>
        ))}
      </div>
    </AskDialog>
  )
}
