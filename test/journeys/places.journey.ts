import type { Page } from '@playwright/test'
import { expect, hasNoViolation, look, test } from './support.ts'

/*
 * Every place in light and dark, small and large: no violation of WCAG 2.2 A and AA, nothing scrolls sideways, the console
 * is silent. With QD_SHOTS set to a folder each place is also kept as a picture to look at.
 */

const PLACES = ['Wall', 'Data', 'Metrics', 'OKRs', 'Plan', 'Scenarios', 'Brief', 'Settings'] as const
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

async function isSettled(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0, { timeout: 30_000 })
  await page.waitForTimeout(400)
}

for (const theme of ['light', 'dark'] as const) {
  test(`every place in ${theme} reads well and is accessible`, async ({ page, appUrl }) => {
    test.setTimeout(240_000)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.setViewportSize(SIZES[0])
    await page.goto(appUrl)
    await expect(page.getByRole('button', { name: /open the sample/i })).toBeVisible({ timeout: 20_000 })
    await isSettled(page)
    await hasNoViolation(page, `start, ${theme}`)
    await look(page, `start-${theme}-1280`)
    await page.getByRole('button', { name: /open the sample/i }).click()
    await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible({ timeout: 60_000 })
    await expect(page.locator('.save-mark')).toHaveText('Saved', { timeout: 60_000 })
    for (const size of SIZES) {
      await page.setViewportSize(size)
      for (const place of PLACES) {
        await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
        if (place === 'Wall')
          await expect(page.getByRole('heading', { name: 'Week by week' })).toBeVisible({ timeout: 30_000 })
        if (place === 'Scenarios') await expect(page.getByText(/all-in cost/i).first()).toBeVisible({ timeout: 60_000 })
        await isSettled(page)
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
        expect(sideways, `${place} scrolls sideways at ${size.width}`).toBe(false)
        await look(page, `${place.toLowerCase()}-${theme}-${size.width}`)
        if (size === SIZES[0]) await hasNoViolation(page, `${place}, ${theme}`)
      }
    }
    await page.keyboard.press('Control+k')
    await isSettled(page)
    await hasNoViolation(page, `palette, ${theme}`)
    await look(page, `palette-${theme}`)
  })
}

test('every place can be reached by keyboard alone', async ({ page, appUrl }) => {
  await page.goto(appUrl)
  await page.getByRole('button', { name: /open the sample/i }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible({ timeout: 60_000 })
  for (const [index, place] of [...PLACES.entries()].reverse()) {
    await page.keyboard.press(`Control+${index + 1}`)
    await expect(page).toHaveURL(new RegExp(`#/?${place}$`, 'i'))
  }
  await page.keyboard.press('Control+k')
  await page.keyboard.type('wall')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/?wall$/i)
})
