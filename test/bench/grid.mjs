// npm run bench:grid -- [--rows 5000] [--json]
// The sheet with 30 columns in headless Chromium: the plan's own rows, values and edits, without storage. Input is real
// (keys, pointer, clipboard); times are from the event to the last change of the page, medians of several, and beside
// plain ag-grid with the same texts in the same run where that can do the same.
import { chromium } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { rendererConfig } from '../../build/bundles.mjs'
import { findChromium } from '../../build/chromium.mjs'
import { serve } from '../../build/server.mjs'

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '5000' }, json: { type: 'boolean', default: false } },
})
const rows = Number(options.rows)
const TIMES = 7

/** @param {readonly number[]} numbers */
const median = (numbers) => Number(([...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0).toFixed(1))

const outDir = mkdtempSync(path.join(tmpdir(), 'quarterdeck-grid-bench-'))
/** @type {import('@playwright/test').Browser | null} */
let browser = null
/** @type {Awaited<ReturnType<typeof serve>> | null} */
let served = null
try {
  await build({
    ...rendererConfig,
    root: path.join(import.meta.dirname, 'grid'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, reportCompressedSize: false },
  })
  served = await serve({ folder: outDir, port: 0 })
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => process.stderr.write(`page: ${error.message}\n`))
  await page.goto(served.url)
  await page.addStyleTag({ content: '' }).catch(() => undefined)
  await page.evaluate(() => {
    document.getElementById('root')?.setAttribute('style', '')
    Object.assign(/** @type {HTMLElement} */ (document.getElementById('root')).style, { height: '100vh' })
  })
  /**
   * @param {string} name
   * @param {unknown} [argument]
   * @returns {Promise<any>}
   */
  const ask = (name, argument) =>
    page.evaluate(
      ([called, given]) => /** @type {any} */ (window).bench[/** @type {string} */ (called)](given),
      [name, argument],
    )

  const prepared = /** @type {number} */ (await ask('prepare', rows))
  /** @type {Record<'ours' | 'plain', number[]>} */
  const first = { ours: [], plain: [] }
  for (let time = 0; time < TIMES + 1; time++) {
    for (const kind of /** @type {const} */ (['plain', 'ours'])) {
      const took = await ask('mount', kind)
      // The first of each warms up.
      if (time > 0) first[kind].push(took)
      await ask('unmount')
    }
  }
  await ask('mount', 'ours')

  await ask('watchDrag')
  /** @param {number} row @param {number} month */
  const middle = async (row, month) => {
    const box = await page
      .locator(`.ag-row[row-index="${row}"] .ag-cell`)
      .nth(month + 4)
      .boundingBox()
    if (!box) throw new Error('The sheet shows no such cell.')
    return /** @type {const} */ ([box.x + box.width / 2, box.y + box.height / 2])
  }
  await page.mouse.move(...(await middle(1, 0)))
  await page.mouse.down()
  for (let turn = 0; turn < 4; turn++) {
    await page.mouse.move(...(await middle(20, 4)), { steps: 25 })
    await page.mouse.move(...(await middle(2, 1)), { steps: 25 })
  }
  await page.mouse.up()
  await page.waitForTimeout(200)
  const drag = await page.evaluate(() => /** @type {any} */ (window).bench.drag)

  const block = Array.from({ length: 1000 }, (_, row) =>
    Array.from({ length: 12 }, (__, column) => String(row * 12 + column + 1)).join('\t'),
  ).join('\n')
  const [x, y] = await middle(1, 0)
  await page.mouse.click(x, y)
  /** @type {Record<'paste' | 'undo' | 'edit' | 'all', number[]>} */
  const times = { paste: [], undo: [], edit: [], all: [] }
  /** @param {string} called @param {string} type @param {() => Promise<void>} act */
  const timed = async (called, type, act) => {
    // Armed in the page before the input arrives.
    await page.evaluate(
      ([name, event]) => {
        const host = /** @type {any} */ (window)
        host.pending = host.bench[/** @type {string} */ (name)](event)
      },
      [called, type],
    )
    await act()
    return /** @type {number} */ (await page.evaluate(() => /** @type {any} */ (window).pending))
  }
  await page.evaluate((text) => navigator.clipboard.writeText(text), block)
  for (let time = 0; time < TIMES + 1; time++) {
    const paste = await timed('untilCommitted', 'paste', () => page.keyboard.press('Control+v'))
    const undo = await timed('untilCommitted', 'keydown', () => page.keyboard.press('Control+z'))
    if (time === 0) continue
    times.paste.push(paste)
    times.undo.push(undo)
  }
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  for (let time = 0; time < TIMES + 1; time++) {
    await page.keyboard.type(`=${50 + time}`)
    const edit = await timed('untilCommitted', 'keydown', () => page.keyboard.press('Enter'))
    if (time > 0) times.edit.push(edit)
  }
  for (let time = 0; time < TIMES; time++) {
    await page.keyboard.press('Control+Home')
    times.all.push(await timed('untilStatistics', '', () => page.keyboard.press('Control+a')))
  }

  const ours = { first: median(first.ours), plain: median(first.plain) }
  /**
   * @param {string} name
   * @param {number} value
   * @param {number | null} limit
   * @param {Record<string, number>} [peers]
   */
  const result = (name, value, limit, peers = {}) => ({
    case: name,
    unit: 'ms',
    ours: value,
    peers,
    limit,
    goal: limit === null ? 'told, no goal' : `at most ${limit} ms`,
    met: limit === null || value <= limit,
  })
  const size = `${rows} rows x 30 columns`
  const results = [
    {
      ...result(`first cells, ${size}`, ours.first, Number((ours.plain * 1.3).toFixed(1)), { 'ag-grid': ours.plain }),
      goal: 'at most 1.3x plain ag-grid with the same texts',
    },
    result(`records to values and cells, ${size}`, Number(prepared.toFixed(1)), null),
    result('drag select, all handlers of one pointer move', median(drag.handler), 3),
    result('drag select, pointer move to the second frame', median(drag.painted), null),
    result('paste of 1,000 x 12 with recalculation and one undo step', median(times.paste), 150),
    result('undo of it', median(times.undo), 80),
    result('edit of a driver that reaches every row', median(times.edit), 100),
    result(`select all with statistics, ${size}`, median(times.all), 60),
  ]
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Chromium ${browser.version()} headless`
  if (options.json) process.stdout.write(`${JSON.stringify({ bench: 'grid', machine, results }, null, 2)}\n`)
  else
    for (const { case: name, ours: value, peers, goal, met } of results)
      process.stdout.write(`${met ? 'met   ' : 'MISSED'} ${name}: ${value} ms ${JSON.stringify(peers)} (${goal})\n`)
} finally {
  await browser?.close()
  await served?.close()
  rmSync(outDir, { recursive: true, force: true })
}
