import { useState } from 'react'
import { Button, Dialog, MenuAt, type MenuEntry, Select, TextField, countOf } from '../parts/index.ts'
import { AskDialog } from './ask-dialog.tsx'
import { readIn, showIn } from './decimal-mark.ts'
import { type Series, seriesEdits, totalOf } from './fill-series.ts'
import { type EditPlan } from './sheet-edits.ts'
import { lastRect, type Selection } from './range.ts'
import { type RefusedEdit, type Sheet, type SheetEdit, columnLetters } from './sheet.ts'
import { PasteSpecialDialog } from './paste-special.tsx'
import type { SpecialPaste } from './special-paste.ts'
import { parseTypedNumber } from './typed-number.ts'

/** One way to spread a total over columns. */
export interface Spreading {
  readonly id: string
  readonly label: string
  readonly weightOf: (columnId: string) => bigint
}

export interface PasteQuestion {
  readonly plan: EditPlan
  readonly verb: string
  readonly refusals: readonly RefusedEdit[]
  /** null = no rows can be added here. */
  readonly addRows: (() => void) | null
}

/** What stands over the sheet; one at a time. */
export type SheetPopup =
  | { readonly kind: 'menu'; readonly x: number; readonly y: number; readonly entries: readonly MenuEntry[] }
  | { readonly kind: 'paste'; readonly question: PasteQuestion }
  | { readonly kind: 'special'; readonly onPaste: (how: SpecialPaste) => void }
  | { readonly kind: 'series'; readonly selection: Selection; readonly spreadings: readonly Spreading[] }
  | {
      readonly kind: 'note'
      readonly rowId: string
      /** null = the whole row. */
      readonly columnId: string | null
      readonly name: string
      readonly note: string
    }

export function SheetPopups({
  popup,
  sheet,
  onClose,
  onRun,
  onNote,
}: {
  readonly popup: SheetPopup | null
  readonly sheet: Sheet
  readonly onClose: () => void
  readonly onRun: (plan: EditPlan, verb: string) => void
  readonly onNote: (rowId: string, columnId: string | null, note: string) => void
}) {
  switch (popup?.kind) {
    case undefined:
      return null
    case 'menu':
      return <MenuAt label="Cells" entries={popup.entries} x={popup.x} y={popup.y} onClose={onClose} />
    case 'paste':
      return <PasteDialog question={popup.question} sheet={sheet} onClose={onClose} onRun={onRun} />
    case 'special':
      return <PasteSpecialDialog onClose={onClose} onPaste={popup.onPaste} />
    case 'series':
      return (
        <SeriesDialog
          sheet={sheet}
          selection={popup.selection}
          spreadings={popup.spreadings}
          onClose={onClose}
          onRun={onRun}
        />
      )
    case 'note':
      return <NoteDialog key={`${popup.rowId} ${popup.columnId}`} {...popup} onClose={onClose} onNote={onNote} />
  }
}

const TOLD = 8

/** Asks before anything changes: which cells of a paste do not fit, and why. */
function PasteDialog({
  question: { plan, verb, refusals, addRows },
  sheet,
  onClose,
  onRun,
}: {
  readonly question: PasteQuestion
  readonly sheet: Sheet
  readonly onClose: () => void
  readonly onRun: (plan: EditPlan, verb: string) => void
}) {
  const refused = new Set(refusals.map(({ edit }) => edit))
  const rest = plan.edits.filter((edit) => !refused.has(edit))
  const { rows = 0, columns = 0 } = plan.overflow ?? {}
  return (
    <Dialog
      title="Not all of it fits"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          {rows > 0 && addRows && (
            <Button
              onPress={() => {
                onClose()
                addRows()
              }}
            >
              Add {countOf(rows, 'row')} and paste
            </Button>
          )}
          <Button
            variant="primary"
            isDisabled={rest.length === 0}
            onPress={() => {
              onClose()
              onRun({ ...plan, edits: rest, skipped: plan.skipped + refusals.length }, verb)
            }}
          >
            {verb} {countOf(rest.length, 'cell')}
          </Button>
        </>
      }
    >
      <p>Nothing was changed yet.</p>
      {rows > 0 && <p>{countOf(rows, 'row')} of the clipboard would lie below the last row.</p>}
      {columns > 0 && <p>{countOf(columns, 'column')} would lie right of the last column.</p>}
      {refusals.length > 0 && (
        <ul className="paste-refusals">
          {refusals.slice(0, TOLD).map(({ edit, why }) => (
            <li key={`${edit.rowId} ${edit.columnId}`}>
              <b>{placeOf(sheet, edit)}</b> {why}
            </li>
          ))}
          {refusals.length > TOLD && <li>and {countOf(refusals.length - TOLD, 'cell')} more</li>}
        </ul>
      )}
    </Dialog>
  )
}

function placeOf(sheet: Sheet, { rowId, columnId }: SheetEdit): string {
  const row = sheet.rows.find(({ id }) => id === rowId)
  return `${columnLetters(sheet.columns.findIndex(({ id }) => id === columnId))}${row?.position ?? '?'}`
}

/** Spreads a total over the selected months, or continues each row by a step or by growth. */
function SeriesDialog({
  sheet,
  selection,
  spreadings,
  onClose,
  onRun,
}: {
  readonly sheet: Sheet
  readonly selection: Selection
  readonly spreadings: readonly Spreading[]
  readonly onClose: () => void
  readonly onRun: (plan: EditPlan, verb: string) => void
}) {
  const [way, setWay] = useState<string>(spreadings[0]?.id ?? 'growth')
  const column = sheet.columns[lastRect(selection).right]
  const [shown, setShown] = useState(() => showIn(column, totalOf(sheet, selection)))
  const typed = readIn(column, shown)
  const number = parseTypedNumber(typed)
  const spreading = spreadings.find(({ id }) => id === way)
  const series = seriesOf(way, spreading, typed, number?.value ?? null)
  const { top, bottom } = lastRect(selection)
  const label = spreading ? 'Total of each row' : way === 'growth' ? 'Growth from one cell to the next' : 'Step'
  return (
    <AskDialog
      title="Fill a series"
      confirm={`Fill ${countOf(bottom - top + 1, 'row')}`}
      isDisabled={series === null}
      onClose={onClose}
      onConfirm={() => {
        if (series) onRun(seriesEdits(sheet, selection, series), spreading ? 'Spread' : 'Fill series')
      }}
    >
      <div className="series-form">
        <Select
          label="How"
          value={way}
          onChange={(next) => {
            setWay(next)
            const isTotal = spreadings.some(({ id }) => id === next)
            setShown(isTotal ? showIn(column, totalOf(sheet, selection)) : next === 'growth' ? '5%' : '100')
          }}
          choices={[
            ...spreadings.map(({ id, label: name }) => ({ id, label: name })),
            { id: 'growth', label: 'Growth in percent' },
            { id: 'linear', label: 'The same step each time' },
          ]}
        />
        <TextField
          label={label}
          value={shown}
          onChange={setShown}
          problem={number === null && shown !== '' ? `Found “${shown}”, wanted a number.` : null}
          description={spreading ? 'The parts add up to the total to the cent.' : 'The first cell of each row stays.'}
        />
      </div>
    </AskDialog>
  )
}

function seriesOf(way: string, spreading: Spreading | undefined, typed: string, value: number | null): Series | null {
  if (value === null) return null
  if (spreading) return { kind: 'spread', total: typed, weightOf: spreading.weightOf }
  return way === 'growth' ? { kind: 'growth', rate: value } : { kind: 'linear', step: value }
}

function NoteDialog({
  rowId,
  columnId,
  name,
  note,
  onClose,
  onNote,
}: {
  readonly rowId: string
  readonly columnId: string | null
  readonly name: string
  readonly note: string
  readonly onClose: () => void
  readonly onNote: (rowId: string, columnId: string | null, note: string) => void
}) {
  const [text, setText] = useState(note)
  return (
    <AskDialog
      title={`Note on “${name}”`}
      confirm="Keep the note"
      onClose={onClose}
      onConfirm={() => {
        if (text.trim() !== note) onNote(rowId, columnId, text)
      }}
    >
      <TextField label="Note" isLabelHidden isMultiline autoFocus value={text} onChange={setText} />
    </AskDialog>
  )
}
