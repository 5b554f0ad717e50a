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
    expect(lines[0]).toMatch(/^\uFEFF?Metric,Id,Unit,Step/)
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

test('conventions are set beside what the imports hold; groups, funnel and repeats open their rows', async ({
  page,
  appUrl,
}) => {
  const noViolations = async () => {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 200)])).toEqual([])
  }
  await page.goto(appUrl)
  await page.getByRole('button', { name: /open the sample/i }).click()
  await expect(page.getByRole('heading', { name: 'Week by week' })).toBeVisible({ timeout: 60_000 })

  await test.step('what is not code changes the rewrite rate at once, and undo brings it back', async () => {
    await page.keyboard.press('Control+8')
    const effect = page.locator('.effect-line').filter({ hasText: 'Seven-day rewrite rate' })
    await expect(effect).toContainText('%', { timeout: 30_000 })
    await expect(effect).not.toContainText('as usual')
    await page.locator('.left-out summary').click()
    await expect(page.getByRole('table', { name: 'Left out of the code' })).toContainText('*.md')
    const own = page.getByRole('textbox', { name: 'Not code', exact: true })
    await own.fill('*.ts')
    await own.press('Tab')
    await expect(effect).toContainText('as usual', { timeout: 30_000 })
    await noViolations()
    await page.keyboard.press('Control+z')
    await expect(effect).not.toContainText('as usual', { timeout: 30_000 })
    await expect(own).toHaveValue('')
  })

  await test.step('what a wait is about', async () => {
    await page.getByRole('button', { name: /What “Approved, not merged” is about/ }).click()
    await page.getByRole('option', { name: 'tooling' }).click()
    await page.keyboard.press('Control+1')
    const tile = page.getByRole('article', { name: 'Wait-state ratio' })
    await tile.getByRole('button', { name: 'Wait-state ratio', exact: true }).click()
    await page.getByRole('tab', { name: 'What waits' }).click()
    const waits = page.getByRole('table', { name: 'Where changes wait' })
    await expect(waits.getByRole('row', { name: /Approved, not merged/ })).toContainText('tooling')
    await expect(page.getByText(/By cause: people [\d.]+%, tooling/)).toBeVisible()
  })

  await test.step('a metric by repository, week by week', async () => {
    await page.keyboard.press('Control+3')
    await page.getByRole('button', { name: /Told apart/ }).click()
    await page.getByRole('option', { name: 'By repository' }).click()
    const table = page.getByRole('table', { name: 'Cycle time by repository and step' })
    await expect(table.getByRole('row', { name: /^parcel-core/ })).toContainText('h', { timeout: 30_000 })
    await expect(page.getByRole('img', { name: /^Cycle time, parcel-core: \d+ of \d+ steps known/ })).toBeVisible()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as CSV' }).first().click()
    const text = await readFile(await (await download).path(), 'utf8')
    expect(text).toMatch(/^\uFEFF?Metric,Id,Unit,Dimension,Group,Step/)
    expect(text.split('\r\n').filter((line) => /(?:^|,)"?[=+@]/.test(line))).toEqual([])
    await noViolations()
  })

  await test.step('the funnel and what stayed on the way', async () => {
    await page.getByRole('tab', { name: 'Funnel' }).click()
    const stages = page.locator('.funnel > li')
    await expect(stages).toHaveCount(4, { timeout: 30_000 })
    await expect(stages.nth(0)).toContainText(/\$[\d,]+/)
    await stages
      .nth(2)
      .getByText(/changes$/)
      .first()
      .click()
    await expect(page.getByRole('table', { name: 'Not merged: changes' })).toContainText('$')
    await page.getByText('Closed without a merge:').click()
    await expect(page.getByRole('table', { name: 'Closed without a merge', exact: true })).toBeVisible()
    const repeats = page.getByRole('region', { name: 'The same failure, place by place' })
    await repeats
      .getByText(/paid \d+ times/)
      .first()
      .click()
    await expect(repeats.getByRole('table').first()).toBeVisible()
    await noViolations()
  })
})
