// npm test: types, arrows, lockfile, lint, format, unit tests, build and browser journeys in one word.
//   --fix        repairs what can be repaired (lint, format) and runs nothing else; npm run fix
//   --only NAME  one step, may be given several times
// The last line is `N passed, N failed` or `N passed, N failed, N skipped`; exit code 1 when anything failed.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { ensureChromium, HOW_TO_GET_ONE } from './chromium.mjs'
import { root } from './freshness.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */
/** @typedef {{ name: string, limitMinutes: number, run: (limitMs: number) => Promise<Count> }} Step */

const require = createRequire(import.meta.url)
const PASSED = { passed: 1, failed: 0, skipped: 0 }
const FAILED = { passed: 0, failed: 1, skipped: 0 }

/**
 * The script behind a package's command, run by this Node: no shell, no npx, the same on every system.
 * @param {string} name
 * @param {string} [bin]
 */
function tool(name, bin = name) {
  const file = path.join(root, 'node_modules', name, 'package.json')
  const { bin: bins } = /** @type {{ bin: string | Record<string, string> }} */ (require(file))
  return path.join(path.dirname(file), typeof bins === 'string' ? bins : (bins[bin] ?? ''))
}

/**
 * @param {readonly string[]} args
 * @param {number} limitMs
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<boolean>}
 */
function node(args, limitMs, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      // A group of its own, so that nothing it started outlives the limit.
      detached: process.platform !== 'win32',
    })
    const end = () => {
      try {
        if (child.pid === undefined || process.platform === 'win32') child.kill('SIGKILL')
        else process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended by itself in the meantime.
      }
    }
    const timer = setTimeout(() => {
      say(`Stopped after ${Math.round(limitMs / 60_000)} minutes, the limit of this step.`)
      end()
    }, limitMs)
    running.add(end)
    child.on('error', (error) => say(error.message))
    child.on('close', (code) => {
      clearTimeout(timer)
      running.delete(end)
      resolve(code === 0)
    })
  })
}

/** @type {Set<() => void>} */
const running = new Set()
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    for (const end of running) end()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  })
}

/**
 * @param {string} name
 * @param {number} limitMinutes
 * @param {() => readonly string[]} args
 * @returns {Step}
 */
function check(name, limitMinutes, args) {
  return { name, limitMinutes, run: async (limitMs) => ((await node(args(), limitMs)) ? PASSED : FAILED) }
}

const LINT = () => [tool('oxlint'), '--config', 'build/oxlint.json', '--type-aware', '--deny-warnings']
const PRETTIER = () => [tool('prettier'), '.', '--log-level', 'warn', '--cache']

mkdirSync(path.join(root, 'dist'), { recursive: true })
const reports = mkdtempSync(path.join(root, 'dist', '.reports-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

/** Where days, months and times of day are read and counted. */
const ZONED = ['calendar', 'importers', 'facts', 'delivery', 'metrics', 'plan'].map(
  (folder) => `test/shared/${folder}/`,
)

/** @type {readonly Step[]} */
const STEPS = [
  check('types', 5, () => [tool('typescript', 'tsc'), '-b']),
  check('arrows', 1, () => ['build/check-arrows.mjs']),
  check('lockfile', 1, () => ['build/check-lockfile.mjs']),
  check('lint', 3, LINT),
  check('format', 3, () => [...PRETTIER(), '--check']),
  { name: 'unit', limitMinutes: 12, run: (limitMs) => runUnit(limitMs) },
  // Half an hour off UTC and with summer time: what mixes up days or months shows here.
  {
    name: 'zone',
    limitMinutes: 5,
    run: (limitMs) => runUnit(limitMs, ZONED, 'America/St_Johns'),
  },
  check('build', 3, () => ['build/build.mjs']),
  { name: 'journeys', limitMinutes: 20, run: runJourneys },
]

/**
 * @param {number} limitMs
 * @param {readonly string[]} [folders] all unless named
 * @param {string} [zone] the machine's unless named
 * @returns {Promise<Count>}
 */
async function runUnit(limitMs, folders = [], zone) {
  const report = path.join(reports, `unit-${folders.length}.json`)
  const args = [tool('vitest'), 'run', '--config', 'build/vitest.config.mjs', '--reporter', 'dot', '--reporter', 'json']
  const env = zone === undefined ? {} : { TZ: zone }
  const isDone = await node([...args, '--outputFile.json', report, ...folders], limitMs, env)
  return counted(report, isDone, (found) => ({
    passed: found.numPassedTests,
    // A file that cannot even be loaded has no tests to fail.
    failed: found.numFailedTests + found.testResults.filter(isBrokenFile).length,
    skipped: found.numPendingTests + (found.numTodoTests ?? 0),
  }))
}

/** @param {{ status: string, assertionResults: readonly { status: string }[] }} file */
function isBrokenFile({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((one) => one.status === 'failed')
}

/**
 * @param {number} limitMs
 * @returns {Promise<Count>}
 */
async function runJourneys(limitMs) {
  const chromium = await ensureChromium(say)
  if (chromium === null) {
    say(HOW_TO_GET_ONE)
    return FAILED
  }
  const report = path.join(reports, 'journeys.json')
  const args = [tool('@playwright/test', 'playwright'), 'test', '--config', 'build/playwright.config.mjs']
  const isDone = await node([...args, '--reporter', 'list,json'], limitMs, {
    QD_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  return counted(report, isDone, ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  }))
}

/**
 * @param {string} report
 * @param {boolean} isDone
 * @param {(found: any) => Count} read
 * @returns {Count}
 */
function counted(report, isDone, read) {
  try {
    const count = read(JSON.parse(readFileSync(report, 'utf8')))
    // Ended badly with nothing to show for it: out of time, out of memory, an error outside of any test.
    return isDone || count.failed > 0 ? count : { ...count, failed: 1 }
  } catch {
    return FAILED
  }
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`)
}

/** @returns {Promise<number>} */
async function fix() {
  const isLinted = await node([...LINT(), '--fix'], 180_000)
  const isFormatted = await node([...PRETTIER(), '--write'], 180_000)
  return isLinted && isFormatted ? 0 : 1
}

/**
 * @param {readonly Step[]} steps
 * @returns {Promise<number>}
 */
async function test(steps) {
  /** @type {string[]} */
  const table = []
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const { name, limitMinutes, run } of steps) {
    say(`\n— ${name}`)
    const startedAt = performance.now()
    const count = await run(limitMinutes * 60_000)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    total.passed += count.passed
    total.failed += count.failed
    total.skipped += count.skipped
    const detail = count.passed + count.failed > 1 ? tell(count) : ''
    table.push(
      `${count.failed > 0 ? 'failed' : 'ok    '}  ${name.padEnd(10)} ${seconds.padStart(7)} s  ${detail}`.trimEnd(),
    )
  }
  say(`\n${table.join('\n')}\n`)
  say(tell(total))
  return total.failed > 0 ? 1 : 0
}

/** @param {Count} count */
function tell({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

const { values } = parseArgs({
  options: { fix: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] } },
})
const strange = values.only.find((name) => !STEPS.some((step) => step.name === name))
if (strange !== undefined) {
  process.stderr.write(`${strange}: not a step. Steps are ${STEPS.map((step) => step.name).join(', ')}.\n`)
  process.exit(2)
}
const chosen = values.only.length === 0 ? STEPS : STEPS.filter((step) => values.only.includes(step.name))
process.exitCode = values.fix ? await fix() : await test(chosen)
