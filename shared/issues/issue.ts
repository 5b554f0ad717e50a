/**
 * What can be said about data that is not as wanted: a code for machines, a sentence for people, both always.
 *
 * An `Issue` is a value, never thrown. The sentence has one form everywhere:
 * *place: what was found, what is wanted, what we did, what you can do.*
 */

/** Stable, dotted by folder: `import/number-ambiguous`, `formula/unknown-name`. Tests and scripts compare these, never sentences. */
export type IssueCode = `${string}/${string}`

/** Where in the user's material. Every part is optional; the caller adds its own part as the issue travels up. */
export interface Place {
  /** File as the user named it. */
  readonly file?: string
  /** 1-based data record (header not counted). */
  readonly row?: number
  /** 1-based physical line on which the record starts (header = 1). */
  readonly line?: number
  /** Column or field name as it stands in the file. */
  readonly column?: string
  /** Anything else that names a place: a model row, a month, a JSON path. */
  readonly at?: string
}

export interface Issue {
  readonly code: IssueCode
  readonly where?: Place
  /** What was found, quoted as it stood; of what is only noted, in words. Left out when nothing was there. */
  readonly said?: string
  /** What is wanted, as a clause: `a number with one decimal mark`. */
  readonly wanted: string
  /** What we did about it. */
  readonly did: 'kept-aside' | 'filled' | 'stopped' | 'noted'
  /** What the reader can do, as a sentence. */
  readonly can?: string
}

/** A result or the reasons why there is none. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] }

/** 0 to 1. */
export type Share = number

/** A number with the share of the needed data that is known, or the reason it is unknown. Unknown is never zero. */
export type Measured<T> =
  { readonly known: true; readonly value: T; readonly coverage: Share } | { readonly known: false; readonly why: Issue }

export function accepted<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function refused(...issues: readonly Issue[]): { readonly ok: false; readonly issues: readonly Issue[] } {
  return { ok: false, issues }
}

/** Adds what the caller knows about the place; parts the issue already names are kept. */
export function placed(issue: Issue, where: Place): Issue {
  return { ...issue, where: { ...where, ...issue.where } }
}

const DONE: Record<Issue['did'], string> = {
  'kept-aside': 'Kept aside.',
  filled: 'Filled in.',
  stopped: 'Nothing was changed.',
  noted: '',
}

/** The sentence people read. `Row 212, Cost: “1.234” is not a number with one decimal mark. Kept aside. Choose this file's decimal mark.` */
export function tellIssue(issue: Issue): string {
  const found = issue.said === undefined ? 'nothing found' : `found ${quotedIn(issue, issue.said)}`
  const place = tellPlace(issue.where)
  const head = `${place === '' ? '' : `${place}: `}${found}, wanted ${issue.wanted}.`
  // A file keeps its name as the user wrote it; anything else begins a sentence.
  const opening = issue.where?.file === undefined ? head.charAt(0).toUpperCase() + head.slice(1) : head
  return [opening, DONE[issue.did], issue.can ?? ''].filter((part) => part !== '').join(' ')
}

/**
 * Why a value is unknown, where its place stands beside it and nothing was done: what was found if anything, what it needs,
 * what cures it. `Found 3 merged changes. Needs at least 5 for a number that means something. Look at a longer period.`
 */
export function tellWhy({ said, wanted, can }: Issue): string {
  const found = said === undefined ? '' : `Found ${said}. `
  return [`${found}Needs ${wanted}.`, can ?? ''].filter((part) => part !== '').join(' ')
}

/** A remark about a whole file is in words of ours; what stops or keeps aside quotes the file. */
function quotedIn({ did }: Issue, said: string): string {
  return did === 'noted' ? said : `“${shorten(said)}”`
}

export function tellPlace(where: Place | undefined): string {
  if (!where) return ''
  const parts = [
    where.file,
    where.row === undefined ? undefined : `row ${where.row}`,
    where.line === undefined || where.row !== undefined ? undefined : `line ${where.line}`,
    where.column,
    where.at,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}

/** Long cells are cut in the middle of the sentence only; the kept-aside row keeps the whole text. */
function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 60)}… (${text.length} characters)`
}
