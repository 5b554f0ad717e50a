import { accepted } from '../../../issues/index.ts'
import { UTC } from '../../../calendar/index.ts'
import type { TableFormat } from '../../format.ts'
import { missing } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { readInstant } from './deployments.ts'
import { addWorkItem } from './work-items.ts'
import { spokeOf } from './spoke-of.ts'

/** Issues of a GitLab project as CSV; times are UTC, as the names of their columns say. */
export const gitlabIssuesCsv: TableFormat = {
  shape: 'table',
  id: 'gitlab-issues-csv',
  name: 'GitLab issues (CSV)',
  kind: 'delivery',
  fields: {
    of: 'workItem',
    read: {
      title: 'workItem.title',
      'issue id': 'workItem.itemId',
      url: ['workItem.key', 'workItem.project', 'key'],
      state: 'workItem.status',
      assignee: 'workItem.assignee',
      'assignee username': 'workItem.assignee',
      'created at (utc)': 'workItem.createdAt',
      'updated at (utc)': 'moment',
      'closed at (utc)': ['workItem.resolvedAt', 'workItem.statusCategory'],
      weight: 'workItem.points',
      labels: 'workItem.labels',
    },
    left: {
      description: 'what people wrote',
    },
  },
  required: ['title', 'url', 'state', 'created at (utc)', 'closed at (utc)'],
  open(_table, columns, context) {
    const read = new RowReader(columns.header)
    const at = {
      title: columns.find('title'),
      url: columns.find('url'),
      id: columns.find('issue id'),
      state: columns.find('state'),
      labels: columns.find('labels'),
      weight: columns.find('weight'),
      assignee: columns.find('assignee username', 'assignee(s) username(s)', 'assignee usernames', 'assignee'),
      created: columns.find('created at (utc)'),
      closed: columns.find('closed at (utc)'),
      updated: columns.find('updated at (utc)'),
    }
    const times = { ...context, zone: UTC }
    return accepted({
      width: columns.header.length,
      shown: [at.url, at.state, at.created, at.closed].filter((position) => position >= 0),
      judge(cells, sink) {
        read.begin(cells)
        const place = /^https?:\/\/[^/\s]+\/(\S+?)\/-\/(?:issues|work_items)\/(\d+)/.exec(read.raw(at.url).trim())
        if (!place) read.fail(at.url, missing('the address of the issue'))
        const [createdAt, closedAt, updatedAt] = [at.created, at.closed, at.updated].map((position) =>
          readInstant(read, position, times),
        )
        if (createdAt == null && !read.flaw) read.fail(at.created, missing('when the issue was opened'))
        const points = read.quantity(at.weight)
        if (read.flaw || !place || createdAt == null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        const [, project = '', number = ''] = place
        const resolvedAt = closedAt ?? null
        spokeOf(sink, [createdAt, resolvedAt], updatedAt ?? null)
        const item = {
          tracker: 'gitlab',
          key: `${project}#${number}`,
          itemId: read.text(at.id),
          type: null,
          title: read.text(at.title),
          status: read.text(at.state)?.toLowerCase() ?? null,
          statusCategory: resolvedAt === null ? 'todo' : 'done',
          createdAt,
          startedAt: null,
          resolvedAt,
          points,
          epic: null,
          parent: null,
          assignee: read.text(at.assignee),
          labels: read.text(at.labels)?.replaceAll(/,\s*/g, '\n') ?? null,
          project,
        }
        addWorkItem(sink, item, updatedAt)
      },
    })
  },
}
