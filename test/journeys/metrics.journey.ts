import AxeBuilder from '@axe-core/playwright'
import { readFile } from 'node:fs/promises'
import { expect, test } from './support.ts'

/*
 * Any metric by any dimension, two periods side by side, the checklist, and the file that goes out. One sample for all,
 * because opening it takes the longest.
 */
test('metrics by dimension, compared, exported; readiness is assessed, kept and undone', async ({ page, appUrl }) => {
  await page.goto(appUrl)
  await page.getByRole('button', { name: /open the sample/i }).click()
  await expect(page.getByRole('heading', { name: 'Week by week' })).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('Control+3')
  const metrics = page.getByRole('table', { name: 'All metrics' })
  await expect(metrics.getByRole('row', { name: /^Rework rate/ })).toContainText('%', { timeout: 30_000 })

  await test.step('a metric by dimension, with its definition and rows', async () => {
    await metrics.getByRole('button', { name: 'Rework rate', exact: true }).click()
    await expect(page.getByRole('img', { name: /^Rework rate: \d+ of \d+ steps known/ })).toBeVisible()
    await page.getByRole('list', { name: 'Cut by' }).getByRole('button', { name: /^Size/ }).click()
    const split = page.getByRole('table', { name: 'Size: contributions to the change' })
    await expect(split.getByRole('row', { name: /up to 100 lines/i })).toContainText('%')
    await page.getByRole('button', { name: 'Step' }).click()
    await page.getByRole('option', { name: 'By month' }).click()
    await expect(page.getByRole('table', { name: 'Rework rate by step' })).toContainText('2026-10')
  })

  await test.step('the file has every metric, unknowns with their reason, and nothing a spreadsheet computes', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^Metric,Id,Unit,Step/)
    expect(lines.length).toBeGreaterThan(100)
    expect(lines.some((line) => line.includes(',rework-rate,') || line.includes(',"rework-rate",'))).toBe(true)
    expect(lines.filter((line) => /(?:^|,)"?[=+@]/.test(line))).toEqual([])
  })

  await test.step('two periods', async () => {
    await page.getByRole('tab', { name: 'Two periods' }).click()
    const two = page.getByRole('table', { name: 'Two periods side by side' })
    await expect(two.getByRole('row', { name: /cycle time/i })).toContainText(/better|worse|noise|steady/, {
      timeout: 30_000,
    })
    await page.getByRole('button', { name: 'Periods' }).click()
    await page.getByRole('option', { name: 'Days of my choosing' }).click()
    await page.getByLabel('First day', { exact: true }).fill('2026-01-01')
    await page.getByLabel('Last day', { exact: true }).fill('2025-01-01')
    await expect(page.getByRole('alert')).toContainText('a last day that is not before it')
  })

  await test.step('readiness', async () => {
    await page.getByRole('tab', { name: 'Readiness' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: 'Documentation' })).toContainText('Never assessed')
    await page.getByRole('button', { name: 'Assess' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Assessed by').fill('Noor Vale')
    await dialog.getByRole('button', { name: /Level of Documentation/ }).click()
    await page.getByRole('option', { name: '3: Used by most' }).click()
    await dialog.getByLabel('What the judgement of Documentation rests on').fill('Read by two newcomers')
    await dialog.getByRole('button', { name: 'Keep assessment' }).click()
    const docs = page.getByRole('listitem').filter({ hasText: 'Documentation' })
    await expect(docs).toContainText('Used by most')
    await expect(docs).toContainText('Noor Vale')
    await expect(page.locator('.readiness-figure')).toHaveText('75.0%')
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await page.keyboard.press('Control+z')
    await expect(docs).toContainText('Never assessed')
    await page.keyboard.press('Control+y')
    await expect(page.locator('.save-mark')).toHaveText('Saved')
    await page.reload()
    await page.getByRole('tab', { name: 'Readiness' }).click({ timeout: 30_000 })
    await expect(docs).toContainText('Read by two newcomers')
  })
})
