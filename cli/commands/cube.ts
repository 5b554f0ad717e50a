import { parseArgs } from 'node:util'
import { parseDay } from '../../shared/calendar/index.ts'
import {
  CUBE_FIELDS,
  type CubeField,
  cubeSql,
  DIALECT_IDS,
  type DialectId,
  SOURCE_IDS,
  type SourceId,
  SOURCES,
} from '../../shared/cube/index.ts'
import { tellIssue } from '../../shared/issues/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'

export const cubeCommand: Command = {
  name: 'cube',
  summary: 'The query that sums usage where it lies, for data that outgrows this machine',
  help: [
    'Usage: quarterdeck cube sql --dialect NAME --source NAME [--table NAME] [--column CUBE=TABLE]... [--from DAY] [--to DAY]',
    '',
    'Writes SQL that turns usage events into the daily cube: one row per day, tool, model, person, key, workspace,',
    'repository and detail. Run it in the warehouse and import what it answers; a later cube of the same source replaces',
    'the days it states. docs/scale.md tells how much that is and what is lost.',
    '',
    `  --dialect  ${DIALECT_IDS.join(' or ')}`,
    `  --source   ${SOURCE_IDS.map((id) => `${id} (${SOURCES[id].name})`).join(', ')}`,
    '  --table    where the events lie, when not where the source puts them: analytics.spend_logs',
    '  --column   a column of the cube and the column of the table it is taken from; may be repeated. Columns of the cube:',
    `             ${CUBE_FIELDS.join(', ')}`,
    '  --from     first day by UTC, --to the last one',
    '  --name     name of the source in the cube, when a workbook takes two of a kind',
    '',
    'Example: quarterdeck cube sql --dialect postgres --source litellm --from 2026-07-01 | psql -q "$WAREHOUSE" > cube.csv',
    '         quarterdeck import cube.csv --out team.quarterdeck',
  ].join('\n'),
  run: runCube,
}

function runCube(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      dialect: { type: 'string' },
      source: { type: 'string' },
      table: { type: 'string' },
      column: { type: 'string', multiple: true, default: [] },
      from: { type: 'string' },
      to: { type: 'string' },
      name: { type: 'string' },
    },
  })
  if (positionals.join(' ') !== 'sql')
    throw new UsageError(`cube ${positionals.join(' ')}: the one thing it does is “sql”.`)
  const sql = cubeSql({
    dialect: oneOf('--dialect', values.dialect, DIALECT_IDS) satisfies DialectId,
    source: oneOf('--source', values.source, SOURCE_IDS) satisfies SourceId,
    columns: Object.fromEntries(values.column.map(readColumn)),
    ...(values.table === undefined ? {} : { table: values.table }),
    ...(values.name === undefined ? {} : { name: values.name }),
    ...dayOf('from', values.from),
    ...dayOf('to', values.to),
  })
  if (!sql.ok) throw new UsageError(sql.issues.map(tellIssue).join(' '))
  io.out(sql.value.trimEnd())
  return Promise.resolve(0)
}

function oneOf<T extends string>(option: string, said: string | undefined, known: readonly T[]): T {
  const found = known.find((one) => one === said)
  if (found === undefined) throw new UsageError(`${option} ${said ?? 'is missing'}: known are ${known.join(', ')}.`)
  return found
}

function readColumn(said: string): readonly [CubeField, string] {
  const [field, ...rest] = said.split('=')
  const known = CUBE_FIELDS.find((one) => one === field)
  if (known === undefined || rest.length === 0)
    throw new UsageError(`--column ${said}: write CUBE=TABLE. Columns of the cube: ${CUBE_FIELDS.join(', ')}.`)
  return [known, rest.join('=')]
}

function dayOf(name: 'from' | 'to', said: string | undefined) {
  if (said === undefined) return {}
  const day = parseDay(said)
  if (!day.ok) throw new UsageError(`--${name} ${said}: write a day like 2026-07-01.`)
  return { [name]: day.value }
}
