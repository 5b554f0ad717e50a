import type { MonthKey } from '../calendar/index.ts'
import { nameKey, type SyntaxProblem } from './ast.ts'
import { parseFormula } from './parse-formula.ts'

/** One row as a text model writes it. */
export interface ModelTextRow {
  readonly name: string
  /** '' = not declared. */
  readonly unit: string
  readonly formula: string
  readonly overrides: Readonly<Record<MonthKey, string>>
  /** What follows `--` on its line. */
  readonly note: string
  /** 1-based. */
  readonly line: number
}

export interface ModelTextCorrelation {
  readonly a: string
  readonly b: string
  readonly rho: number
  readonly line: number
}

/** `row` is the row's name, or '' where none could be read; `place` counts characters of the line (formulas: of the formula). */
export interface ModelTextError extends SyntaxProblem {
  readonly row: string
  readonly line: number
}

export interface ModelText {
  readonly rows: readonly ModelTextRow[]
  readonly correlations: readonly ModelTextCorrelation[]
  readonly errors: readonly ModelTextError[]
}

/**
 * Reads a model written as text, one row a line:
 *
 *     Services = 250
 *     'Tokens per service' [tokens] = 12M to 70M   -- the unit stands in brackets before the equals sign
 *     Budget[2026-10] = 12k                        -- one month of a row that also has a line without a month, or not
 *     'Tokens per service' ~ Services : 0.6        -- rank correlation, -1 to 1
 *
 * Two rows may share a line when two or more spaces part them. Every line is read; what cannot be is told with its line.
 */
export function parseModelText(text: string): ModelText {
  const rows = new Map<string, ModelTextRow>()
  const correlations: ModelTextCorrelation[] = []
  const errors: ModelTextError[] = []
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  for (const [index, whole] of lines.entries()) {
    const line = index + 1
    const { code, note } = splitComment(whole)
    for (const part of splitRows(code)) {
      if (part.trim() === '') continue
      const problem = (message: string, row = '') =>
        errors.push({ row, line, message, place: { from: 0, to: whole.length } })
      const correlation = CORRELATION.exec(part)
      if (correlation) {
        const rho = Number(correlation[3])
        if (Number.isFinite(rho) && rho >= -1 && rho <= 1) {
          correlations.push({ a: bare(correlation[1]!), b: bare(correlation[2]!), rho, line })
        } else {
          problem(
            `“${correlation[3]}” is not a rank correlation; a number from -1 to 1 is wanted, such as 'A' ~ 'B' : 0.6.`,
          )
        }
        continue
      }
      const head = HEAD.exec(part)
      if (!head) {
        problem(
          `“${part.trim().slice(0, 40)}” is not a row. Write Name = formula, with quotes around a name with spaces.`,
        )
        continue
      }
      const name = bare(head[1]!).trim()
      if (name === '') {
        problem('The row has an empty name.')
        continue
      }
      addRow(
        rows,
        { name, bracket: (head[2] ?? '').trim(), formula: part.slice(head[0].length).trim(), note, line },
        problem,
      )
    }
  }
  for (const row of rows.values()) {
    for (const error of row.formula === '' ? [] : parseFormula(row.formula).errors)
      errors.push({ row: row.name, line: row.line, ...error })
  }
  return { rows: [...rows.values()], correlations, errors }
}

const NAME = String.raw`(?:'(?:[^']|'')*'|[\p{L}_][\p{L}\p{N}_]*)`
const HEAD = new RegExp(String.raw`^\s*(${NAME})\s*(?:\[([^\]]*)\])?\s*=(?!=)`, 'u')
const CORRELATION = new RegExp(String.raw`^\s*(${NAME})\s*~\s*(${NAME})\s*:\s*(.*?)\s*$`, 'u')
const NEXT_ROW = new RegExp(String.raw`(?<=[\p{L}\p{N}_)\]%'])\s{2,}(?=${NAME}\s*(?:\[[^\]]*\])?\s*=(?!=))`, 'gu')
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/

function addRow(
  rows: Map<string, ModelTextRow>,
  found: { name: string; bracket: string; formula: string; note: string; line: number },
  problem: (message: string, row: string) => void,
): void {
  const { name, bracket, formula, note, line } = found
  const key = nameKey(name)
  const known = rows.get(key)
  if (MONTH.test(bracket)) {
    const row = known ?? { name, unit: '', formula: '', overrides: {}, note, line }
    if (formula === '') problem(`${name}[${bracket}] has no value.`, name)
    else rows.set(key, { ...row, overrides: { ...row.overrides, [bracket]: formula } })
    return
  }
  if (known && known.formula !== '') {
    problem(`“${name}” is already defined on line ${known.line}; the first one is kept. Rename one of them.`, name)
    return
  }
  if (formula === '') problem(`“${name}” has no formula after the equals sign.`, name)
  rows.set(key, {
    name: known?.name ?? name,
    unit: bracket || (known?.unit ?? ''),
    formula,
    overrides: known?.overrides ?? {},
    note,
    line,
  })
}

function splitComment(line: string): { code: string; note: string } {
  let quote = ''
  for (let index = 0; index < line.length; index++) {
    const character = line[index]!
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === "'" || character === '"') quote = character
    else if (character === '-' && line[index + 1] === '-')
      return { code: line.slice(0, index), note: line.slice(index + 2).trim() }
  }
  return { code: line, note: '' }
}

/** `NPV = npv(1%, Net)   Payback = payback(Net)`: a new row can only begin after two spaces where a value has just ended. */
function splitRows(code: string): readonly string[] {
  const cuts: number[] = []
  const scan = code.replace(/'(?:[^']|'')*'|"[^"]*"/g, (quoted) => `'${'x'.repeat(Math.max(0, quoted.length - 2))}'`)
  let depth = 0
  let seen = 0
  for (const match of scan.matchAll(NEXT_ROW)) {
    for (; seen < match.index; seen++) depth += scan[seen] === '(' ? 1 : scan[seen] === ')' ? -1 : 0
    const before = /[\p{L}_]+$/u.exec(scan.slice(0, match.index))?.[0].toLowerCase()
    const isHead = !/=/.test(scan.slice(cuts.at(-1) ?? 0, match.index))
    if (depth === 0 && !isHead && before !== 'to' && before !== 'of' && before !== 'at') cuts.push(match.index)
  }
  const parts: string[] = []
  for (const [index, cut] of [...cuts, code.length].entries())
    parts.push(code.slice(index === 0 ? 0 : cuts[index - 1], cut))
  return parts
}

function bare(name: string): string {
  return name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name
}
