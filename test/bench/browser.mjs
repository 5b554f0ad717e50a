// npm run bench:browser -- [--rows 1000000] [--peer-rows 1000000] [--json]
// The built app in headless Chromium: a usage file of --rows is dropped, imported, reloaded, saved and taken back, with the
// longest task of the page's own thread watched all the while. Beside it in the same run, in a worker: dexie with one object
// per row and three indexes (--peer-rows, scaled to --rows), a typed-array scan written for the question, a bare read.
import { chromium } from '@playwright/test'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { bundleRenderer, rendererConfig } from '../../build/bundles.mjs'
import { findChromium } from '../../build/chromium.mjs'
import { serve } from '../../build/server.mjs'
import { diceOf } from './dice.mjs'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    'peer-rows': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const rows = Number(options.rows)
const peerRows = Number(options['peer-rows'] ?? options.rows)
const folder = mkdtempSync(path.join(tmpdir(), 'quarterdeck-browser-bench-'))
/** @type {(() => Promise<unknown>)[]} */
const closing = []
try {
  const [appDir, caseDir] = [path.join(folder, 'app'), path.join(folder, 'cases')]
  await bundleRenderer(appDir)
  await build({
    ...rendererConfig,
    root: path.join(import.meta.dirname, 'browser'),
    logLevel: 'error',
    build: {
      outDir: caseDir,
      emptyOutDir: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  })
  const file = writeExport(path.join(folder, 'usage-events.csv'), rows)
  const app = await serve({ folder: appDir, port: 0 })
  closing.push(() => app.close())
  const cases = await serve({ folder: caseDir, port: 0 })
  closing.push(() => cases.close())
  const executablePath = findChromium()
  const context = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
    ...(executablePath === null ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
  })
  closing.push(() => context.close())
  const ours = await measureApp(context, app.url, file)
  const page = await context.newPage()
  page.on('pageerror', (error) => process.stderr.write(`page: ${error.message}\n`))
  await page.goto(cases.url)
  /** @param {string} name @param {number} count @returns {Promise<any>} */
  const measure = async (name, count) => {
    const figures = await page.evaluate(
      ([called, given]) => /** @type {any} */ (window).measure(called, given),
      /** @type {const} */ ([name, count]),
    )
    if (figures.failed) throw new Error(figures.failed)
    return figures
  }
  const rolled = await measure('rollUp', rows)
  const objects = (await measure('objects', peerRows)).ms * (rows / peerRows)

  /**
   * @param {string} name @param {string} unit @param {number} value @param {string} goal @param {boolean} met
   * @param {Record<string, number>} [peers]
   */
  const result = (name, unit, value, goal, met, peers = {}) => ({
    case: name,
    unit,
    ours: round(value),
    peers: Object.fromEntries(Object.entries(peers).map(([peer, one]) => [peer, round(one)])),
    limit: null,
    goal,
    met,
  })
  const told = /** @type {const} */ (['told, no goal', true])
  const size = `${rows} rows`
  const peer = `dexie bulkPut, an object a row, three indexes${peerRows === rows ? '' : `, scaled from ${peerRows} rows`}`
  const results = [
    result(`dropped file read and judged, ${size}`, 'ms', ours.read, ...told),
    result(`import committed in both copies, ${size}`, 'ms', ours.commit, ...told),
    result(`dropped to committed and first figures, ${size}`, 'ms', ours.whole, ...told, { [peer]: objects }),
    result(
      'dexie with an object a row, in times of ours',
      'ratio',
      objects / ours.whole,
      'at least 8',
      objects / ours.whole >= 8,
    ),
    result(`reload to the first figures, ${size}`, 'ms', ours.open, ...told),
    result(`save as a file, ${size}`, 'ms', ours.save, ...told),
    result(`open that file, ${size}`, 'ms', ours.reopen, ...told),
    result(`take back, ${size}`, 'ms', ours.back, ...told),
    ...ours.longest.map(([during, ms]) =>
      result(`longest task of the page while: ${during}`, 'ms', ms, 'under 100', ms < 100),
    ),
    result(
      'memory of the page and its workers at the end of the import',
      'MB',
      ours.memory,
      'under 1500',
      ours.memory < 1500,
    ),
    result(
      `roll-up day x team x model in memory, ${size}`,
      'ms',
      rolled.memory,
      'at most 3 plain scans',
      rolled.memory <= rolled.scan * 3,
      {
        'typed-array scan written for it': rolled.scan,
      },
    ),
    result(
      `roll-up from IndexedDB, ${size}`,
      'ms',
      rolled.both,
      'about a bare read; aim 300 ms',
      rolled.both <= Math.max(300, rolled.read * 2),
      {
        'bare read of the same chunks': rolled.read,
      },
    ),
    result('roll-up from IndexedDB in times of a bare read', 'ratio', rolled.both / rolled.read, ...told),
    result(`${round(rolled.megabytes)} MB of chunks written, strict`, 'ms', rolled.write, ...told),
  ]
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Chromium ${context.browser()?.version() ?? ''} headless`
  if (options.json) process.stdout.write(`${JSON.stringify({ bench: 'browser', machine, results }, null, 2)}\n`)
  else
    for (const { case: name, ours: value, unit, peers, goal, met } of results)
      process.stdout.write(
        `${met ? 'met   ' : 'MISSED'} ${name}: ${value} ${unit} ${JSON.stringify(peers)} (${goal})\n`,
      )
} finally {
  for (const close of closing.reverse()) await close().catch(() => {})
  rmSync(folder, { recursive: true, force: true })
}

/** @param {number} value */
function round(value) {
  return Number(value.toFixed(value < 100 ? 2 : 0))
}

/** @param {import('@playwright/test').BrowserContext} context @param {string} url @param {string} file */
async function measureApp(context, url, file) {
  const page = await context.newPage()
  page.setDefaultTimeout(600_000)
  page.on('pageerror', (error) => process.stderr.write(`page: ${error.message}\n`))
  await page.addInitScript(() => {
    const host = /** @type {any} */ (globalThis)
    host.longest = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) host.longest = Math.max(host.longest, duration)
    }).observe({ type: 'longtask', buffered: true })
  })
  /** @type {[string, number][]} */
  const longest = []
  /** @param {string} during @param {() => Promise<void>} act */
  const watched = async (during, act) => {
    await page.evaluate('window.longest = 0')
    const from = Date.now()
    await act()
    const took = Date.now() - from
    longest.push([during, Number(await page.evaluate('window.longest'))])
    return took
  }
  const isSaved = () => page.locator('.save-mark').getByText('Saved', { exact: true }).waitFor()
  const hasFigures = () => page.locator('[data-figures="ready"]').waitFor()
  /** @param {string} place */
  const goTo = (place) => page.evaluate((hash) => void (location.hash = hash), `#${place}`)

  await page.goto(url)
  await page.getByRole('button', { name: /start empty/i }).click()
  await isSaved()
  await goTo('data')
  const chooser = page.waitForEvent('filechooser')
  await page
    .getByRole('button', { name: /^(choose|import) files$/i })
    .first()
    .click()
  const chosen = await chooser
  const from = Date.now()
  const read = await watched('a file is read', async () => {
    await chosen.setFiles(file)
    await page.getByRole('button', { name: 'Import', exact: true }).waitFor()
  })
  const commit = await watched('an import is committed', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('table', { name: 'Imported files' }).waitFor()
    await isSaved()
  })
  await watched('first figures are made', hasFigures)
  const whole = Date.now() - from
  const memory = await residentMegabytes(context)
  const open = await watched('the workbook is opened again', async () => {
    await page.reload()
    await page.getByRole('heading').first().waitFor()
    await hasFigures()
  })
  let saved = ''
  const save = await watched('the workbook is saved as a file', async () => {
    const download = page.waitForEvent('download')
    await page.keyboard.press('Control+s')
    saved = await (await download).path()
  })
  const reopen = await watched('the saved file is opened', async () => {
    const workbook = page.waitForEvent('filechooser')
    await page.keyboard.press('Control+o')
    await (await workbook).setFiles(saved)
    await page.locator('.save-mark').getByText('Saving').waitFor()
    await isSaved()
    await hasFigures()
  })
  await goTo('data')
  const back = await watched('the import is taken back', async () => {
    await page.getByRole('button', { name: /^Actions for/ }).click()
    await page.getByRole('menuitem', { name: /^Take back/ }).click()
    await page.getByRole('button', { name: 'Take back', exact: true }).click()
    await page.getByRole('table', { name: 'Imported files' }).waitFor({ state: 'detached' })
    await isSaved()
  })
  await page.close()
  return { read, commit, whole, open, save, reopen, back, longest, memory }
}

/** Of the processes that run pages: the largest one. @param {import('@playwright/test').BrowserContext} context */
async function residentMegabytes(context) {
  const page = context.pages().at(-1)
  if (!page) return NaN
  const session = await context.newCDPSession(page)
  const { readFileSync, readdirSync } = await import('node:fs')
  await session.detach()
  let most = 0
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer')) continue
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))
      most = Math.max(most, Number(peak?.[1] ?? 0) / 1024)
    } catch {
      // Gone in the meantime, or no such system.
    }
  }
  return most
}

/** A Cursor export, seeded. @param {string} file @param {number} count */
function writeExport(file, count) {
  const roll = diceOf(20_261_120)
  const models = [
    'auto',
    'claude-4.5-sonnet',
    'claude-4.5-opus-high-thinking',
    'gpt-5.1-codex-high',
    'composer-1',
    'gpt-5',
  ]
  const opened = openSync(file, 'w')
  let lines = [
    'Date,User,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost',
  ]
  for (let i = 1; i <= count; i++) {
    const counts = [roll(40_000), roll(4_000), roll(300_000), roll(9_000)]
    const at = new Date(Date.UTC(2026, 6, 1) + Math.floor((i * 90 * 86_400_000) / count)).toISOString()
    const total = counts.reduce((all, one) => all + one, 0)
    lines.push(
      `${at},person${roll(200)}@example.com,,,${roll(3) ? 'Included' : 'On-Demand'},${models[roll(6)]},No,${counts.join(',')},${total},${roll(3)}.${String(roll(100)).padStart(2, '0')}`,
    )
    if (lines.length < 20_000) continue
    writeSync(opened, `${lines.join('\n')}\n`)
    lines = []
  }
  writeSync(opened, `${lines.join('\n')}\n`)
  closeSync(opened)
  return file
}
