import type { BrowserContext, Page } from '@playwright/test'
import type { Day, MonthKey } from '../../shared/calendar/index.ts'
import { UTC } from '../../shared/calendar/index.ts'
import type { ModelRow } from '../../shared/model/index.ts'
import { newWorkbook, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { expect, test, watch } from './support.ts'

/* A small workbook of known cells, opened on the sheet; what is expected of it is written as place -> text. */

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

export async function openSheet(page: Page, url: string): Promise<Sheet> {
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
export class Sheet {
  readonly page: Page

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

  async expectCells(cells: Readonly<Record<string, string | RegExp>>, why: string): Promise<void> {
    for (const [place, text] of Object.entries(cells))
      await expect.soft(this.cell(place), `${why}: ${place}`).toHaveText(text, { timeout: 3_000 })
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  async setClipboard(text: string): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text)
  }

  /** What another program puts there: the same cells as text and as a page, or one of the two. */
  async setClipboardTypes(types: Readonly<Record<string, string>>): Promise<void> {
    await this.page.evaluate(async (given) => {
      const parts = Object.entries(given).map(([type, text]) => [type, new Blob([text], { type })] as const)
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))])
    }, types)
  }

  get dialog() {
    return this.page.getByRole('dialog')
  }

  get menu() {
    return this.page.getByRole('menu', { name: 'Cells' })
  }

  get notices() {
    return this.page.locator('.toast')
  }

  async undone(cells: Readonly<Record<string, string>>, why: string): Promise<void> {
    await this.press('Control+z')
    await this.expectCells(cells, `undo of ${why}`)
  }

  /** As it was opened. */
  async takeAllBack(): Promise<void> {
    await this.press('Escape', 'Escape')
    const nothing = this.page.getByRole('button', { name: 'Nothing to undo' })
    await this.click('B1')
    await this.click('B1')
    for (let steps = 0; steps < 40 && !(await nothing.isVisible()); steps++) await this.press('Control+z')
    await expect(nothing).toBeVisible()
  }
}

/** A name, and what is done and expected on the sheet. */
export type Walk = readonly [string, (sheet: Sheet) => Promise<void>]

/** One journey for each walk, all on one sheet, which is as it was opened before each of them. */
export function walkOnOneSheet(title: string, walks: readonly Walk[]): void {
  test.describe(title, () => {
    const complaints: string[] = []
    let context: BrowserContext
    let sheet: Sheet
    test.beforeAll(async ({ browser, appUrl }) => {
      context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
      const page = await context.newPage()
      watch(page, appUrl, complaints)
      sheet = await openSheet(page, appUrl)
    })
    test.afterAll(() => context.close())
    for (const [name, walk] of walks) {
      test(name, async () => {
        await walk(sheet)
        await sheet.takeAllBack()
        expect(complaints, 'console, page and policy stay silent').toEqual([])
      })
    }
  })
}
