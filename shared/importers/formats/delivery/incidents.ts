import { accepted } from '../../../issues/index.ts'
import type { TableFormat } from '../../format.ts'
import { missing } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { readInstant } from './deployments.ts'
import { spokeOf } from './spoke-of.ts'

/** Our own layout: `incident_id, service, severity, started_at, resolved_at, caused_by_deployment`. Unresolved = empty. */
export const incidents: TableFormat = {
  shape: 'table',
  id: 'incidents-csv',
  name: 'Incidents (CSV)',
  kind: 'delivery',
  fields: {
    of: 'incident',
    read: {
      incident_id: ['incident.incidentId', 'key'],
      service: 'incident.service',
      severity: 'incident.severity',
      started_at: 'incident.startedAt',
      resolved_at: 'incident.resolvedAt',
      caused_by_deployment: 'incident.causedByDeployment',
    },
  },
  required: ['incident_id', 'service', 'started_at', 'resolved_at'],
  open(_table, columns, context) {
    const read = new RowReader(columns.header)
    const at = {
      id: columns.find('incident_id'),
      service: columns.find('service'),
      severity: columns.find('severity'),
      started: columns.find('started_at'),
      resolved: columns.find('resolved_at'),
      deployment: columns.find('caused_by_deployment'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const incidentId = read.text(at.id)
        if (incidentId === null) read.fail(at.id, missing('an id'))
        const startedAt = readInstant(read, at.started, context)
        const resolvedAt = readInstant(read, at.resolved, context)
        if (startedAt === null && !read.flaw) read.fail(at.started, missing('when it started'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        spokeOf(sink, [startedAt, resolvedAt])
        sink.fact(
          'incident',
          {
            incidentId,
            service: read.text(at.service),
            severity: read.text(at.severity),
            startedAt,
            resolvedAt,
            causedByDeployment: read.text(at.deployment),
          },
          `incident|${incidentId!}`,
        )
      },
    })
  },
}
