import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { type Day, type MonthKey, fiscalQuarterOf, nameDay, nameMonth } from '../../../shared/calendar/index.ts'
import { printName } from '../../../shared/formula/index.ts'
import type { ImportRecord } from '../../../shared/importers/index.ts'
import { planMonths } from '../../../shared/plan/index.ts'
import { redo, showPlan, showToast, undo } from '../../commands/index.ts'
import { AS_IT_IS, type Arrangement, type SheetSort, arrangeSheet } from '../../grid/arrange-sheet.ts'
import { SheetGrid, type SheetHandle } from '../../grid/index.ts'
import type { SheetColumn } from '../../grid/sheet.ts'
import {
  Button,
  type Choice,
  EmptyState,
  IconButton,
  Menu,
  PageHeader,
  Select,
  Toolbar,
  formatCount,
  useMediaQuery,
} from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'
import { type PlanColumns, type PlanSpan, useScreen } from '../../stores/screen.ts'
import { useHistory } from '../../stores/history.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { changedCells } from './changed-cells.ts'
import { checkFormula } from './check-formula.ts'
import { ExplainPanel } from './explain-panel.tsx'
import { ActualsNote } from './actuals-note.tsx'
import { ArrangeBar } from './arrange-bar.tsx'
import { planCommands } from './plan-commands.ts'
import { applyPlanEdits } from './plan-edits.ts'
import { placeOfRow } from './plan-ids.ts'
import { type PlanPeriod, monthsOf, planPeriods } from './plan-periods.ts'
import { type PlanSheetInput, planSheet } from './plan-sheet.ts'
import { useFigureSources } from '../figure-sources.ts'
import { PLAN_SAMPLES, PLAN_SEED, planValues } from './plan-values.ts'
import { spreadingsFor } from './spreadings.ts'
import { useExplanation } from './use-explanation.ts'
import './plan.css'

const NOTHING: ReadonlySet<string> = new Set()

const COLUMN_SETS: readonly { readonly id: PlanColumns; readonly label: string }[] = [
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
  const imports = useWorkbook((workbook) => workbook.imports)
  const columnSet = useScreen((screen) => screen.planColumns)
  const span = useScreen((screen) => screen.planSpan)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [activeRow, setActiveRow] = useState<string | null>(null)
  const [activeColumn, setActiveColumn] = useState<string | null>(null)
  const [isExplaining, setExplaining] = useState(false)
  const [arrangement, setArrangement] = useState<Arrangement>(AS_IT_IS)
  const [isArranging, setArranging] = useState(false)
  const hasFilter = arrangement.text !== '' || arrangement.condition !== null
  const sheetRef = useRef<SheetHandle>(null)
  useShownReverts(sheetRef)
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
  const isRoomy = useMediaQuery('(min-width: 1600px)')
  const dataUntil = useMemo(() => lastUsageDay(imports), [imports])
  const sources = useFigureSources()
  const values = useMemo(() => planValues({ rows: records.rows }, months, sources), [records.rows, months, sources])
  const input = useMemo(
    (): PlanSheetInput | null =>
      settings
        ? {
            records,
            months,
            periods,
            results: values,
            actuals,
            dataUntil,
            currency: settings.currency,
            columnSet,
            isRoomy,
            ...(settings.decimalMark && { decimalMark: settings.decimalMark }),
            // What is looked for may stand in a group that is collapsed.
            closed: hasFilter ? NOTHING : closed,
          }
        : null,
    [records, settings, months, periods, values, actuals, dataUntil, columnSet, isRoomy, closed, hasFilter],
  )
  const whole = useMemo(() => input && planSheet(input), [input])
  const sheet = useMemo(() => whole && arrangeSheet(whole, arrangement), [whole, arrangement])
  const explainInput = useMemo(
    () =>
      input &&
      whole && {
        records,
        months,
        results: values,
        actuals,
        currency: input.currency,
        sheet: whole,
        history: sources.history ?? {},
      },
    [input, whole, records, months, values, actuals, sources.history],
  )
  const activeCell = activeRow === null || activeColumn === null ? null : { rowId: activeRow, columnId: activeColumn }
  const { traceOf, trace, explanation } = useExplanation(explainInput, activeCell, isExplaining)
  if (!input || !whole || !sheet || !quarter || !settings || !explainInput) return null

  const isArranged = hasFilter || arrangement.sort !== null
  const commands = planCommands({
    records,
    isReadOnly,
    isSorted: arrangement.sort !== null,
    activeRow,
    sheet: sheetRef,
    // A new row must not be hidden by what the filter was set to before it.
    onNewRow: (group) => {
      if (isArranged) setArrangement(AS_IT_IS)
      if (group !== null) setClosed((ids) => without(ids, group))
    },
  })
  const sortBy = (sort: SheetSort | null) => {
    setArrangement({ ...arrangement, sort })
    setArranging(sort !== null || hasFilter)
  }
  const shownMonths = monthsOf(periods)
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
              <Select
                label="Months shown"
                isLabelHidden
                look="bar"
                value={span}
                onChange={(planSpan) => showPlan({ planSpan })}
                choices={SPANS}
              />
              <div className="segments" role="group" aria-label="Columns">
                {COLUMN_SETS.map(({ id, label }) => (
                  <button
                    key={id}
                    type="button"
                    aria-pressed={id === columnSet}
                    onClick={() => showPlan({ planColumns: id })}
                  >
                    {label}
                  </button>
                ))}
              </div>
            </Toolbar>
            <Menu
              label="Add to the plan"
              entries={[
                { id: 'line', label: 'Budget line', run: () => commands.addLine('budget line') },
                { id: 'initiative', label: 'Initiative', run: commands.addInitiative },
                { id: 'driver', label: 'Driver', run: () => commands.addLine('driver') },
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
              onPress={() => activeRow !== null && commands.deleteRows([activeRow])}
            />
            <IconButton
              label={isExplaining ? 'Close the explanation' : 'Explain the active cell'}
              icon="info"
              shortcut="Ctrl+E"
              onPress={() => setExplaining(!isExplaining)}
            />
            <IconButton
              label={isArranging ? 'Close the filter' : 'Filter rows'}
              icon="filter"
              onPress={() => {
                setArrangement(AS_IT_IS)
                setArranging(!isArranging)
              }}
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
        <ActualsNote months={shownMonths} currency={settings.currency} />
      </PageHeader>
      {isArranging && (
        <ArrangeBar
          arrangement={arrangement}
          shown={sheet.rows.length}
          all={whole.rows.length}
          sortedBy={nameColumn(whole.columns.find(({ id }) => id === arrangement.sort?.columnId))}
          onChange={setArrangement}
          onClose={() => {
            setArrangement(AS_IT_IS)
            setArranging(false)
          }}
        />
      )}
      {whole.rows.length === 0 ? (
        <EmptyState
          icon="plan"
          title="No budget yet"
          action={
            <>
              <Button variant="primary" onPress={commands.addInitiative}>
                Add an initiative
              </Button>
              <Button onPress={() => commands.addLine('driver')}>Add a driver</Button>
            </>
          }
        >
          An initiative is a piece of work that money is planned for and spent on; its budget lines hold the months.
        </EmptyState>
      ) : (
        <div className="plan-body">
          <SheetGrid
            ref={sheetRef}
            label="Budget lines and drivers by month"
            sheet={sheet}
            whole={() => arrangeSheet(planSheet({ ...input, closed: NOTHING }), arrangement)}
            onEdits={commands.edit}
            onUndo={() => void undo()}
            onRedo={() => void redo()}
            onToggle={(rowId, isOpen) => setClosed((ids) => (isOpen ? without(ids, rowId) : new Set([...ids, rowId])))}
            onDeleteRows={commands.deleteRows}
            onCheck={(edits) => applyPlanEdits(records, edits).refusals}
            {...(!isReadOnly && { rowCommands: commands.rows })}
            sorting={{ sort: arrangement.sort, onSort: sortBy }}
            spreadingsFor={(rowIds) => spreadingsFor(rowIds, records, monthsOf(periods), actuals, settings.currency)}
            writeName={printName}
            checkFormula={(rowId, formula) => checkFormula(records, months, rowId, formula, sources)}
            onNotice={(text) => showToast(text, { tone: 'warn' })}
            onActiveCell={(rowId, columnId) => {
              setActiveRow(rowId)
              setActiveColumn(columnId)
            }}
            traceCell={traceOf}
            traced={trace}
            onExplain={() => setExplaining(!isExplaining)}
            status={<Legend />}
          />
          {isExplaining && (
            <ExplainPanel
              explanation={explanation}
              input={explainInput}
              onGoTo={({ rowId, columnId }) => sheetRef.current?.select(rowId, columnId)}
              onClose={() => {
                setExplaining(false)
                if (activeCell) sheetRef.current?.select(activeCell.rowId, activeCell.columnId)
              }}
            />
          )}
        </div>
      )}
    </div>
  )
}

/** What undo and redo change is selected, as it may be off the screen. */
function useShownReverts(sheet: RefObject<SheetHandle | null>): void {
  const reverted = useHistory((history) => history.reverted)
  const shown = useRef(reverted)
  useEffect(() => {
    if (reverted === null || reverted === shown.current) return
    shown.current = reverted
    sheet.current?.show(changedCells(reverted))
  }, [reverted, sheet])
}

function Legend() {
  return (
    <span className="plan-legend">
      <span className="plan-legend-input">1,200</span> typed
      <span className="plan-legend-formula">1,200</span> from the row&apos;s formula
      <span className="plan-legend-computed">1,200</span> computed
      <span className="plan-legend-range">±</span> range, mean of {formatCount(PLAN_SAMPLES)} samples, seed {PLAN_SEED}
    </span>
  )
}

/** The whole that the last column adds up: `FY26 Q4`, `FY26`. */
function nameSpan(periods: readonly PlanPeriod[]): string {
  return periods.at(-1)?.name ?? ''
}

/** `Nov 2026 Plan`; null = no column. */
function nameColumn(column: SheetColumn | undefined): string | null {
  return column ? [column.group, column.header].filter((part) => part !== '').join(' ') : null
}

function lastUsageDay(imports: readonly ImportRecord[]): Day | null {
  const days = imports.flatMap(({ facts, period }) => ((facts.usage ?? 0) > 0 && period ? [period.to] : []))
  return days.sort().at(-1) ?? null
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const left = new Set(ids)
  left.delete(id)
  return left
}
