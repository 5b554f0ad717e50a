import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { instantOf } from '../../../quantities/index.ts'
import type { TableFormat } from '../../format.ts'
import { alertsNoIncidents, missing, notATime } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'

/** The two highest priorities wake somebody; everything below is an alert, no incident. */
const URGENT = /^p[12]\b/i

/** Opsgenie alerts as CSV, times in epoch milliseconds. Only alerts of priority P1 and P2 are incidents. */
export const opsgenieAlertsCsv: TableFormat = {
  shape: 'table',
  id: 'opsgenie-alerts-csv',
  name: 'Opsgenie alerts (CSV)',
  kind: 'delivery',
  fields: {
    of: 'incident',
    read: {
      'alert id': ['incident.incidentId', 'key'],
      status: 'incident.resolvedAt',
      createdat: 'incident.startedAt',
      updatedat: 'incident.resolvedAt',
      priority: 'incident.severity',
      source: 'incident.service',
    },
    left: {
      message: 'what people wrote',
    },
  },
  required: [['alert id', 'alertid'], 'tinyid', 'status', 'createdat', 'updatedat'],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const at = {
      id: columns.find('alert id', 'alertid'),
      status: columns.find('status'),
      priority: columns.find('priority'),
      service: columns.find('service', 'source', 'entity'),
      created: columns.find('createdat'),
      updated: columns.find('updatedat'),
    }
    const moment = (position: number) => {
      const ms = read.count(position)
      if (ms === null) return null
      if (ms >= 1e11 && ms <= 7.3e12) return instantOf(ms)
      read.fail(position, notATime(read.raw(position)))
      return null
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const id = read.text(at.id)
        if (id === null) read.fail(at.id, missing('the id of the alert'))
        const [startedAt, updatedAt] = [moment(at.created), moment(at.updated)]
        if (startedAt === null && !read.flaw) read.fail(at.created, missing('when it began'))
        if (read.flaw || startedAt === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        const severity = read.text(at.priority)
        if (severity === null || !URGENT.test(severity)) {
          sink.note(alertsNoIncidents())
          return sink.blank()
        }
        // Nothing states when it ended; a closed one was closed at its last update at the latest.
        const resolvedAt = /closed|resolved/i.test(read.raw(at.status)) ? updatedAt : null
        sink.spoke(startedAt, dayIn(startedAt, UTC))
        if (updatedAt !== null) sink.spoke(updatedAt)
        const incident = { incidentId: id, service: read.text(at.service), severity, startedAt, resolvedAt }
        sink.fact('incident', { ...incident, causedByDeployment: null }, `incident|opsgenie|${id!}`)
      },
    })
  },
}
