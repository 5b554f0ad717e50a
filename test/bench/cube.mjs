// npm run bench:cube -- [--events 10000000] [--json]
// The way for data that outgrows a laptop, on a PostgreSQL of our own: events are made in the database, summed to the daily
// cube by the query of `quarterdeck cube sql`, and its answer is imported by the command line. Skipped where no server is.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { bundleCli } from '../../build/bundles.mjs'

const { values: options } = parseArgs({
  options: { events: { type: 'string', default: '10000000' }, json: { type: 'boolean', default: false } },
})
const events = Number(options.events)
const folder = mkdtempSync(path.join(tmpdir(), 'quarterdeck-cube-bench-'))
/** @type {{ run(sql: string): string, stop(): void } | null} */
let server = null
try {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.join(import.meta.dirname, '..', 'support', 'postgres.ts'),
      outDir: folder,
      rollupOptions: { output: { entryFileNames: 'postgres.js' } },
    },
  })
  await bundleCli(path.join(folder, 'cli'))
  writeFileSync(
    path.join(folder, 'cli', 'run.mjs'),
    "import { main } from './main.js'\nprocess.exitCode = await main(process.argv.slice(2))\n",
  )
  /** @type {{ startPostgres(): typeof server }} */
  const { startPostgres } = await import(pathToFileURL(path.join(folder, 'postgres.js')).href)
  server = startPostgres()
  if (!server) {
    process.stdout.write('skipped: no PostgreSQL server is installed\n')
    process.exit(0)
  }
  const running = server
  /** @template T @param {() => T} work @returns {[T, number]} */
  const timed = (work) => {
    const from = performance.now()
    return [work(), (performance.now() - from) / 1000]
  }
  // 2,000 people, each with a team, a key and three of eight models a day, over 90 days.
  const [, made] = timed(() =>
    running.run(`CREATE UNLOGGED TABLE "LiteLLM_SpendLogs" AS
      SELECT 'acompletion' AS call_type, 'key-' || person AS api_key, (37 + i % 9001) / 1000000.0::double precision AS spend,
        (i % 20011)::int AS prompt_tokens, (i % 1009)::int AS completion_tokens,
        TIMESTAMP '2026-07-01' + (i % 90) * INTERVAL '1 day' + (i % 86399) * INTERVAL '1 second' AS "startTime",
        'model-' || (person + i / 90 % 3) % 8 AS model, 'person' || person || '@example.com' AS "user", NULL::text AS end_user,
        'team-' || person % 60 AS team_id
      FROM (SELECT i, (i / 90 * 7919 + i) % 2000 AS person FROM generate_series(1, ${events}) AS i) AS rows;
      ANALYZE "LiteLLM_SpendLogs";`),
  )
  const cli = path.join(folder, 'cli', 'run.mjs')
  const sql = execFileSync(process.execPath, [cli, 'cube', 'sql', '--dialect', 'postgres', '--source', 'litellm'], {
    encoding: 'utf8',
  })
  const [cube, summed] = timed(() => running.run(sql))
  const file = path.join(folder, 'cube.csv')
  writeFileSync(file, cube)
  const stated = running.run(
    `COPY (SELECT COUNT(*), SUM(prompt_tokens) FROM "LiteLLM_SpendLogs") TO STDOUT WITH (FORMAT csv)`,
  )
  const [imported, took] = timed(() =>
    spawnSync(process.execPath, [cli, 'import', file, '--out', path.join(folder, 'cube.quarterdeck'), '--json'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    }),
  )
  if (imported.status !== 0) throw new Error(imported.stderr)
  const rows = cube.split('\n').length - 2
  const figures = {
    events,
    'events made, s': round(made),
    'daily cube in PostgreSQL, s': round(summed),
    'rows of the cube': rows,
    'events a row': round(events / rows),
    'cube as CSV, MB': round(statSync(file).size / 1e6),
    'imported by the command line into a workbook file, s': round(took),
    'workbook file, MB': round(statSync(path.join(folder, 'cube.quarterdeck')).size / 1e6),
    'events and input tokens as the database states them': stated.trim(),
  }
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`
  if (options.json) process.stdout.write(`${JSON.stringify({ bench: 'cube', machine, figures }, null, 2)}\n`)
  else for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name}: ${value}\n`)
} finally {
  server?.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** @param {number} value */
function round(value) {
  return Number(value.toFixed(value < 100 ? 2 : 0))
}
