import { accepted } from '../../../issues/index.ts'
import type { TableFormat } from '../../format.ts'
import { missing } from '../../messages.ts'
import { plainName } from '../../columns.ts'
import { localTimesOf } from '../../read-local-times.ts'
import { RowReader } from '../../row-reader.ts'
import { outcomeOf } from './dropped.ts'
import { SaidAccounts } from './said-accounts.ts'
import { addWorkItem } from './work-items.ts'
import { spokeOf } from './spoke-of.ts'

/**
 * Azure DevOps writes the columns of the query. A query that shows a tree writes `Title 1, Title 2, …`: how far right the
 * title stands is how deep the item is, and the last one further left above it is its parent.
 */
export const azureWorkItems: TableFormat = {
  shape: 'table',
  id: 'azure-work-items-csv',
  name: 'Azure DevOps work items (CSV)',
  kind: 'delivery',
  fields: {
    of: 'workItem',
    read: {
      id: ['workItem.key', 'key'],
      'work item type': 'workItem.type',
      title: 'workItem.title',
      'assigned to': ['account.email', 'account.id', 'account.name', 'workItem.assignee', 'key'],
      state: ['workItem.outcome', 'workItem.status'],
      reason: 'workItem.outcome',
      tags: 'workItem.labels',
      'created date': 'workItem.createdAt',
      'activated date': ['workItem.startedAt', 'workItem.statusCategory'],
      'resolved date': ['workItem.resolvedAt', 'workItem.statusCategory'],
      'closed date': ['workItem.resolvedAt', 'workItem.statusCategory'],
      'state change date': 'moment',
      'changed date': 'moment',
      'area path': 'workItem.project',
      'team project': 'workItem.project',
      parent: 'workItem.parent',
      'story points': 'workItem.points',
      effort: 'workItem.points',
    },
    left: {
      description: 'what people wrote',
      'repro steps': 'what people wrote',
      'acceptance criteria': 'what people wrote',
    },
  },
  required: ['id', 'work item type', 'state', ['title', 'title 1']],
  open(table, columns, context) {
    const at = {
      created: columns.find('created date'),
      started: columns.find('activated date'),
      closed: columns.find('closed date'),
      resolved: columns.find('resolved date'),
      changed: columns.find('changed date', 'state change date'),
    }
    const times = localTimesOf(table, Object.values(at), context)
    if (!times.ok) return times
    const read = new RowReader(columns.header)
    const titles = columns.header.flatMap((name, i) => (/^title(?: \d+)?$/.test(plainName(name)) ? [i] : []))
    const above: (string | null)[] = []
    const accounts = new SaidAccounts()
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const key = read.text(columns.find('id'))
        const level = Math.max(
          0,
          titles.findIndex((i) => read.text(i) !== null),
        )
        above.length = Math.min(above.length, level)
        const parent = read.text(columns.find('parent')) ?? above.filter((id) => id !== null).at(-1) ?? null
        above[level] = key
        if (key === null) read.fail(columns.find('id'), missing('the id of the work item: it is not saved yet'))
        const createdAt = times.value.read(read, at.created)
        const startedAt = times.value.read(read, at.started)
        const resolvedOn = times.value.read(read, at.resolved)
        // What is resolved waits to be verified; only a query without the date of closing leaves nothing better.
        const closedAt = at.closed < 0 ? resolvedOn : times.value.read(read, at.closed)
        const changedAt = times.value.read(read, at.changed)
        const points = read.quantity(columns.find('story points', 'effort', 'size'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        spokeOf(sink, [createdAt, closedAt], changedAt)
        const [status, assigned] = [read.text(columns.find('state')), read.text(columns.find('assigned to'))]
        const [, name = null, email = null] = /^(.*?)\s*<([^<>\s]+)>$/.exec(assigned ?? '') ?? []
        accounts.tell(sink, { source: 'azure-devops', id: email, email, name: name || null })
        const item = {
          tracker: 'azure-devops',
          key: key!,
          itemId: null,
          type: read.text(columns.find('work item type')),
          title: read.text(titles[level] ?? -1),
          status,
          // States are named by each company; only its dates say what they mean.
          statusCategory: closedAt !== null ? 'done' : startedAt !== null ? 'in-progress' : null,
          createdAt,
          startedAt,
          resolvedAt: closedAt,
          points,
          epic: null,
          parent,
          assignee: email ?? assigned,
          labels: read.text(columns.find('tags'))?.replaceAll(/;\s*/g, '\n') ?? null,
          project: read.text(columns.find('team project', 'area path')),
          outcome: outcomeOf(status) ?? (closedAt === null ? null : outcomeOf(read.text(columns.find('reason')))),
        }
        addWorkItem(sink, item, changedAt)
      },
    })
  },
}
