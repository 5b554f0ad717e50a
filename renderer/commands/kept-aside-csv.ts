import type { KeptAside } from '../../shared/importers/index.ts'
import { tellIssue } from '../../shared/issues/index.ts'

/** What spreadsheets may take for a formula, after blanks of any kind (OWASP CSV injection; the full-width signs too). */
const FORMULA_START =
  /^[\s\uFEFF\u200B\u00A0]*(?:'+[\s\uFEFF\u200B\u00A0]*)?[=+\-@\t\r\n\u0000\uFF1D\uFF0B\uFF0D\uFF20]/

/** Rows that were not taken over, with reasons, as CSV that no spreadsheet computes. Numbers stay numbers. */
export function keptAsideCsv(rows: readonly KeptAside[]): string {
  const lines = rows.map(({ row, line, column, issue, text }) =>
    [String(row), String(line), quoted(column ?? ''), quoted(issue.code), quoted(tellIssue(issue)), quoted(text)].join(
      ',',
    ),
  )
  return ['Row,Line,Column,Code,Reason,Record', ...lines, ''].join('\r\n')
}

/** Quoted always; an apostrophe in front where a formula could begin, and one more where the text brings one itself. */
export function quoted(text: string): string {
  const safe = FORMULA_START.test(text) || /^[\t\r\n\u0000]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
