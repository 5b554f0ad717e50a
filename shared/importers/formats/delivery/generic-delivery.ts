import { dayIn, UTC } from '../../../calendar/index.ts'
import { type FactKind, type FactRow } from '../../../facts/index.ts'
import { type Outcome, accepted, refused } from '../../../issues/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import type { RawTable } from '../../../tables/index.ts'
import { plainName } from '../../columns.ts'
import type { ReadContext, RecordJudge, RecordSink } from '../../format.ts'
import { columnsNeeded, missing, noSuchColumn, unknownFactColumn } from '../../messages.ts'
import { localTimesOf } from '../../read-local-times.ts'
import { RowReader } from '../../row-reader.ts'
import { pullKey, reviewKey } from './forge-keys.ts'
import { SILENT_PULL } from './pull-row.ts'

/** One column people can map: what it is called here, what it means, how it is read. */
interface MappedColumn {
  readonly name: string
  readonly meaning: string
  readonly kind: 'text' | 'time' | 'count' | 'amount'
  readonly isNeeded?: boolean
  /** Headers that are taken without a question. */
  readonly known?: readonly string[]
}

/** A table of people's own about changes, work, deployments or incidents: they say what it holds and which column is which. */
export interface GenericTable {
  readonly id: string
  readonly name: string
  readonly kind: FactKind
  readonly columns: readonly MappedColumn[]
}

interface GenericSpec<K extends FactKind> extends GenericTable {
  readonly kind: K
  /** What a row says when nothing is mapped. */
  readonly silent: FactRow<K>
  /** Days the row is about. */
  readonly moments: readonly string[]
  keyOf(row: FactRow<K>): string
}

const text = (name: string, meaning: string, ...known: readonly string[]): MappedColumn => ({
  name,
  meaning,
  kind: 'text',
  known,
})
const time = (name: string, meaning: string, ...known: readonly string[]): MappedColumn => ({
  name,
  meaning,
  kind: 'time',
  known,
})
const needed = (column: MappedColumn): MappedColumn => ({ ...column, isNeeded: true })

const DEPLOYMENTS: GenericSpec<'deployment'> = {
  id: 'generic-deployments-csv',
  name: 'Deployments in a table of your own',
  kind: 'deployment',
  columns: [
    needed(text('deploymentId', 'Id of the deployment', 'id', 'deployment', 'build', 'release')),
    text('service', 'Service', 'application', 'app', 'component'),
    text('environment', 'Environment', 'env', 'stage', 'target'),
    text('sha', 'Commit', 'commit', 'commit sha', 'revision'),
    time('startedAt', 'Start', 'started', 'start', 'created'),
    needed(time('finishedAt', 'Finish', 'finished', 'end', 'deployed at', 'date')),
    text('result', 'Result: success, failure, rollback', 'status', 'outcome'),
    text('causedByIncident', 'Incident it was made for', 'incident'),
  ],
  silent: {
    deploymentId: null,
    service: null,
    environment: null,
    sha: null,
    startedAt: null,
    finishedAt: null,
    result: null,
    isUnplanned: null,
    causedByIncident: null,
  },
  moments: ['finishedAt'],
  keyOf: ({ deploymentId, service }) => `deployment|${service ?? ''}|${deploymentId ?? ''}`,
}

const INCIDENTS: GenericSpec<'incident'> = {
  id: 'generic-incidents-csv',
  name: 'Incidents in a table of your own',
  kind: 'incident',
  columns: [
    needed(text('incidentId', 'Id of the incident', 'id', 'incident', 'number')),
    text('service', 'Service', 'application', 'component'),
    text('severity', 'Severity', 'priority', 'urgency'),
    needed(time('startedAt', 'Start', 'started', 'opened', 'created')),
    time('resolvedAt', 'End', 'resolved', 'closed', 'ended'),
    text('causedByDeployment', 'Deployment it came from', 'deployment'),
  ],
  silent: {
    incidentId: null,
    service: null,
    severity: null,
    startedAt: null,
    resolvedAt: null,
    causedByDeployment: null,
  },
  moments: ['startedAt', 'resolvedAt'],
  keyOf: ({ incidentId }) => `incident|${incidentId ?? ''}`,
}

const WORK_ITEMS: GenericSpec<'workItem'> = {
  id: 'generic-work-items-csv',
  name: 'Work items in a table of your own',
  kind: 'workItem',
  columns: [
    needed(text('key', 'Key', 'id', 'issue', 'issue key', 'ticket')),
    text('title', 'Title', 'summary', 'name'),
    text('type', 'Type', 'issue type', 'kind'),
    text('status', 'Status', 'state'),
    needed(time('createdAt', 'Created', 'opened')),
    time('startedAt', 'Work began', 'started', 'in progress'),
    time('resolvedAt', 'Done', 'resolved', 'closed', 'completed'),
    { name: 'points', meaning: 'Points', kind: 'amount', known: ['story points', 'estimate'] },
    text('epic', 'Epic'),
    text('parent', 'Parent'),
    text('assignee', 'Assignee', 'owner'),
    text('labels', 'Labels, split by commas', 'tags'),
    text('project', 'Project', 'team'),
  ],
  silent: {
    tracker: 'own',
    key: null,
    itemId: null,
    type: null,
    title: null,
    status: null,
    statusCategory: null,
    createdAt: null,
    startedAt: null,
    resolvedAt: null,
    points: null,
    epic: null,
    parent: null,
    assignee: null,
    labels: null,
    project: null,
  },
  moments: ['createdAt', 'resolvedAt'],
  keyOf: ({ tracker, key }) => `work|${tracker ?? ''}|${key ?? ''}`,
}

const STATUS_CHANGES: GenericSpec<'statusChange'> = {
  id: 'generic-status-changes-csv',
  name: 'Status changes in a table of your own',
  kind: 'statusChange',
  columns: [
    needed(text('key', 'Key of the item', 'id', 'issue', 'issue key', 'ticket')),
    needed(time('at', 'When', 'date', 'changed at', 'created', 'timestamp')),
    text('from', 'From status', 'from status', 'old value'),
    needed(text('to', 'To status', 'to status', 'new value', 'status')),
    text('author', 'Who', 'user', 'changed by'),
  ],
  silent: { tracker: 'own', key: null, at: null, from: null, to: null, author: null },
  moments: ['at'],
  keyOf: ({ tracker, key, at, to }) => `status|${tracker ?? ''}|${key ?? ''}|${at ?? ''}|${to ?? ''}`,
}

const CHANGES: GenericSpec<'pullRequest'> = {
  id: 'generic-changes-csv',
  name: 'Changes (pull requests) in a table of your own',
  kind: 'pullRequest',
  columns: [
    needed(text('repository', 'Repository', 'repo')),
    needed({ name: 'number', meaning: 'Number', kind: 'count', known: ['id', 'pr', 'pull request', 'merge request'] }),
    text('title', 'Title', 'summary'),
    text('author', 'Author', 'user', 'created by'),
    needed(time('createdAt', 'Opened', 'opened', 'opened at', 'created')),
    time('mergedAt', 'Merged', 'merged', 'completed'),
    time('closedAt', 'Closed', 'closed'),
    text('mergeSha', 'Commit it landed as', 'merge commit', 'sha'),
    text('headRef', 'Branch', 'branch', 'source branch'),
    text('labels', 'Labels, split by commas', 'tags'),
    { name: 'additions', meaning: 'Lines added', kind: 'count', known: ['added', 'lines added'] },
    { name: 'deletions', meaning: 'Lines deleted', kind: 'count', known: ['deleted', 'lines deleted'] },
  ],
  silent: SILENT_PULL,
  moments: ['createdAt', 'mergedAt', 'closedAt'],
  keyOf: ({ repository, number }) => pullKey(repository ?? '', number ?? 0),
}

const REVIEWS: GenericSpec<'review'> = {
  id: 'generic-reviews-csv',
  name: 'Reviews in a table of your own',
  kind: 'review',
  columns: [
    needed(text('repository', 'Repository', 'repo')),
    needed({ name: 'number', meaning: 'Number of the change', kind: 'count', known: ['pr', 'pull request'] }),
    text('reviewer', 'Reviewer', 'user', 'author'),
    text('state', 'Verdict', 'status', 'result'),
    needed(time('submittedAt', 'When', 'date', 'submitted', 'created')),
  ],
  silent: { repository: null, number: null, reviewer: null, state: null, submittedAt: null },
  moments: ['submittedAt'],
  keyOf: (row) =>
    reviewKey({
      repository: row.repository ?? '',
      number: row.number ?? 0,
      reviewer: row.reviewer,
      state: row.state?.toUpperCase() ?? null,
      submittedAt: row.submittedAt,
      id: null,
    }),
}

/** Told apart by `--as`: nothing in a file says which of them it is. */
const SPECS = [DEPLOYMENTS, INCIDENTS, WORK_ITEMS, STATUS_CHANGES, CHANGES, REVIEWS] as const

export const GENERIC_DELIVERY: readonly GenericTable[] = SPECS

export function isGenericDelivery(id: string | undefined): boolean {
  return SPECS.some((spec) => spec.id === id)
}

/** Which header fills which column; the user's choices first, then names that say it themselves. */
export function planDelivery(
  table: RawTable,
  { choices }: ReadContext,
): Outcome<{ readonly spec: GenericTable; readonly mapping: ReadonlyMap<string, number>; readonly by: string }> {
  const spec: GenericTable = SPECS.find(({ id }) => id === choices.as)!
  const { header } = table
  const plain = header.map((name) => plainName(name.replaceAll(/[_-]/g, ' ')))
  const mapping = new Map<string, number>()
  for (const [said, wanted] of Object.entries(choices.mapping ?? {})) {
    const column = spec.columns.find(({ name }) => plainName(name) === plainName(said))
    if (!column)
      return refused(
        unknownFactColumn(
          said,
          spec.columns.map(({ name }) => name),
        ),
      )
    const at = header.findIndex((name) => plainName(name) === plainName(wanted))
    if (at < 0) return refused(noSuchColumn(said, wanted))
    mapping.set(column.name, at)
  }
  const taken = new Set(mapping.values())
  for (const { name, known = [] } of spec.columns) {
    if (mapping.has(name)) continue
    const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    const at = plain.findIndex((said, i) => !taken.has(i) && [words, name.toLowerCase(), ...known].includes(said))
    if (at < 0) continue
    mapping.set(name, at)
    taken.add(at)
  }
  const lacking = spec.columns.filter(({ name, isNeeded }) => isNeeded === true && !mapping.has(name))
  if (lacking.length > 0)
    return refused(
      columnsNeeded(
        header.slice(0, 20).join(', '),
        lacking.map(({ name }) => name),
      ),
    )
  return accepted({ spec, mapping, by: [...mapping].map(([name, at]) => `${name} = ${header[at]!}`).join(', ') })
}

export function openDelivery(
  table: RawTable,
  mapping: ReadonlyMap<string, number>,
  context: ReadContext,
): Outcome<RecordJudge> {
  const spec = SPECS.find(({ id }) => id === context.choices.as)!
  return openSpec(spec as GenericSpec<FactKind>, table, mapping, context)
}

function openSpec<K extends FactKind>(
  spec: GenericSpec<K>,
  table: RawTable,
  mapping: ReadonlyMap<string, number>,
  context: ReadContext,
): Outcome<RecordJudge> {
  const mapped = spec.columns.flatMap((column) => {
    const at = mapping.get(column.name)
    return at === undefined ? [] : [{ ...column, at }]
  })
  const times = localTimesOf(
    table,
    mapped.filter(({ kind }) => kind === 'time').map(({ at }) => at),
    context,
  )
  if (!times.ok) return times
  const read = new RowReader(table.header)
  const taken = new Set(mapped.map(({ at }) => at))
  return accepted({
    width: table.header.length,
    unread: table.header.flatMap((_, at) => (taken.has(at) ? [] : [at])),
    judge(cells, sink) {
      read.begin(cells)
      const row: Record<string, unknown> = { ...spec.silent }
      for (const { name, kind, at, isNeeded, meaning } of mapped) {
        row[name] =
          kind === 'time'
            ? times.value.read(read, at)
            : kind === 'count'
              ? read.count(at)
              : kind === 'amount'
                ? read.quantity(at)
                : read.text(at)
        if (isNeeded === true && row[name] === null && !read.flaw) read.fail(at, missing(meaning.toLowerCase()))
      }
      if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
      if (spec.kind === 'pullRequest') row['state'] = stateOf(row)
      if (typeof row['labels'] === 'string') row['labels'] = row['labels'].replaceAll(/\s*[,;]\s*/g, '\n')
      if (spec.kind === 'deployment' && typeof row['result'] === 'string') row['result'] = resultOf(row['result'])
      speak(sink, spec.moments, row)
      sink.fact(spec.kind, row as FactRow<K>, spec.keyOf(row as FactRow<K>))
    },
  })
}

function speak(sink: RecordSink, moments: readonly string[], row: Readonly<Record<string, unknown>>): void {
  for (const name of moments) {
    const at = row[name] as Instant | null
    if (at !== null) sink.spoke(at, dayIn(at, UTC))
  }
}

function stateOf(row: Readonly<Record<string, unknown>>): string {
  return row['mergedAt'] !== null ? 'merged' : row['closedAt'] !== null ? 'closed' : 'open'
}

/** Words of other tools for what came of a deployment; what none of them says is unknown. */
function resultOf(said: string): string | null {
  if (/^(?:success|succeeded|successful|ok|passed|done|completed|finished)$/i.test(said)) return 'success'
  if (/^(?:failure|failed|error|errored|aborted)$/i.test(said)) return 'failure'
  return /roll(?:ed)?[ -]?back|reverted/i.test(said) ? 'rollback' : null
}
