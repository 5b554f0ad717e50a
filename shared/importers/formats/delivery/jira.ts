import { dayIn, parseInstant, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import { type JsonPage, type JsonValue, ownField, type RawTable } from '../../../tables/index.ts'
import { type Columns, plainName } from '../../columns.ts'
import type { JsonFormat, RecordSink, TableFormat } from '../../format.ts'
import {
  firstObject,
  itemsOf,
  type JsonItem,
  joined,
  jsonRecords,
  listOf,
  numberOf,
  textOf,
} from '../../json-fields.ts'
import { meantBy } from '../../meant-by.ts'
import { badRecord, missing, morePages, notATime } from '../../messages.ts'
import { localTimesOf } from '../../read-local-times.ts'
import { RowReader } from '../../row-reader.ts'
import { outcomeOf } from './dropped.ts'
import { SaidAccounts } from './said-accounts.ts'
import { addStatusChange, addWorkItem } from './work-items.ts'
import { spokeOf } from './spoke-of.ts'

const TRACKER = 'jira'

const CATEGORIES: Readonly<Record<string, string>> = {
  'to do': 'todo',
  'in progress': 'in-progress',
  done: 'done',
}

/**
 * "Export CSV (all fields)". Names repeat (one column per label, sprint, comment), every field of one's own is
 * `Custom field (Name)`, and times are in the words and zone of the exporting account. The one history it holds is how long
 * an issue stood in each status, by ids of statuses.
 */
export const jiraCsv: TableFormat = {
  shape: 'table',
  id: 'jira-csv',
  name: 'Jira issues (CSV)',
  kind: 'delivery',
  fields: {
    of: 'workItem',
    read: {
      summary: 'workItem.title',
      'issue key': ['incident.incidentId', 'statusTime.key', 'workItem.key', 'key'],
      'issue id': 'workItem.itemId',
      'issue type': 'workItem.type',
      status: 'workItem.status',
      'project key': 'workItem.project',
      priority: 'incident.severity',
      resolution: 'workItem.outcome',
      assignee: 'account.name',
      'assignee id': ['account.id', 'workItem.assignee', 'key'],
      created: ['incident.startedAt', 'workItem.createdAt'],
      updated: 'moment',
      resolved: ['incident.resolvedAt', 'workItem.resolvedAt'],
      labels: 'workItem.labels',
      'custom field (story points)': 'workItem.points',
      'custom field (story point estimate)': 'workItem.points',
      'custom field (epic link)': 'workItem.epic',
      'custom field ([chart] time in status)': ['statusTime.ms', 'statusTime.visits'],
      parent: 'workItem.parent',
      'parent key': 'workItem.parent',
      'status category': ['workItem.startedAt', 'workItem.statusCategory'],
      'status category changed': ['incident.resolvedAt', 'workItem.resolvedAt', 'workItem.startedAt'],
    },
    left: {
      description: 'what people wrote',
      environment: 'what people wrote',
      comment: 'what people wrote',
      attachment: 'what people wrote',
      'log work': 'what people wrote',
    },
  },
  required: ['issue key', 'issue id', 'issue type', 'status', 'created'],
  open(table, columns, context) {
    const at = {
      created: columns.find('created'),
      resolved: columns.find('resolved'),
      updated: columns.find('updated'),
      categoryChanged: columns.find('status category changed'),
    }
    const times = localTimesOf(table, Object.values(at), context)
    if (!times.ok) return times
    const read = new RowReader(columns.header)
    const find = finder(columns)
    const keyOfId = keysById(table, columns)
    const pointsAt = POINTS.flatMap((name) => fieldsNamed(columns, name))
    const labelsAt = columns.header.flatMap((name, i) => (plainName(name) === 'labels' ? [i] : []))
    const [epicAt] = fieldsNamed(columns, 'epic link')
    const [timesAt] = fieldsNamed(columns, '[chart] time in status')
    const accounts = new SaidAccounts()
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const key = read.text(find('issue key'))
        if (key === null) read.fail(find('issue key'), missing('the key of the issue'))
        const createdAt = times.value.read(read, at.created)
        const updatedAt = times.value.read(read, at.updated)
        const category = categoryOfJira(read.text(find('status category')))
        const categorySince = times.value.read(read, at.categoryChanged)
        // Projects a team runs itself set no resolution: such an issue was done when it came to a status that is done.
        const resolvedAt = times.value.read(read, at.resolved) ?? (category === 'done' ? categorySince : null)
        const filled = pointsAt.find((position) => read.text(position) !== null)
        const points = filled === undefined ? null : read.quantity(filled)
        if (createdAt === null && !read.flaw) read.fail(at.created, missing('when the issue was created'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        const parentId = read.text(find('parent', 'parent id'))
        const [assignee, assigneeId] = [read.text(find('assignee')), read.text(find('assignee id'))]
        accounts.tell(sink, { source: TRACKER, id: assigneeId, name: assignee })
        spokeOf(sink, [createdAt, resolvedAt], updatedAt)
        const item = {
          tracker: TRACKER,
          key: key!,
          itemId: read.text(find('issue id')),
          type: read.text(find('issue type')),
          title: read.text(find('summary')),
          status: read.text(find('status')),
          statusCategory: category,
          createdAt,
          startedAt: category === 'in-progress' ? categorySince : null,
          resolvedAt,
          points,
          epic: read.text(epicAt ?? -1),
          parent: read.text(find('parent key')) ?? (parentId === null ? null : (keyOfId.get(parentId) ?? parentId)),
          assignee: assigneeId ?? assignee,
          labels: joined(labelsAt.map((position) => read.text(position))),
          project: read.text(find('project key')) ?? key!.replace(/-\d+$/, ''),
          outcome: resolvedAt === null ? null : outcomeOf(read.text(find('resolution'))),
        }
        addWorkItem(sink, item, updatedAt)
        if (read.text(find('issue type'))?.toLowerCase() === 'incident')
          addIncident(sink, key!, read.text(find('priority')), createdAt, resolvedAt)
        addTimesInStatus(sink, key!, read.text(timesAt ?? -1))
      },
    })
  },
}

export function categoryOfJira(category: string | null): string | null {
  return meantBy(CATEGORIES, category?.toLowerCase() ?? null)
}

function finder(columns: Columns): (...names: readonly string[]) => number {
  const known = new Map<string, number>()
  return (...names) => {
    const key = names.join('|')
    let at = known.get(key)
    if (at === undefined) known.set(key, (at = columns.find(...names)))
    return at
  }
}

/** Some exports name a parent only by the number of its id, which another row has. */
function keysById(table: RawTable, columns: Columns): ReadonlyMap<string, string> {
  const [id, key] = [columns.find('issue id'), columns.find('issue key')]
  const keys = new Map<string, string>()
  for (const { rows } of table.batches())
    for (const cells of rows) keys.set(cells[id]?.trim() ?? '', cells[key]?.trim() ?? '')
  return keys
}

/** Three spellings may stand in one file; the first that is filled counts. */
const POINTS = ['story points', 'story point estimate']

/** Columns of a field of one's own, `Custom field (Name)`; some names end in a space. */
function fieldsNamed(columns: Columns, name: string): readonly number[] {
  return columns.header.flatMap((header, at) =>
    plainName(header).replace(/ \)$/, ')') === `custom field (${name})` ? [at] : [],
  )
}

/** An issue of this type is work for those who solve it, and an incident for those who had it. */
function addIncident(
  sink: RecordSink,
  incidentId: string,
  severity: string | null,
  startedAt: Instant | null,
  resolvedAt: Instant | null,
): void {
  const incident = { incidentId, service: null, severity, startedAt, resolvedAt, causedByDeployment: null }
  sink.fact('incident', incident, `incident|${TRACKER}|${incidentId}`)
}

/** `10007_*:*_1_*:*_3616889309_*|*_…`: id of the status, times entered, ms in it. */
function addTimesInStatus(sink: RecordSink, key: string, text: string | null): void {
  for (const entry of text?.split('_*|*_') ?? []) {
    const [status = '', visits = '', ms = ''] = entry.split('_*:*_')
    if (status === '' || !/^\d+$/.test(visits) || !/^\d{1,15}$/.test(ms)) continue
    sink.fact(
      'statusTime',
      { tracker: TRACKER, key, status, visits: Number(visits), ms: Number(ms) },
      `status-time|${TRACKER}|${key}|${status}`,
    )
  }
}

/**
 * Changes of issues from the API: `/changelog` pages, `?expand=changelog` issues, or bare histories. Only changes of the
 * status are kept; where nothing names the issue but its id, the id stands for it.
 */
export const jiraChangelog: JsonFormat = {
  shape: 'json',
  id: 'jira-changelog-json',
  name: 'Jira status changes (API)',
  kind: 'delivery',
  fields: {
    of: 'statusChange',
    read: {
      '_input.issue_id': ['statusChange.key', 'key'],
      'author.accountId': ['account.id', 'statusChange.author', 'key'],
      'author.emailAddress': 'account.email',
      'author.name': 'statusChange.author',
      'author.displayName': ['account.name', 'statusChange.author'],
      created: ['statusChange.at', 'key'],
      'items.*.field': 'fate',
      'items.*.fieldId': 'fate',
      'items.*.from': 'statusChange.from',
      'items.*.fromString': 'statusChange.from',
      'items.*.to': ['statusChange.to', 'key'],
      'items.*.toString': ['statusChange.to', 'key'],
    },
    around: {
      total: 'note',
      isLast: 'note',
      'issues.*.key': ['statusChange.key', 'key'],
      'issues.*.changelog.total': 'note',
    },
  },
  recognise(pages) {
    const first = firstObject(historiesOf(itemsOf(pages, 'issues')))
    return listOf(first, 'items') !== null && textOf(first, 'created') !== null ? 'histories with created, items' : null
  },
  open(pages) {
    const accounts = new SaidAccounts()
    const histories = historiesOf(itemsOf(pages, 'issues'))
    return accepted({
      records: jsonRecords(histories, (history, sink) => judgeHistory(history, accounts, sink)),
      finish(sink) {
        if (lacksHistory(pages)) sink.note(morePages())
      },
    })
  },
}

/** A page that says it is not the last, or an issue that has more histories than stand in it. */
function lacksHistory(pages: readonly JsonPage[]): boolean {
  const last = pages.at(-1)?.value
  const [start, size] = [numberOf(last, 'startAt') ?? 0, listOf(last, 'issues') ?? listOf(last, 'values')]
  const isShort = size !== null && start + size.length < (numberOf(last, 'total') ?? 0)
  return (
    ownField(last, 'isLast') === false ||
    isShort ||
    itemsOf(pages, 'issues').some(({ value }) => {
      const changelog = ownField(value, 'changelog')
      return (numberOf(changelog, 'total') ?? 0) > (listOf(changelog, 'histories')?.length ?? Infinity)
    })
  )
}

function historiesOf(items: readonly JsonItem[]): readonly JsonItem[] {
  return items.flatMap(({ value, line }) => {
    const histories = listOf(ownField(value, 'changelog'), 'histories') ?? listOf(value, 'values')
    const key = textOf(value, 'key')
    if (histories === null) return [{ value, line }]
    return histories.map((history) => ({
      value:
        key === null || history === null || typeof history !== 'object' || Array.isArray(history)
          ? history
          : { ...history, issueKey: key },
      whole: history,
      line,
    }))
  })
}

function judgeHistory(history: JsonValue, accounts: SaidAccounts, sink: RecordSink): void {
  const items = listOf(history, 'items')
  if (items === null)
    return sink.aside('items', badRecord(JSON.stringify(history).slice(0, 80), 'a history with its items'))
  const changes = items.filter((item) => (textOf(item, 'fieldId') ?? textOf(item, 'field')) === 'status')
  if (changes.length === 0) return sink.blank()
  const id = numberOf(ownField(history, '_input'), 'issue_id')
  const key = textOf(history, 'issueKey') ?? (id === null ? null : String(id))
  if (key === null) return sink.aside('key', missing('the issue (save pages with ?expand=changelog: they name it)'))
  const said = textOf(history, 'created') ?? ''
  const at = parseInstant(said)
  if (!at.ok) return sink.aside('created', notATime(said))
  sink.spoke(at.value, dayIn(at.value, UTC))
  const author = ownField(history, 'author')
  const [accountId, email] = [textOf(author, 'accountId'), textOf(author, 'emailAddress')]
  const name = textOf(author, 'displayName')
  accounts.tell(sink, { source: TRACKER, id: accountId, email, name })
  for (const change of changes) {
    addStatusChange(sink, {
      tracker: TRACKER,
      key,
      at: at.value,
      from: textOf(change, 'fromString') ?? textOf(change, 'from'),
      to: textOf(change, 'toString') ?? textOf(change, 'to'),
      author: accountId ?? email ?? textOf(author, 'name') ?? name,
    })
  }
}

/** What tools make of the change log: `Issue Key, Author, Created, Field, From String, To String`. */
export const jiraChangelogCsv: TableFormat = {
  shape: 'table',
  id: 'jira-changelog-csv',
  name: 'Jira status changes (CSV)',
  kind: 'delivery',
  fields: {
    of: 'statusChange',
    read: {
      'issue key': ['statusChange.key', 'key'],
      author: 'statusChange.author',
      created: ['statusChange.at', 'key'],
      field: 'fate',
      'from string': 'statusChange.from',
      'to string': ['statusChange.to', 'key'],
    },
  },
  required: ['issue key', 'created', 'field', 'from string', 'to string'],
  open(table, columns, context) {
    const created = columns.find('created')
    const times = localTimesOf(table, [created], context)
    if (!times.ok) return times
    const read = new RowReader(columns.header)
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        if (read.text(columns.find('field'))?.toLowerCase() !== 'status') return sink.blank()
        const key = read.text(columns.find('issue key'))
        if (key === null) read.fail(columns.find('issue key'), missing('the key of the issue'))
        const at = times.value.read(read, created)
        if (at === null && !read.flaw) read.fail(created, missing('when it changed'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        sink.spoke(at!, dayIn(at!, UTC))
        const [from, to] = [read.text(columns.find('from string')), read.text(columns.find('to string'))]
        addStatusChange(sink, { tracker: TRACKER, key: key!, at, from, to, author: read.text(columns.find('author')) })
      },
    })
  },
}
