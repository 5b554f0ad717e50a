import type { BehindRow, LossRow } from '../../shared/metrics/index.ts'
import { formatNanos } from '../../shared/money/index.ts'
import { type EstimateBehind, tellEstimateInFull } from '../../shared/prices/index.ts'
import type { CostKind } from '../../shared/quantities/index.ts'
import type { SpendRow } from '../workers/index.ts'
import { quoted } from './kept-aside-csv.ts'

type FileOf = (importId: string) => string

/** One imported row of an actual, with what kind of cost it is. */
export interface SpendLine extends SpendRow {
  readonly tool: string | null
  readonly basis: CostKind
  readonly currency: string
}

/** Imported rows behind an actual as CSV that no spreadsheet computes; an estimated amount names its rate. */
export function spendRowsCsv(rows: readonly SpendLine[], fileOf: FileOf): string {
  const lines = rows.map(({ day, tool, person, model, nanos, currency, basis, estimate, origin }) =>
    [
      day ?? '',
      quoted(tool ?? ''),
      quoted(person ?? ''),
      quoted(model ?? ''),
      formatNanos(nanos),
      quoted(currency),
      quoted(basis),
      quoted(estimate ?? ''),
      quoted(fileOf(origin.importId)),
      String(origin.sourceRow),
    ].join(','),
  )
  return ['Day,Tool,Person,Model,Amount,Currency,Kind of cost,Estimated by,File,Row', ...lines, ''].join('\r\n')
}

/** Imported rows that came to no change as CSV that no spreadsheet computes; no cost is an empty cell, not 0. */
export function lossRowsCsv(rows: readonly LossRow[], currency: string, fileOf: FileOf): string {
  const lines = rows.map(({ day, tool, model, detail, nanos, origin }) =>
    [
      day,
      quoted(tool ?? ''),
      quoted(model ?? ''),
      quoted(detail ?? ''),
      nanos === null ? '' : formatNanos(nanos),
      nanos === null ? '' : quoted(currency),
      quoted(fileOf(origin.importId)),
      String(origin.sourceRow),
    ].join(','),
  )
  return ['Day,Tool,Model,Detail,Cost,Currency,File,Row', ...lines, ''].join('\r\n')
}

export interface BehindCsv {
  readonly rows: readonly BehindRow[]
  readonly partName: string
  readonly wholeName: string
  /** Of costs in the rows; empty = they are no estimates. */
  readonly estimates: readonly EstimateBehind[]
  readonly currency: string
}

/**
 * Changes behind a number as CSV that no spreadsheet computes. A cost says how it came to the change, and where it is an
 * estimate the last lines name every rate of the period, because a change has its share of many uses.
 */
export function behindRowsCsv({ rows, partName, wholeName, estimates, currency }: BehindCsv, fileOf: FileOf): string {
  const head = ['Change', 'Number', 'Repository', 'Address', 'Authors', 'AI-marked']
  const counts = [
    ...(partName === '' ? [] : [[partName, (row: BehindRow) => row.part] as const]),
    ...(wholeName === '' ? [] : [[wholeName, (row: BehindRow) => row.whole] as const]),
  ]
  const lines = rows.map((row) =>
    [
      quoted(row.title),
      String(row.number ?? ''),
      quoted(row.repository),
      quoted(row.url ?? ''),
      quoted(row.authorGroup),
      row.isAgentMarked ? 'yes' : 'no',
      ...counts.map(([, of]) => String(of(row))),
      row.cost === null ? '' : String(row.cost.amount),
      row.cost === null ? '' : currency,
      row.cost === null ? '' : quoted(row.cost.level),
      quoted(row.origin === null ? '' : fileOf(row.origin.importId)),
      String(row.origin?.sourceRow ?? ''),
    ].join(','),
  )
  const columns = [...head, ...counts.map(([name]) => name), 'Cost', 'Currency', 'Cost linked by', 'File', 'Row']
  const rates = estimates.map(({ model, tool, nanos, ...rate }) =>
    [model ?? 'model not named', tool ?? '', formatNanos(nanos), currency, tellEstimateInFull(rate)]
      .map(quoted)
      .join(','),
  )
  return [
    columns.map(quoted).join(','),
    ...lines,
    ...(rates.length === 0 ? [] : ['', 'Estimated: model,Tool,Amount of the period,Currency,Estimated by', ...rates]),
    '',
  ].join('\r\n')
}
