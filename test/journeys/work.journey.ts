import type { Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './support.ts'

/*
 * The way of a lead: real exports in, every row's fate seen, taken over, still there after a reload; a budget edited and
 * undone; the what-if run; the page printed. The browser of all journeys resolves no name, so this is an offline journey too.
 */

const data = path.resolve(import.meta.dirname, '../../../shared/data')
const overlapping = ['2025-08-31', '2025-09-01', '2025-09-06', '2025-09-18'].map((day) =>
  path.join(data, `usage/cursor/overlapping/usage-events-${day}.csv`),
)
const others = [
  'usage/anthropic/claude_api_cost_2026_02_01_to_2026_02_01.csv',
  'usage/anthropic/claude_api_tokens_2026_02.csv',
  'usage/copilot/billing-credit-usage.real.csv',
  'usage/openai/completions_usage_2025-10.tsv',
  'delivery/git/mcp-typescript-sdk.numstat.txt',
  'delivery/github/gh_pr_list_DERIVED.json',
].map((name) => path.join(data, name))

async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
}

async function openSample(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: /open the sample/i }).click()
  await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible({ timeout: 60_000 })
  await expect(page.locator('.save-mark')).toHaveText('Saved', { timeout: 60_000 })
}

test('real exports: fates, totals, commit, reload, import again, take back', async ({ page, appUrl }) => {
  test.skip(!existsSync(data), 'the real exports are not beside this checkout')
  await page.goto(appUrl)
  await page.getByRole('button', { name: /start empty/i }).click()
  await goTo(page, 'Data')
  const importFiles = async (paths: readonly string[]) => {
    const chooser = page.waitForEvent('filechooser')
    await page
      .getByRole('button', { name: /^(choose|import) files$/i })
      .first()
      .click()
    await (await chooser).setFiles([...paths])
  }
  await importFiles([...overlapping, ...others])
  const card = (name: string) => page.getByRole('article', { name })
  await expect(card('usage-events-2025-09-18.csv')).toContainText('Cursor', { timeout: 30_000 })
  await expect(card('usage-events-2025-09-18.csv')).toContainText(/280 new\s*147 changed/)
  await expect(card('claude_api_cost_2026_02_01_to_2026_02_01.csv')).toContainText('4.39')
  await page.getByRole('button', { name: 'Look into billing-credit-usage.real.csv' }).click()
  await expect(card('billing-credit-usage.real.csv')).toContainText('710.51')
  await expect(page.getByRole('button', { name: 'Import 10 files' })).toBeEnabled({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Import 10 files' }).click()
  const history = page.getByRole('table', { name: 'Imported files' })
  await expect(history.locator('tbody tr')).toHaveCount(10, { timeout: 60_000 })
  await expect(page.locator('.save-mark')).toHaveText('Saved')
  await page.reload()
  await expect(history.locator('tbody tr')).toHaveCount(10, { timeout: 30_000 })

  await importFiles([overlapping[3]!])
  await expect(card('usage-events-2025-09-18.csv')).toContainText(/427\s*duplicate|duplicate\D*427/i, {
    timeout: 30_000,
  })
  await page.getByRole('button', { name: 'Discard usage-events-2025-09-18.csv' }).click()

  await goTo(page, 'Wall')
  await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible()
  await expect(page.getByText('Rework rate').first()).toBeVisible({ timeout: 30_000 })
})

test('what cannot be read is told, and nothing earlier is lost', async ({ page, appUrl }) => {
  await page.goto(appUrl)
  await page.getByRole('button', { name: /start empty/i }).click()
  await goTo(page, 'Data')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (
    await chooser
  ).setFiles([
    { name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') },
    { name: 'shopping.csv', mimeType: 'text/csv', buffer: Buffer.from('item,aisle\nmilk,3\n') },
    { name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('[{"number": 1, "title"') },
    { name: 'nothing.json', mimeType: 'application/json', buffer: Buffer.from('') },
  ])
  for (const name of ['empty.csv', 'shopping.csv', 'broken.json', 'nothing.json']) {
    await expect(page.getByRole('article', { name }).getByRole('alert')).toContainText(/wanted .+/i, {
      timeout: 20_000,
    })
  }
  await expect(page.locator('.save-mark')).toHaveText('Saved')
})

test('the sample: edit the plan, undo, run the what-if, read and print the brief', async ({ page, appUrl }) => {
  test.setTimeout(150_000)
  await openSample(page, appUrl)

  await goTo(page, 'Plan')
  const grid = page.getByRole('treegrid')
  await expect(grid).toBeVisible({ timeout: 20_000 })
  const cell = grid.locator('.ag-cell.sheet-number.is-input').first()
  const before = (await cell.innerText()).trim()
  const [row, column] = await cell.evaluate((element) => [
    element.closest('.ag-row')!.getAttribute('row-id')!,
    element.getAttribute('col-id')!,
  ])
  const same = grid.locator(`.ag-row[row-id="${row}"] .ag-cell[col-id="${column}"]`)
  await same.click()
  await page.keyboard.type('4321')
  await page.keyboard.press('Enter')
  await expect(same).toContainText('4,321')
  await expect(page.locator('.save-mark')).toHaveText('Saved')
  await page.keyboard.press('Control+z')
  await expect(same).toHaveText(before)
  await page.keyboard.press('Control+y')
  await expect(same).toContainText('4,321')
  await page.reload()
  await expect(same).toContainText('4,321', { timeout: 30_000 })

  await goTo(page, 'Scenarios')
  await expect(page.getByText(/all-in cost/i).first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/NPV/).first()).toBeVisible()

  await goTo(page, 'Brief')
  await expect(page.getByRole('region', { name: 'The page' })).toContainText(/decision/i, { timeout: 60_000 })
  await page.evaluate(() => {
    ;(window as unknown as { printed: number }).printed = 0
    window.print = () => void (window as unknown as { printed: number }).printed++
  })
  await page.getByRole('button', { name: 'Print' }).click()
  expect(await page.evaluate(() => (window as unknown as { printed: number }).printed)).toBe(1)
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length
  expect(pages, 'the brief is one page').toBe(1)
})

test('a workbook goes out as a file and comes back the same', async ({ page, appUrl }, info) => {
  await openSample(page, appUrl)
  const download = page.waitForEvent('download')
  await page.keyboard.press('Control+s')
  const file = info.outputPath('sample.quarterdeck')
  await (await download).saveAs(file)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('close')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Close and remove' }).click()
  await expect(page.getByRole('button', { name: /open a workbook file/i })).toBeVisible({ timeout: 20_000 })
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /open a workbook file/i }).click()
  await (await chooser).setFiles(file)
  await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible({ timeout: 60_000 })
  await goTo(page, 'Data')
  await expect(page.getByRole('table', { name: 'Imported files' }).locator('tbody tr')).toHaveCount(25)
})
