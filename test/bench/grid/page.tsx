import { ClientSideRowModelModule, type ColDef, PinnedRowModule } from 'ag-grid-community'
import { AgGridProvider, AgGridReact } from 'ag-grid-react'
import { useLayoutEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import '../../../renderer/styles/tokens.css'
import '../../../renderer/styles/base.css'
import '../../../renderer/styles/parts.css'
import { styleNonce } from '../../../renderer/bridge/index.ts'
import { SheetGrid } from '../../../renderer/grid/index.ts'
import { cellAt, type Sheet } from '../../../renderer/grid/sheet.ts'
import { sheetTheme } from '../../../renderer/grid/theme.ts'
import { NO_RECORDS } from '../../../renderer/stores/workbook.ts'
import { applyPlanEdits } from '../../../renderer/views/plan/plan-edits.ts'
import { planSheet } from '../../../renderer/views/plan/plan-sheet.ts'
import { monthsAndSum } from '../../../renderer/views/plan/plan-periods.ts'
import { planValues } from '../../../renderer/views/plan/plan-values.ts'
import { addMonths, type MonthKey } from '../../../shared/calendar/index.ts'
import type { ModelRow } from '../../../shared/model/index.ts'
import { invertDiff, type RecordsDiff } from '../../../shared/records/index.ts'
import { changeRecords, diffRecords, type WorkbookRecords } from '../../../shared/workbook/index.ts'

/** Name, formula, unit, 26 months and their total: 30 columns. */
const MONTHS = Array.from({ length: 26 }, (_, at) => addMonths('2026-01' as MonthKey, at))
const LINES = 19

/** Every budget line hangs on the one driver, so that an edit of it reaches every row. */
function madeUp(rows: number): WorkbookRecords {
  const blank: ModelRow = {
    id: 'rate',
    name: 'Rate',
    unit: '$',
    kind: 'driver',
    group: null,
    owner: '',
    evidence: { kind: 'entered' },
    formula: '40',
    overrides: {},
    note: '',
    order: 0,
  }
  const groups = Math.round(rows / (LINES + 1))
  const initiatives = Array.from({ length: groups }, (_, at) => ({
    id: `i${at}`,
    name: `Initiative ${at + 1}`,
    owner: '',
    keyResultId: null,
    order: at,
  }))
  const lines = initiatives.flatMap(({ id }, group) =>
    Array.from({ length: LINES }, (_, at): ModelRow => ({
      ...blank,
      id: `l${group}-${at}`,
      name: `Line ${group + 1}.${at + 1}`,
      kind: 'budget line',
      group: id,
      formula: `Rate * ${at + 1}`,
      order: group * LINES + at + 1,
    })),
  )
  const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
    Object.fromEntries(all.map((one) => [one.id, one]))
  return { ...NO_RECORDS, initiatives: byId(initiatives), rows: byId([blank, ...lines]) }
}

function sheetOf(records: WorkbookRecords): Sheet {
  return planSheet({
    records,
    months: MONTHS,
    results: planValues({ rows: records.rows }, MONTHS),
    actuals: [],
    currency: 'USD',
    periods: monthsAndSum(MONTHS, 'Total'),
    dataUntil: null,
    columnSet: 'plan',
    closed: new Set(),
  })
}

let committed: (at: number) => void = () => undefined

function Ours({ first }: { readonly first: WorkbookRecords }) {
  const [records, setRecords] = useState(first)
  const [steps, setSteps] = useState<readonly RecordsDiff[]>([])
  const sheet = useMemo(() => (records === prepared?.records ? prepared.sheet : sheetOf(records)), [records])
  useLayoutEffect(() => committed(performance.now()), [records])
  return (
    <SheetGrid
      label="Bench"
      sheet={sheet}
      onCheck={(edits) => applyPlanEdits(records, edits).refusals}
      onEdits={(edits) => {
        const edited = applyPlanEdits(records, edits)
        const diff = diffRecords(records, edited.records)
        setSteps([...steps, diff])
        setRecords(changeRecords(records, diff))
        return edited
      }}
      onUndo={() => {
        const step = steps.at(-1)
        if (!step) return
        setSteps(steps.slice(0, -1))
        setRecords(changeRecords(records, invertDiff(step)))
      }}
      onRedo={() => undefined}
      onToggle={() => undefined}
      onDeleteRows={() => undefined}
      onNotice={() => undefined}
    />
  )
}

function Plain({ sheet }: { readonly sheet: Sheet }) {
  const columns = useMemo<ColDef<readonly string[]>[]>(
    () =>
      sheet.columns.map(({ id, header, width }, index) => ({
        colId: id,
        headerName: header,
        width,
        valueGetter: ({ data }) => data?.[index],
      })),
    [sheet],
  )
  const rows = useMemo(() => sheet.rows.map(({ cells }) => cells.map(({ text }) => text)), [sheet])
  return (
    <AgGridProvider modules={[ClientSideRowModelModule, PinnedRowModule]}>
      <AgGridReact<readonly string[]>
        theme={sheetTheme}
        styleNonce={styleNonce()}
        rowData={rows}
        columnDefs={columns}
        rowHeight={28}
        animateRows={false}
        rowBuffer={6}
      />
    </AgGridProvider>
  )
}

let root: Root | null = null
let prepared: { readonly records: WorkbookRecords; readonly sheet: Sheet } | null = null

/** Milliseconds of one mount until the first cell of the last column on screen shows its text. */
async function mount(kind: 'ours' | 'plain'): Promise<number> {
  const element = document.getElementById('root')!
  const { records, sheet } = prepared!
  const wanted = cellAt(sheet, 1, 3).text
  const started = performance.now()
  root = createRoot(element)
  flushSync(() => root!.render(kind === 'ours' ? <Ours first={records} /> : <Plain sheet={sheet} />))
  for (;;) {
    const cell = element.querySelector(`.ag-row[row-index="1"] .ag-cell[col-id="${sheet.columns[3]!.id}"]`)
    if (cell?.textContent === wanted) return performance.now() - started
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}

function unmount(): void {
  root?.unmount()
  root = null
}

/** From the event in the capture phase of the window to the commit of what it changed. */
function untilCommitted(type: string): Promise<number> {
  return new Promise((resolve) => {
    let started = 0
    window.addEventListener(type, () => (started = performance.now()), { capture: true, once: true })
    committed = (at) => resolve(at - started)
  })
}

function untilStatistics(): Promise<number> {
  return new Promise((resolve) => {
    let started = 0
    window.addEventListener('keydown', (event) => event.key === 'a' && (started = performance.now()), { capture: true })
    const observer = new MutationObserver(() => {
      if (started === 0 || !document.querySelector('.sheet-status')?.textContent.includes('Cells')) return
      observer.disconnect()
      resolve(performance.now() - started)
    })
    observer.observe(document.querySelector('.sheet-status')!, { subtree: true, childList: true, characterData: true })
  })
}

const drag = { handler: [] as number[], painted: [] as number[] }

function watchDrag(): void {
  let started = 0
  window.addEventListener('pointermove', () => (started = performance.now()), true)
  window.addEventListener('pointermove', () => {
    const from = started
    drag.handler.push(performance.now() - from)
    requestAnimationFrame(() => requestAnimationFrame(() => drag.painted.push(performance.now() - from)))
  })
}

const bench = {
  prepare(rows: number): number {
    const records = madeUp(rows)
    const started = performance.now()
    prepared = { records, sheet: sheetOf(records) }
    return performance.now() - started
  },
  mount,
  unmount,
  untilCommitted,
  untilStatistics,
  watchDrag,
  drag,
}

export type GridBench = typeof bench
;(window as unknown as { bench: GridBench }).bench = bench
