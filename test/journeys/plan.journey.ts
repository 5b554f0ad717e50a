import type { Locator, Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { lookAtBytes, readTable } from '../../shared/tables/index.ts'
import { expect, test } from './support.ts'

/* What the plan can be looked at as, beside its cells: other months, a forecast, some rows, another order, its history. */

async function openPlan(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: /open the sample/i }).click()
  await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Plan' }).click()
  await expect(names(page).first()).toHaveText('Checkout modernisation')
  // It comes with the actuals, which are worked out behind the page.
  await expect(names(page).filter({ hasText: 'Unattributed' })).toHaveCount(1, { timeout: 30_000 })
}

function names(page: Page): Locator {
  return page.locator('.ag-row:not(.ag-row-pinned) .ag-cell[col-id="name"]')
}

function cell(page: Page, row: string, column: string): Locator {
  return page.locator('.ag-row').filter({ hasText: row }).locator(`.ag-cell[col-id="${column}"]`)
}

test('shows the fiscal year by month and by quarter, and a forecast against the plan', async ({ page, appUrl }) => {
  test.setTimeout(120_000)
  await openPlan(page, appUrl)
  const months = page.getByRole('button', { name: /months shown/i })
  await months.click()
  await page.getByRole('option', { name: /^Year by quarter/ }).click()
  await page.getByRole('button', { name: 'Forecast', exact: true }).click()
  const heads = page.getByRole('columnheader')
  await expect(heads.filter({ hasText: 'FY26 Q1' })).toHaveCount(1)
  await expect(heads.filter({ hasText: 'Against plan' }).first()).toBeVisible()
  const quarter = cell(page, 'Paved road', 'plan 2026-10..2026-12').first()
  await expect(quarter).toHaveText('$12,900')
  await quarter.dblclick()
  await expect(page.getByText(/adds up/).first()).toBeVisible()
  // It stays as it is for as long as the window is open.
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'OKRs' }).click()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Plan' }).click()
  await expect(heads.filter({ hasText: 'FY26 Q1' })).toHaveCount(1)
})

test('filters and sorts without touching the order of the plan', async ({ page, appUrl }) => {
  test.setTimeout(120_000)
  await openPlan(page, appUrl)
  const before = await names(page).allTextContents()
  await page.getByRole('button', { name: 'Filter rows' }).click()
  await page.getByRole('textbox', { name: 'Show rows with' }).fill('triage')
  await expect(names(page)).toHaveText([/^Claims and billing automation$/, /triage/])
  await page.getByRole('button', { name: 'Show all as planned' }).click()
  await cell(page, 'Paved road: agents', 'plan 2026-11').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /largest first/ }).click()
  await expect(page.getByText('sorted by Nov 2026 Plan, largest first')).toBeVisible()
  await expect(names(page).first()).not.toHaveText(before[0]!)
  await page.keyboard.press('Alt+Shift+ArrowUp')
  await expect(page.getByText(/rows are sorted/)).toBeVisible()
  await page.getByRole('button', { name: 'Close the filter' }).first().click()
  await expect(names(page)).toHaveText(before)
})

test('finds what stands in a collapsed group and opens it', async ({ page, appUrl }) => {
  test.setTimeout(120_000)
  await openPlan(page, appUrl)
  await page.getByRole('button', { name: 'Collapse all' }).click()
  await expect(names(page).filter({ hasText: 'Review rate' })).toHaveCount(0)
  await names(page).first().click()
  await page.keyboard.press('Control+f')
  await page.getByRole('textbox', { name: 'Find on the sheet' }).fill('Review rate')
  await expect(names(page).filter({ hasText: 'Review rate' })).toHaveClass(/is-active/)
})

test('drags rows to another initiative, notes a month, and goes back in the list of steps', async ({
  page,
  appUrl,
}) => {
  test.setTimeout(120_000)
  await openPlan(page, appUrl)
  const before = await names(page).allTextContents()
  const number = (row: number) => page.locator(`.ag-row[row-index="${row}"] .ag-cell[col-id="#"]`)
  await number(5).click()
  const [from, to] = [await number(5).boundingBox(), await number(1).boundingBox()]
  await page.mouse.move(from!.x + 8, from!.y + 8)
  await page.mouse.down()
  await page.mouse.move(to!.x + 8, to!.y + to!.height - 4, { steps: 6 })
  await page.mouse.up()
  await expect(names(page).nth(2)).toHaveText(before[5]!)
  await cell(page, before[5]!, 'plan 2026-11').click()
  await page.keyboard.press('Shift+F2')
  await page.getByRole('textbox', { name: 'Note' }).fill('The pilot ends here')
  await page.getByRole('button', { name: 'Keep the note' }).click()
  await expect(cell(page, before[5]!, 'plan 2026-11')).toHaveClass(/has-note/)
  await page.getByRole('button', { name: 'Steps of this session' }).click()
  await expect(page.getByRole('menuitem')).toHaveText([/^Note/, /^Move of rows/, /^As it was at the start/])
  await page.getByRole('menuitem', { name: /As it was at the start/ }).click()
  await expect(names(page)).toHaveText(before)
  await expect(page.getByRole('button', { name: 'Nothing to undo' })).toBeDisabled()
})

test('numbers are typed, shown and copied with the comma where the workbook says so', async ({
  page,
  appUrl,
  context,
}) => {
  test.setTimeout(120_000)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPlan(page, appUrl)
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: /Numbers on the sheet/ }).click()
  await page.getByRole('option', { name: '1.234,5' }).click()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Plan' }).click()
  const december = cell(page, 'Paved road: agents', 'plan 2026-12')
  await december.click()
  await page.keyboard.type('1.234,5')
  await page.keyboard.press('Enter')
  await expect(december).toHaveText('$1.235')
  await december.click()
  await expect(page.getByLabel('Formula or value of the active cell')).toHaveText('1234,5')
  await page.keyboard.press('Control+c')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1234,5')
  await page.evaluate(() => navigator.clipboard.writeText('2.500,75'))
  await page.keyboard.press('Control+v')
  await expect(december).toHaveText('$2.501')
})

test('goes from a sum of spend down to the imported rows it is made of', async ({ page, appUrl }) => {
  test.setTimeout(120_000)
  await openPlan(page, appUrl)
  await page.getByRole('button', { name: 'Plan + Actual', exact: true }).click()
  const actual = cell(page, 'Developer assistants', 'actual 2026-10').first()
  await expect(actual).toHaveText(/^\$\d/)
  const shown = amountOf(await actual.innerText())
  await actual.click()
  await page.keyboard.press('Control+e')
  const panel = page.getByRole('complementary', { name: 'Explanation of the active cell' })
  await expect(panel).toContainText('Spend behind it')
  await panel.getByRole('button', { name: 'Show the imported rows' }).click()
  const dialog = page.getByRole('dialog', { name: 'Imported rows behind it' })
  const rows = dialog.getByRole('row')
  await expect(rows.nth(1)).toBeVisible()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save all as CSV' }).click()
  const bytes = new Uint8Array(await readFile(await (await download).path()))
  const table = readTable(bytes, lookAtBytes(bytes))
  if (!table.ok) throw new Error('The saved rows are no table.')
  const data = [...table.value.batches()].flatMap(({ rows: batch }) => batch)
  const [amount, kind] = ['Amount', 'Kind of cost'].map((name) => table.value.header.indexOf(name))
  const owed = data.filter((cells) => !/^(?:included|estimated)/.test(cells[kind!]!))
  const sum = owed.reduce((total, cells) => total + Number(cells[amount!]), 0)
  expect(Math.abs(sum - shown), `${sum} beside ${shown}`).toBeLessThan(0.51)
  const cells = await rows.evaluateAll((all) =>
    all.slice(1).map((row) => [...row.querySelectorAll('td')].map((one) => one.innerText)),
  )
  expect(cells.length).toBe(Math.min(200, data.length))
  for (const [day, , , , , file, row] of cells) {
    expect(day).toMatch(/Oct 2026/)
    expect(file).toMatch(/\.\w+$/)
    expect(Number(row)).toBeGreaterThan(0)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(panel.getByRole('button', { name: 'Show the imported rows' })).toBeFocused()
})

function amountOf(text: string): number {
  return Number(text.replace(/[^\d.]/g, ''))
}
