import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  buildUsageCube,
  cubeSql,
  type CubeQuery,
  type UsageCube,
  type UsageDimension,
} from '../../../shared/cube/index.ts'
import { resolveFacts } from '../../../shared/facts/index.ts'
import { postgresPrograms, type Postgres, startPostgres } from '../../support/postgres.ts'
import { staged } from '../../support/stage.ts'
import { writeParquet } from '../../support/write-parquet.ts'

/*
 * The SQL of the daily cube on a real PostgreSQL: what it answers, imported, is the cube our own importer makes of the same
 * events. Reported as skipped where no server is installed (Debian: apt install postgresql).
 */

const DIMENSIONS: readonly UsageDimension[] = ['day', 'tool', 'model', 'person', 'apiKey', 'workspace', 'detail']
const EVENTS = 8_000

function diceOf(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

interface SpendLog {
  readonly request_id: string
  readonly call_type: string
  readonly api_key: string
  readonly spend: number
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly startTime: string
  readonly model: string
  readonly user: string
  readonly end_user: string | null
  readonly team_id: string | null
}

/** Names that tempt SQL and CSV, spends with more decimals than a billionth, moments around midnight. */
function spendLogs(count: number): readonly SpendLog[] {
  const roll = diceOf(20_261_121)
  const models = ['claude-sonnet-4-6', 'gpt-5.1', `it's "quoted", \\N`, 'ünïcode 模型']
  return Array.from({ length: count }, (_, i) => ({
    request_id: `req-${i}`,
    call_type: roll(5) === 0 ? 'aembedding' : 'acompletion',
    api_key: `key-${roll(9)}`,
    spend: roll(3_000_000) / 10 ** (3 + roll(9)),
    prompt_tokens: roll(200_000),
    completion_tokens: roll(9_000),
    startTime: new Date(
      Date.UTC(2026, 6, 1) + Math.floor((i * 20 * 86_400_000) / count) + roll(2) * 43_199_999,
    ).toISOString(),
    model: models[roll(models.length)]!,
    user: roll(4) === 0 ? '' : `person${roll(12)}@example.com`,
    end_user: roll(3) === 0 ? null : `customer-${roll(3)}`,
    team_id: roll(6) === 0 ? null : `team-${roll(5)}`,
  }))
}

function csvOf(rows: readonly object[]): string {
  const cell = (value: unknown) => (value === null ? '' : `"${String(value as string | number).replaceAll('"', '""')}"`)
  return rows.map((row) => Object.values(row).map(cell).join(',')).join('\n')
}

const LITELLM = `CREATE TABLE "LiteLLM_SpendLogs" (request_id text, call_type text, api_key text, spend double precision,
  prompt_tokens integer, completion_tokens integer, "startTime" timestamp, model text, "user" text, end_user text, team_id text);`

async function cubeOf(name: string, content: string | Uint8Array): Promise<UsageCube> {
  const { chunks, record } = await staged(name, content)
  expect(record.counts.keptAside).toBe(0)
  return buildUsageCube(resolveFacts(chunks, [{ id: record.id, asOf: null, seq: 1 }]), DIMENSIONS)
}

/** Everything a cell says but the number of rows it was made of. */
function said({ cells }: UsageCube): readonly unknown[] {
  return cells.map(({ rows: _rows, ...cell }) => cell)
}

function sqlOf(query: CubeQuery): string {
  const sql = cubeSql(query)
  if (!sql.ok) throw new Error(JSON.stringify(sql.issues))
  return sql.value
}

const isThere = postgresPrograms() !== null

describe.skipIf(!isThere)('on a real PostgreSQL', () => {
  let server: Postgres
  const logs = spendLogs(EVENTS)

  beforeAll(() => {
    server = startPostgres()!
    server.run(`${LITELLM}\nCOPY "LiteLLM_SpendLogs" FROM STDIN WITH (FORMAT csv);\n${csvOf(logs)}\n\\.\n`)
  }, 60_000)
  afterAll(() => server.stop())

  test('the imported cube is the cube of the raw events, to the billionth and the token', async () => {
    const raw = await cubeOf('raw.ndjson', logs.map((log) => JSON.stringify(log)).join('\n'))
    const csv = server.run(sqlOf({ dialect: 'postgres', source: 'litellm' }))
    const cube = await cubeOf('cube.csv', csv)
    expect(raw.total.rows).toBe(EVENTS)
    expect(raw.total.requests).toBe(EVENTS)
    expect(cube.total.rows).toBeLessThan(EVENTS)
    expect(said(cube)).toEqual(said(raw))
    expect({ ...cube.total, rows: 0 }).toEqual({ ...raw.total, rows: 0 })
  })

  test('as NDJSON and as Parquet it is the same cube', async () => {
    const csv = server.run(sqlOf({ dialect: 'postgres', source: 'litellm', to: '2026-07-02' as never }))
    const cube = await cubeOf('cube.csv', csv)
    const [header, ...lines] = server
      .run(
        sqlOf({ dialect: 'postgres', source: 'litellm', to: '2026-07-02' as never }).replace(
          'FORMAT csv, HEADER',
          `FORMAT text, HEADER`,
        ),
      )
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t').map((cell) => (cell === '\\N' ? null : cell.replaceAll('\\\\', '\\'))))
    const objects = lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name!, cells[i]!])))
    expect(said(await cubeOf('cube.ndjson', objects.map((one) => JSON.stringify(one)).join('\n')))).toEqual(said(cube))
    const parquet = writeParquet(
      header!.map((name, i) => ({
        name: name!,
        type: name === 'estimated' ? 'decimal' : name === 'output' ? 'int64' : 'text',
        scale: 9,
        values: lines.map((cells) => (name === 'output' ? BigInt(cells[i]!) : cells[i]!)),
      })),
    )
    expect(said(await cubeOf('cube.parquet', parquet))).toEqual(said(cube))
  })

  test('only the days asked for', async () => {
    const query = { dialect: 'postgres', source: 'litellm', from: '2026-07-03', to: '2026-07-04' } as const
    const cube = await cubeOf('cube.csv', server.run(sqlOf(query as never)))
    expect([...new Set(cube.cells.map(({ key }) => key[0]))]).toEqual(['2026-07-03', '2026-07-04'])
  })

  test('a table and columns of any name', async () => {
    server.run(
      `CREATE SCHEMA "my ""schema"""; CREATE TABLE "my ""schema"""."Robert'; DROP" ("when" timestamptz, "order" text, "to pay" numeric);
       INSERT INTO "my ""schema"""."Robert'; DROP" VALUES ('2026-07-01 23:30:00-02:30', 'm', 1.5), ('2026-07-01 20:00:00Z', ' ', 0.25), (NULL, 'm', 4);`,
    )
    const cube = await cubeOf(
      'cube.csv',
      server.run(
        sqlOf({
          dialect: 'postgres',
          source: 'events',
          table: `my "schema".Robert'; DROP`,
          columns: { time: 'when', model: 'order', billed: 'to pay', tool: 'order' },
          from: '2026-06-01' as never,
        }),
      ),
    )
    expect(cube.cells.map(({ key, requests, tokens }) => [key[0], key[2], requests, tokens.output])).toEqual([
      ['2026-07-01', null, 1, null],
      ['2026-07-02', 'm', 1, null],
    ])
  })

  test('Langfuse observations and Claude Code events', async () => {
    server.run(`CREATE TABLE observations (type text, name text, start_time timestamp, project_id text, model text, prompt_tokens int,
        completion_tokens int, calculated_total_cost numeric);
      INSERT INTO observations VALUES ('GENERATION', 'answer', '2026-07-01 10:00', 'p1', 'm', 10, 5, 0.0000000015),
        ('SPAN', 'step', '2026-07-01 10:00', 'p1', NULL, NULL, NULL, NULL), ('GENERATION', 'answer', '2026-07-01 11:00', 'p1', 'm', 1, NULL, NULL);
      CREATE TABLE otel_logs ("timestamp" timestamptz, attributes jsonb);
      INSERT INTO otel_logs VALUES ('2026-07-01 10:00Z', '{"event.name":"api_request","model":"claude","user.email":"a@example.com",
        "input_tokens":"7","output_tokens":3,"cache_read_tokens":"100","cost_usd":"0.0123"}'), ('2026-07-01 10:00Z', '{"event.name":"tool_result"}');`)
    const langfuse = await cubeOf('l.csv', server.run(sqlOf({ dialect: 'postgres', source: 'langfuse' })))
    expect(langfuse.cells).toMatchObject([
      {
        key: ['2026-07-01', 'Langfuse', 'm', null, null, 'p1', 'answer'],
        requests: 2,
        tokens: { uncachedInput: 11, output: 5 },
        cost: { USD: { estimated: 2n } },
      },
    ])
    const otel = await cubeOf('o.csv', server.run(sqlOf({ dialect: 'postgres', source: 'otel' })))
    expect(otel.cells).toMatchObject([
      {
        key: ['2026-07-01', 'Claude Code', 'claude', 'a@example.com', null, null, null],
        requests: 1,
        tokens: { uncachedInput: 7, cacheRead: 100, output: 3 },
        cost: { USD: { estimated: 12_300_000n } },
      },
    ])
  })
})
