import { useDeferredValue, useMemo } from 'react'
import { nameMonth } from '../../../shared/calendar/index.ts'
import { formatMoney, currencyOf, moneyOf } from '../../../shared/money/index.ts'
import type { CellRef } from '../../grid/sheet.ts'
import { Chip, IconButton, LOCALE, RangeChip, tellEvidence } from '../../parts/index.ts'
import { useFigureSources } from '../figure-sources.ts'
import { type CellExplanation, type ExplainInput, type NamedCell, driversBehind } from './explain-cell.ts'
import { SpendEstimates } from './spend-estimates.tsx'
import { SpendRows } from './spend-rows.tsx'
import './explain-panel.css'

/** Beside the sheet: how the active cell came about, down to what was typed or imported. */
export function ExplainPanel({
  explanation,
  input,
  onGoTo,
  onClose,
}: {
  /** null = nothing can be told of the active cell. */
  readonly explanation: CellExplanation | null
  readonly input: ExplainInput
  readonly onGoTo: (cell: CellRef) => void
  readonly onClose: () => void
}) {
  return (
    <aside
      className="explain-panel"
      aria-label="Explanation of the active cell"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header>
        <h2>{explanation?.name ?? 'Nothing to explain'}</h2>
        <IconButton label="Close the explanation" icon="close" onPress={onClose} />
      </header>
      {explanation === null ? (
        <p className="dim">Choose a cell of a row to see how it came about.</p>
      ) : (
        <Explained explanation={explanation} input={input} onGoTo={onGoTo} />
      )}
    </aside>
  )
}

function Explained({
  explanation: { place, value, how, formula, problem, inputs, usedBy, spread, unit, evidence, spend, row },
  input,
  onGoTo,
}: {
  readonly explanation: CellExplanation
  readonly input: ExplainInput
  readonly onGoTo: (cell: CellRef) => void
}) {
  const told = evidence && tellEvidence(evidence)
  return (
    <>
      <p className="explain-value">
        <span className="dim">{place}</span>
        <strong>{value === '' ? 'empty' : value}</strong>
      </p>
      <p>{how}</p>
      {formula !== null && <pre className="explain-formula">{formula}</pre>}
      {problem !== null && <p className="bad">{problem}</p>}
      {spread !== null && (
        <section>
          <h3>Range</h3>
          <p>
            <RangeChip spread={spread} unit={unit} currency={input.currency} /> P10 to P90; the cell shows the mean.
          </p>
          {row && <Drivers row={row} input={input} />}
        </section>
      )}
      <Cells title="Rests on" cells={inputs} onGoTo={onGoTo} />
      {told && (
        <section>
          <h3>Evidence</h3>
          <p>
            <Chip tone={told.tone}>{told.word}</Chip> {told.why}
          </p>
        </section>
      )}
      {spend.length > 0 && (
        <section>
          <h3>Spend behind it</h3>
          <ul className="explain-list">
            {spend.map(({ tool, month, basis, isBeside, nanos, currency }) => (
              <li key={`${tool} ${month} ${basis}`}>
                <span>
                  {tool ?? 'tool not named'}, {nameMonth(month)}, {basis}
                  {isBeside && <span className="dim">, in no total</span>}
                </span>
                <span className="number">{formatMoney(moneyOf(nanos, currencyOf(currency)), LOCALE)}</span>
              </li>
            ))}
          </ul>
          <SpendEstimates spend={spend} />
          <SpendRows spend={spend} />
        </section>
      )}
      <Cells title="Used by" cells={usedBy} onGoTo={onGoTo} />
    </>
  )
}

const MOST_SHOWN = 12

function Cells({
  title,
  cells,
  onGoTo,
}: {
  readonly title: string
  readonly cells: readonly NamedCell[]
  readonly onGoTo: (cell: CellRef) => void
}) {
  if (cells.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul className="explain-list">
        {cells.slice(0, MOST_SHOWN).map((cell) => (
          <li key={`${cell.rowId} ${cell.columnId}`}>
            <button type="button" className="link-button" onClick={() => onGoTo(cell)}>
              {cell.name}
            </button>
            <span className="number">{cell.value}</span>
          </li>
        ))}
        {cells.length > MOST_SHOWN && <li className="dim">and {cells.length - MOST_SHOWN} more</li>}
      </ul>
    </section>
  )
}

/** What makes an uncertain row uncertain. */
function Drivers({ row, input }: { readonly row: NonNullable<CellExplanation['row']>; readonly input: ExplainInput }) {
  const { records, months } = input
  const asked = useDeferredValue(row)
  const sources = useFigureSources()
  const drivers = useMemo(() => driversBehind(records, months, asked, sources), [records, months, asked, sources])
  if (drivers === null) return <p className="dim">Too many rows stand behind it to tell here what drives it.</p>
  const known = drivers.filter(({ share }) => share >= 0.01)
  if (known.length === 0) return <p className="dim">Its own range is all that makes it uncertain.</p>
  return (
    <ul className="explain-list" aria-label="What drives the range">
      {known.slice(0, 5).map(({ id, name, share, sign }) => (
        <li key={id}>
          <span>
            {name} {sign === 1 ? 'pushes up' : 'pulls down'}
          </span>
          <span className="number">{Math.round(share * 100)}%</span>
        </li>
      ))}
    </ul>
  )
}
