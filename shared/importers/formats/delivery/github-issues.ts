import { accepted } from '../../../issues/index.ts'
import { type JsonValue, ownField } from '../../../tables/index.ts'
import type { JsonFormat, ReadContext, RecordSink } from '../../format.ts'
import {
  firstObject,
  itemsOf,
  joined,
  jsonRecords,
  listOf,
  marksOf,
  momentOf,
  numberOf,
  textOf,
} from '../../json-fields.ts'
import { badRecord, missing, notATime } from '../../messages.ts'
import { repositoryOfAddress } from './forge-keys.ts'
import { outcomeOf } from './dropped.ts'
import { addWorkItem } from './work-items.ts'
import { spokeOf } from './spoke-of.ts'

const TRACKER = 'github'

/** A label that makes an issue an incident, as DORA's own pipeline has it. */
const INCIDENT = /^(?:type[:/ ]\s*)?incident$/i

/**
 * Issues of GitHub: `GET /repos/O/R/issues` and `gh issue list --json …`. The first lists pull requests as well; they are blank
 * here. An issue with the label `incident` is an incident too.
 */
export const githubIssues: JsonFormat = {
  shape: 'json',
  id: 'github-issues-json',
  name: 'GitHub issues (REST or gh, JSON)',
  kind: 'delivery',
  fields: {
    of: 'workItem',
    read: {
      url: ['incident.incidentId', 'incident.service', 'workItem.key', 'workItem.project', 'key'],
      html_url: ['incident.incidentId', 'incident.service', 'workItem.key', 'workItem.project', 'key'],
      number: ['incident.incidentId', 'workItem.key', 'key'],
      state: 'workItem.status',
      state_reason: 'workItem.outcome',
      title: 'workItem.title',
      body: 'incident.causedByDeployment',
      'labels.*.name': 'workItem.labels',
      'assignee.login': 'workItem.assignee',
      'assignees.*.login': 'workItem.assignee',
      created_at: ['incident.startedAt', 'workItem.createdAt'],
      updated_at: 'moment',
      closed_at: ['incident.resolvedAt', 'workItem.resolvedAt'],
      'type.name': 'workItem.type',
      stateReason: 'workItem.outcome',
      createdAt: 'workItem.createdAt',
      updatedAt: 'moment',
      closedAt: 'workItem.resolvedAt',
    },
    left: {
      'user.*': 'more of an account than its login',
      'assignee.id': 'more of an account than its login',
      'labels.*.description': 'what people wrote',
      'labels.*.color': 'a colour',
      'milestone.description': 'what people wrote',
    },
  },
  recognise(pages) {
    const first = firstObject(itemsOf(pages))
    const isMerge = ['merged_at', 'mergedAt', 'headRefName', 'head'].some((name) => ownField(first, name) !== undefined)
    if (isMerge) return null
    const address = textOf(first, 'html_url') ?? textOf(first, 'url') ?? ''
    const marks =
      marksOf(first, 'number', 'created_at', 'comments') ?? marksOf(first, 'number', 'createdAt', 'closedAt')
    return marks !== null && /\/(?:issues|pull)\/\d+/.test(address) ? `issues with ${marks}` : null
  },
  open: (pages, context) =>
    accepted({ records: jsonRecords(itemsOf(pages), (item, sink) => judgeIssue(item, context, sink)) }),
}

function judgeIssue(item: JsonValue, context: ReadContext, sink: RecordSink): void {
  const number = numberOf(item, 'number')
  if (number === null)
    return sink.aside('number', badRecord(JSON.stringify(item).slice(0, 80), 'an issue with its number'))
  if (ownField(item, 'pull_request') != null) return sink.blank()
  const address = textOf(item, 'html_url') ?? textOf(item, 'url')
  const repository = repositoryOfAddress(address) ?? context.choices.repository ?? null
  if (repository === null) return sink.aside('html_url', missing('the address of the issue (field html_url or url)'))
  const [createdAt, closedAt, updatedAt] = [
    momentOf(item, 'created_at') ?? momentOf(item, 'createdAt'),
    momentOf(item, 'closed_at') ?? momentOf(item, 'closedAt'),
    momentOf(item, 'updated_at') ?? momentOf(item, 'updatedAt'),
  ]
  if (createdAt === 'bad' || closedAt === 'bad' || updatedAt === 'bad')
    return sink.aside('created_at', notATime(textOf(item, 'created_at') ?? textOf(item, 'createdAt') ?? ''))
  if (createdAt === null) return sink.aside('created_at', missing('when the issue was opened'))
  const labels = (listOf(item, 'labels') ?? []).map((label) =>
    typeof label === 'string' ? label : textOf(label, 'name'),
  )
  const [, owner = '', name = ''] = repository.split('/')
  const key = `${owner}/${name}#${number}`
  const [assignee] = listOf(item, 'assignees') ?? []
  spokeOf(sink, [createdAt, closedAt], updatedAt)
  const issue = {
    tracker: TRACKER,
    key,
    itemId: null,
    type: textOf(ownField(item, 'type'), 'name'),
    title: textOf(item, 'title'),
    status: textOf(item, 'state')?.toLowerCase() ?? null,
    statusCategory: closedAt === null ? 'todo' : 'done',
    createdAt,
    startedAt: null,
    resolvedAt: closedAt,
    points: null,
    epic: null,
    parent: null,
    assignee: textOf(ownField(item, 'assignee'), 'login') ?? textOf(assignee, 'login'),
    labels: joined(labels),
    project: `${owner}/${name}`,
    outcome: closedAt === null ? null : outcomeOf(textOf(item, 'state_reason') ?? textOf(item, 'stateReason')),
  }
  addWorkItem(sink, issue, updatedAt)
  if (!labels.some((label) => label !== null && INCIDENT.test(label))) return
  sink.fact(
    'incident',
    {
      incidentId: key,
      service: name,
      severity: null,
      startedAt: createdAt,
      resolvedAt: closedAt,
      causedByDeployment: /root cause:\s*([0-9a-f]{7,40})\b/i.exec(textOf(item, 'body') ?? '')?.[1] ?? null,
    },
    `incident|github|${repository}#${number}`,
  )
}
