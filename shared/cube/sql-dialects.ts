import { addDays, type Day } from '../calendar/index.ts'

export const DIALECT_IDS = ['postgres', 'clickhouse'] as const
export type DialectId = (typeof DIALECT_IDS)[number]

/** How one kind of warehouse says what the cube needs. Every argument but names and texts is an expression. */
export interface Dialect {
  readonly id: DialectId
  /** A name from outside, quoted. */
  name(name: string): string
  /** A text from outside, quoted. */
  text(text: string): string
  /** One value of a column of JSON or of a map, as text. */
  inside(column: string, key: string): string
  /** Text without what is empty. */
  words(expression: string): string
  firstOf(...expressions: readonly string[]): string
  now(): string
  dayOf(time: string): string
  midnight(day: Day, daysLater: 0 | 1): string
  countRows(): string
  sumCount(expression: string): string
  sumMoney(expression: string): string
  nothing(kind: 'text' | 'count' | 'money'): string
  /** The statements around the query that make it a file of its own. */
  whole(body: string): string
}

const quoted = (mark: string, text: string) => mark + text.replaceAll('\\', '\\\\').replaceAll(mark, mark + mark) + mark

/** PostgreSQL 12 and later, and what speaks its language (Aurora, AlloyDB, Redshift but for JSON). */
const POSTGRES: Dialect = {
  id: 'postgres',
  name: (name) => `"${name.replaceAll('"', '""')}"`,
  // A backslash means itself or not by a setting of the server; written like this it always does.
  text: (text) => `${text.includes('\\') ? 'E' : ''}'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`,
  inside: (column, key) => `(${column} ->> ${POSTGRES.text(key)})`,
  words: (expression) => `NULLIF(TRIM(CAST(${expression} AS text)), '')`,
  firstOf: (...expressions) => `COALESCE(${expressions.map(POSTGRES.words).join(', ')})`,
  now: () => `TO_CHAR(NOW() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  // Read with the session in UTC, so that both kinds of timestamp mean the same.
  dayOf: (time) => `CAST(${time} AS date)`,
  midnight: (day, daysLater) => `TIMESTAMP '${addDays(day, daysLater)} 00:00:00'`,
  countRows: () => 'COUNT(*)',
  sumCount: (expression) => `SUM(CAST(NULLIF(CAST(${expression} AS text), '') AS numeric))`,
  // A double becomes the shortest decimal that means it before it is rounded.
  sumMoney: (expression) => `SUM(ROUND(CAST(NULLIF(CAST(${expression} AS text), '') AS numeric), 9))`,
  nothing: (kind) => (kind === 'text' ? 'CAST(NULL AS text)' : 'CAST(NULL AS numeric)'),
  whole: (body) => `SET TIME ZONE 'UTC';\nCOPY (\n${body}\n) TO STDOUT WITH (FORMAT csv, HEADER);\n`,
}

/** ClickHouse 23.8 and later. */
const CLICKHOUSE: Dialect = {
  id: 'clickhouse',
  name: (name) => quoted('`', name),
  text: (text) => quoted("'", text),
  inside: (column, key) => `${column}[${CLICKHOUSE.text(key)}]`,
  words: (expression) => `NULLIF(trimBoth(toString(${expression})), '')`,
  firstOf: (...expressions) => `COALESCE(${expressions.map(CLICKHOUSE.words).join(', ')})`,
  now: () => `formatDateTime(now('UTC'), '%Y-%m-%dT%H:%i:%SZ')`,
  dayOf: (time) => `toDate(${time}, 'UTC')`,
  midnight: (day, daysLater) => `toDateTime64('${addDays(day, daysLater)} 00:00:00', 3, 'UTC')`,
  countRows: () => 'count()',
  // Text of a map that holds nothing is empty, and sums of nothing but gaps stay unknown.
  sumCount: (expression) => `sumOrNull(toInt64OrNull(toString(${expression})))`,
  // Half away from zero by hand: its own `round` of decimals goes to the even neighbour.
  sumMoney: (expression) => {
    const exact = `toDecimal128OrNull(toString(${expression}), 18)`
    return `sumOrNull(truncate(${exact} + sign(${exact}) * toDecimal128('0.0000000005', 18), 9))`
  },
  nothing: (kind) => (kind === 'text' ? 'CAST(NULL AS Nullable(String))' : 'CAST(NULL AS Nullable(Int64))'),
  // Columns of the result are called as columns of the table are; the table's are meant.
  whole: (body) =>
    `${body}\nSETTINGS prefer_column_name_to_alias = 1, format_csv_null_representation = ''\nFORMAT CSVWithNames;\n`,
}

export const DIALECTS: Readonly<Record<DialectId, Dialect>> = { postgres: POSTGRES, clickhouse: CLICKHOUSE }
