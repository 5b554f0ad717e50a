import { expect, hasNoViolation, look, test } from './support.ts'

/* Waits counted in working hours: chosen in Settings, seen in the number at once, told beside it, taken back by undo. */

for (const theme of ['light', 'dark'] as const)
  test(`working hours change the wait-state ratio and can be taken back, ${theme}`, async ({ page, appUrl }) => {
    test.setTimeout(120_000)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(appUrl)
    await page.getByRole('button', { name: /open the sample/i }).click()
    await expect(page.locator('.save-mark')).toHaveText('Saved', { timeout: 60_000 })
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Settings' }).click()
    const hours = page.locator('section, div').filter({ has: page.getByRole('checkbox', { name: /working hours only/ }) }).last() // prettier-ignore
    const ratio = page.getByText(/^Wait-state ratio: /)
    await expect(ratio).toContainText('%', { timeout: 30_000 })
    const byTheClock = await ratio.locator('strong').innerText()

    await page.getByText('Count waits in working hours only').click()
    await expect(ratio).toContainText(`as usual ${byTheClock}`, { timeout: 30_000 })
    const worked = await ratio.locator('strong').innerText()
    expect(worked).not.toBe(byTheClock)
    await expect(
      page.getByRole('group', { name: 'Working days' }).getByRole('checkbox', { checked: true }),
    ).toHaveCount(5)
    await page.getByRole('group', { name: 'Working days' }).getByText('Saturday').click()
    await page.getByRole('button', { name: /Until/ }).click()
    await page.getByRole('option', { name: '18:30' }).click()
    await expect(ratio.locator('strong')).not.toHaveText(worked, { timeout: 30_000 })
    await hours.scrollIntoViewIfNeeded()
    await hasNoViolation(page, `working hours, ${theme}`)
    await look(page, `working-hours-${theme}-1280`)
    await page.setViewportSize({ width: 1920, height: 1080 })
    await hours.scrollIntoViewIfNeeded()
    await look(page, `working-hours-${theme}-1920`)

    await page.getByText('Count waits in working hours only').click()
    await expect(ratio).not.toContainText('as usual', { timeout: 30_000 })
    await page.keyboard.press('Control+z')
    await expect(ratio).toContainText(`as usual ${byTheClock}`, { timeout: 30_000 })
    await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Wall' }).click()
    await page.getByRole('button', { name: 'What is Wait-state ratio?' }).click()
    await expect(page.getByText(/Counted in working hours: Monday to Saturday, 09:00 to 18:30/).first()).toBeVisible({ timeout: 30_000 }) // prettier-ignore
    await look(page, `working-hours-wall-${theme}`)
  })
