import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { JsonObject } from '../../../tables/index.ts'
import type { TableFormat } from '../../format.ts'
import { badRecord, missing, notATime } from '../../messages.ts'
import { DateReader } from '../../read-dates.ts'
import { RowReader } from '../../row-reader.ts'
import { keptPlaces } from '../../unread-columns.ts'
import { langfuseRow, LANGFUSE, LANGFUSE_FIELDS, SHOWN } from './langfuse.ts'

/** Langfuse observations as CSV: the same records; what was asked and answered stands in columns that are never read. */
export const langfuseCsv: TableFormat = {
  shape: 'table',
  id: 'langfuse-observations-csv',
  name: 'Langfuse observations (CSV)',
  kind: 'usage',
  required: ['id', 'trace_id', 'start_time', 'usage_details', ['provided_model_name', 'model']],
  meaning: LANGFUSE,
  fields: {
    of: 'usage',
    mayHoldTexts: true,
    read: {
      ...LANGFUSE_FIELDS,
      model: 'model',
      usage_details: ['uncachedInput', 'cacheRead', 'output', 'unsplitTokens'],
    },
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const dates = new DateReader(null, UTC)
    const names = ['environment', 'project_id', 'user_id', 'session_id', 'type'] as const
    const at = {
      id: columns.find('id'),
      start: columns.find('start_time'),
      model: columns.find('provided_model_name', 'model'),
      usage: columns.find('usage_details'),
      cost: columns.find('total_cost'),
    }
    const positions = new Map(names.map((name) => [name, columns.place(name)]))
    return accepted({
      width: columns.header.length,
      // Prompts, answers and metadata may stand in any other column.
      unread: keptPlaces(langfuseCsv.fields!, columns),
      shown: SHOWN.map((name) => columns.find(name)).filter((position) => position >= 0),
      judge(cells, sink) {
        read.begin(cells)
        const id = read.text(at.id)
        if (id === null) read.fail(at.id, missing('an id'))
        const start = read.date(at.start, dates)
        if (start !== null && start.at === null) read.fail(at.start, notATime(read.raw(at.start)))
        const estimated = read.money(at.cost)
        const details = detailsOf(read.raw(at.usage))
        if (details === null) read.fail(at.usage, badRecord('usage_details', 'an object of counts'))
        if (read.flaw || start?.at == null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        const day = dayIn(start.at, UTC)
        sink.spoke(start.at, day)
        if (details === null || Object.keys(details).length === 0) return sink.blank()
        const of = (name: (typeof names)[number]) => read.text(positions.get(name) ?? -1)
        const found = langfuseRow(details, {
          day,
          at: start.at,
          model: read.text(at.model),
          person: of('user_id'),
          workspace: of('environment') ?? of('project_id'),
          session: of('session_id'),
          detail: of('type'),
          estimated,
        })
        if (found.flaw) return sink.aside('usage_details', found.flaw.issue)
        sink.fact('usage', found.row, `langfuse\u001f${id!}`)
      },
    })
  },
}

/** Null when it is no JSON object; empty text states nothing. */
function detailsOf(cell: string): JsonObject | null {
  if (cell.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(cell)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : null
  } catch {
    return null
  }
}
