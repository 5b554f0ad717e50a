import { AS_IT_IS, type Arrangement, type RowCondition } from '../../grid/arrange-sheet.ts'
import { Button, type Choice, IconButton, Select, countOf } from '../../parts/index.ts'

const ALL = 'all'

const CONDITIONS: readonly Choice<RowCondition | typeof ALL>[] = [
  { id: ALL, label: 'All rows' },
  { id: 'unfavourable', label: 'Above plan', hint: 'By 5% and more, where variance or forecast is shown' },
  { id: 'uncertain', label: 'Uncertain' },
  { id: 'typed', label: 'Typed by hand' },
  { id: 'error', label: 'With an error' },
]

/** Which rows are shown and in what order; the plan itself keeps its own. */
export function ArrangeBar({
  arrangement,
  shown,
  all,
  sortedBy,
  onChange,
  onClose,
}: {
  readonly arrangement: Arrangement
  /** Rows that are left, of all there are. */
  readonly shown: number
  readonly all: number
  /** Head of the column the rows are sorted by; null = they stand in the order of the plan. */
  readonly sortedBy: string | null
  readonly onChange: (arrangement: Arrangement) => void
  readonly onClose: () => void
}) {
  const { text, condition, sort } = arrangement
  return (
    <div role="search" className="arrange-bar">
      <input
        autoFocus
        className="input"
        aria-label="Show rows with"
        placeholder="Show rows with…"
        value={text}
        onChange={(event) => onChange({ ...arrangement, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
        }}
      />
      <Select
        label="Which rows"
        isLabelHidden
        value={condition ?? ALL}
        onChange={(id) => onChange({ ...arrangement, condition: id === ALL ? null : id })}
        choices={CONDITIONS}
      />
      <span role="status" className="arrange-told">
        {shown === all ? countOf(all, 'row') : `${shown} of ${countOf(all, 'row')}`}
        {sort !== null &&
          sortedBy !== null &&
          ` · sorted by ${sortedBy}, ${sort.isDescending ? 'largest' : 'smallest'} first`}
      </span>
      <Button size="small" onPress={() => onChange(AS_IT_IS)}>
        Show all as planned
      </Button>
      <IconButton label="Close the filter" icon="close" onPress={onClose} />
    </div>
  )
}
