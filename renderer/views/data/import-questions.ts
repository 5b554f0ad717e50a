import { GENERIC_DELIVERY, type ImportChoices } from '../../../shared/importers/index.ts'
import { type Issue, tellIssue } from '../../../shared/issues/index.ts'

/** What may have to be asked about a file; each answers one field of its choices. */
export const QUESTIONS = [
  'as',
  'zone',
  'decimalMark',
  'dayOrder',
  'currency',
  'headerLine',
  'repository',
  'encoding',
  'mapping',
  'days',
  'overlap',
] as const satisfies readonly (keyof ImportChoices)[]
export type Question = (typeof QUESTIONS)[number]

const ASKED_BY: Readonly<Record<string, Question | readonly Question[]>> = {
  'import/decimal-mark-ambiguous': 'decimalMark',
  'import/day-order-ambiguous': 'dayOrder',
  'import/day-order-mixed': 'dayOrder',
  'import/header-further-down': 'headerLine',
  'import/unknown-format': ['as', 'mapping'],
  'import/wrong-format': 'as',
  'import/unknown-format-id': 'as',
  'import/no-such-column': 'mapping',
  'import/unknown-fact-column': 'mapping',
  'import/no-header': 'mapping',
  'import/zone-not-stated': 'zone',
  'import/not-a-time': 'zone',
  'import/zone-needed': 'zone',
  'import/currency-not-stated': 'currency',
  'import/repository-from-file-name': 'repository',
  'import/repository-needed': 'repository',
  'import/encoding-unknown': 'encoding',
  'import/columns-needed': ['as', 'mapping'],
  'import/days-needed': 'days',
  'import/days-overlap': 'days',
  'import/same-money-twice': 'overlap',
  'import/overlap-without-match': 'overlap',
  'import/restates-period': 'overlap',
}

/** Only what this file leaves open, or what was answered before and may be changed again. */
export function questionsFor(issues: readonly Issue[], choices: ImportChoices): readonly Question[] {
  const asked = issues.flatMap(({ code }) => ASKED_BY[code] ?? (code.includes('encoding') ? 'encoding' : []))
  const answered = QUESTIONS.filter((question) => choices[question] !== undefined)
  return [...new Set<Question>([...asked, ...answered])]
}

/** Columns a table of one's own can be mapped on: those of the table it was said to be, and else those of usage. */
export function mappableColumns(as: string | undefined): readonly (readonly [column: string, meaning: string])[] {
  const table = GENERIC_DELIVERY.find(({ id }) => id === as)
  return table
    ? table.columns.map(({ name, meaning, isNeeded }) => [name, isNeeded === true ? `${meaning} (needed)` : meaning])
    : FACT_COLUMNS
}

export function isAnswered(question: Question, choices: ImportChoices): boolean {
  return choices[question] !== undefined
}

/** The sentence of an issue without what only the command line has: `(--as)`. The screen has fields for it. */
export function tellOnScreen(issue: Issue): string {
  return tellIssue(issue).replace(/\s*\(--[^)]*\)/g, '')
}

/** Header names out of an issue that quotes the header row; empty when it quotes something else. */
export function headersIn(issue: Issue | undefined): readonly string[] {
  if (!issue?.said) return []
  const delimiter = ['\t', ';', '|', ','].find((mark) => issue.said!.includes(mark)) ?? ','
  const names = issue.said.split(delimiter).map((name) => name.trim().replace(/^"|"$/g, ''))
  return names.length > 1 ? names.filter((name) => name !== '') : []
}

/** Columns of a usage table that a file of one's own can be mapped on; the first two are the least. */
export const FACT_COLUMNS: readonly (readonly [column: string, meaning: string])[] = [
  ['day', 'Day of the use'],
  ['model', 'Model'],
  ['tool', 'Tool or vendor'],
  ['person', 'Person'],
  ['apiKey', 'API key'],
  ['workspace', 'Workspace or project'],
  ['repository', 'Repository'],
  ['uncachedInput', 'Input tokens (not cached)'],
  ['cacheRead', 'Tokens read from cache'],
  ['cacheWriteUnknown', 'Tokens written to cache'],
  ['output', 'Output tokens'],
  ['unsplitTokens', 'All tokens, when not split'],
  ['requests', 'Requests'],
  ['billed', 'Cost that is owed'],
  ['listed', 'Cost at list price'],
]
