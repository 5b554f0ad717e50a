import type { Day } from '../calendar/index.ts'
import type { Nanos } from '../money/index.ts'
import type { Instant } from '../quantities/index.ts'

/**
 * What one imported record says, as columns. The tables below are the vocabulary of everything that happened: importers
 * fill them, storage keeps them as typed arrays, metrics read them. A column is `null` where the source is silent.
 *
 * text: dictionary-coded string · number: double, whole where it counts things · nanos: exact money, 64-bit integer ·
 * instant: epoch ms · day: calendar day without a zone, kept as days since 1970.
 */
export type ColumnKind = 'text' | 'number' | 'nanos' | 'instant' | 'day'

export const FACT_TABLES = {
  /** One use of an AI tool as finely as its export states it: an event, or a day x model x key x token class. */
  usage: {
    day: 'day',
    at: 'instant',
    /** `Claude API`, `Cursor`, `OpenAI API`, `GitHub Copilot`, or what a generic file calls itself. */
    tool: 'text',
    /** As written in the export. */
    model: 'text',
    /** E-mail, login or key label: the only hint of a person the source gives. */
    person: 'text',
    apiKey: 'text',
    /** Workspace, project or organisation: the grouping the vendor bills by. */
    workspace: 'text',
    repository: 'text',
    /** Session, cloud agent or conversation id. */
    session: 'text',
    /** Usage type, kind or SKU, as written. */
    detail: 'text',
    requests: 'number',
    uncachedInput: 'number',
    cacheWrite5m: 'number',
    cacheWrite1h: 'number',
    cacheWriteUnknown: 'number',
    cacheRead: 'number',
    output: 'number',
    /** Tokens of a source that states only a total. Never together with the buckets above. */
    unsplitTokens: 'number',
    currency: 'text',
    listed: 'nanos',
    billed: 'nanos',
    included: 'nanos',
    estimated: 'nanos',
    /** Whom the vendor bills, as it names them: what a file restates, it restates for one account. */
    account: 'text',
    costCenter: 'text',
    /** Where it ran, as written: what some vendors price by. */
    region: 'text',
    /** Context window of the request, as written: long ones cost more. */
    contextWindow: 'text',
    /** Things that are neither tokens nor requests, with their name in `unit`: web searches, seconds, images. */
    quantity: 'number',
    unit: 'text',
    /** Columns and fields of the export that are not read, `name: value` in lines, so that nothing a file says is lost. */
    extra: 'text',
  },
  /** One commit on the first-parent line of the default branch: a squash, merge, rebase or direct push. */
  landing: {
    repository: 'text',
    sha: 'text',
    /** 0 = newest in its export. Committer dates are not monotone; position is the order. */
    position: 'number',
    authoredAt: 'instant',
    /** The landing time. */
    committedAt: 'instant',
    authorName: 'text',
    authorEmail: 'text',
    committerEmail: 'text',
    /** `Name <mail>` separated by line feeds. */
    coAuthors: 'text',
    subject: 'text',
    pullRequest: 'number',
    /** Name of the AI agent whose mark its message bears beside co-authors; null = not marked, or no message was exported. */
    agent: 'text',
  },
  /** One file touched by a landing (a numstat line). Binary files have no counts. */
  fileChange: {
    repository: 'text',
    sha: 'text',
    path: 'text',
    /** Former path of a rename. */
    fromPath: 'text',
    added: 'number',
    deleted: 'number',
  },
  pullRequest: {
    /** `host/owner/name`. */
    repository: 'text',
    number: 'number',
    title: 'text',
    /** open | closed | merged. */
    state: 'text',
    isDraft: 'number',
    author: 'text',
    authorIsBot: 'number',
    createdAt: 'instant',
    mergedAt: 'instant',
    closedAt: 'instant',
    mergeSha: 'text',
    headRef: 'text',
    additions: 'number',
    deletions: 'number',
    changedFiles: 'number',
    /** Separated by line feeds. */
    labels: 'text',
    /** `owner/name#12` of issues it closes, separated by line feeds. */
    closes: 'text',
    /** Name of the AI agent whose mark it bears; null = not marked, which proves nothing. */
    agent: 'text',
    /** 1 when the export held its reviews (so that none means none), else null. */
    reviewsKnown: 'number',
    commitsKnown: 'number',
    /** When a draft was last offered for review. */
    readyAt: 'instant',
    /** Id inside a warehouse, by which its other tables name the pull request and its author. */
    itemId: 'text',
    authorId: 'text',
    /** As in `usage`: what the export says in fields nobody reads. */
    extra: 'text',
  },
  review: {
    /** With the number 0, the id of the pull request inside a warehouse. */
    repository: 'text',
    number: 'number',
    reviewer: 'text',
    /** APPROVED | CHANGES_REQUESTED | COMMENTED | DISMISSED | PENDING. */
    state: 'text',
    submittedAt: 'instant',
    /** As in `usage`: what the export says in fields nobody reads. */
    extra: 'text',
  },
  /** A commit inside a pull request. */
  pullCommit: {
    /** As in `review`. */
    repository: 'text',
    number: 'number',
    sha: 'text',
    authoredAt: 'instant',
    committedAt: 'instant',
    /** Line feeds between. */
    authorEmails: 'text',
    headline: 'text',
    /** As in `usage`: what the export says in fields nobody reads. */
    extra: 'text',
  },
  deployment: {
    deploymentId: 'text',
    service: 'text',
    environment: 'text',
    sha: 'text',
    startedAt: 'instant',
    finishedAt: 'instant',
    /** success | failure | rollback. */
    result: 'text',
    /** 1 = unplanned fix of a user-facing fault. */
    isUnplanned: 'number',
    causedByIncident: 'text',
    /** As in `usage`: what the export says in fields nobody reads. */
    extra: 'text',
  },
  incident: {
    incidentId: 'text',
    service: 'text',
    severity: 'text',
    startedAt: 'instant',
    resolvedAt: 'instant',
    causedByDeployment: 'text',
    /** As in `usage`: what the export says in fields nobody reads. */
    extra: 'text',
  },
  /**
   * One changed range of lines in one file of a landing, without any text of it. A file that changed without a range (a
   * rename alone, a binary or empty file) has one row whose four numbers are unknown.
   */
  hunk: {
    repository: 'text',
    sha: 'text',
    path: 'text',
    /** Former path of a rename. */
    fromPath: 'text',
    /** First line taken away; with a count of 0, the line after which nothing was taken away. */
    oldStart: 'number',
    oldCount: 'number',
    /** First line put there; with a count of 0, the line after which nothing was put. */
    newStart: 'number',
    newCount: 'number',
    /** modify | new | deleted | binary | rename. */
    change: 'text',
  },
  /** Lines of a file just before the first landing of an export; binary files have none. */
  fileBaseline: {
    repository: 'text',
    path: 'text',
    lines: 'number',
  },
  /** An issue of a tracker as its export states it last. */
  workItem: {
    /** `jira`, `linear`, `azure-devops`, with its site or organisation behind a slash where the export names it. */
    tracker: 'text',
    /** What people call it: `ENG-12`, `#4711`. */
    key: 'text',
    /** Id inside the tracker, by which change logs may name it where they do not say the key. */
    itemId: 'text',
    type: 'text',
    title: 'text',
    status: 'text',
    /** todo | in-progress | done, where the tracker says so. */
    statusCategory: 'text',
    createdAt: 'instant',
    startedAt: 'instant',
    resolvedAt: 'instant',
    points: 'number',
    epic: 'text',
    parent: 'text',
    assignee: 'text',
    /** Separated by line feeds. */
    labels: 'text',
    project: 'text',
    /** `dropped`: ended without being done (cancelled, a duplicate, won't do); null = nothing of the kind is said. */
    outcome: 'text',
    /** As in `usage`: what the export says in fields nobody reads. */
    extra: 'text',
  },
  /** A work item that moved from one status to the next. */
  statusChange: {
    tracker: 'text',
    key: 'text',
    at: 'instant',
    from: 'text',
    to: 'text',
    author: 'text',
    /** As in `usage`: what the export says in fields nobody reads. */
    extra: 'text',
  },
  /** How long a work item stood in one status over all its visits, where a tracker states nothing finer. */
  statusTime: {
    tracker: 'text',
    key: 'text',
    /** Id of the status; the export does not name it. */
    status: 'text',
    visits: 'number',
    ms: 'number',
  },
  /** One account as its tool lists it: which login, address and name are its own. No deed of anybody. */
  account: {
    /** Tool or warehouse the id is of. */
    source: 'text',
    /** By which other exports of the source name it. */
    id: 'text',
    login: 'text',
    email: 'text',
    /** Display name: two people may share one. */
    name: 'text',
    /** Id of the person the source itself says has this account. */
    person: 'text',
    /** As in `usage`: what the export says in fields nobody reads. */
    extra: 'text',
  },
  /** One line of who owns what. */
  ownership: {
    /** Null = in every repository. */
    repository: 'text',
    /** path | key | person: what the pattern is held against. */
    of: 'text',
    pattern: 'text',
    team: 'text',
    /** Order in the file, from 0. Of CODEOWNERS the last match counts, of a team map the first. */
    position: 'number',
    /** codeowners | team-map. */
    source: 'text',
    /** As in `usage`: what the export says in fields nobody reads. */
    extra: 'text',
  },
} as const satisfies Record<string, Record<string, ColumnKind>>

/** `table.column` that tells where a record stood in its export, not what the record says: no part of its content. */
export const INCIDENTAL_COLUMNS: ReadonlySet<string> = new Set(['landing.position'])

/**
 * Columns that came after the first workbooks were written. Chunks stored before lack them, formats may leave them unsaid,
 * and a row that says nothing in them has the content it had before they were there.
 */
export const LATER_COLUMNS = {
  usage: ['account', 'costCenter', 'region', 'contextWindow', 'quantity', 'unit', 'extra'],
  landing: ['agent'],
  pullRequest: ['readyAt', 'itemId', 'authorId', 'extra'],
  review: ['extra'],
  pullCommit: ['extra'],
  deployment: ['extra'],
  incident: ['extra'],
  workItem: ['outcome', 'extra'],
  statusChange: ['extra'],
  account: ['extra'],
  ownership: ['extra'],
} as const satisfies { readonly [K in keyof typeof FACT_TABLES]?: readonly (keyof (typeof FACT_TABLES)[K])[] }

type LaterColumn<K> = K extends keyof typeof LATER_COLUMNS ? (typeof LATER_COLUMNS)[K][number] : never

export type FactKind = keyof typeof FACT_TABLES
export const FACT_KINDS = Object.keys(FACT_TABLES) as FactKind[]

interface CellOf {
  text: string
  number: number
  nanos: Nanos
  instant: Instant
  day: Day
}

/** One fact as a plain object; every column present, `null` where unknown; later columns may be left out. */
export type FactRow<K extends FactKind> = {
  readonly [C in Exclude<keyof (typeof FACT_TABLES)[K], LaterColumn<K>>]:
    CellOf[(typeof FACT_TABLES)[K][C] & ColumnKind] | null
} & {
  readonly [C in keyof (typeof FACT_TABLES)[K] & LaterColumn<K>]?:
    CellOf[(typeof FACT_TABLES)[K][C] & ColumnKind] | null
}

/** The names of the later columns of one table. */
export function laterColumnsOf(kind: FactKind): readonly string[] {
  return kind in LATER_COLUMNS ? LATER_COLUMNS[kind as keyof typeof LATER_COLUMNS] : []
}

/** `codes[i]` 0 = null, else `words[codes[i] - 1]`. */
export interface TextColumn {
  readonly kind: 'text'
  readonly codes: Uint32Array
  readonly words: readonly string[]
}
/** NaN = null. Instants in epoch ms, days in epoch days. */
export interface NumberColumn {
  readonly kind: 'number' | 'instant' | 'day'
  readonly values: Float64Array
}
/** `UNKNOWN_NANOS` = null. */
export interface NanosColumn {
  readonly kind: 'nanos'
  readonly values: BigInt64Array
}
export type ColumnData = TextColumn | NumberColumn | NanosColumn

export const UNKNOWN_NANOS = -(2n ** 63n)

/** Rows per chunk; storage cost is per record, so a chunk is one record (measured 530x faster than a record per row). */
export const CHUNK_ROWS = 65_536

/**
 * Up to 65,536 facts of one table from one import, immutable once committed.
 *
 * `keys`/`checks` are two hashes (53 bits each) of the natural key, `contents` one of the whole row: two rows with one
 * key are the same record, and say something new when their contents differ. `sourceRows` is the 1-based record in the file.
 */
export interface FactChunk {
  readonly kind: FactKind
  readonly importId: string
  readonly seq: number
  readonly rows: number
  readonly columns: Readonly<Record<string, ColumnData>>
  readonly keys: Float64Array
  readonly checks: Float64Array
  readonly contents: Float64Array
  readonly sourceRows: Uint32Array
}

/** A chunk of an older workbook with the columns it lacks, all unknown. */
export function withLaterColumns(chunk: FactChunk): FactChunk {
  const lacking = laterColumnsOf(chunk.kind).filter((name) => chunk.columns[name] === undefined)
  if (lacking.length === 0) return chunk
  const kinds = FACT_TABLES[chunk.kind] as Readonly<Record<string, ColumnKind>>
  const unknown = lacking.map((name) => [name, unknownColumn(kinds[name]!, chunk.rows)] as const)
  return { ...chunk, columns: { ...chunk.columns, ...Object.fromEntries(unknown) } }
}

/** A column of which no row says anything. */
export function unknownColumn(kind: ColumnKind, rows: number): ColumnData {
  if (kind === 'text') return { kind, codes: new Uint32Array(rows), words: [] }
  if (kind === 'nanos') return { kind, values: new BigInt64Array(rows).fill(UNKNOWN_NANOS) }
  return { kind, values: new Float64Array(rows).fill(NaN) }
}
