import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './support.ts'

/*
 * The import place: twenty real files at once, some taken over, rows kept aside saved, a file read again after an answer,
 * changed rows with what they change, an export that counts in place of an earlier one, who imported what, and taking back.
 */

const data = path.resolve(import.meta.dirname, '../../../shared/data')
const TWENTY = [
  ...['2025-08-31', '2025-09-01', '2025-09-06', '2025-09-18'].map(
    (day) => `usage/cursor/overlapping/usage-events-${day}.csv`,
  ),
  'usage/anthropic/claude_api_cost_2026_02_01_to_2026_02_01.csv',
  'usage/anthropic/claude_api_tokens_2026_02.csv',
  'usage/copilot/billing-credit-usage.real.csv',
  'usage/openai/completions_usage_2025-10.tsv',
  'usage/openai/cost_2025-10.tsv',
  'usage/focus/virtual_currency_pricing_model_a1.csv',
  'usage/focus/commitment_discount_usage_scenario_1.csv',
  'usage/ccusage/ccusage-18.0.11_daily.json',
  'usage/transcribed/openai_cost_2026-09_17cols.csv',
  'delivery/git/mcp-typescript-sdk.numstat.txt',
  'delivery/github/gh_pr_list_DERIVED.json',
  'delivery/github/rest_reviews.json',
  'delivery/jira/api_issue_changelogs.json',
  'delivery/gitlab/mr_notes.json',
  'delivery/devlake/dora__change_lead_time__pull_requests.csv',
  'PROVENANCE.md',
].map((name) => path.join(data, name))

async function startEmpty(page: Page, url: string, place = 'Data'): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: /start empty/i }).click()
  await goTo(page, place)
}

async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
}

async function importFiles(page: Page, files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page
    .getByRole('button', { name: /^(choose|import) files$/i })
    .first()
    .click()
  await (await chooser).setFiles(files)
}

function csv(name: string, lines: readonly string[]) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) }
}

const card = (page: Page, name: string) => page.getByRole('article', { name, exact: true })
const history = (page: Page) => page.getByRole('table', { name: 'Imported files' })

async function expectNoBarriers(page: Page): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((own) => (document.documentElement.dataset['theme'] = own), theme)
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes[0]?.html}`)).toEqual([])
  }
}

test('a row that changes what a waiting file says shows both, and a repeated record the row it repeats', async ({
  page,
  appUrl,
}) => {
  const board = (name: string, status: string, day: string, ...more: readonly string[]) =>
    csv(name, [
      'ID,Team,Title,Status,Created,Updated,Started,Completed,Canceled',
      `A-1,Core,Faster search,${status},2026-05-01T08:00:00Z,${day}T08:00:00Z,,,`,
      ...more,
    ])
  await startEmpty(page, appUrl)
  const again = 'A-1,Core,Faster search,Todo,2026-05-01T08:00:00Z,2026-05-04T08:00:00Z,,,'
  await importFiles(page, [board('monday.csv', 'Todo', '2026-05-04'), board('friday.csv', 'Done', '2026-05-08', again)])
  const friday = card(page, 'friday.csv')
  await expect(friday).toContainText('row 2 with the record of row 1 once more')
  await friday.getByRole('button', { name: 'Rows to look at' }).click()
  const changed = friday.getByRole('table', { name: 'The first changed rows as they were read' })
  await expect(changed.locator('tbody tr')).toContainText('monday.csv, waiting too')
  await expect(changed.locator('tbody tr del').first()).toHaveText('Todo')
  await expect(changed.locator('tbody tr ins').first()).toHaveText('Done')
  await friday.getByLabel('Fate of the rows').click()
  await page.getByRole('option', { name: 'Duplicate rows' }).click()
  const repeated = friday.getByRole('table', { name: 'The first duplicate rows as they were read' })
  await expect(repeated.getByRole('row', { name: /row 1/ })).toContainText('Faster search')
  await expectNoBarriers(page)
})

test('twenty real files at once: some are taken over, an answer reads one again, one is taken back', async ({
  page,
  appUrl,
}, info) => {
  test.skip(!existsSync(data), 'the real exports are not beside this checkout')
  test.setTimeout(180_000)
  await startEmpty(page, appUrl, 'Settings')
  await page.getByLabel('Your name').fill('Ada Lund')
  await goTo(page, 'Data')
  await importFiles(page, TWENTY)
  await expect(page.getByText(/^17 of 20 read, rows: .*3 need an answer or cannot be read$/)).toBeVisible({
    timeout: 60_000,
  })
  await expectNoBarriers(page)

  // By keyboard: into the first card, out of it again, one file in.
  await page.getByRole('button', { name: 'Look into usage-events-2025-08-31.csv' }).focus()
  await page.keyboard.press('Enter')
  await expect(card(page, 'usage-events-2025-08-31.csv')).toContainText('Recognised by')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(history(page).locator('tbody tr')).toHaveCount(1, { timeout: 30_000 })
  await expect(history(page)).toContainText('Ada Lund')

  // An answer, and the file is read again.
  const asked = card(page, 'virtual_currency_pricing_model_a1.csv')
  await asked.getByLabel('Order of day and month').click()
  await page.getByRole('option', { name: /month first/i }).click()
  await asked.getByRole('button', { name: 'Read again' }).click()
  await expect(asked).toContainText('FOCUS cost and usage', { timeout: 30_000 })

  await page.getByRole('button', { name: /^Import 17 files$/ }).click()
  await expect(history(page).locator('tbody tr')).toHaveCount(18, { timeout: 90_000 })
  await expect(page.locator('.save-mark')).toHaveText('Saved')

  // What was kept aside, as a file with its reasons.
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Actions for openai_cost_2026-09_17cols.csv' }).click()
  await page.getByRole('menuitem', { name: 'Download rows kept aside' }).click()
  const file = info.outputPath('aside.csv')
  await (await download).saveAs(file)

  await page.getByRole('button', { name: 'Actions for usage-events-2025-09-18.csv' }).click()
  await page.getByRole('menuitem', { name: 'Take back…' }).click()
  await page.getByRole('button', { name: 'Take back', exact: true }).click()
  await expect(history(page).locator('tbody tr')).toHaveCount(17, { timeout: 30_000 })

  // Three files that ask the same are answered at once.
  const alike = ['a2', 'b1', 'b2'].map((model) => `virtual_currency_pricing_model_${model}.csv`)
  await importFiles(
    page,
    alike.map((name) => path.join(data, 'usage/focus', name)),
  )
  const first = card(page, alike[0]!)
  const all = first.getByRole('button', { name: 'Read all 3 with this answer' })
  await expect(all).toBeDisabled({ timeout: 30_000 })
  await first.getByLabel('Order of day and month').click()
  await page.getByRole('option', { name: /month first/i }).click()
  await all.click()
  for (const name of alike) await expect(card(page, name)).toContainText('FOCUS cost and usage', { timeout: 30_000 })
})

const FOCUS =
  'ProviderName,BillingAccountId,BilledCost,EffectiveCost,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeDescription,BillingCurrency'
const charge = (day: number, what: string, cost: string) =>
  `AWS,1,${cost},${cost},2026-08-0${day}T00:00:00Z,2026-08-0${day + 1}T00:00:00Z,Usage,${what},USD`

test('a bill stated anew says what it counts in place of, and what changed rows said before', async ({
  page,
  appUrl,
}) => {
  await startEmpty(page, appUrl)
  await importFiles(page, [
    csv('draft.csv', [FOCUS, charge(1, 'claude', '120.50'), charge(2, 'claude', '80.25'), charge(2, 'gpt', '40')]),
  ])
  await card(page, 'draft.csv').getByRole('button', { name: 'Import', exact: true }).click()
  await expect(history(page).locator('tbody tr')).toHaveCount(1, { timeout: 30_000 })
  await importFiles(page, [
    csv('final.csv', [FOCUS, charge(1, 'claude', '120.50'), charge(2, 'claude', '91.75'), charge(3, 'claude', '12')]),
  ])
  const final = card(page, 'final.csv')
  const exchange = final.getByRole('table', { name: 'What this file counts in place of' }).locator('tbody tr')
  await expect(exchange).toContainText(/draft\.csv.*3\s*\$240\.75\s*2\s*\$212\.25/s, { timeout: 30_000 })
  await final.getByRole('button', { name: 'Rows to look at' }).click()
  await final.getByLabel('Fate of the rows').click()
  await page.getByRole('option', { name: 'Changed rows' }).click()
  await expect(final.getByTitle('was 80.25, is 91.75')).toBeVisible()
  await expectNoBarriers(page)
  await final.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(history(page).locator('tbody tr')).toHaveCount(2, { timeout: 30_000 })
})
