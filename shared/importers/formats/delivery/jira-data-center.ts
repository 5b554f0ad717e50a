import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { TableFormat } from '../../format.ts'
import { missing } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { readInstant } from './deployments.ts'
import { categoryOfJira } from './jira.ts'
import { outcomeOf } from './dropped.ts'
import { addStatusChange, addWorkItem } from './work-items.ts'
import { spokeOf } from './spoke-of.ts'

/** Files of the data pipeline of Jira Data Center: `issues`, all schema versions. Times are UTC. */
export const jiraPipelineIssues: TableFormat = {
  shape: 'table',
  id: 'jira-pipeline-issues-csv',
  name: 'Jira issues (data pipeline, CSV)',
  kind: 'delivery',
  fields: {
    of: 'workItem',
    read: {
      id: 'workItem.itemId',
      key: ['workItem.key', 'key'],
      project_key: 'workItem.project',
      issue_type: 'workItem.type',
      summary: 'workItem.title',
      assignee_id: 'workItem.assignee',
      assignee_name: 'workItem.assignee',
      status: 'workItem.status',
      status_category: 'workItem.statusCategory',
      resolution: 'workItem.outcome',
      labels: 'workItem.labels',
      parent_id: 'workItem.parent',
      created_date: 'workItem.createdAt',
      resolution_date: 'workItem.resolvedAt',
      updated_date: 'moment',
    },
    left: {
      description: 'what people wrote',
      environment: 'what people wrote',
    },
  },
  required: ['id', 'key', 'project_key', 'issue_type', 'status', 'created_date', 'resolution_date'],
  open(_table, columns, context) {
    const read = new RowReader(columns.header)
    const times = { ...context, zone: UTC }
    const at = {
      id: columns.find('id'),
      key: columns.find('key'),
      project: columns.find('project_key'),
      type: columns.find('issue_type'),
      title: columns.find('summary'),
      status: columns.find('status'),
      category: columns.find('status_category'),
      created: columns.find('created_date'),
      resolved: columns.find('resolution_date'),
      updated: columns.find('updated_date'),
      assignee: columns.find('assignee_name', 'assignee_id'),
      parent: columns.find('parent_id'),
      labels: columns.find('labels'),
      resolution: columns.find('resolution'),
    }
    return accepted({
      width: columns.header.length,
      shown: [at.id, at.key, at.type, at.status, at.created],
      judge(cells, sink) {
        read.begin(cells)
        const key = read.text(at.key)
        if (key === null) read.fail(at.key, missing('the key of the issue'))
        const createdAt = readInstant(read, at.created, times)
        const resolvedAt = readInstant(read, at.resolved, times)
        const updatedAt = readInstant(read, at.updated, times)
        if (createdAt === null && !read.flaw) read.fail(at.created, missing('when the issue was created'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        spokeOf(sink, [createdAt, resolvedAt], updatedAt)
        const item = {
          tracker: 'jira',
          key: key!,
          itemId: read.text(at.id),
          type: read.text(at.type),
          title: read.text(at.title),
          status: read.text(at.status),
          statusCategory: categoryOfJira(read.text(at.category)),
          createdAt,
          startedAt: null,
          resolvedAt,
          points: null,
          epic: null,
          parent: read.text(at.parent),
          assignee: read.text(at.assignee),
          labels:
            read
              .text(at.labels)
              ?.replaceAll(/[[\]"]/g, '')
              .replaceAll(/,\s*/g, '\n') || null,
          project: read.text(at.project),
          outcome: resolvedAt === null ? null : outcomeOf(read.text(at.resolution)),
        }
        addWorkItem(sink, item, updatedAt)
      },
    })
  },
}

/** `issue_history` of the same pipeline: changes name the issue by its id. Only changes of the status are kept. */
export const jiraPipelineHistory: TableFormat = {
  shape: 'table',
  id: 'jira-pipeline-history-csv',
  name: 'Jira status changes (data pipeline, CSV)',
  kind: 'delivery',
  fields: {
    of: 'statusChange',
    read: {
      issue_id: ['statusChange.key', 'key'],
      author_key: 'statusChange.author',
      author_name: 'statusChange.author',
      created_date: ['statusChange.at', 'key'],
      field: 'fate',
      from_string: 'statusChange.from',
      to_string: ['statusChange.to', 'key'],
    },
  },
  required: ['issue_id', 'field', 'from_string', 'to_string', ['created_date', 'created']],
  open(_table, columns, context) {
    const read = new RowReader(columns.header)
    const times = { ...context, zone: UTC }
    const at = {
      issue: columns.find('issue_id'),
      field: columns.find('field'),
      from: columns.find('from_string'),
      to: columns.find('to_string'),
      created: columns.find('created_date', 'created'),
      author: columns.find('author_name', 'author_key', 'author_id'),
    }
    return accepted({
      width: columns.header.length,
      shown: [at.issue, at.field, at.created],
      judge(cells, sink) {
        read.begin(cells)
        if (read.text(at.field)?.toLowerCase() !== 'status') return sink.blank()
        const key = read.text(at.issue)
        if (key === null) read.fail(at.issue, missing('the issue'))
        const changedAt = readInstant(read, at.created, times)
        if (changedAt === null && !read.flaw) read.fail(at.created, missing('when it changed'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        sink.spoke(changedAt!, dayIn(changedAt!, UTC))
        const [from, to, author] = [read.text(at.from), read.text(at.to), read.text(at.author)]
        addStatusChange(sink, { tracker: 'jira', key: key!, at: changedAt, from, to, author })
      },
    })
  },
}
