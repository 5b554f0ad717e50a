import { dayIn, parseInstant, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import type { RawTable } from '../../../tables/index.ts'
import { agentOfText } from '../../agent-marks.ts'
import type { Columns } from '../../columns.ts'
import type { RecordSink, TableFormat } from '../../format.ts'
import { meantBy } from '../../meant-by.ts'
import { missing, notATime } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { closedIn } from './closing-words.ts'
import { readFlag } from './deployments.ts'
import { pullKey } from './forge-keys.ts'
import { DEVLAKE, RAW_DATA, SaidAccounts } from './said-accounts.ts'
import { addStatusChange, addWorkItem } from './work-items.ts'
import { spokeOf } from './spoke-of.ts'
import { SILENT_PULL } from './pull-row.ts'

/**
 * Tables of Apache DevLake's domain layer, saved as CSV. Ids are `<plugin>:<Entity>:<connection>:<id>`, times are UTC whatever
 * their spelling. Reviews and commits name their pull request by such an id, which the table of pull requests has beside the
 * number: the two are brought together where changes are counted.
 */
export function timeOf(read: RowReader, at: number): Instant | null {
  const cell = read.raw(at).trim()
  if (cell === '') return null
  const loose = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(.*)$/.exec(cell)
  const [, year = '', month = '', day = '', hour = '', rest = ''] = loose ?? []
  const iso = loose ? `${year}-${two(month)}-${two(day)}T${two(hour)}:${rest}` : cell
  const instant = parseInstant(iso, UTC)
  if (instant.ok) return instant.value
  read.fail(at, notATime(cell))
  return null
}

function two(text: string): string {
  return text.padStart(2, '0')
}

const STATES: Readonly<Record<string, string>> = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' }

/** `https://github.com/o/r/pull/9`, `https://gitlab.com/g/n/-/merge_requests/9`: `host/path`. */
function repositoryOf(url: string | null): string | null {
  const match =
    /^https?:\/\/([^/\s]+)\/(\S+?)\/(?:-\/)?(?:pull|pulls|merge_requests|pullrequest|pull-requests)\/\d+/.exec(
      url ?? '',
    )
  return match ? `${match[1]!.toLowerCase()}/${match[2]!}` : null
}

export const devlakePulls: TableFormat = {
  shape: 'table',
  id: 'devlake-pull-requests-csv',
  name: 'DevLake pull requests (CSV)',
  kind: 'delivery',
  fields: {
    of: 'pullRequest',
    read: {
      id: 'pullRequest.itemId',
      base_repo_id: ['pullRequest.closes', 'pullRequest.repository', 'key'],
      status: 'pullRequest.state',
      title: 'pullRequest.title',
      description: ['pullRequest.agent', 'pullRequest.closes'],
      url: ['pullRequest.closes', 'pullRequest.repository', 'key'],
      author_name: 'pullRequest.author',
      author_id: ['pullRequest.author', 'pullRequest.authorId'],
      pull_request_key: ['pullRequest.number', 'key'],
      created_date: 'pullRequest.createdAt',
      merged_date: 'pullRequest.mergedAt',
      closed_date: 'pullRequest.closedAt',
      merge_commit_sha: 'pullRequest.mergeSha',
      head_ref: 'pullRequest.headRef',
      additions: 'pullRequest.additions',
      deletions: 'pullRequest.deletions',
      is_draft: 'pullRequest.isDraft',
    },
    left: {
      ...RAW_DATA,
    },
  },
  required: ['id', 'base_repo_id', 'created_date', 'merged_date', 'merge_commit_sha'],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const text = (name: string) => read.text(columns.find(name))
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const repository = repositoryOf(text('url')) ?? text('base_repo_id')
        const number = read.count(columns.find('pull_request_key'))
        if (repository === null) read.fail(columns.find('base_repo_id'), missing('the repository'))
        if (number === null)
          read.fail(columns.find('pull_request_key'), missing('the number (column pull_request_key)'))
        const createdAt = timeOf(read, columns.find('created_date'))
        const mergedAt = timeOf(read, columns.find('merged_date'))
        const closedAt = timeOf(read, columns.find('closed_date')) ?? mergedAt
        if (createdAt === null && !read.flaw) read.fail(columns.find('created_date'), missing('when it was opened'))
        const draft = readFlag(read, columns.find('is_draft'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        const [additions, deletions] = [read.count(columns.find('additions')), read.count(columns.find('deletions'))]
        const description = text('description')
        // A change of no lines at all is how it writes that it does not know.
        const isSized = (additions ?? 0) + (deletions ?? 0) > 0
        spokeOf(sink, [createdAt, mergedAt, closedAt])
        sink.fact(
          'pullRequest',
          {
            ...SILENT_PULL,
            repository,
            number,
            title: text('title'),
            state:
              mergedAt !== null
                ? 'merged'
                : (meantBy(STATES, text('status')) ?? (closedAt === null ? 'open' : 'closed')),
            isDraft: draft,
            author: text('author_name') ?? text('author_id'),
            createdAt,
            mergedAt,
            closedAt,
            mergeSha: mergedAt === null ? null : text('merge_commit_sha'),
            headRef: text('head_ref'),
            closes: closedIn(description, repository!),
            agent: agentOfText(description ?? ''),
            additions: isSized ? additions : null,
            deletions: isSized ? deletions : null,
            itemId: text('id'),
            authorId: text('author_id'),
          },
          pullKey(repository!, number!),
        )
      },
    })
  },
}

const RESULTS: Readonly<Record<string, string>> = { SUCCESS: 'success', FAILURE: 'failure' }

/** One row per repository of a deployment. */
export const devlakeDeployments: TableFormat = {
  shape: 'table',
  id: 'devlake-deployments-csv',
  name: 'DevLake deployments (CSV)',
  kind: 'delivery',
  fields: {
    of: 'deployment',
    read: {
      result: 'deployment.result',
      started_date: 'deployment.startedAt',
      cicd_deployment_id: ['deployment.deploymentId', 'key'],
      repo_url: ['deployment.service', 'key'],
      environment: 'deployment.environment',
      commit_sha: ['deployment.sha', 'key'],
      created_date: 'deployment.startedAt',
      finished_date: 'deployment.finishedAt',
    },
    left: {
      ...RAW_DATA,
    },
  },
  required: ['cicd_deployment_id', 'commit_sha', 'environment', 'result', 'finished_date'],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const text = (name: string) => read.text(columns.find(name))
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const deploymentId = text('cicd_deployment_id')
        if (deploymentId === null) read.fail(columns.find('cicd_deployment_id'), missing('the id of the deployment'))
        const startedAt = timeOf(read, columns.find('started_date')) ?? timeOf(read, columns.find('created_date'))
        const finishedAt = timeOf(read, columns.find('finished_date'))
        const moment = finishedAt ?? startedAt
        if (moment === null && !read.flaw) read.fail(columns.find('finished_date'), missing('a start or a finish'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        const place = text('repo_url')
        sink.spoke(moment!, dayIn(moment!, UTC))
        sink.fact(
          'deployment',
          {
            deploymentId,
            service: place?.replace(/\/$/, '').split('/').at(-1) ?? null,
            environment: text('environment'),
            sha: text('commit_sha'),
            startedAt,
            finishedAt,
            result: meantBy(RESULTS, text('result')),
            isUnplanned: null,
            causedByIncident: null,
          },
          `deployment|devlake|${deploymentId!}|${place ?? ''}|${text('commit_sha') ?? ''}`,
        )
      },
    })
  },
}

const CATEGORIES: Readonly<Record<string, string>> = {
  TODO: 'todo',
  IN_PROGRESS: 'in-progress',
  DONE: 'done',
}

/** Issues of every tracker; those of type INCIDENT are incidents and no work. */
export const devlakeIssues: TableFormat = {
  shape: 'table',
  id: 'devlake-issues-csv',
  name: 'DevLake issues (CSV)',
  kind: 'delivery',
  fields: {
    of: 'workItem',
    read: {
      id: ['incident.incidentId', 'workItem.itemId', 'key'],
      issue_key: ['workItem.key', 'key'],
      title: 'workItem.title',
      epic_key: 'workItem.epic',
      type: 'workItem.type',
      original_type: 'workItem.type',
      status: ['workItem.status', 'workItem.statusCategory'],
      original_status: 'workItem.status',
      story_point: 'workItem.points',
      resolution_date: ['incident.resolvedAt', 'workItem.resolvedAt'],
      created_date: ['incident.startedAt', 'workItem.createdAt'],
      updated_date: 'moment',
      parent_issue_id: 'workItem.parent',
      priority: 'incident.severity',
      assignee_id: ['account.id', 'workItem.assignee', 'key'],
      assignee_name: ['account.name', 'workItem.assignee'],
      severity: 'incident.severity',
      component: 'incident.service',
      original_project: 'workItem.project',
      urgency: 'incident.severity',
    },
    left: {
      description: 'what people wrote',
      icon_url: 'a picture',
      ...RAW_DATA,
    },
  },
  required: ['id', 'issue_key', 'type', 'status', 'created_date', 'resolution_date'],
  open(table, columns) {
    const read = new RowReader(columns.header)
    const text = (name: string) => read.text(columns.find(name))
    const keyOfId = keysById(table, columns)
    const accounts = new SaidAccounts()
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const [id, key] = [text('id'), text('issue_key')]
        if (id === null) read.fail(columns.find('id'), missing('an id'))
        if (key === null) read.fail(columns.find('issue_key'), missing('the key of the issue'))
        const createdAt = timeOf(read, columns.find('created_date'))
        const resolvedAt = timeOf(read, columns.find('resolution_date'))
        const updatedAt = timeOf(read, columns.find('updated_date'))
        if (createdAt === null && !read.flaw) read.fail(columns.find('created_date'), missing('when it was created'))
        const status = text('status')
        // -1 is written where nobody estimated.
        const points = text('story_point')?.startsWith('-') ? null : read.quantity(columns.find('story_point'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        spokeOf(sink, [createdAt, resolvedAt], updatedAt)
        if (text('type') === 'INCIDENT') {
          const severity = text('severity') ?? text('priority') ?? text('urgency')
          return addIncident(sink, { id: id!, service: text('component'), severity, startedAt: createdAt, resolvedAt })
        }
        const parent = text('parent_issue_id')
        accounts.tell(sink, { source: DEVLAKE, id: text('assignee_id'), name: text('assignee_name') })
        const item = {
          tracker: trackerOf(id!),
          key: key!,
          itemId: lastPart(id!),
          type: text('original_type') ?? text('type'),
          title: text('title'),
          status: text('original_status') ?? status,
          statusCategory: meantBy(CATEGORIES, status),
          createdAt,
          startedAt: null,
          resolvedAt,
          points,
          epic: text('epic_key'),
          parent: parent === null ? null : (keyOfId.get(parent) ?? lastPart(parent)),
          assignee: text('assignee_id') ?? text('assignee_name'),
          labels: null,
          project: text('original_project'),
        }
        addWorkItem(sink, item, updatedAt)
      },
    })
  },
}

function keysById(table: RawTable, columns: Columns): ReadonlyMap<string, string> {
  const [id, key] = [columns.find('id'), columns.find('issue_key')]
  const keys = new Map<string, string>()
  for (const { rows } of table.batches())
    for (const cells of rows) keys.set(cells[id]?.trim() ?? '', cells[key]?.trim() ?? '')
  return keys
}

/** `jira:JiraIssue:2:10063` is of `jira`. */
function trackerOf(id: string): string {
  return id.includes(':') ? id.slice(0, id.indexOf(':')) : 'devlake'
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf(':') + 1)
}

function addIncident(
  sink: RecordSink,
  one: {
    readonly id: string
    readonly service: string | null
    readonly severity: string | null
    readonly startedAt: Instant | null
    readonly resolvedAt: Instant | null
    readonly causedByDeployment?: string | null
  },
): void {
  const { id: incidentId, service, severity, startedAt, resolvedAt, causedByDeployment = null } = one
  sink.fact(
    'incident',
    { incidentId, service, severity, startedAt, resolvedAt, causedByDeployment },
    `incident|devlake|${incidentId}`,
  )
}

/** Only changes of the status; they name the issue by its id. */
export const devlakeChanges: TableFormat = {
  shape: 'table',
  id: 'devlake-issue-changes-csv',
  name: 'DevLake status changes (CSV)',
  kind: 'delivery',
  fields: {
    of: 'statusChange',
    read: {
      issue_id: ['statusChange.key', 'key'],
      author_id: ['account.id', 'statusChange.author', 'key'],
      author_name: ['account.name', 'statusChange.author'],
      field_name: 'fate',
      original_from_value: 'statusChange.from',
      original_to_value: ['statusChange.to', 'key'],
      from_value: 'statusChange.from',
      to_value: ['statusChange.to', 'key'],
      created_date: ['statusChange.at', 'key'],
    },
    left: {
      ...RAW_DATA,
    },
  },
  required: ['issue_id', 'field_name', 'original_from_value', 'original_to_value', 'created_date'],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const accounts = new SaidAccounts()
    const text = (name: string) => read.text(columns.find(name))
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        if (text('field_name')?.toLowerCase() !== 'status') return sink.blank()
        const id = text('issue_id')
        if (id === null) read.fail(columns.find('issue_id'), missing('the issue'))
        const at = timeOf(read, columns.find('created_date'))
        if (at === null && !read.flaw) read.fail(columns.find('created_date'), missing('when it changed'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        sink.spoke(at!, dayIn(at!, UTC))
        accounts.tell(sink, { source: DEVLAKE, id: text('author_id'), name: text('author_name') })
        addStatusChange(sink, {
          tracker: trackerOf(id!),
          key: lastPart(id!),
          at,
          from: text('original_from_value') ?? text('from_value'),
          to: text('original_to_value') ?? text('to_value'),
          author: text('author_id') ?? text('author_name'),
        })
      },
    })
  },
}

export const devlakeIncidents: TableFormat = {
  shape: 'table',
  id: 'devlake-incidents-csv',
  name: 'DevLake incidents (CSV)',
  kind: 'delivery',
  fields: {
    of: 'incident',
    read: {
      id: ['incident.incidentId', 'key'],
      created_date: 'incident.startedAt',
      updated_date: 'moment',
      resolution_date: 'incident.resolvedAt',
      severity: 'incident.severity',
      priority: 'incident.severity',
      component: 'incident.service',
    },
    left: {
      description: 'what people wrote',
      ...RAW_DATA,
    },
  },
  required: ['id', 'created_date', 'table', 'scope_id'],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const text = (name: string) => read.text(columns.find(name))
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const id = text('id')
        if (id === null) read.fail(columns.find('id'), missing('an id'))
        const startedAt = timeOf(read, columns.find('created_date'))
        const resolvedAt = timeOf(read, columns.find('resolution_date'))
        const updatedAt = timeOf(read, columns.find('updated_date'))
        if (startedAt === null && !read.flaw) read.fail(columns.find('created_date'), missing('when it began'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        spokeOf(sink, [startedAt, resolvedAt], updatedAt)
        const severity = text('severity') ?? text('priority')
        addIncident(sink, { id: id!, service: text('component'), severity, startedAt, resolvedAt })
      },
    })
  },
}

/** Which deployment an incident came from: fills the gap of incidents read from another table. */
export const devlakeCauses: TableFormat = {
  shape: 'table',
  id: 'devlake-incident-causes-csv',
  name: 'DevLake causes of incidents (CSV)',
  kind: 'delivery',
  fields: {
    of: 'incident',
    read: {
      id: ['incident.incidentId', 'key'],
      deployment_id: 'incident.causedByDeployment',
    },
    left: {
      ...RAW_DATA,
    },
  },
  required: ['id', 'project_name', 'deployment_id'],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const id = read.text(columns.find('id'))
        const causedByDeployment = read.text(columns.find('deployment_id'))
        if (id === null) return sink.aside('id', missing('the id of the incident'))
        if (causedByDeployment === null) return sink.blank()
        const unknown = { service: null, severity: null, startedAt: null, resolvedAt: null }
        addIncident(sink, { id, ...unknown, causedByDeployment })
      },
    })
  },
}
