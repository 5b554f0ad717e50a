import type { FileChooser, Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './support.ts'

/*
 * Money and people: a model without a price gets one after its effect was seen; accounts become one person on a yes; rules are
 * tried while they are typed and shared cost is split; twenty files dropped at once stay readable, a table of one's own is
 * mapped once.
 */

const data = path.resolve(import.meta.dirname, '../../../shared/data')

async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
}

async function openSampleData(page: Page, url: string, tab: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: /open the sample/i }).click()
  await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible({ timeout: 60_000 })
  await expect(page.locator('.save-mark')).toHaveText('Saved', { timeout: 60_000 })
  await goTo(page, 'Data')
  await page.getByRole('tab', { name: tab }).click()
}

async function chooseFiles(page: Page, files: Parameters<FileChooser['setFiles']>[0]) {
  const chooser = page.waitForEvent('filechooser')
  await page
    .getByRole('button', { name: /^(choose|import) files$/i })
    .first()
    .click()
  await (await chooser).setFiles(files)
}

test('an unpriced model gets a rate: what it changes is seen first, kept as one step, and undone', async ({
  page,
  appUrl,
}) => {
  await openSampleData(page, appUrl, 'Prices')
  const waiting = page.getByRole('table', { name: 'Models waiting for a price' })
  await expect(waiting).toContainText('no rate known for this model', { timeout: 20_000 })
  await waiting.getByRole('button', { name: /^Set a rate for ft:/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('0.5')
  await dialog.getByRole('textbox', { name: 'Cache read' }).fill('0.05')
  await dialog.getByRole('textbox', { name: 'Output' }).fill('4')
  const preview = dialog.getByRole('table', { name: 'What would change' })
  await expect(preview).toContainText('unpriced')
  await expect(preview).toContainText(/\$\d/)
  await dialog.getByRole('button', { name: 'Keep and re-price' }).click()
  await expect(waiting).toBeHidden({ timeout: 20_000 })
  const inForce = page.getByRole('table', { name: 'Rates in force' })
  await expect(inForce.getByRole('row', { name: /ft:gpt-5-mini.*own/ })).toBeVisible()
  await inForce.getByRole('button').first().click()
  await expect(page.getByRole('dialog')).toContainText(/estimated from .* by the price list of 23 Sep 2026/)
  await expect(page.getByRole('table', { name: 'Rows behind it' })).toContainText('completions_usage')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(waiting).toBeVisible({ timeout: 20_000 })
})

test('accounts are joined on a yes and kept apart on a no; people get a team', async ({ page, appUrl }) => {
  await openSampleData(page, appUrl, 'People')
  const suggested = page.getByRole('table', { name: 'Accounts that seem to be one person' })
  await expect(suggested).toContainText('address and login spell one full name', { timeout: 20_000 })
  await page.getByRole('button', { name: /^Show \d+ more$/ }).click()
  const before = await suggested.locator('tbody tr').count()
  const [joined, apart] = [suggested.locator('tbody tr').nth(0), suggested.locator('tbody tr').nth(1)]
  const login = (await joined.locator('li').first().innerText()).trim()
  await apart.getByRole('button', { name: /^Not the same/ }).click()
  await joined.getByRole('button', { name: /^One person/ }).click()
  await expect(suggested.locator('tbody tr')).toHaveCount(before - 2)
  await page.getByRole('textbox', { name: 'Find somebody' }).fill(login)
  const everybody = page.getByRole('table', { name: 'Everybody' })
  await expect(everybody.locator('tbody tr')).toHaveCount(1)
  await everybody.getByRole('button').first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('list', { name: 'Accounts of this person' }).getByRole('listitem')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Add a team' }).click()
  await dialog.getByRole('combobox', { name: 'Team 1' }).fill('Core')
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(everybody.locator('tbody tr').first()).toContainText('Core')
  await page.getByRole('tab', { name: 'Ownership' }).click()
  await expect(page.getByRole('table', { name: 'Usage by team' })).toContainText('Core', { timeout: 20_000 })
})

test('rules say what they take while they are typed; shared cost is split to the cent', async ({ page, appUrl }) => {
  await openSampleData(page, appUrl, 'Ownership')
  const unclaimed = page.getByRole('table', { name: 'Biggest unattributed usage' })
  await expect(unclaimed).toContainText('lab-experiments', { timeout: 20_000 })
  await page.getByRole('button', { name: 'Add a shared cost' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Lab')
  for (const initiative of ['Checkout modernisation', 'Dispatch rewrite', 'Paved road'])
    await dialog.getByText(initiative, { exact: true }).click()
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await unclaimed
    .getByRole('button', { name: /lab-experiments/ })
    .first()
    .click()
  const value = page.getByRole('textbox', { name: 'Value of rule 18' })
  await value.fill('nobody-*')
  const rule = page.getByRole('row').filter({ has: value })
  await page.getByRole('button', { name: 'Initiative of rule 18' }).click()
  await page.getByRole('option', { name: 'Shared: Lab' }).click()
  await expect(rule).toContainText('nothing yet', { timeout: 20_000 })
  await value.fill('lab-*')
  await expect(rule).toContainText(/\$[\d,.]+/, { timeout: 20_000 })
  await expect(page.getByText('Nothing: every row of usage has an owner.')).toBeVisible({ timeout: 20_000 })
  const splits = page.getByRole('table', { name: 'Splits of Lab' })
  await expect(splits).toBeVisible({ timeout: 20_000 })
  const cells = (await splits.locator('tbody tr').first().locator('td').allInnerTexts()).map((text) =>
    Math.round(Number(text.replaceAll(/[$,]/g, '')) * 100),
  )
  expect(cells.slice(1).reduce((sum, cents) => sum + cents, 0)).toBe(cells[0])
})

test('a rule about paths says in how many changes it takes how many lines, and what is unowned', async ({
  page,
  appUrl,
}) => {
  await openSampleData(page, appUrl, 'Ownership')
  await page.getByRole('button', { name: 'Field of rule 1' }).first().click()
  await page.getByRole('option', { name: 'Path of changed files' }).click()
  const value = page.getByRole('textbox', { name: 'Value of rule 1', exact: true })
  const rule = page.getByRole('row').filter({ has: value })
  await value.fill('nowhere/')
  await expect(rule).toContainText('no change yet', { timeout: 20_000 })
  await value.fill('*.ts')
  await expect(rule).toContainText(/[\d,]+ lines\s*in [\d,]+ changes/, { timeout: 20_000 })
  await expect(page.getByText(/[\d,]+ lines of [\d,]+ changed are unowned/)).toBeVisible()
})

test('many files at once are a line each; what asks for something is open', async ({ page, appUrl }) => {
  test.skip(!existsSync(data), 'the real exports are not beside this checkout')
  await page.goto(appUrl)
  await page.getByRole('button', { name: /start empty/i }).click()
  await goTo(page, 'Data')
  const names = [
    'usage/anthropic/claude_api_cost_2026_02_01_to_2026_02_01.csv',
    'usage/anthropic/claude_api_tokens_2026_02.csv',
    'usage/copilot/billing-credit-usage.real.csv',
    'usage/openai/completions_usage_2025-10.tsv',
    'delivery/github/gh_pr_list_DERIVED.json',
    'delivery/linear/linear_export_30col.csv',
  ]
  await chooseFiles(
    page,
    names.map((name) => path.join(data, name)),
  )
  const cost = page.getByRole('article', { name: 'claude_api_cost_2026_02_01_to_2026_02_01.csv' })
  await expect(cost).toContainText('$4.39', { timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Import 6 files' })).toBeEnabled({ timeout: 20_000 })
  await expect(page.getByText(/6 of 6 read, rows: [\d,]+ new/)).toBeVisible()
  await expect(cost).not.toContainText('Recognised by')
  await cost.getByRole('button', { name: /^Look into/ }).click()
  await expect(cost).toContainText('Recognised by usage_date_utc')
})

test('a table of one’s own is mapped with its rows in view, and read the same way the next time', async ({
  page,
  appUrl,
}) => {
  const table = (month: string) => ({
    name: `kosten-${month}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `Tag;Wer;Kosten EUR\n2026-${month}-01;ada@acme.example;"1,25"\n2026-${month}-13;bo@acme.example;"2,50"\n`,
    ),
  })
  await page.goto(appUrl)
  await page.getByRole('button', { name: /start empty/i }).click()
  await goTo(page, 'Data')
  await chooseFiles(page, [table('05')])
  const card = page.getByRole('article', { name: 'kosten-05.csv' })
  const preview = card.getByRole('table', { name: 'The first rows under this mapping' })
  await expect(preview).toContainText('ada@acme.example', { timeout: 20_000 })
  for (const [column, header] of [
    ['Day of the use', 'Tag'],
    ['Person', 'Wer'],
    ['Cost that is owed', 'Kosten EUR'],
  ] as const) {
    await card.getByRole('combobox', { name: column }).fill(header)
    await page.keyboard.press('Escape')
  }
  await expect(preview.getByRole('columnheader')).toHaveCount(3)
  await expect(preview).toContainText('Cost that is owed')
  await card.getByRole('button', { name: 'Read again' }).click()
  await expect(card).toContainText('€3.75', { timeout: 20_000 })
  await card.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Imported files' })).toContainText('kosten-05.csv', { timeout: 20_000 })
  await chooseFiles(page, [table('06')])
  const next = page.getByRole('article', { name: 'kosten-06.csv' })
  await expect(next).toContainText('Columns as you named them for kosten-05.csv', { timeout: 20_000 })
  await expect(next).toContainText('€3.75')
})
