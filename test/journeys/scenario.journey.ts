import type { Page } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readWorkbookFile, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { expect, hasNoViolation, look, test } from './support.ts'

/*
 * A what-if looked into: ranges beside the data they were laid over, total shares of the spread on request, queues checked by
 * simulation, a goal sought, two compared, a long run that tells what it has so far and stops when asked. With QD_SHOTS set to a folder
 * pictures are kept.
 */

const cli = path.resolve(import.meta.dirname, '../../build/cli.mjs')

async function openScenario(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: /open the sample/i }).click()
  await expect(page.locator('.save-mark')).toHaveText('Saved', { timeout: 60_000 })
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Scenarios' }).click()
  await expect(page.getByRole('heading', { name: 'What drives the spread' })).toBeVisible({ timeout: 60_000 })
}

for (const theme of ['light', 'dark'] as const) {
  test(`fits, total shares and the flow check in ${theme}`, async ({ page, appUrl }) => {
    test.setTimeout(180_000)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await openScenario(page, appUrl)

    await page.getByRole('button', { name: 'See the fit of Success per attempt' }).click()
    const fit = page.getByRole('region', { name: 'Fit of Success per attempt' })
    await expect(fit).toBeFocused()
    await expect(fit.getByRole('img')).toBeInViewport()
    await fit.getByText('Show as a table').click()
    await expect(fit.getByRole('table')).toContainText('The fit')
    await hasNoViolation(page, `fits, ${theme}`)
    await look(page, `scenario-fits-${theme}`)

    const shares = page.getByRole('table', { name: /^Total shares of the spread of/ })
    await page.getByRole('button', { name: 'Work out total shares' }).click()
    await expect(shares).toBeVisible({ timeout: 60_000 })
    expect(await shares.locator('tbody tr').count()).toBeGreaterThan(3)
    await shares.scrollIntoViewIfNeeded()
    await hasNoViolation(page, `total shares, ${theme}`)
    await look(page, `scenario-shares-${theme}`)

    const hours = page.getByRole('textbox', { name: 'Incident hours, value, range or formula' })
    await hours.fill('queuewait(4, 0.5, 3)')
    await hours.press('Enter')
    const flow = page.getByRole('table', { name: 'Delivery flow, checked by simulation' })
    await expect(flow).toContainText('Incident hours', { timeout: 60_000 })
    await expect(shares).toHaveCount(0)
    await flow.scrollIntoViewIfNeeded()
    await hasNoViolation(page, `flow, ${theme}`)
    await look(page, `scenario-flow-${theme}`)
    await page.setViewportSize({ width: 1920, height: 1080 })
    await look(page, `scenario-flow-${theme}-1920`)
  })
}

for (const theme of ['light', 'dark'] as const) {
  test(`a goal is sought by keyboard, and its answer put into the scenario and taken back, in ${theme}`, async ({
    page,
    appUrl,
  }) => {
    test.setTimeout(180_000)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await openScenario(page, appUrl)
    const form = page.getByRole('form', { name: 'Goal seek' })
    await form.getByRole('button', { name: /With which/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'All-in cost is below' }).click()
    const amount = form.getByRole('textbox', { name: 'Amount' })
    await amount.fill('20000')
    await amount.press('Tab')
    await form.getByRole('button', { name: 'Seek' }).focus()
    await page.keyboard.press('Enter')
    const answer = page.getByText(
      /^With Services up to [\d,.]+, the all-in cost is below \$20,000 in at least 80% of runs\./,
    )
    await expect(answer).toBeVisible({ timeout: 60_000 })
    await page.getByText('Show as a table').last().scrollIntoViewIfNeeded()
    await answer.scrollIntoViewIfNeeded()
    await hasNoViolation(page, `goal seek, ${theme}`)
    await look(page, `scenario-seek-${theme}`)
    await page.setViewportSize({ width: 1920, height: 1080 })
    await answer.scrollIntoViewIfNeeded()
    await look(page, `scenario-seek-${theme}-1920`)

    const services = page.getByRole('textbox', { name: 'Services, value, range or formula' })
    const before = await services.inputValue()
    const use = page.getByRole('button', { name: /^Use [\d,.]+$/ })
    const said = (await use.textContent())!.replace(/[^\d.]/g, '')
    await use.click()
    await expect(services).toHaveValue(said)
    await expect(answer).toHaveCount(0, { timeout: 60_000 })
    await page.getByRole('heading', { name: 'Goal seek' }).click()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(services).toHaveValue(before)
  })
}

for (const theme of ['light', 'dark'] as const) {
  test(`two scenarios are compared run by run, in ${theme}`, async ({ page, appUrl }) => {
    test.setTimeout(180_000)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await openScenario(page, appUrl)
    await expect(page.getByRole('heading', { name: 'Compare' })).toHaveCount(0)
    await page.getByRole('button', { name: 'New scenario' }).click()
    await page
      .getByRole('button', { name: /^Refactor N services/ })
      .last()
      .click()
    const services = page.getByRole('textbox', { name: 'Services, value, range or formula' })
    await services.fill('80')
    await services.press('Enter')
    await expect(page.getByRole('button', { name: /^Back to 250/ })).toBeVisible()
    await page.getByRole('button', { name: 'Compare', exact: true }).click({ timeout: 60_000 })
    const table = page.getByRole('table', { name: /^Differences from Refactor/ })
    await expect(table.getByRole('row', { name: /^All-in cost/ })).toContainText('over 99%', { timeout: 60_000 })
    await table.scrollIntoViewIfNeeded()
    await hasNoViolation(page, `compare, ${theme}`)
    await look(page, `scenario-compare-${theme}`)
    const given = page.getByRole('table', { name: 'Odds of each key result when another is met' })
    await expect(given.getByRole('row', { name: /^In all runs/ })).toBeVisible()
    await given.scrollIntoViewIfNeeded()
    await look(page, `scenario-given-${theme}`)
  })
}

test('a long run tells what it has so far, and what it has stays when it is stopped', async ({
  page,
  appUrl,
}, info) => {
  test.setTimeout(240_000)
  const file = info.outputPath('long.quarterdeck')
  execFileSync(process.execPath, [cli, 'sample', '--out', file, '--today', '2026-11-20'], { stdio: 'pipe' })
  const read = readWorkbookFile(await readFile(file))
  if (!read.ok) throw new Error('the sample cannot be read')
  const { records } = read.value
  const [scenario] = Object.values(records.scenarios)
  const long = { ...scenario!, samples: 204_800 }
  const other = { ...long, id: 'other', name: 'Something else', order: long.order + 1 }
  const scenarios = { [long.id]: long, [other.id]: other }
  await writeFile(file, writeWorkbookFile({ ...read.value, records: { ...records, scenarios } }))
  await page.goto(appUrl)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /open a workbook file/i }).click()
  await (await chooser).setFiles(file)
  await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Scenarios' }).click()
  const some = page.getByText(/^[\d,]+ of 204,800 runs$/)
  await expect(some).toBeVisible({ timeout: 60_000 })
  await look(page, 'scenario-running')
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Run again' })).toBeEnabled()
  await expect(some).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What drives the spread' })).toBeVisible()
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(some).toHaveCount(0, { timeout: 120_000 })
  await expect(page.getByText(/^204,800 runs, seed/)).toBeVisible()

  const main = page.getByRole('main')
  const stopped = (what: RegExp) => page.getByRole('status', { name: 'Messages' }).getByText(what)
  await test.step('a comparison is stopped by keyboard: it says so, nothing is shown or changed', async () => {
    const compare = main.getByRole('button', { name: 'Compare', exact: true })
    await expect(compare).toBeEnabled({ timeout: 60_000 })
    await compare.focus()
    await page.keyboard.press('Enter')
    await expect(main.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(stopped(/^Stopped: Comparison of Refactor .*\. Nothing was changed\.$/)).toBeVisible()
    await expect(compare).toBeFocused()
    await expect(page.getByRole('table', { name: /^Differences from/ })).toHaveCount(0)
  })
  await test.step('so is a goal seek', async () => {
    const services = page.getByRole('textbox', { name: 'Services, value, range or formula' })
    const before = await services.inputValue()
    const seek = main.getByRole('button', { name: 'Seek' })
    await seek.focus()
    await page.keyboard.press('Enter')
    await expect(main.getByRole('button', { name: 'Cancel' })).toBeVisible()
    await look(page, 'scenario-seeking')
    await main.getByRole('button', { name: 'Cancel' }).focus()
    await page.keyboard.press('Enter')
    await expect(stopped(/^Stopped: Seeking Services of Refactor .*\. Nothing was changed\.$/)).toBeVisible()
    await expect(seek).toBeFocused()
    await expect(page.getByText(/^With Services up to/)).toHaveCount(0)
    await expect(services).toHaveValue(before)
    await expect(page.locator('.save-mark')).toHaveText('Saved')
    await page.keyboard.press('Enter')
    await expect(main.getByRole('button', { name: 'Cancel' }), 'it can be asked again').toBeVisible()
  })
})
