import { dayIn, parseInstant, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { Instant } from '../../../quantities/index.ts'
import type { ReadContext, TableFormat } from '../../format.ts'
import { missing, notATime, notOneOf } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'

const RESULTS = ['success', 'failure', 'rollback']
const YES: ReadonlySet<string> = new Set(['true', 'yes', '1', 't'])
const NO: ReadonlySet<string> = new Set(['false', 'no', '0', 'f'])

/** Our own layout: `deployment_id, service, environment, commit_sha, started_at, finished_at, result, unplanned, caused_by_incident`. */
export const deployments: TableFormat = {
  shape: 'table',
  id: 'deployments-csv',
  name: 'Deployments (CSV)',
  kind: 'delivery',
  fields: {
    of: 'deployment',
    read: {
      deployment_id: ['deployment.deploymentId', 'key'],
      service: 'deployment.service',
      environment: 'deployment.environment',
      commit_sha: 'deployment.sha',
      started_at: 'deployment.startedAt',
      finished_at: 'deployment.finishedAt',
      result: 'deployment.result',
      unplanned: 'deployment.isUnplanned',
      caused_by_incident: 'deployment.causedByIncident',
    },
  },
  required: ['deployment_id', 'service', 'finished_at', 'result'],
  open(_table, columns, context) {
    const read = new RowReader(columns.header)
    const at = {
      id: columns.find('deployment_id'),
      service: columns.find('service'),
      environment: columns.find('environment'),
      sha: columns.find('commit_sha'),
      started: columns.find('started_at'),
      finished: columns.find('finished_at'),
      result: columns.find('result'),
      unplanned: columns.find('unplanned'),
      incident: columns.find('caused_by_incident'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const deploymentId = read.text(at.id)
        if (deploymentId === null) read.fail(at.id, missing('an id'))
        const startedAt = readInstant(read, at.started, context)
        const finishedAt = readInstant(read, at.finished, context)
        const result = read.text(at.result)?.toLowerCase() ?? null
        if (result !== null && !RESULTS.includes(result)) read.fail(at.result, notOneOf(read.raw(at.result), RESULTS))
        const isUnplanned = readFlag(read, at.unplanned)
        const moment = finishedAt ?? startedAt
        if (moment === null && !read.flaw) read.fail(at.finished, missing('a start or a finish'))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        sink.spoke(moment!, dayIn(moment!, UTC))
        sink.fact(
          'deployment',
          {
            deploymentId,
            service: read.text(at.service),
            environment: read.text(at.environment),
            sha: read.text(at.sha),
            startedAt,
            finishedAt,
            result,
            isUnplanned,
            causedByIncident: read.text(at.incident),
          },
          `deployment|${deploymentId!}`,
        )
      },
    })
  },
}

/** ISO 8601 with its offset, or in the zone the user chose; empty is null. */
export function readInstant(read: RowReader, at: number, { zone }: ReadContext): Instant | null {
  const cell = read.raw(at).trim()
  if (cell === '') return null
  const instant = parseInstant(cell, zone)
  if (instant.ok) return instant.value
  read.fail(at, notATime(cell))
  return null
}

/** 1, 0, or null where nothing is said; databases write `t` and `f`. */
export function readFlag(read: RowReader, at: number): number | null {
  const said = read.text(at)?.toLowerCase() ?? null
  if (said === null) return null
  if (YES.has(said)) return 1
  if (!NO.has(said)) read.fail(at, notOneOf(read.raw(at), ['true', 'false']))
  return 0
}
