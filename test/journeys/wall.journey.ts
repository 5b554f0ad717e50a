import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { expect, hasNoViolation, look, test } from './support.ts'

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
    await behind.getByText('Uses that failed or were broken off: usage rows').click()
    const uses = behind.getByRole('table', { name: 'Uses that failed or were broken off: usage rows' })
    await expect(uses.getByRole('row', { name: /errored|aborted/i }).first()).toBeVisible()
    await hasNoViolation(page, 'rows of uses')
    const csv = page.waitForEvent('download')
    await behind.getByRole('button', { name: 'Save all as CSV' }).click()
    const rows = await readFile(await (await csv).path(), 'utf8')
    expect(rows).toMatch(/^\uFEFF?Day,Tool,Model,Detail,Cost,Currency,File,Row\r\n2026-/)
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

const HOUR = 3_600_000

/** 30 pull requests reviewed after some 2 h, then in 28 days 60 after some 10 h: twice the output, five times the queue. */
function fasterThanReviewed(): Buffer {
  const end = Date.UTC(2026, 9, 31)
  const time = (ms: number) => new Date(ms).toISOString()
  const pulls = Array.from({ length: 90 }, (_, i) => {
    const isLate = i >= 30
    const opened = end - (isLate ? (90 - i) * 11 : 28 * 24 + (31 - i) * 22) * HOUR
    const reviewed = opened + (isLate ? 9 + (i % 5) / 2 : 1.5 + (i % 5) / 4) * HOUR
    return {
      number: i + 1,
      title: `fix: change ${i + 1}`,
      state: 'MERGED',
      isDraft: false,
      url: `https://github.com/acme/shop/pull/${i + 1}`,
      author: { login: `dev${i % 7}`, is_bot: false },
      createdAt: time(opened),
      closedAt: time(reviewed + HOUR),
      mergedAt: time(reviewed + HOUR),
      headRefName: `change-${i + 1}`,
      mergeCommit: { oid: String(i + 1).padStart(40, 'a') },
      body: '',
      labels: [],
      reviews: [{ author: { login: `dev${(i + 1) % 7}` }, state: 'APPROVED', submittedAt: time(reviewed) }],
    }
  })
  return Buffer.from(JSON.stringify(pulls))
}

test('more merges behind a longer queue are called an illusion of velocity', async ({ page, appUrl }) => {
  await page.goto(appUrl)
  await page.getByRole('button', { name: /start empty/i }).click()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Data' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page
    .getByRole('button', { name: /^(choose|import) files$/i })
    .first()
    .click()
  await (await chooser).setFiles([{ name: 'pulls.json', mimeType: 'application/json', buffer: fasterThanReviewed() }])
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('button', { name: 'See the Wall' }).click()
  const warning = page.getByRole('status').filter({ hasText: 'Illusion of velocity' })
  await expect(warning).toContainText(/\d+ changes merged in 28 days, \+\d+% on the 28 before/)
  await expect(warning).toContainText(/review latency went from [\d.]+ h to [\d.]+ h/)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await hasNoViolation(page, `the warning, ${colorScheme}`)
    await look(page, `illusion-${colorScheme}`)
  }
})
