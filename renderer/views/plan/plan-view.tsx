import { useMemo, useRef, useState } from 'react'
import { type Day, fiscalQuarterOf, type MonthKey } from '../../../shared/calendar/index.ts'
import { editRecords, redo, showToast, undo } from '../../commands/index.ts'
import { printName } from '../../../shared/formula/index.ts'
import { type RowCommands, SheetGrid, type SheetHandle } from '../../grid/index.ts'
import type { EditVerdict, SheetEdit } from '../../grid/sheet.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import {
  type Choice,
  Select,
  Button,
  EmptyState,
  IconButton,
  Menu,
  PageHeader,
  Toolbar,
  countOf,
  nameDay,
  newId,
} from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import {
  type Added,
  addInitiative,
  addRow,
  applyPlanEdits,
  duplicateRows,
  insertRow,
  moveRows,
  removeRows,
  setNote,
} from './plan-edits.ts'
import { NAME_COLUMN, placeOfRow, rowOfInitiative, rowOfRecord } from './plan-ids.ts'
import { planMonths } from '../../../shared/plan/index.ts'
import type { ImportRecord } from '../../../shared/importers/index.ts'
import { nameMonth } from '../month-name.ts'
import type { ColumnSet } from './plan-columns.ts'
import { planSheet } from './plan-sheet.ts'
import { type PlanPeriod, type PlanSpan, monthsOf, planPeriods } from './plan-periods.ts'
import { planValues } from './plan-values.ts'
import { spreadingsFor } from './spreadings.ts'
import './plan.css'

const MENU_CLOSES_MS = 200

const COLUMN_SETS: readonly { readonly id: ColumnSet; readonly label: string }[] = [
  { id: 'plan', label: 'Plan' },
  { id: 'actual', label: 'Plan + Actual' },
  { id: 'variance', label: 'Variance' },
  { id: 'forecast', label: 'Forecast' },
]

const SPANS: readonly Choice<PlanSpan>[] = [
  { id: 'quarter', label: 'Quarter', hint: 'Its three months' },
  { id: 'months', label: 'Year', hint: 'Twelve months and their quarters' },
  { id: 'quarters', label: 'Year by quarter', hint: 'Four quarters; months are typed in the other two' },
]

/** The spreadsheet: budget lines by initiative and month, drivers below them, actual spend beside the plan. */
export function PlanView() {
  const records = useWorkbook((workbook) => workbook.records)
  const isReadOnly = useWorkbook((workbook) => workbook.phase === 'read-only')
  const actuals = useFigures((figures) => figures.actuals)
  const unpriced = useFigures((figures) => figures.notInActuals?.unpriced)
  const imports = useWorkbook((workbook) => workbook.imports)
  const [columnSet, setColumnSet] = useState<ColumnSet>('actual')
  const [span, setSpan] = useState<PlanSpan>('quarter')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [activeRow, setActiveRow] = useState<string | null>(null)
  const sheetRef = useRef<SheetHandle>(null)
  const settings = records.settings['settings']
  const quarter = useMemo(
    () => (settings ? fiscalQuarterOf(settings.quarterStart as MonthKey, settings.fiscal) : null),
    [settings],
  )
  const months = useMemo(
    () => (settings ? planMonths(settings.quarterStart as MonthKey, settings.fiscal) : []),
    [settings],
  )
  const periods = useMemo(
    () => (quarter && settings ? planPeriods(span, quarter, settings.fiscal) : []),
    [span, quarter, settings],
  )
  const dataUntil = useMemo(() => lastUsageDay(imports), [imports])
  const values = useMemo(() => planValues({ rows: records.rows }, months), [records.rows, months])
  const sheet = useMemo(
    () =>
      quarter && settings
        ? planSheet({
            records,
            months,
            periods,
            results: values,
            actuals,
            dataUntil,
            currency: settings.currency,
            columnSet,
            closed,
          })
        : null,
    [records, quarter, settings, months, periods, values, actuals, dataUntil, columnSet, closed],
  )
  if (!sheet || !quarter || !settings) return null

  const add = (make: (current: WorkbookRecords, id: string) => Added, rowOf: (id: string) => string, label: string) => {
    const id = crypto.randomUUID()
    void editRecords(label, (current) => make(current, id).records).then(() => {
      // The menu gives the focus back to its button once it has closed; only then can the new name take it.
      setTimeout(() => sheetRef.current?.edit(rowOf(id), NAME_COLUMN), MENU_CLOSES_MS)
    })
  }
  const addLine = (kind: 'driver' | 'budget line') => {
    const group = kind === 'budget line' ? initiativeAt(records, activeRow) : null
    if (group !== null) setClosed((ids) => without(ids, rowOfInitiative(group)))
    add(
      (current, id) => addRow(current, id, kind, group),
      rowOfRecord,
      kind === 'driver' ? 'new driver' : 'new budget line',
    )
  }
  const addNewInitiative = () => add(addInitiative, rowOfInitiative, 'new initiative')

  const onEdits = (edits: readonly SheetEdit[], label: string): EditVerdict => {
    if (isReadOnly)
      return {
        taken: 0,
        refused: edits.length,
        why: 'Another window is writing to this workbook, so nothing was changed here.',
      }
    const edited = applyPlanEdits(records, edits)
    if (edited.taken > 0) void editRecords(labelOf(label, edits), (current) => applyPlanEdits(current, edits).records)
    return edited
  }
  const onDeleteRows = (rowIds: readonly string[]) => {
    const removed = removeRows(records, rowIds)
    if (removed.names.length === 0) {
      showToast('This row is computed and cannot be deleted.')
      return
    }
    const what = removed.names.length === 1 ? `“${removed.names[0]}”` : countOf(removed.names.length, 'row')
    const also = [
      removed.lines > 0 ? countOf(removed.lines, 'budget line') : '',
      removed.rules > 0 ? countOf(removed.rules, 'attribution rule') : '',
    ].filter((part) => part !== '')
    void editRecords(`deletion of ${what}`, (current) => removeRows(current, rowIds).records)
    showToast(`Deleted ${what}${also.length > 0 ? ` with ${also.join(' and ')}` : ''}.`, {
      action: { label: 'Undo', run: () => void undo() },
    })
  }
  const rowCommands: RowCommands = {
    insert: (below) => {
      const id = newId('row')
      if (!insertRow(records, id, below)) showToast('Nothing can be inserted here. Choose an initiative or a row.')
      else
        add(
          (current) => insertRow(current, id, below) ?? { records: current, id },
          () => rowOfRecord(id),
          'new row',
        )
    },
    addBelow: (below, count) => {
      const ids = Array.from({ length: count }, () => newId('row'))
      void editRecords(`${countOf(count, 'new row')}`, (current) =>
        ids.reduce(
          (grown, id, at) => insertRow(grown, id, at === 0 ? below : rowOfRecord(ids[at - 1]!))?.records ?? grown,
          current,
        ),
      )
    },
    duplicate: (rowIds) => {
      const ids = new Map(rowIds.map((rowId) => [rowId, newId('row')]))
      const make = (current: WorkbookRecords) => duplicateRows(current, rowIds, (rowId) => ids.get(rowId)!)
      const { ids: made } = make(records)
      if (made.length === 0) showToast('Budget lines and drivers can be duplicated; this row cannot.')
      else
        void editRecords(`duplicate of ${countOf(made.length, 'row')}`, (current) => make(current).records).then(() =>
          sheetRef.current?.select(rowOfRecord(made[0]!), NAME_COLUMN),
        )
    },
    move: (rowIds, step) => void editRecords('move of rows', (current) => moveRows(current, rowIds, step)),
    setNote: (rowId, note) => void editRecords('note', (current) => setNote(current, rowId, note)),
  }
  const shownMonths = monthsOf(periods)
  const unpricedRows = (unpriced ?? [])
    .filter(({ month }) => shownMonths.includes(month))
    .reduce((sum, { rows }) => sum + rows, 0)
  const openGroups = sheet.rows.filter(({ isOpen }) => isOpen !== null)
  const isAllClosed = openGroups.length > 0 && openGroups.every(({ isOpen }) => isOpen === false)
  const canDelete = activeRow !== null && placeOfRow(activeRow).kind !== 'other'

  return (
    <div className="plan-view">
      <PageHeader
        title="Plan"
        actions={
          <>
            <Toolbar label="Months and columns">
              <Select label="Months shown" isLabelHidden look="bar" value={span} onChange={setSpan} choices={SPANS} />
              <div className="segments" role="group" aria-label="Columns">
                {COLUMN_SETS.map(({ id, label }) => (
                  <button key={id} type="button" aria-pressed={id === columnSet} onClick={() => setColumnSet(id)}>
                    {label}
                  </button>
                ))}
              </div>
            </Toolbar>
            <Menu
              label="Add to the plan"
              entries={[
                { id: 'line', label: 'Budget line', run: () => addLine('budget line') },
                { id: 'initiative', label: 'Initiative', run: addNewInitiative },
                { id: 'driver', label: 'Driver', run: () => addLine('driver') },
              ]}
            >
              <Button variant="primary" icon="plus" isDisabled={isReadOnly}>
                Add
              </Button>
            </Menu>
            <IconButton
              label="Delete the row"
              icon="trash"
              shortcut="Ctrl+-"
              isDisabled={!canDelete || isReadOnly}
              onPress={() => activeRow !== null && onDeleteRows([activeRow])}
            />
            <IconButton
              label={isAllClosed ? 'Expand all' : 'Collapse all'}
              icon={isAllClosed ? 'chevron-right' : 'chevron-down'}
              onPress={() => setClosed(isAllClosed ? new Set() : new Set(openGroups.map(({ id }) => id)))}
            />
          </>
        }
      >
        {nameSpan(periods)} · {nameMonth(shownMonths[0]!)} to {nameMonth(shownMonths.at(-1)!)} · {settings.currency}
        {columnSet === 'forecast' &&
          ` · ${dataUntil === null ? 'no actuals yet' : `actuals until ${nameDay(dataUntil)}`}`}
        {settings.isSample && ' · sample data'}
        {unpricedRows > 0 && (
          <>
            {' · '}
            <span className="warn">{countOf(unpricedRows, 'usage row')} without a price, in no actual</span>
          </>
        )}
      </PageHeader>
      {sheet.rows.length === 0 ? (
        <EmptyState
          icon="plan"
          title="No budget yet"
          action={
            <>
              <Button variant="primary" onPress={addNewInitiative}>
                Add an initiative
              </Button>
              <Button onPress={() => addLine('driver')}>Add a driver</Button>
            </>
          }
        >
          An initiative is a piece of work that money is planned for and spent on; its budget lines hold the months.
        </EmptyState>
      ) : (
        <SheetGrid
          ref={sheetRef}
          label="Budget lines and drivers by month"
          sheet={sheet}
          onEdits={onEdits}
          onUndo={() => void undo()}
          onRedo={() => void redo()}
          onToggle={(rowId, isOpen) => setClosed((ids) => (isOpen ? without(ids, rowId) : new Set([...ids, rowId])))}
          onDeleteRows={onDeleteRows}
          onCheck={(edits) => applyPlanEdits(records, edits).refusals}
          {...(!isReadOnly && { rowCommands })}
          spreadingsFor={(rowIds) => spreadingsFor(rowIds, records, monthsOf(periods), actuals, settings.currency)}
          writeName={printName}
          onNotice={(text) => showToast(text, { tone: 'warn' })}
          onActiveRow={setActiveRow}
          status={<Legend />}
        />
      )}
    </div>
  )
}

function Legend() {
  return (
    <span className="plan-legend">
      <span className="plan-legend-input">1,200</span> typed
      <span className="plan-legend-formula">1,200</span> from the row&apos;s formula
      <span className="plan-legend-computed">1,200</span> computed
      <span className="plan-legend-range">±</span> range, mean shown
    </span>
  )
}

/** The initiative a new budget line goes to: the one the active row is or belongs to, else the first. */
function initiativeAt(records: WorkbookRecords, activeRow: string | null): string | null {
  const place = activeRow === null ? null : placeOfRow(activeRow)
  if (place?.kind === 'initiative') return place.id
  const own = place?.kind === 'row' ? records.rows[place.id] : undefined
  if (own?.kind === 'budget line') return own.group
  return Object.values(records.initiatives).sort((a, b) => a.order - b.order)[0]?.id ?? null
}

/** The whole that the last column adds up: `FY26 Q4`, `FY26`. */
function nameSpan(periods: readonly PlanPeriod[]): string {
  return periods.at(-1)?.name ?? ''
}

function lastUsageDay(imports: readonly ImportRecord[]): Day | null {
  const days = imports.flatMap(({ facts, period }) => ((facts.usage ?? 0) > 0 && period ? [period.to] : []))
  return days.sort().at(-1) ?? null
}

function labelOf(label: string, edits: readonly SheetEdit[]): string {
  const word = label.charAt(0).toLowerCase() + label.slice(1)
  return edits.length === 1 ? word : `${word} of ${edits.length} cells`
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const left = new Set(ids)
  left.delete(id)
  return left
}
