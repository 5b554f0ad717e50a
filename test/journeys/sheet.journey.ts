import { openSheet } from './sheet-desk.ts'
import { expect, test } from './support.ts'

/* What stands around the cells: the formula bar, where a number comes from, and what is said while a formula is typed. */

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('the formula bar: name box, pointing, completion', async ({ page, appUrl }) => {
  const sheet = await openSheet(page, appUrl)
  const nameBox = page.getByLabel(/Name box/)
  for (const [typed, place] of [
    ['e6', 'E6'],
    ['D2:F4', '3R × 3C'],
    ['vend', 'D7'],
    ['nowhere', 'D7'],
  ] as const) {
    await nameBox.click()
    await nameBox.fill(typed)
    await sheet.press('Enter')
    await sheet.expectPlace(place, `name box ${typed}`)
  }
  await sheet.press('ArrowDown')
  await sheet.expectPlace('D8', 'the sheet has the keys after the name box')
  await nameBox.click()
  await nameBox.fill('s')
  await expect
    .soft(page.getByRole('listbox', { name: 'Rows' }).getByRole('option'))
    .toHaveText(['Seats', 'Agents', 'Tools', 'Reviews'])
  await sheet.press('ArrowDown', 'ArrowDown', 'Enter')
  await sheet.expectPlace('D2', 'a row is picked from the list')

  await sheet.click('B3')
  await sheet.type('=')
  await sheet.click('D9')
  await sheet.click('A10')
  await sheet.type('*')
  await sheet.click('E9')
  await sheet.press('Enter')
  await sheet.expectCells({ B3: '=Price*Seats' }, 'a click names the row, the next click another')
  await sheet.press('Control+z')

  const bar = page.getByLabel('Formula or value of the active cell')
  await sheet.click('B3')
  await bar.click()
  await bar.pressSequentially('=2 * ')
  await sheet.click('D10')
  await sheet.press('Enter')
  await sheet.expectCells({ B3: '=2 * Price' }, 'pointing from the bar')
  await sheet.press('Control+z')

  await sheet.click('B3')
  await sheet.type('=Sea')
  await expect.soft(page.getByRole('option', { name: /^Seats/ })).toHaveAttribute('aria-selected', 'true')
  await sheet.press('Tab')
  await sheet.type(' * Pr')
  await sheet.press('Tab', 'Enter')
  await sheet.expectCells({ B3: '=Seats * Price' }, 'Tab takes the name')
  await sheet.press('Control+z')

  await sheet.click('B3')
  await sheet.type('=avg(')
  await expect.soft(page.locator('.formula-help')).toContainText('avg(row) or avg(a, b, …)')
  await sheet.press('Escape')
})

test('where a number comes from: tracing and the explanation', async ({ page, appUrl }) => {
  const sheet = await openSheet(page, appUrl)
  await sheet.click('D6')
  await sheet.press('Control+[')
  await expect.soft(sheet.cell('D9'), 'Ctrl+[ selects what the cell rests on').toHaveClass(/is-active/)
  await expect.soft(sheet.cell('D10')).toHaveClass(/is-selected/)
  await sheet.press('Tab')
  await expect.soft(sheet.cell('D10'), 'Tab goes on to the next').toHaveClass(/is-active/)
  await sheet.click('D9')
  await sheet.press('Control+]')
  await expect.soft(sheet.cell('D6'), 'Ctrl+] selects what rests on it').toHaveClass(/is-active/)

  const panel = page.getByRole('complementary', { name: 'Explanation of the active cell' })
  await sheet.click('D6')
  await sheet.press('Control+e')
  await expect.soft(panel).toContainText('Worked out by the formula of the row.')
  await expect.soft(panel).toContainText('Seats * Price')
  await expect.soft(panel).toContainText('Seats, Oct 202625')
  await expect.soft(panel).toContainText('Price, Oct 2026$40')
  await expect.soft(sheet.cell('D9'), 'inputs are marked').toHaveClass(/is-precedent/)
  await expect.soft(sheet.cell('D5'), 'so is what uses it').toHaveClass(/is-dependent/)
  await panel.getByRole('button', { name: 'Price, Oct 2026' }).click()
  await expect.soft(sheet.cell('D10')).toHaveClass(/is-active/)
  await expect.soft(panel, 'the explanation follows the active cell').toContainText('Chatbot, Oct 2026')
  await sheet.click('D2')
  await expect.soft(panel).toContainText('Typed.')
  await sheet.press('Control+e')
  await expect.soft(panel).toHaveCount(0)
})

test('a formula is checked while it is typed', async ({ page, appUrl }) => {
  const sheet = await openSheet(page, appUrl)
  await sheet.click('B3')
  await sheet.type('=Seets * Price')
  const problem = page.locator('.formula-problem')
  await expect.soft(problem).toContainText('No row is called “Seets”. Did you mean Seats?')
  await page.locator('.sheet-editor .cm-lintRange-error').hover()
  await page.getByRole('button', { name: 'Use Seats' }).click()
  await sheet.press('Enter')
  await sheet.expectCells({ B3: '=Seats * Price' }, 'one press puts it right')
  await sheet.press('Control+z')

  await sheet.click('E6')
  await sheet.type('=')
  await sheet.click('D9')
  await sheet.type('+')
  await sheet.click('E9')
  await sheet.press('Enter')
  await sheet.expectCells({ B6: '=Seats[2026-10]+Seats' }, 'a click in another month names the month')
  await sheet.press('Control+z')

  await sheet.click('D4')
  await sheet.type('10k to 20k')
  await expect
    .soft(page.locator('.sheet-editor .formula-reading'), 'a range tells how it is read')
    .toHaveText('P10 to P90, lognormal')
  await sheet.press('Enter')
  await sheet.expectCells({ D4: '$14,671' }, 'the mean is shown')
  await expect.soft(sheet.cell('D4')).toHaveClass(/is-range/)
})
