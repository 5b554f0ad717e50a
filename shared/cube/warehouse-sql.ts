import type { Day } from '../calendar/index.ts'
import { CUBE_COUNTS, CUBE_KEYS, CUBE_MONEY, CUBE_STATED_AT, type CubeCount } from '../importers/index.ts'
import { type Outcome, accepted, refused } from '../issues/index.ts'
import type { CubeField } from './cube-fields.ts'
import { DIALECTS, type DialectId } from './sql-dialects.ts'
import { type SourceColumns, SOURCES, type SourceId } from './warehouse-sources.ts'

export interface CubeQuery {
  readonly dialect: DialectId
  readonly source: SourceId
  /** As the warehouse names it, schema in front where needed: `public.LiteLLM_SpendLogs`. */
  readonly table?: string
  /** Cube column -> column of the table, where the table differs from what the source writes. */
  readonly columns?: Readonly<Partial<Record<CubeField, string>>>
  /** Days included at both ends, by UTC. */
  readonly from?: Day
  readonly to?: Day
  /** Name of the source in the cube, when one workbook takes two of a kind. */
  readonly name?: string
}

/**
 * The query that makes the daily cube where the events lie: days by UTC, tokens as whole numbers, money rounded to the
 * billionth per event, half away from zero, and then summed exactly, as our own importers do. Names are quoted, never
 * trusted; nothing of the text of a prompt is read.
 *
 * Issues: `cube/name` for a table or column name that no database can have.
 */
export function cubeSql(query: CubeQuery): Outcome<string> {
  const dialect = DIALECTS[query.dialect]
  const source = SOURCES[query.source]
  const names = [query.table ?? '', ...Object.values(query.columns ?? {})]
  const bad = names.find((name) => /[\u0000-\u001f\u007f]/.test(name) || name.length > 200)
  if (bad !== undefined) {
    return refused({
      code: 'cube/name',
      said: bad.slice(0, 60),
      wanted: 'a name of at most 200 characters without line breaks',
      did: 'stopped',
    })
  }
  const own = Object.entries(query.columns ?? {}).filter(([, column]) => column !== undefined)
  const columns: SourceColumns = {
    ...source.columns(dialect),
    ...Object.fromEntries(own.map(([field, column]) => [field, dialect.name(column)])),
  }
  const table = (query.table ?? source.table[query.dialect]).split('.').map(dialect.name).join('.')
  const select = [
    [CUBE_STATED_AT, dialect.now()],
    ['source', dialect.text(query.name ?? query.source)],
    ['day', dialect.dayOf(columns.time)],
    ...CUBE_KEYS.filter((key) => key !== 'source' && key !== 'day').map((key) => [
      key,
      columns[key] === undefined ? dialect.nothing('text') : dialect.words(columns[key]),
    ]),
    ...(Object.keys(CUBE_COUNTS) as CubeCount[]).map((name) => [
      name,
      columns[name] === undefined
        ? name === 'requests'
          ? dialect.countRows()
          : dialect.nothing('count')
        : dialect.sumCount(columns[name]),
    ]),
    ...CUBE_MONEY.map((kind) => [
      kind,
      columns[kind] === undefined ? dialect.nothing('money') : dialect.sumMoney(columns[kind]),
    ]),
  ]
  // By place: a name could also mean a column of the table, in which empty text is no gap.
  const grouped = select.flatMap(([name], i) => (name !== 'source' && isKey(name!) ? [String(i + 1)] : []))
  const wheres = [
    ...source.where(dialect),
    ...(query.from === undefined ? [] : [`${columns.time} >= ${dialect.midnight(query.from, 0)}`]),
    ...(query.to === undefined ? [] : [`${columns.time} < ${dialect.midnight(query.to, 1)}`]),
  ]
  const body = [
    'SELECT',
    select.map(([name, expression]) => `  ${expression} AS ${dialect.name(name!)}`).join(',\n'),
    `FROM ${table}${source.final?.[query.dialect] ?? ''}`,
    ...(wheres.length === 0 ? [] : [`WHERE ${wheres.join('\n  AND ')}`]),
    `GROUP BY ${grouped.join(', ')}`,
    `ORDER BY ${grouped.join(', ')}`,
  ].join('\n')
  return accepted(dialect.whole(body))
}

function isKey(name: string): boolean {
  return (CUBE_KEYS as readonly string[]).includes(name)
}
