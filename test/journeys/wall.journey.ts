import type { Page } from '@playwright/test'
import { expect, hasNoViolation, test } from './support.ts'

/*
 * Monday in front of the Wall: a target is set on a tile, a number is opened down to its rows, the meeting is led by keys,
 * what is said stays with its week, and all of it is there after a reload and gone after undo.
 */

async function openSample(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: /open the sample/i }).click()
  await expect(page.getByRole('heading', { name: 'Week by week' })).toBeVisible({ timeout: 60_000 })
  await expect(page.locator('.save-mark')).toHaveText('Saved', { timeout: 60_000 })
}

test('a number is opened by keyboard down to its rows, and led through in a meeting', async ({ page, appUrl }) => {
  await openSample(page, appUrl)
  const tile = (name: string) => page.getByRole('article', { name })
  const behind = page.locator('.behind')

  await test.step('a target is set on the tile and taken back', async () => {
    await tile('Acceptance of AI changes')
      .getByRole('button', { name: /set a target/i })
      .click()
    await page.getByRole('dialog').getByLabel('At least').fill('80%')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(tile('Acceptance of AI changes')).toContainText(/Target 80\.0%\s*· missed/)
    await expect(tile('Rework rate')).toContainText('Target 15.0%')
    await page.keyboard.press('Control+z')
    await expect(tile('Acceptance of AI changes')).toContainText('Set a target')
  })

  await test.step('Enter on a tile opens what is behind it', async () => {
    await tile('Cycle time').getByRole('button', { name: 'Cycle time', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect(behind.getByRole('heading', { name: 'Behind cycle time' })).toBeVisible()
    await expect(behind.getByRole('tab')).toHaveText([
      'What moved it',
      'Where tokens were wasted',
      'What waits',
      'Decisions or artifacts',
      /^Changes/,
    ])
  })

  await test.step('contributions add up to the change, cut by cut', async () => {
    const cuts = behind.getByRole('list', { name: 'Cut by' }).getByRole('button')
    for (const cut of await cuts.all()) {
      await cut.click()
      const hours = async (cells: string) =>
        (await behind.locator(cells).allInnerTexts()).map((text) =>
          Number(text.replace('−', '-').replace(/[+ h±]/g, '')),
        )
      const parts = await hours('.split-table tbody tr:not(.split-end) td:nth-child(5)')
      const [all] = await hours('.split-table tfoot td:nth-child(5)')
      expect(parts.length).toBeGreaterThan(1)
      // Each is told to a tenth of an hour.
      expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - all!)).toBeLessThanOrEqual(0.05 * (parts.length + 1))
    }
    await hasNoViolation(page, 'what moved it')
  })

  await test.step('waste has rows and dollars; waiting has a stage and what it is about', async () => {
    await behind.getByRole('tab', { name: 'Where tokens were wasted' }).click()
    const waste = behind.getByRole('table', { name: 'Where the tokens went to waste' })
    await expect(waste.getByRole('row', { name: /closed without a merge/i })).toContainText('$')
    await behind.getByText(/closed without a merge: [\d,]+.*rows/i).click()
    await expect(behind.getByText(/, row \d/).first()).toBeVisible()
    await behind.getByRole('tab', { name: 'What waits' }).click()
    await expect(behind).toContainText(/part of the waiting|most of the waiting/i)
    await expect(behind).toContainText(/By cause: (people|ownership|tooling) [\d.]+%/)
    await behind.getByRole('tab', { name: 'Decisions or artifacts' }).click()
    await expect(behind.getByRole('row', { name: /features shipped/i })).toContainText(/\d/)
    await behind.getByRole('tab', { name: /^Changes/ }).click()
    await expect(behind.getByText(/, row \d/).first()).toBeVisible()
  })

  await test.step('the meeting is led by keys alone', async () => {
    await page.getByRole('button', { name: 'Meeting' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('navigation', { name: 'Places' })).toBeHidden()
    await page.keyboard.press('2')
    await expect(behind.getByRole('heading', { name: 'Behind rework rate' })).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(behind.getByRole('heading', { name: 'Behind wait-state ratio' })).toBeVisible()
    await page.keyboard.press('n')
    await page.keyboard.type('1 and 2 are typed here, not pressed')
    await page.keyboard.press('Enter')
    await expect(behind.getByRole('heading', { name: 'Behind wait-state ratio' })).toBeVisible()
    const note = page.getByRole('listitem').filter({ hasText: '1 and 2 are typed here' })
    await expect(note).toContainText('Wait-state ratio')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(behind).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
  })
})

test('what is said stays with its week; follow-ups come along until they are done', async ({ page, appUrl }) => {
  await openSample(page, appUrl)
  const notes = page.locator('.week-notes')
  const week = notes.getByRole('heading', { level: 2 })
  const item = (text: string) => notes.getByRole('listitem').filter({ hasText: text })
  const keep = async (kind: string, text: string) => {
    await notes.getByRole('button', { name: /Kind/ }).click()
    await page.getByRole('option', { name: kind }).click()
    await notes.getByPlaceholder(/^What/).fill(text)
    await page.keyboard.press('Enter')
    await expect(item(text)).toBeVisible()
  }
  const newest = (await week.innerText()).slice(0, 12)
  await notes.getByRole('button', { name: 'The week before' }).click()
  await keep('Follow-up', 'Split the migration')
  await keep('Decision', 'Freeze only the payment service')
  await notes.getByRole('button', { name: 'The week after' }).click()
  await expect(week).toContainText(newest)
  await expect(item('Split the migration'), 'an open follow-up comes along').toContainText(/from W\d\d/)
  await expect(item('Freeze only the payment service')).toBeHidden()
  await hasNoViolation(page, 'notes')

  await item('Split the migration')
    .getByRole('button', { name: /^Change/ })
    .click()
  await notes.getByRole('textbox', { name: 'Who' }).fill('Noor Vale')
  await notes.getByRole('button', { name: 'Save' }).click()
  await expect(item('Split the migration')).toContainText('Noor Vale')
  await item('Split the migration').getByText('Split the migration').click()
  await expect(item('Split the migration'), 'done, it stays with its own week').toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(item('Split the migration')).toBeVisible()
  await expect(page.locator('.save-mark')).toHaveText('Saved')

  await page.reload()
  await expect(item('Split the migration')).toContainText('Noor Vale', { timeout: 30_000 })
  await page.getByRole('button', { name: /^Notes of \d{4}-W\d\d: 2 notes$/ }).click()
  await expect(item('Freeze only the payment service')).toBeVisible()
  await item('Freeze only the payment service')
    .getByRole('button', { name: /^Delete/ })
    .click()
  await expect(item('Freeze only the payment service')).toBeHidden()
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(item('Freeze only the payment service')).toBeVisible()
})
