import type { KeptAside } from '../../shared/importers/index.ts'
import { tellIssue } from '../../shared/issues/index.ts'
import { guardFormula } from '../../shared/tables/index.ts'

/** Rows that were not taken over, with reasons, as CSV that no spreadsheet computes. Numbers stay numbers. */
export function keptAsideCsv(rows: readonly KeptAside[]): string {
  const lines = rows.map(({ row, line, column, issue, text }) =>
    [String(row), String(line), quoted(column ?? ''), quoted(issue.code), quoted(tellIssue(issue)), quoted(text)].join(
      ',',
    ),
  )
  return ['Row,Line,Column,Code,Reason,Record', ...lines, ''].join('\r\n')
}

/** Quoted always, and guarded against being computed. */
export function quoted(text: string): string {
  return `"${guardFormula(text).replaceAll('"', '""')}"`
}
