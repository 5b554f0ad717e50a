import type { Page } from '@playwright/test'
import type { Day, MonthKey } from '../../shared/calendar/index.ts'
import { UTC } from '../../shared/calendar/index.ts'
import type { ModelRow } from '../../shared/model/index.ts'
import { newWorkbook, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { expect, test } from './support.ts'

/*
 * Every row of the sheet's keyboard map and every way over the clipboard, in a real browser with its real clipboard. A
 * small workbook of known cells is opened; what is expected of it is written as place -> text.
 */

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const OCT: MonthKey = '2026-10' as MonthKey
const NOV: MonthKey = '2026-11' as MonthKey
const DEC: MonthKey = '2026-12' as MonthKey

/*
 *     A name       B formula     C unit  D Oct   E Nov   F Dec   G quarter
 *  1  Search
 *  2    Agents                   $       1,000   2,000   3,000   6,000
 *  3    Tools                    $       10      20      30      60
 *  4    Reviews                  $
 *  5  Support
 *  6    Chatbot    =Seats * Price  $    1,000   1,000   1,000   3,000
 *  7    Vendor                   $       7       8       9       24
 *  8  Drivers
 *  9    Seats      =25           1
 * 10    Price      =40           $
 */
function workbookFile(): Buffer {
  const workbook = newWorkbook({ name: 'Keys', today: '2026-11-20' as Day, currency: 'USD', zone: UTC })
  const row = (id: string, group: string | null, name: string, parts: Partial<ModelRow>): [string, ModelRow] => [
    id,
    {
      id,
      name,
      unit: '$',
      kind: group === null ? 'driver' : 'budget line',
      group,
      owner: '',
      evidence: { kind: 'entered' },
      formula: '',
      overrides: {},
      note: '',
      order: Number(id.slice(1)),
      ...parts,
    },
  ]
  const months = (oct: string, nov: string, dec: string) => ({ overrides: { [OCT]: oct, [NOV]: nov, [DEC]: dec } })
  const rows = [
    row('r1', 'i1', 'Agents', months('1000', '2000', '3000')),
    row('r2', 'i1', 'Tools', months('10', '20', '30')),
    row('r3', 'i1', 'Reviews', {}),
    row('r4', 'i2', 'Chatbot', { formula: 'Seats * Price' }),
    row('r5', 'i2', 'Vendor', months('7', '8', '9')),
    row('r6', null, 'Seats', { formula: '25', unit: '1' }),
    row('r7', null, 'Price', { formula: '40' }),
  ]
  const initiative = (id: string, name: string, order: number) => ({ id, name, owner: '', keyResultId: null, order })
  const records = {
    ...workbook.records,
    initiatives: { i1: initiative('i1', 'Search', 1), i2: initiative('i2', 'Support', 2) },
    rows: Object.fromEntries(rows),
  }
  return Buffer.from(writeWorkbookFile({ ...workbook, records }))
}

async function openSheet(page: Page, url: string): Promise<Sheet> {
  await page.goto(url)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /open a workbook file/i }).click()
  await (
    await chooser
  ).setFiles({ name: 'keys.quarterdeck', mimeType: 'application/octet-stream', buffer: workbookFile() })
  await expect(page.getByRole('heading', { name: 'Wall' })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Plan' }).click()
  await page.getByRole('button', { name: 'Plan', exact: true }).click()
  const sheet = new Sheet(page)
  await expect(sheet.cell('D2')).toHaveText('$1,000')
  return sheet
}

/** The sheet by the places a person reads off it: letters of columns, numbers of rows. */
class Sheet {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  cell(place: string) {
    const column = ['name', 'formula', 'unit', `plan ${OCT}`, `plan ${NOV}`, `plan ${DEC}`, `plan ${OCT}..${DEC}`][
      place.charCodeAt(0) - 65
    ]!
    const row = Number(place.slice(1)) - 1
    return this.page.locator(`.ag-row[row-index="${row}"] .ag-cell[col-id="${column}"]`)
  }

  header(letter: string) {
    const id = { D: `plan ${OCT}`, E: `plan ${NOV}`, F: `plan ${DEC}` }[letter]!
    return this.page.locator(`.ag-header-cell[col-id="${id}"]`)
  }

  rowNumber(row: number) {
    return this.page.locator(`.ag-row[row-index="${row - 1}"] .ag-cell[col-id="#"]`)
  }

  async click(place: string, modifiers: ('Shift' | 'Control')[] = []): Promise<void> {
    await this.cell(place).click({ modifiers, position: { x: 20, y: 12 } })
  }

  /** `D2`, or `D2:F4` dragged. */
  async pick(range: string): Promise<void> {
    const [from, to] = range.split(':')
    await this.click(from!)
    if (to !== undefined) await this.click(to, ['Shift'])
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** `D2`, or `2R × 3C` of a larger range. */
  place(): Promise<string> {
    return this.page
      .locator('.formula-place')
      .evaluate((element) => (element instanceof HTMLInputElement ? element.value : element.textContent))
  }

  async expectPlace(place: string, why: string): Promise<void> {
    await expect.soft.poll(() => this.place(), { message: why, timeout: 2_000, intervals: [20] }).toBe(place)
  }

  async expectCells(cells: Readonly<Record<string, string>>, why: string): Promise<void> {
    for (const [place, text] of Object.entries(cells))
      await expect.soft(this.cell(place), `${why}: ${place}`).toHaveText(text, { timeout: 3_000 })
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  async setClipboard(text: string): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text)
  }
}

/** from -> keys -> where the active cell or range is then. */
const MOVES: readonly (readonly [string, readonly string[], string])[] = [
  ['D2', ['ArrowDown'], 'D3'],
  ['D2', ['ArrowUp'], 'D1'],
  ['D2', ['ArrowLeft'], 'C2'],
  ['D2', ['ArrowRight'], 'E2'],
  ['D2', ['Shift+ArrowDown', 'Shift+ArrowRight'], '2R × 2C'],
  ['D2', ['Control+ArrowRight'], 'G2'],
  ['D2', ['Control+ArrowDown'], 'D3'],
  ['D2', ['Control+Shift+ArrowRight'], '1R × 4C'],
  ['D2', ['Home'], 'A2'],
  ['D2', ['End'], 'G2'],
  ['D2', ['Shift+Home'], '1R × 4C'],
  ['D2', ['Shift+End'], '1R × 4C'],
  ['D2', ['Control+Home'], 'A1'],
  ['D2', ['Control+End'], 'G10'],
  ['D2', ['Control+Shift+Home'], '2R × 4C'],
  ['D2', ['Control+Shift+End'], '9R × 4C'],
  ['D2', ['PageDown'], 'D10'],
  ['D9', ['PageUp'], 'D1'],
  ['D2', ['Shift+PageDown'], '9R × 1C'],
  ['A2', ['Alt+PageDown'], 'G2'],
  ['G2', ['Alt+PageUp'], 'A2'],
  ['D2', ['Tab'], 'E2'],
  ['D2', ['Shift+Tab'], 'C2'],
  ['G2', ['Tab'], 'A3'],
  ['D2', ['Enter'], 'D3'],
  ['D2', ['Shift+Enter'], 'D1'],
  ['D2', ['Control+a'], '10R × 7C'],
  ['D2', ['Shift+Space'], '1R × 7C'],
  ['D2', ['Control+Space'], '10R × 1C'],
  ['D2', ['Control+Shift+Space'], '10R × 7C'],
  ['D2', ['Shift+ArrowDown', 'Escape'], 'D2'],
  ['D2', ['Shift+ArrowRight', 'Tab', 'Tab', 'Escape'], 'D2'],
  ['D2', ['Alt+ArrowLeft'], 'D1'],
]

test('keys that move and select', async ({ page, appUrl }) => {
  const sheet = await openSheet(page, appUrl)
  for (const [from, keys, to] of MOVES) {
    await sheet.click(from)
    await sheet.press(...keys)
    await sheet.expectPlace(to, `${from} ${keys.join(' ')}`)
  }

  await sheet.click('D2')
  await sheet.press('Shift+ArrowRight')
  await expect(sheet.cell('E2'), 'a selected cell says so').toHaveAttribute('aria-selected', 'true')
  await expect(page.locator('.sheet-status')).toContainText('Sum 3,000')

  await sheet.click('D1')
  await sheet.press('Alt+ArrowLeft')
  await sheet.expectCells({ A2: 'Support' }, 'Alt+Left closes a group')
  await sheet.press('Alt+ArrowRight')
  await sheet.expectCells({ A2: 'Agents' }, 'Alt+Right opens it')
})

test('the mouse selects and fills', async ({ page, appUrl }) => {
  const sheet = await openSheet(page, appUrl)
  await sheet.cell('D2').hover()
  await page.mouse.down()
  await sheet.cell('F4').hover()
  await page.mouse.up()
  await sheet.expectPlace('3R × 3C', 'drag')
  await sheet.pick('D2:E3')
  await sheet.expectPlace('2R × 2C', 'Shift+click')
  await sheet.click('D2')
  await sheet.click('F3', ['Control'])
  await expect.soft(page.locator('.sheet-status')).toContainText('Sum 1,030')
  await sheet.header('E').click()
  await sheet.expectPlace('10R × 1C', 'column header')
  await sheet.rowNumber(3).click()
  await sheet.expectPlace('1R × 7C', 'row number')
  await page.locator('.ag-header-cell[col-id="#"]').click()
  await sheet.expectPlace('10R × 7C', 'corner')

  const dragHandle = async (from: string, to: string, isCopy: boolean) => {
    const box = (await sheet.cell(from).boundingBox())!
    const end = (await sheet.cell(to).boundingBox())!
    await page.mouse.move(box.x + box.width - 3, box.y + box.height - 3)
    await page.mouse.down()
    await page.mouse.move(end.x + 30, end.y + 10, { steps: 4 })
    if (isCopy) await page.keyboard.down('Control')
    await page.mouse.up()
    if (isCopy) await page.keyboard.up('Control')
  }
  await sheet.pick('D3:E3')
  await dragHandle('E3', 'F3', true)
  await sheet.expectCells({ F3: '$10' }, 'handle with Ctrl copies')
  await sheet.press('Control+z')
  await sheet.pick('D2:D3')
  await dragHandle('D3', 'D4', false)
  await sheet.expectCells({ D4: '-$980' }, 'handle goes on in a series')
  await sheet.press('Control+z')
  await sheet.expectCells({ D4: '' }, 'one undo')
})

test('keys that edit', async ({ page, appUrl }) => {
  const sheet = await openSheet(page, appUrl)
  const undone = async (cells: Readonly<Record<string, string>>, why: string) => {
    await sheet.press('Control+z')
    await sheet.expectCells(cells, `undo of ${why}`)
  }

  await sheet.click('D2')
  await sheet.type('1.5k')
  await sheet.press('Enter')
  await sheet.expectCells({ D2: '$1,500' }, 'typing replaces')
  await sheet.expectPlace('D3', 'Enter commits and moves down')
  await undone({ D2: '$1,000' }, 'typing')
  await sheet.press('Control+y')
  await sheet.expectCells({ D2: '$1,500' }, 'Ctrl+Y does it again')
  await undone({ D2: '$1,000' }, 'typing')
  await sheet.press('Control+Shift+z')
  await sheet.expectCells({ D2: '$1,500' }, 'Ctrl+Shift+Z does it again')
  await undone({ D2: '$1,000' }, 'typing')

  await sheet.click('D2')
  await sheet.type('5')
  await sheet.press('ArrowRight')
  await sheet.expectPlace('E2', 'an arrow commits what was begun by typing')
  await sheet.expectCells({ D2: '$5.00' }, 'an arrow commits')
  await undone({ D2: '$1,000' }, 'arrow commit')

  await sheet.click('D2')
  await sheet.press('F2', 'ArrowLeft')
  await sheet.type('9')
  await sheet.press('Tab')
  await sheet.expectCells({ D2: '$10,090' }, 'F2 edits in place, arrows move the caret')
  await sheet.expectPlace('E2', 'Tab commits and moves right')
  await undone({ D2: '$1,000' }, 'F2')

  await sheet.click('D2')
  await sheet.type('77')
  await sheet.press('F2', 'ArrowLeft', 'F2', 'ArrowLeft')
  await sheet.expectPlace('C2', 'F2 again gives the arrows back')
  await undone({ D2: '$1,000' }, 'F2 twice')

  await sheet.cell('D3').dblclick()
  await sheet.press('Backspace')
  await sheet.type('5')
  await sheet.press('Shift+Enter')
  await sheet.expectCells({ D3: '$15' }, 'double click edits in place')
  await sheet.expectPlace('D2', 'Shift+Enter moves up')
  await undone({ D3: '$10' }, 'double click')

  await sheet.click('D2')
  await sheet.press('Backspace')
  await sheet.type('42')
  await sheet.press('Shift+Tab')
  await sheet.expectCells({ D2: '$42' }, 'Backspace clears and edits')
  await sheet.expectPlace('C2', 'Shift+Tab moves left')
  await undone({ D2: '$1,000' }, 'Backspace')

  await sheet.click('D2')
  await sheet.type('12')
  await sheet.press('Escape')
  await sheet.expectCells({ D2: '$1,000' }, 'Escape gives an edit up')

  await sheet.pick('D2:E3')
  await sheet.press('Delete')
  await sheet.expectCells({ D2: '', E2: '', D3: '', E3: '' }, 'Delete clears')
  await undone({ D2: '$1,000', E3: '$20' }, 'Delete')

  await sheet.pick('D2:D4')
  await sheet.press('Control+d')
  await sheet.expectCells({ D3: '$1,000', D4: '$1,000' }, 'Ctrl+D fills down')
  await undone({ D3: '$10', D4: '' }, 'Ctrl+D')
  await sheet.pick('D2:F2')
  await sheet.press('Control+r')
  await sheet.expectCells({ E2: '$1,000', F2: '$1,000' }, 'Ctrl+R fills right')
  await undone({ E2: '$2,000', F2: '$3,000' }, 'Ctrl+R')

  await sheet.pick('D2:E3')
  await sheet.type('66')
  await sheet.press('Control+Enter')
  await sheet.expectCells({ D2: '$66', E2: '$66', D3: '$66', E3: '$66' }, 'Ctrl+Enter fills the selection')
  await undone({ D2: '$1,000', E2: '$2,000', D3: '$10', E3: '$20' }, 'Ctrl+Enter')

  await sheet.click('G2')
  await sheet.type('5')
  await expect.soft(page.getByText(/adds up the months of the row/)).toBeVisible()

  await sheet.click('D2')
  await sheet.type('1,2')
  await sheet.press('Enter')
  await expect.soft(page.getByText(/Found “1,2”, wanted/)).toBeVisible()
  await sheet.press('Escape')
  await sheet.expectCells({ D2: '$1,000' }, 'what is no number is refused')

  await sheet.click('A3')
  await sheet.press('Control+-')
  await sheet.expectCells({ A3: 'Reviews' }, 'Ctrl+- deletes the row')
  await undone({ A3: 'Tools', D3: '$10' }, 'Ctrl+-')

  await sheet.click('B3')
  await sheet.type('=Seats * Price / 10')
  await sheet.press('Enter')
  await sheet.click('D3')
  await sheet.press('Delete')
  await sheet.expectCells({ D3: '$100', E3: '$20' }, 'a month without its own number takes the formula')
})

test('clipboard: copy, cut and paste', async ({ page, appUrl }) => {
  const sheet = await openSheet(page, appUrl)
  const undone = async (cells: Readonly<Record<string, string>>, why: string) => {
    await sheet.press('Control+z')
    await sheet.expectCells(cells, `undo of ${why}`)
  }

  await sheet.pick('D2:F3')
  await sheet.press('Control+c')
  expect.soft(await sheet.clipboard(), 'bare numbers as tab-separated text').toBe('1000\t2000\t3000\n10\t20\t30')
  const html = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    return (await item!.getType('text/html')).text()
  })
  expect.soft(html, 'and a table').toMatch(/<table>.*<td>1000<\/td>.*<td>30<\/td>/)
  await sheet.click('D3')
  await sheet.press('Control+v')
  await sheet.expectCells({ D3: '$1,000', F3: '$3,000', D4: '$10', F4: '$30' }, 'paste')
  await sheet.expectPlace('2R × 3C', 'what was pasted is selected')
  await undone({ D3: '$10', F3: '$30', D4: '', F4: '' }, 'paste')

  await sheet.click('D2')
  await sheet.press('Control+c')
  await sheet.pick('D3:F4')
  await sheet.press('Control+v')
  await sheet.expectCells({ D3: '$1,000', F3: '$1,000', E4: '$1,000' }, 'one cell fills the selection')
  await undone({ D3: '$10', E4: '' }, 'one cell over many')

  await sheet.pick('D2:E2')
  await sheet.press('Control+c')
  await sheet.pick('D3:E4')
  await sheet.press('Control+v')
  await sheet.expectCells({ D3: '$1,000', E3: '$2,000', D4: '$1,000', E4: '$2,000' }, 'a block repeats')
  await undone({ D3: '$10', D4: '' }, 'tiling')

  await sheet.pick('D2:F2')
  await sheet.press('Control+x')
  await expect.soft(sheet.cell('D2'), 'cut cells look cut').toHaveClass(/is-cut/)
  await sheet.click('D4')
  await sheet.press('Control+v')
  await sheet.expectCells({ D2: '', F2: '', D4: '$1,000', F4: '$3,000' }, 'cut and paste moves')
  await undone({ D2: '$1,000', F2: '$3,000', D4: '' }, 'cut and paste, one step')

  await sheet.click('D2')
  await sheet.press('Control+x', 'Escape')
  await expect.soft(sheet.cell('D2'), 'Escape gives a cut up').not.toHaveClass(/is-cut/)

  await sheet.click('D4')
  await sheet.setClipboard('$1,200\t12\r\n3M\t.5\r\n')
  await sheet.pick('D3:D3')
  await sheet.press('Control+v')
  await sheet.expectCells({ D3: '$1,200', E3: '$12', D4: '$3,000,000', E4: '$0.50' }, 'as other programs write numbers')
  await undone({ D3: '$10', E3: '$20', D4: '', E4: '' }, 'paste from elsewhere')

  await sheet.setClipboard('"two\nlines"\t"a ""quoted"" name"')
  await sheet.click('A3')
  await sheet.press('Control+v')
  await sheet.expectCells({ A3: 'two lines' }, 'a quoted cell of two lines is one cell')
  await undone({ A3: 'Tools' }, 'a quoted cell')

  await sheet.click('B6')
  await sheet.press('Control+c')
  await sheet.click('B7')
  await sheet.press('Control+v')
  await sheet.expectCells({ B7: '=Seats * Price' }, 'formulas keep their rows')
  await undone({ B7: '' }, 'a formula')
})

test('paste that asks, values, menu, find, series, rows', async ({ page, appUrl }) => {
  const sheet = await openSheet(page, appUrl)
  const undone = async (cells: Readonly<Record<string, string>>, why: string) => {
    await sheet.press('Control+z')
    await sheet.expectCells(cells, `undo of ${why}`)
  }
  const dialog = page.getByRole('dialog')

  await sheet.setClipboard('5\tabc\n6\t7')
  await sheet.click('D3')
  await sheet.press('Control+v')
  await expect.soft(dialog).toContainText('E3 Found “abc”, wanted an amount')
  await sheet.expectCells({ D3: '$10', D4: '' }, 'nothing changed yet')
  await dialog.getByRole('button', { name: 'Paste 3 cells' }).click()
  await sheet.expectCells({ D3: '$5.00', E3: '$20', D4: '$6.00', E4: '$7.00' }, 'the rest of a paste')
  await undone({ D3: '$10', D4: '' }, 'the rest of a paste')

  await sheet.setClipboard('50\n60\n70')
  await sheet.click('D9')
  await sheet.press('Control+v')
  await expect.soft(dialog).toContainText('1 row of the clipboard would lie below the last row')
  await dialog.getByRole('button', { name: 'Add 1 row and paste' }).click()
  await sheet.expectCells({ D9: '50', D10: '$60', A11: 'New driver', D11: '70' }, 'rows are added for a paste')
  await sheet.press('Control+z', 'Control+z')
  await expect.soft(sheet.cell('A11')).toHaveCount(0)

  await sheet.click('D6')
  await sheet.press('Control+c')
  await sheet.click('D4')
  await sheet.press('Control+Shift+v')
  await sheet.expectCells({ D4: '$1,000', B4: '' }, 'Ctrl+Shift+V pastes the value without the formula')
  await undone({ D4: '' }, 'paste of values')

  const menu = page.getByRole('menu', { name: 'Cells' })
  await sheet.click('D2')
  await sheet.press('Shift+F10')
  await expect.soft(menu).toBeVisible()
  await sheet.press('Escape')
  await sheet.press('ArrowDown')
  await sheet.expectPlace('D3', 'the sheet has the keys again after the menu')
  await sheet.pick('D2:E3')
  await sheet.cell('E3').click({ button: 'right' })
  await menu.getByRole('menuitem', { name: 'Copy' }).click()
  await expect.poll(() => sheet.clipboard()).toBe('1000\t2000\n10\t20')
  await sheet.cell('D4').click({ button: 'right' })
  await menu.getByRole('menuitem', { name: 'Paste', exact: false }).first().click()
  await sheet.expectCells({ D4: '$1,000', E4: '$2,000' }, 'paste from the menu')
  await undone({ D4: '', E4: '' }, 'paste from the menu')
  await sheet.cell('A3').click({ button: 'right', position: { x: 60, y: 12 } })
  await menu.getByRole('menuitem', { name: 'Duplicate rows' }).click()
  await sheet.expectCells({ A4: 'Tools copy', D4: '$10', A5: 'Reviews' }, 'duplicate')
  await undone({ A4: 'Reviews' }, 'duplicate')

  await sheet.click('D3')
  await sheet.press('Alt+Shift+ArrowUp')
  await sheet.expectCells({ A2: 'Tools', A3: 'Agents' }, 'Alt+Shift+Up')
  await sheet.expectPlace('D2', 'the selection follows its row')
  await sheet.press('Alt+Shift+ArrowDown')
  await sheet.expectCells({ A2: 'Agents', A3: 'Tools' }, 'Alt+Shift+Down')
  await sheet.click('D3')
  await sheet.press('Control++')
  await sheet.expectCells({ A5: 'Reviews' }, 'Ctrl++ inserts a row below')
  await sheet.press('Escape')
  await undone({ A4: 'Reviews' }, 'insert')

  await sheet.click('D10')
  await sheet.press('Alt+=', 'Enter')
  await sheet.expectCells({ B10: '=Seats' }, 'Alt+= adds up the rows above')
  await undone({ B10: '=40' }, 'autosum')

  await sheet.click('D3')
  await sheet.press('Shift+F2')
  await sheet.type('Ask Uma first')
  await dialog.getByRole('button', { name: 'Keep the note' }).click()
  await expect.soft(sheet.cell('D3')).toHaveClass(/has-note/)
  await undone({ A3: 'Tools' }, 'note')
  await expect.soft(sheet.cell('D3')).not.toHaveClass(/has-note/)

  await sheet.click('D2')
  await sheet.press('Control+f')
  await sheet.type('vendor')
  await expect.soft(page.getByRole('search')).toContainText('1 of 1')
  await sheet.expectPlace('A7', 'Ctrl+F goes to what it finds')
  await sheet.press('Escape')
  await sheet.press('Control+h')
  await page.getByLabel('Find on the sheet').fill('Seats')
  await page.getByLabel('Replace by').fill('Places')
  await page.getByRole('button', { name: 'Replace all' }).click()
  await sheet.expectCells({ A9: 'Places', B6: '=Places * Price' }, 'Ctrl+H replaces')
  await page.getByRole('button', { name: 'Close find' }).click()
  await undone({ A9: 'Seats', B6: '=Seats * Price' }, 'replace')

  const fill = async (range: string, way: string, typed: string) => {
    await sheet.pick(range)
    await sheet.cell(range.slice(-2)).click({ button: 'right' })
    await menu.getByRole('menuitem', { name: /Fill a series/ }).click()
    await dialog.getByRole('button', { name: /How/ }).click()
    await page.getByRole('option', { name: way }).click()
    await dialog.getByRole('textbox').fill(typed)
    await dialog.getByRole('button', { name: /^Fill/ }).click()
  }
  await fill('D3:F3', 'A total in equal parts', '1')
  await sheet.expectCells({ D3: '$0.34', E3: '$0.33', F3: '$0.33', G3: '$1.00' }, 'a total in equal parts, to the cent')
  await undone({ D3: '$10' }, 'spread')
  await fill('D3:F3', 'A total by working days', '660')
  await sheet.expectCells({ D3: '$220', E3: '$210', F3: '$230' }, 'a total by working days')
  await undone({ D3: '$10' }, 'spread by days')
  await fill('D2:F3', 'Growth in percent', '10%')
  await sheet.expectCells({ E2: '$1,100', F2: '$1,210', F3: '$12' }, 'growth')
  await undone({ E2: '$2,000' }, 'growth')
  await fill('D2:F2', 'The same step each time', '50')
  await sheet.expectCells({ D2: '$1,000', E2: '$1,050', F2: '$1,100' }, 'steps')
  await undone({ E2: '$2,000' }, 'steps')
})

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
