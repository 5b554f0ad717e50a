import { accepted } from '../../../issues/index.ts'
import type { TableFormat } from '../../format.ts'
import { missing } from '../../messages.ts'
import { localTimesOf } from '../../read-local-times.ts'
import { RowReader } from '../../row-reader.ts'
import { addWorkItem } from './work-items.ts'
import { spokeOf } from './spoke-of.ts'

/**
 * Linear's export in all its lengths. It names no category, but says when work started and ended, which is the same.
 * A cancelled issue ended when it was cancelled, without being done.
 */
export const linearCsv: TableFormat = {
  shape: 'table',
  id: 'linear-csv',
  name: 'Linear issues (CSV)',
  kind: 'delivery',
  fields: {
    of: 'workItem',
    read: {
      id: ['workItem.key', 'key'],
      team: 'workItem.project',
      title: 'workItem.title',
      status: 'workItem.status',
      estimate: 'workItem.points',
      project: 'workItem.project',
      assignee: 'workItem.assignee',
      labels: 'workItem.labels',
      created: 'workItem.createdAt',
      updated: 'moment',
      started: ['workItem.startedAt', 'workItem.statusCategory'],
      completed: ['workItem.resolvedAt', 'workItem.statusCategory'],
      canceled: ['workItem.outcome', 'workItem.resolvedAt', 'workItem.statusCategory'],
      'parent issue': 'workItem.parent',
      uuid: 'workItem.itemId',
      'duplicate of': 'workItem.outcome',
    },
    left: {
      description: 'what people wrote',
    },
  },
  required: ['id', 'team', 'title', 'status', 'created', 'started', 'completed', 'canceled'],
  open(table, columns, context) {
    const at = {
      created: columns.find('created'),
      started: columns.find('started'),
      completed: columns.find('completed'),
      canceled: columns.find('canceled'),
      updated: columns.find('updated'),
    }
    const times = localTimesOf(table, Object.values(at), context)
    if (!times.ok) return times
    const read = new RowReader(columns.header)
    const duplicateOf = columns.find('duplicate of')
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const key = read.text(columns.find('id'))
        if (key === null) read.fail(columns.find('id'), missing('the id of the issue'))
        const createdAt = times.value.read(read, at.created)
        const startedAt = times.value.read(read, at.started)
        const completedAt = times.value.read(read, at.completed)
        const canceledAt = times.value.read(read, at.canceled)
        const updatedAt = times.value.read(read, at.updated)
        const points = read.quantity(columns.find('estimate'))
        if (createdAt === null && !read.flaw) read.fail(at.created, missing('when the issue was created'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        const resolvedAt = completedAt ?? canceledAt
        spokeOf(sink, [createdAt, resolvedAt], updatedAt)
        const isDropped = (completedAt === null && canceledAt !== null) || read.text(duplicateOf) !== null
        const item = {
          tracker: 'linear',
          key: key!,
          itemId: read.text(columns.find('uuid')),
          type: null,
          title: read.text(columns.find('title')),
          status: read.text(columns.find('status')),
          statusCategory: resolvedAt !== null ? 'done' : startedAt !== null ? 'in-progress' : 'todo',
          createdAt,
          startedAt,
          resolvedAt,
          points,
          epic: null,
          parent: read.text(columns.find('parent issue')),
          assignee: read.text(columns.find('assignee')),
          labels: read.text(columns.find('labels'))?.replaceAll(', ', '\n') ?? null,
          project: read.text(columns.find('project')) ?? read.text(columns.find('team')),
          outcome: resolvedAt !== null && isDropped ? 'dropped' : null,
        }
        addWorkItem(sink, item, updatedAt)
      },
    })
  },
}
