import { GENERIC_DELIVERY, type ImportChoices } from '../../../shared/importers/index.ts'
import { type Issue, tellIssue } from '../../../shared/issues/index.ts'
import { formatCount } from '../../parts/value-text.ts'
import type { ImportJob } from '../../stores/jobs.ts'

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
  'import/maybe-part': 'overlap',
}

/** Only what this file leaves open, or what was answered before and may be changed again. */
export function questionsFor(issues: readonly Issue[], choices: ImportChoices): readonly Question[] {
  const asked = issues.flatMap(({ code }) => ASKED_BY[code] ?? (code.includes('encoding') ? 'encoding' : []))
  const answered = QUESTIONS.filter((question) => choices[question] !== undefined)
  return [...new Set<Question>([...asked, ...answered])]
}

/** What one answer may settle for several files of one export; a mapping or days of totals are each file's own. */
const SHARED: readonly Question[] = ['zone', 'decimalMark', 'dayOrder', 'currency', 'repository', 'encoding']

/** Files that wait for the very same answers as this one. */
export function jobsAskingAlike(
  jobs: readonly ImportJob[],
  jobId: string,
  questions: readonly Question[],
): readonly ImportJob[] {
  if (questions.length === 0 || !questions.every((question) => SHARED.includes(question))) return []
  const asked = questions.join()
  return jobs.filter(
    ({ id, state, choices }) =>
      id !== jobId && state.kind === 'refused' && questionsFor(state.issues, choices).join() === asked,
  )
}

/** The answers to these questions alone, to be given to another file. */
export function answersTo(questions: readonly Question[], choices: ImportChoices): ImportChoices {
  const answers = Object.entries(choices).filter(([question]) => questions.includes(question as Question))
  return Object.fromEntries(answers) as ImportChoices
}

/** Something counts twice until the user says which file counts. */
export function countsTwice({ code }: Issue, choices: ImportChoices): boolean {
  return (
    (code === 'import/same-money-twice' || code === 'import/overlap-without-match') && choices.overlap === undefined
  )
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

/** Answered by the file itself unless the user knows better. */
export function isOptional(question: Question): boolean {
  return question === 'repository'
}

/** A read file that should be looked at before it is taken over: open questions, rows kept aside, days another file states. */
export function wantsAttention({ state, choices }: Pick<ImportJob, 'state' | 'choices'>): boolean {
  if (state.kind !== 'staged') return true
  const { record, keptAside } = state
  if (record.counts.keptAside > 0 || (state.sameAs ?? null) !== null) return true
  if (choices.overlap === undefined && record.overlaps?.some(({ why }) => why !== 'restated')) return true
  const issues = [...record.notes, ...keptAside.map(({ issue }) => issue)]
  return questionsFor(issues, choices).some((question) => !isOptional(question) && !isAnswered(question, choices))
}

/** The sentence of an issue without what only the command line has: `(--as)`. The screen has fields for it. */
export function tellOnScreen(issue: Issue): string {
  return tellIssue(issue).replace(/\s*\(--[^)]*\)/g, '')
}

/** The same under the name of its file, which need not be said again. */
export function tellOfFile({ where: { file: _file, ...where } = {}, ...issue }: Issue): string {
  return tellOnScreen({ ...issue, where })
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

/** All waiting files in one line: `18 of 20 read: 5,120 new rows, 3 kept aside; 2 could not be read`. */
export function tellJobs(jobs: readonly ImportJob[]): string {
  const count = (kind: ImportJob['state']['kind']) => jobs.filter(({ state }) => state.kind === kind).length
  const sums = { new: 0, changed: 0, duplicate: 0, keptAside: 0 }
  for (const { state } of jobs) {
    if (state.kind !== 'staged') continue
    for (const fate of Object.keys(sums) as (keyof typeof sums)[]) sums[fate] += state.record.counts[fate]
  }
  const words = { new: 'new', changed: 'changed', duplicate: 'duplicate', keptAside: 'kept aside' } as const
  const fates = Object.entries(sums).flatMap(([fate, rows]) =>
    rows === 0 && fate !== 'new' ? [] : [`${formatCount(rows)} ${words[fate as keyof typeof words]}`],
  )
  const [refused, reading] = [count('refused'), count('reading')]
  const rest = [
    ...(refused > 0 ? [`${formatCount(refused)} need an answer or cannot be read`] : []),
    ...(reading > 0 ? [`${formatCount(reading)} still being read`] : []),
  ]
  const staged = count('staged')
  const read = `${formatCount(staged)} of ${formatCount(jobs.length)} read${staged === 0 ? '' : `, rows: ${fates.join(', ')}`}`
  return [read, ...rest].join('; ')
}
