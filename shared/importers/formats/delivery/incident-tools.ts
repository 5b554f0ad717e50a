import { accepted } from '../../../issues/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import { type JsonValue, ownField } from '../../../tables/index.ts'
import type { JsonFormat, RecordSink, TableFormat } from '../../format.ts'
import { firstObject, itemsOf, jsonRecords, listOf, marksOf, momentOf, tellMore, textOf } from '../../json-fields.ts'
import { badRecord, lowUrgency, missing, notATime } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { readInstant } from './deployments.ts'
import { spokeOf } from './spoke-of.ts'

interface ToolIncident {
  readonly id: string
  readonly service: string | null
  readonly severity: string | null
  readonly startedAt: Instant
  readonly resolvedAt: Instant | null
  /** Its last change. */
  readonly updatedAt?: Instant | null | 'bad'
}

function addIncident(sink: RecordSink, tool: string, one: ToolIncident): void {
  const { id: incidentId, service, severity, startedAt, resolvedAt, updatedAt = null } = one
  spokeOf(sink, [startedAt, resolvedAt], updatedAt === 'bad' ? null : updatedAt)
  sink.fact(
    'incident',
    { incidentId, service, severity, startedAt, resolvedAt, causedByDeployment: null },
    `incident|${tool}|${incidentId}`,
  )
}

/** What wakes nobody is no incident: most records of PagerDuty are such, and they would drown those that matter. */
function isNoise(urgency: string | null, priority: string | null): boolean {
  return urgency?.toLowerCase() === 'low' && priority === null
}

/** Analytics, Reports, "Download CSV"; times in the zone of the account, with their offset. */
export const pagerdutyCsv: TableFormat = {
  shape: 'table',
  id: 'pagerduty-csv',
  name: 'PagerDuty incidents (CSV)',
  kind: 'delivery',
  fields: {
    of: 'incident',
    read: {
      id: ['incident.incidentId', 'key'],
      service_name: 'incident.service',
      created_on: 'incident.startedAt',
      resolved_on: 'incident.resolvedAt',
      priority_name: 'incident.severity',
      urgency: 'incident.severity',
    },
  },
  required: ['id', 'incident_number', 'service_name', 'created_on', 'resolved_on', 'urgency'],
  open(_table, columns, context) {
    const read = new RowReader(columns.header)
    const at = {
      id: columns.find('id'),
      service: columns.find('service_name'),
      urgency: columns.find('urgency'),
      priority: columns.find('priority_name', 'priority'),
      created: columns.find('created_on'),
      resolved: columns.find('resolved_on'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const [urgency, priority] = [read.text(at.urgency), read.text(at.priority)]
        const id = read.text(at.id)
        if (id === null) read.fail(at.id, missing('the id of the incident'))
        const startedAt = readInstant(read, at.created, context)
        const resolvedAt = readInstant(read, at.resolved, context)
        if (startedAt === null && !read.flaw) read.fail(at.created, missing('when it began'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        if (isNoise(urgency, priority)) {
          sink.note(lowUrgency())
          return sink.blank()
        }
        const severity = priority ?? urgency
        addIncident(sink, 'pagerduty', {
          id: id!,
          service: read.text(at.service),
          severity,
          startedAt: startedAt!,
          resolvedAt,
        })
      },
    })
  },
}

/** `GET /incidents`. Older answers have no time of the end: for a resolved one it is the last change of its status. */
export const pagerdutyJson: JsonFormat = {
  shape: 'json',
  id: 'pagerduty-json',
  name: 'PagerDuty incidents (API)',
  kind: 'delivery',
  fields: {
    of: 'incident',
    read: {
      id: ['incident.incidentId', 'key'],
      created_at: 'incident.startedAt',
      updated_at: 'moment',
      resolved_at: 'incident.resolvedAt',
      last_status_change_at: ['incident.resolvedAt', 'moment'],
      status: 'incident.resolvedAt',
      urgency: 'incident.severity',
      'priority.summary': 'incident.severity',
      'priority.name': 'incident.severity',
      'service.summary': 'incident.service',
    },
    around: {
      more: 'note',
    },
    left: {
      _input: 'what a collector asked for',
      description: 'what people wrote',
      log_entries: 'its log',
      first_trigger_log_entry: 'its log',
    },
  },
  recognise(pages) {
    const marks = marksOf(
      firstObject(itemsOf(pages, 'incidents')),
      'incident_number',
      'created_at',
      'service',
      'urgency',
    )
    return marks && `incidents with ${marks}`
  },
  open: (pages) =>
    accepted({
      records: jsonRecords(itemsOf(pages, 'incidents'), judgePagerduty),
      finish: tellMore(pages, (page) => ownField(page, 'more') === true),
    }),
}

function judgePagerduty(item: JsonValue, sink: RecordSink): void {
  const id = textOf(item, 'id')
  if (id === null) return sink.aside('id', badRecord(JSON.stringify(item).slice(0, 80), 'an incident with its id'))
  const isResolved = textOf(item, 'status') === 'resolved'
  const startedAt = momentOf(item, 'created_at')
  const resolvedAt = momentOf(item, 'resolved_at') ?? (isResolved ? momentOf(item, 'last_status_change_at') : null)
  if (startedAt === 'bad' || startedAt === null || resolvedAt === 'bad')
    return sink.aside('created_at', notATime(textOf(item, 'created_at') ?? ''))
  const priority = ownField(item, 'priority')
  const level = textOf(priority, 'summary') ?? textOf(priority, 'name')
  const urgency = textOf(item, 'urgency')
  if (isNoise(urgency, level)) {
    sink.note(lowUrgency())
    return sink.blank()
  }
  const service = textOf(ownField(item, 'service'), 'summary')
  const updatedAt = momentOf(item, 'updated_at') ?? momentOf(item, 'last_status_change_at')
  addIncident(sink, 'pagerduty', { id, service, severity: level ?? urgency, startedAt, resolvedAt, updatedAt })
}

/**
 * Opsgenie `/incidents`. Its end is when the impact ended; where nobody said so, a resolved one ended at its last update at the
 * latest. Alerts are no incidents and are not read.
 */
export const opsgenieJson: JsonFormat = {
  shape: 'json',
  id: 'opsgenie-incidents-json',
  name: 'Opsgenie incidents (API)',
  kind: 'delivery',
  fields: {
    of: 'incident',
    read: {
      id: ['incident.incidentId', 'key'],
      status: 'incident.resolvedAt',
      createdAt: 'incident.startedAt',
      updatedAt: 'moment',
      priority: 'incident.severity',
      impactedServices: 'incident.service',
      impactStartDate: 'incident.startedAt',
      impactEndDate: 'incident.resolvedAt',
    },
    left: {
      _input: 'what a collector asked for',
      description: 'what people wrote',
      message: 'what people wrote',
    },
  },
  recognise(pages) {
    const marks = marksOf(firstObject(itemsOf(pages, 'data')), 'tinyId', 'impactedServices', 'createdAt', 'status')
    return marks && `incidents with ${marks}`
  },
  open: (pages) =>
    accepted({
      records: jsonRecords(itemsOf(pages, 'data'), judgeOpsgenie),
      finish: tellMore(pages, (page) => textOf(ownField(page, 'paging'), 'next') !== null),
    }),
}

function judgeOpsgenie(item: JsonValue, sink: RecordSink): void {
  const id = textOf(item, 'id')
  if (id === null) return sink.aside('id', badRecord(JSON.stringify(item).slice(0, 80), 'an incident with its id'))
  const isOver = textOf(item, 'status') === 'resolved' || textOf(item, 'status') === 'closed'
  const startedAt = momentOf(item, 'impactStartDate') ?? momentOf(item, 'createdAt')
  const resolvedAt = isOver ? (momentOf(item, 'impactEndDate') ?? momentOf(item, 'updatedAt')) : null
  if (startedAt === 'bad' || startedAt === null || resolvedAt === 'bad')
    return sink.aside('createdAt', notATime(textOf(item, 'createdAt') ?? ''))
  const [service] = listOf(item, 'impactedServices') ?? []
  addIncident(sink, 'opsgenie', {
    id,
    service: typeof service === 'string' ? service : null,
    severity: textOf(item, 'priority'),
    startedAt,
    resolvedAt,
    updatedAt: momentOf(item, 'updatedAt'),
  })
}
