import { chromium, expect, type Page, test } from '@playwright/test'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findChromium } from '../../build/chromium.mjs'
import { serve } from '../../build/server.mjs'

/*
 * The browser is killed the hard way, ten times, in the middle of imports and edits, and its database is deleted once.
 * Whatever the page had shown as saved must be there after the next start; an import is there whole or not at all.
 */

const SEED = 20261120
const builtPage = path.resolve(import.meta.dirname, '../../dist/renderer')

/** A browser of our own on a profile that outlives it; its whole process group is ours to kill. */
class Browser {
  private readonly child: ChildProcess
  readonly page: Page

  private constructor(child: ChildProcess, page: Page) {
    this.child = child
    this.page = page
  }

  static async start(profile: string, url: string): Promise<Browser> {
    const portFile = path.join(profile, 'DevToolsActivePort')
    await rm(portFile, { force: true })
    const flags = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--no-first-run']
    const quiet = ['--disable-background-networking', '--disable-component-update', '--no-default-browser-check']
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const child = spawn(findChromium()!, [...flags, ...quiet, ...sandbox, 'about:blank'], {
      detached: true,
      stdio: 'ignore',
    })
    await expect.poll(() => existsSync(portFile), { timeout: 20_000 }).toBe(true)
    const port = (await readFile(portFile, 'utf8')).split('\n')[0]!
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    const context = browser.contexts()[0]!
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(15_000)
    await page.goto(url)
    await expect(page.getByText('Checking your data…')).toBeHidden({ timeout: 20_000 })
    return new Browser(child, page)
  }

  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    process.kill(-this.child.pid!, 'SIGKILL')
    await gone
    // The lock of a killed browser names a process that is no more.
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function exportFile(folder: string, name: string, rows: number): Promise<string> {
  const lines = ['Date,Tool,Model,User,Output tokens,Cost,Currency']
  for (let row = 0; row < rows; row++) lines.push(`2026-05-01,Made up,m,${name}-${row}@example.com,${row},0.01,USD`)
  const file = path.join(folder, `${name}.csv`)
  await writeFile(file, `${lines.join('\n')}\n`)
  return file
}

async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => void (location.hash = hash), `#${place}`)
}

async function isSaved(page: Page): Promise<void> {
  await expect(page.locator('.save-mark')).toHaveText('Saved', { timeout: 20_000 })
}

/** Fills the dialog and says yes; what becomes of it is the caller's. */
async function enterObjective(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('button', { name: /^(add an )?objective$/i }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Objective' }).fill(name)
  await dialog.getByRole('button', { name: 'Add objective' }).click()
}

async function addObjective(page: Page, name: string): Promise<void> {
  await enterObjective(page, name)
  await expect(page.getByText(name, { exact: true }).first()).toBeVisible()
  await isSaved(page)
}

/** Drops the file and waits until it is read. */
async function stage(page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page
    .getByRole('button', { name: /^(choose|import) files$/i })
    .first()
    .click()
  await (await chooser).setFiles(file)
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeVisible({ timeout: 30_000 })
}

async function importedRows(page: Page): Promise<ReadonlyMap<string, string>> {
  await goTo(page, 'data')
  await expect(page.getByRole('heading', { name: 'Data' })).toBeVisible()
  const rows = await page.getByRole('table', { name: 'Imported files' }).locator('tbody tr').all()
  const found = new Map<string, string>()
  for (const row of rows) {
    const name = (await row.locator('th button').innerText()).trim()
    found.set(name, (await row.locator('td.number').first().innerText()).trim())
  }
  return found
}

test('ten kills and a deleted database take nothing that was shown as saved', async () => {
  test.setTimeout(300_000)
  const chance = random(SEED)
  const profile = await mkdtemp(path.join(tmpdir(), 'quarterdeck-profile-'))
  const exports = await mkdtemp(path.join(tmpdir(), 'quarterdeck-exports-'))
  const served = await serve({ folder: builtPage, port: 0 })
  const objectives: string[] = []
  const files = new Map<string, string>()
  const doubtful: string[] = []
  let browser = await Browser.start(profile, served.url)

  async function check(): Promise<void> {
    const { page } = browser
    await goTo(page, 'okrs')
    for (const name of objectives) await expect(page.getByText(name, { exact: true }).first()).toBeVisible()
    const found = await importedRows(page)
    for (const [name, rows] of files) expect(found.get(name), `${name} after the kill`).toBe(rows)
    for (const name of doubtful.splice(0)) {
      const rows = found.get(name)
      expect([undefined, '10,000'], `${name}: whole or absent`).toContain(rows)
      if (rows !== undefined) files.set(name, rows)
    }
    expect([...found.keys()].sort()).toEqual([...files.keys()].sort())
  }

  try {
    await browser.page.getByRole('button', { name: /start empty/i }).click()
    await goTo(browser.page, 'okrs')
    await addObjective(browser.page, 'First of all')
    objectives.push('First of all')

    for (let round = 0; round < 10; round++) {
      const { page } = browser
      if (round % 2 === 0) {
        const name = `batch-${round}`
        await goTo(page, 'data')
        await stage(page, await exportFile(exports, name, 10_000))
        await page.getByRole('button', { name: 'Import', exact: true }).click()
        doubtful.push(`${name}.csv`)
        await new Promise((resolve) => setTimeout(resolve, chance() * 400))
      } else {
        await goTo(page, 'okrs')
        const stop = Date.now() + 300 + chance() * 1_200
        for (let n = 0; Date.now() < stop; n++) {
          await addObjective(page, `Round ${round} edit ${n}`)
          objectives.push(`Round ${round} edit ${n}`)
        }
        // The last one is not waited for: it may be there or not.
        await enterObjective(page, `Round ${round} unsaved`)
      }
      await browser.kill()
      browser = await Browser.start(profile, served.url)
      await check()
    }
    expect(files.size + objectives.length).toBeGreaterThan(6)

    // An import that was waited for, so that the deleted database has facts to lose.
    await goTo(browser.page, 'data')
    await stage(browser.page, await exportFile(exports, 'acknowledged', 2_000))
    await browser.page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(
      browser.page.getByRole('table', { name: 'Imported files' }).getByText('acknowledged.csv'),
    ).toBeVisible()
    await isSaved(browser.page)
    files.set('acknowledged.csv', '2,000')
    await browser.kill()

    const store = path.join(profile, 'Default', 'IndexedDB')
    expect(await readdir(store)).not.toEqual([])
    await rm(store, { recursive: true })
    browser = await Browser.start(profile, served.url)
    await expect(browser.page.getByText(/Restored from the second copy: \d+ imports? with/)).toBeVisible()
    await check()
    await browser.kill()
    browser = await Browser.start(profile, served.url)
    await expect(browser.page.getByText(/Restored from the second copy/)).toBeHidden()
    await check()
  } finally {
    await browser.kill().catch(() => {})
    await served.close()
    await rm(profile, { recursive: true, force: true })
    await rm(exports, { recursive: true, force: true })
  }
})

test('killed while a file is read, an import taken back or a workbook opened: as before, or done', async () => {
  test.setTimeout(300_000)
  const chance = random(SEED + 1)
  const profile = await mkdtemp(path.join(tmpdir(), 'quarterdeck-profile-'))
  const exports = await mkdtemp(path.join(tmpdir(), 'quarterdeck-exports-'))
  const served = await serve({ folder: builtPage, port: 0 })
  let browser = await Browser.start(profile, served.url)
  const [one, two] = [await exportFile(exports, 'one', 8_000), await exportFile(exports, 'two', 8_000)]
  const workbook = path.join(exports, 'one.quarterdeck')
  execFileSync(process.execPath, [
    path.resolve(import.meta.dirname, '../../build/cli.mjs'),
    'import',
    one,
    '--out',
    workbook,
  ])

  async function bring(file: string): Promise<void> {
    await goTo(browser.page, 'data')
    await stage(browser.page, file)
    await browser.page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(
      browser.page.getByRole('table', { name: 'Imported files' }).getByText(path.basename(file)),
    ).toBeVisible()
    await isSaved(browser.page)
  }

  async function chooseFile(open: () => Promise<void>, file: string): Promise<void> {
    const chooser = browser.page.waitForEvent('filechooser')
    await open()
    await (await chooser).setFiles(file)
  }

  const steps: Readonly<Record<string, { readonly begin: () => Promise<void>; readonly done: readonly string[] }>> = {
    'a file is read': {
      begin: () =>
        chooseFile(async () => {
          await browser.page
            .getByRole('button', { name: /^(choose|import) files$/i })
            .first()
            .click()
        }, one),
      done: ['one.csv', 'two.csv'],
    },
    'an import is taken back': {
      async begin() {
        const { page } = browser
        await page.getByRole('button', { name: /^Actions for two/ }).click()
        await page.getByRole('menuitem', { name: /^Take back/ }).click()
        await page.getByRole('button', { name: 'Take back', exact: true }).click()
      },
      done: ['one.csv'],
    },
    'a workbook is opened': {
      begin: () => chooseFile(() => browser.page.keyboard.press('Control+o'), workbook),
      done: ['one.csv'],
    },
  }

  try {
    await browser.page.getByRole('button', { name: /start empty/i }).click()
    await bring(one)
    for (let round = 0; round < 3; round++) {
      for (const [name, { begin, done }] of Object.entries(steps)) {
        if ((await importedRows(browser.page)).size === 1) await bring(two)
        await begin()
        await new Promise((resolve) => setTimeout(resolve, chance() * 300))
        await browser.kill()
        browser = await Browser.start(profile, served.url)
        const found = await importedRows(browser.page)
        expect([['one.csv', 'two.csv'], done], `killed while ${name}`).toContainEqual([...found.keys()].sort())
        expect([...found.values()], `killed while ${name}`).toEqual([...found.keys()].map(() => '8,000'))
      }
    }
  } finally {
    await browser.kill().catch(() => {})
    await served.close()
    await rm(profile, { recursive: true, force: true })
    await rm(exports, { recursive: true, force: true })
  }
})

test('a full disk: a sentence, nothing half stored, and it goes on once there is room', async () => {
  const served = await serve({ folder: builtPage, port: 0 })
  const exports = await mkdtemp(path.join(tmpdir(), 'quarterdeck-exports-'))
  const profile = await mkdtemp(path.join(tmpdir(), 'quarterdeck-profile-'))
  const browser = await Browser.start(profile, served.url)
  const { page } = browser
  const origin = new URL(served.url).origin
  try {
    await page.getByRole('button', { name: /start empty/i }).click()
    await goTo(page, 'okrs')
    await addObjective(page, 'Before')
    await goTo(page, 'data')
    await stage(page, await exportFile(exports, 'large', 10_000))
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 200_000 })
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.locator('.save-mark')).toHaveText('Not saved', { timeout: 20_000 })
    await expect(page.getByText(/is full: nothing of this step was stored/).first()).toBeVisible()
    await expect(page.getByRole('table', { name: 'Imported files' })).toBeHidden()
    await devtools.send('Storage.overrideQuotaForOrigin', { origin })
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await isSaved(page)
    expect([...(await importedRows(page))]).toEqual([['large.csv', '10,000']])
    await page.reload()
    expect([...(await importedRows(page))]).toEqual([['large.csv', '10,000']])
    await goTo(page, 'okrs')
    await expect(page.getByText('Before', { exact: true }).first()).toBeVisible()
  } finally {
    await browser.kill().catch(() => {})
    await served.close()
    await rm(profile, { recursive: true, force: true })
    await rm(exports, { recursive: true, force: true })
  }
})
