import { type Sheet, type Walk, walkOnOneSheet } from './sheet-desk.ts'
import { expect } from './support.ts'

/*
 * The keyboard map, row by row, and the mouse. Places are read off the name box: `D2`, or `2R × 3C` of a larger range.
 */

/** from -> keys -> where the active cell or range is then. */
type Move = readonly [string, readonly string[], string]

function moves(list: readonly Move[]): (sheet: Sheet) => Promise<void> {
  return async (sheet) => {
    for (const [from, keys, to] of list) {
      await sheet.click(from)
      await sheet.press(...keys)
      await sheet.expectPlace(to, `${from} ${keys.join(' ')}`)
    }
  }
}

const MAP: readonly Walk[] = [
  [
    'Arrows, with Shift, Ctrl and both',
    moves([
      ['D2', ['ArrowDown'], 'D3'],
      ['D2', ['ArrowUp'], 'D1'],
      ['D2', ['ArrowLeft'], 'C2'],
      ['D2', ['ArrowRight'], 'E2'],
      ['B1', ['ArrowUp', 'ArrowLeft', 'ArrowLeft'], 'A1'],
      ['D2', ['Shift+ArrowDown', 'Shift+ArrowRight'], '2R × 2C'],
      ['D2', ['Shift+ArrowDown', 'Shift+ArrowUp'], 'D2'],
      ['D2', ['Control+ArrowRight'], 'G2'],
      ['D2', ['Control+ArrowDown'], 'D3'],
      ['D10', ['Control+ArrowUp'], 'D9'],
      ['G2', ['Control+ArrowLeft'], 'C2'],
      ['D2', ['Control+Shift+ArrowRight'], '1R × 4C'],
      ['D2', ['Control+Shift+ArrowDown'], '2R × 1C'],
    ]),
  ],
  [
    'Home, End, Ctrl+Home, Ctrl+End, with Shift',
    moves([
      ['D2', ['Home'], 'A2'],
      ['D2', ['End'], 'G2'],
      ['D2', ['Shift+Home'], '1R × 4C'],
      ['D2', ['Shift+End'], '1R × 4C'],
      ['D2', ['Control+Home'], 'A1'],
      ['D2', ['Control+End'], 'G10'],
      ['D2', ['Control+Shift+Home'], '2R × 4C'],
      ['D2', ['Control+Shift+End'], '9R × 4C'],
    ]),
  ],
  [
    'PgUp and PgDn, with Shift, with Alt',
    moves([
      ['D2', ['PageDown'], 'D10'],
      ['D9', ['PageUp'], 'D1'],
      ['D2', ['Shift+PageDown'], '9R × 1C'],
      ['D9', ['Shift+PageUp'], '9R × 1C'],
      ['A2', ['Alt+PageDown'], 'G2'],
      ['G2', ['Alt+PageUp'], 'A2'],
    ]),
  ],
  [
    'Tab, Shift+Tab, Enter, Shift+Enter, also within a selection',
    async (sheet) => {
      await moves([
        ['D2', ['Tab'], 'E2'],
        ['D2', ['Shift+Tab'], 'C2'],
        ['G2', ['Tab'], 'A3'],
        ['D2', ['Enter'], 'D3'],
        ['D2', ['Shift+Enter'], 'D1'],
      ])(sheet)
      await sheet.pick('D2:E3')
      for (const [key, active] of [
        ['Tab', 'E2'],
        ['Tab', 'D3'],
        ['Tab', 'E3'],
        ['Tab', 'D2'],
        ['Enter', 'D3'],
        ['Enter', 'E2'],
        ['Shift+Enter', 'D3'],
      ] as const) {
        await sheet.press(key)
        await expect.soft(sheet.cell(active), `${key} within a selection`).toHaveClass(/is-active/)
      }
      await sheet.expectPlace('2R × 2C', 'the selection stays')
    },
  ],
  [
    'Ctrl+A, Shift+Space, Ctrl+Space, Escape',
    async (sheet) => {
      await moves([
        ['D2', ['Control+a'], '10R × 7C'],
        ['D2', ['Shift+Space'], '1R × 7C'],
        ['D2', ['Control+Space'], '10R × 1C'],
        ['D2', ['Control+Shift+Space'], '10R × 7C'],
        ['D2', ['Shift+ArrowDown', 'Escape'], 'D2'],
        ['D2', ['Shift+ArrowRight', 'Tab', 'Tab', 'Escape'], 'D2'],
      ])(sheet)
      await sheet.click('D2')
      await sheet.press('Control+x')
      await expect.soft(sheet.cell('D2'), 'cut cells look cut').toHaveClass(/is-cut/)
      await sheet.press('Escape')
      await expect.soft(sheet.cell('D2'), 'Escape gives a cut up').not.toHaveClass(/is-cut/)
    },
  ],
  [
    'A printable key, F2, double click and Backspace edit',
    async (sheet) => {
      await sheet.click('D2')
      await sheet.type('1.5k')
      await sheet.press('Enter')
      await sheet.expectCells({ D2: '$1,500' }, 'typing replaces')
      await sheet.expectPlace('D3', 'Enter commits and moves down')
      await sheet.undone({ D2: '$1,000' }, 'typing')

      for (const [typed, shown] of [
        ['3M', '$3,000,000'],
        ['$4.50', '$4.50'],
        ['(1,200)', '-$1,200'],
        ['.5', '$0.50'],
      ] as const) {
        await sheet.click('D2')
        await sheet.type(typed)
        await sheet.press('Enter')
        await sheet.expectCells({ D2: shown }, `${typed} as people type it`)
        await sheet.undone({ D2: '$1,000' }, typed)
      }

      await sheet.cell('D3').dblclick()
      await sheet.press('Backspace')
      await sheet.type('5')
      await sheet.press('Shift+Enter')
      await sheet.expectCells({ D3: '$15' }, 'double click edits in place')
      await sheet.expectPlace('D2', 'Shift+Enter moves up')
      await sheet.undone({ D3: '$10' }, 'double click')

      await sheet.click('D2')
      await sheet.press('Backspace')
      await sheet.type('42')
      await sheet.press('Shift+Tab')
      await sheet.expectCells({ D2: '$42' }, 'Backspace clears and edits')
      await sheet.expectPlace('C2', 'Shift+Tab moves left')
      await sheet.undone({ D2: '$1,000' }, 'Backspace')

      await sheet.click('D2')
      await sheet.press('Escape')
      await sheet.click('D2')
      await sheet.press('Tab')
      await sheet.expectPlace('E2', 'Escape with nothing to give up does not outlive a click')

      await sheet.click('G2')
      await sheet.type('5')
      await expect.soft(sheet.page.getByText(/adds up the months of the row/)).toBeVisible()

      await sheet.click('D2')
      await sheet.type('1,2')
      await sheet.press('Enter')
      await expect.soft(sheet.page.getByText(/Found “1,2”, wanted/)).toBeVisible()
      await sheet.press('Escape')
      await sheet.expectCells({ D2: '$1,000' }, 'what is no number is refused')
    },
  ],
  [
    'Delete clears',
    async (sheet) => {
      await sheet.pick('D2:E3')
      await sheet.press('Delete')
      await sheet.expectCells({ D2: '', E2: '', D3: '', E3: '' }, 'Delete clears')
      await sheet.undone({ D2: '$1,000', E3: '$20' }, 'Delete')
      await sheet.click('B3')
      await sheet.type('=Seats * Price / 10')
      await sheet.press('Enter')
      await sheet.click('D3')
      await sheet.press('Delete')
      await sheet.expectCells({ D3: '$100', E3: '$20' }, 'a month without its own number takes the formula')
    },
  ],
  [
    'Ctrl+D, Ctrl+R, and Ctrl+Enter while editing',
    async (sheet) => {
      await sheet.pick('D2:D4')
      await sheet.press('Control+d')
      await sheet.expectCells({ D3: '$1,000', D4: '$1,000' }, 'Ctrl+D fills down')
      await sheet.undone({ D3: '$10', D4: '' }, 'Ctrl+D')
      await sheet.click('D3')
      await sheet.press('Control+d')
      await sheet.expectCells({ D3: '$1,000' }, 'one cell is filled from above')
      await sheet.undone({ D3: '$10' }, 'Ctrl+D of one cell')
      await sheet.pick('D2:F2')
      await sheet.press('Control+r')
      await sheet.expectCells({ E2: '$1,000', F2: '$1,000' }, 'Ctrl+R fills right')
      await sheet.undone({ E2: '$2,000', F2: '$3,000' }, 'Ctrl+R')
      await sheet.pick('D2:E3')
      await sheet.type('66')
      await sheet.press('Control+Enter')
      await sheet.expectCells({ D2: '$66', E2: '$66', D3: '$66', E3: '$66' }, 'Ctrl+Enter fills the selection')
      await sheet.undone({ D2: '$1,000', E2: '$2,000', D3: '$10', E3: '$20' }, 'Ctrl+Enter')
    },
  ],
  [
    'Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z, the selection too',
    async (sheet) => {
      await sheet.pick('D2:E3')
      await sheet.type('5')
      await sheet.press('Control+Enter')
      await sheet.click('F10')
      await sheet.undone({ D2: '$1,000', E3: '$20' }, 'a fill')
      await sheet.expectPlace('2R × 2C', 'what is undone is selected')
      await expect.soft(sheet.cell('D2')).toHaveClass(/is-active/)
      await sheet.click('F10')
      await sheet.press('Control+y')
      await sheet.expectCells({ D2: '$5.00', E3: '$5.00' }, 'Ctrl+Y does it again')
      await sheet.expectPlace('2R × 2C', 'and selects it')
      await sheet.undone({ D2: '$1,000' }, 'a fill')
      await sheet.press('Control+Shift+z')
      await sheet.expectCells({ D2: '$5.00' }, 'Ctrl+Shift+Z does it again')
    },
  ],
  [
    'Ctrl+F with Enter and Shift+Enter, Ctrl+H, Ctrl+K',
    async (sheet) => {
      const { page } = sheet
      await sheet.click('D2')
      await sheet.press('Control+f')
      await sheet.type('vendor')
      await expect.soft(page.getByRole('search')).toContainText('1 of 1')
      await sheet.expectPlace('A7', 'Ctrl+F goes to what it finds')
      await page.getByLabel('Find on the sheet').fill('Seats')
      await expect.soft(page.getByRole('search')).toContainText('of 2')
      const first = await sheet.place()
      await sheet.press('Enter')
      await expect.soft.poll(() => sheet.place(), 'Enter goes to the next').not.toBe(first)
      await sheet.press('Shift+Enter')
      await sheet.expectPlace(first, 'Shift+Enter goes back')
      await sheet.press('Escape')
      await sheet.press('ArrowRight')
      await expect.soft.poll(() => sheet.place(), 'the sheet has the keys again').not.toBe(first)
      await sheet.press('Control+h')
      await page.getByLabel('Find on the sheet').fill('Seats')
      await page.getByLabel('Replace by').fill('Places')
      await page.getByRole('button', { name: 'Replace all' }).click()
      await sheet.expectCells({ A9: 'Places', B6: '=Places * Price' }, 'Ctrl+H replaces')
      await page.getByRole('button', { name: 'Close find' }).click()
      await sheet.undone({ A9: 'Seats', B6: '=Seats * Price' }, 'replace')
      await sheet.press('Control+k')
      await expect.soft(page.getByRole('combobox', { name: /search|command|run/i })).toBeFocused()
      await sheet.press('Escape')
    },
  ],
  [
    'Ctrl++ and Ctrl+-, Alt+Shift+Up and Down: rows',
    async (sheet) => {
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
      await sheet.undone({ A4: 'Reviews' }, 'insert')
      await sheet.click('A3')
      await sheet.press('Control+-')
      await sheet.expectCells({ A3: 'Reviews' }, 'Ctrl+- deletes the row')
      await sheet.undone({ A3: 'Tools', D3: '$10' }, 'Ctrl+-')
    },
  ],
  [
    'Alt+Left and Alt+Right close and open',
    async (sheet) => {
      await moves([['D2', ['Alt+ArrowLeft'], 'D1']])(sheet)
      await sheet.click('D1')
      await sheet.press('Alt+ArrowLeft')
      await sheet.expectCells({ A2: 'Support' }, 'Alt+Left closes a group')
      await sheet.press('Alt+ArrowRight')
      await sheet.expectCells({ A2: 'Agents' }, 'Alt+Right opens it')
    },
  ],
  [
    'Shift+F10 or Menu, Shift+F2, Alt+=',
    async (sheet) => {
      await sheet.click('D2')
      for (const key of ['Shift+F10', 'ContextMenu']) {
        await sheet.press(key)
        await expect.soft(sheet.menu, key).toBeVisible()
        await sheet.press('Escape')
        await expect.soft(sheet.menu).toBeHidden()
      }
      await sheet.press('ArrowDown')
      await sheet.expectPlace('D3', 'the sheet has the keys again after the menu')
      await sheet.press('Shift+F2')
      await sheet.type('Ask Uma first')
      await sheet.dialog.getByRole('button', { name: 'Keep the note' }).click()
      await expect.soft(sheet.cell('D3')).toHaveClass(/has-note/)
      await sheet.undone({ A3: 'Tools' }, 'note')
      await expect.soft(sheet.cell('D3')).not.toHaveClass(/has-note/)
      await sheet.click('D10')
      await sheet.press('Alt+=', 'Enter')
      await sheet.expectCells({ B10: '=Seats' }, 'Alt+= adds up the rows above')
    },
  ],
  [
    'Enter mode and Edit mode: typing, F2, Alt+Enter, Escape',
    async (sheet) => {
      await sheet.click('D2')
      await sheet.type('5')
      await sheet.press('ArrowRight')
      await sheet.expectPlace('E2', 'an arrow commits what was begun by typing')
      await sheet.expectCells({ D2: '$5.00' }, 'an arrow commits')
      await sheet.undone({ D2: '$1,000' }, 'arrow commit')

      await sheet.click('D2')
      await sheet.press('F2', 'ArrowLeft')
      await sheet.type('9')
      await sheet.press('Tab')
      await sheet.expectCells({ D2: '$10,090' }, 'F2 edits in place, arrows move the caret')
      await sheet.expectPlace('E2', 'Tab commits and moves right')
      await sheet.undone({ D2: '$1,000' }, 'F2')

      await sheet.click('D2')
      await sheet.type('77')
      await sheet.press('F2', 'ArrowLeft', 'F2', 'ArrowLeft')
      await sheet.expectPlace('C2', 'F2 again gives the arrows back')
      await sheet.undone({ D2: '$1,000' }, 'F2 twice')

      await sheet.click('B3')
      await sheet.type('=Seats *')
      await sheet.press('Alt+Enter')
      await sheet.type('Price')
      await sheet.press('Enter')
      await sheet.expectCells({ D4: '', B3: /^=Seats \*\s+Price$/ }, 'Alt+Enter starts a line')
      await sheet.undone({ B3: '' }, 'a formula of two lines')

      await sheet.click('D2')
      await sheet.type('12')
      await sheet.press('Escape')
      await sheet.expectCells({ D2: '$1,000' }, 'Escape gives an edit up')
      await sheet.expectPlace('D2', 'and stays')
    },
  ],
  [
    'The mouse selects',
    async (sheet) => {
      const { page } = sheet
      await sheet.cell('D2').hover()
      await page.mouse.down()
      await sheet.cell('F4').hover()
      await page.mouse.up()
      await sheet.expectPlace('3R × 3C', 'drag')
      await sheet.pick('D2:E3')
      await sheet.expectPlace('2R × 2C', 'Shift+click')
      await expect.soft(sheet.cell('E3'), 'a selected cell says so').toHaveAttribute('aria-selected', 'true')
      await sheet.cell('E3').click({ button: 'right' })
      await sheet.press('Escape')
      await sheet.expectPlace('2R × 2C', 'a right click keeps a selection it lands in')
      await sheet.click('D2')
      await sheet.click('F3', ['Control'])
      await sheet.expectPlace('F3', 'Ctrl+click adds a cell')
      await expect.soft(page.locator('.sheet-status')).toContainText('Sum 1,030')
      await sheet.header('E').click()
      await sheet.expectPlace('10R × 1C', 'column header')
      await sheet.rowNumber(3).click()
      await sheet.expectPlace('1R × 7C', 'row number')
      await sheet.rowNumber(5).click({ modifiers: ['Shift'] })
      await sheet.expectPlace('3R × 7C', 'rows up to another')
      await page.locator('.ag-header-cell[col-id="#"]').click()
      await sheet.expectPlace('10R × 7C', 'corner')
    },
  ],
  [
    'The fill handle continues, with Ctrl copies',
    async (sheet) => {
      const { page } = sheet
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
      await sheet.undone({ F3: '$30' }, 'a copy')
      await sheet.pick('D2:D3')
      await dragHandle('D3', 'D4', false)
      await sheet.expectCells({ D4: '-$980' }, 'handle goes on in a series')
      await sheet.undone({ D4: '' }, 'a series')
    },
  ],
  [
    'A row dragged by its number moves',
    async (sheet) => {
      const { page } = sheet
      await sheet.rowNumber(2).click()
      const [from, to] = [await sheet.rowNumber(2).boundingBox(), await sheet.rowNumber(4).boundingBox()]
      await page.mouse.move(from!.x + 8, from!.y + 8)
      await page.mouse.down()
      await page.mouse.move(to!.x + 8, to!.y + to!.height - 4, { steps: 6 })
      await page.mouse.up()
      await sheet.expectCells({ A2: 'Tools', A3: 'Reviews', A4: 'Agents' }, 'the row stands below')
      await sheet.undone({ A2: 'Agents' }, 'a move')
    },
  ],
  [
    'A series, and a total spread over months',
    async (sheet) => {
      const fill = async (range: string, way: string, typed: string) => {
        await sheet.pick(range)
        await sheet.cell(range.slice(-2)).click({ button: 'right' })
        await sheet.menu.getByRole('menuitem', { name: /Fill a series/ }).click()
        await sheet.dialog.getByRole('button', { name: /How/ }).click()
        await sheet.page.getByRole('option', { name: way }).click()
        await sheet.dialog.getByRole('textbox').fill(typed)
        await sheet.dialog.getByRole('button', { name: /^Fill/ }).click()
      }
      await fill('D3:F3', 'A total in equal parts', '1')
      await sheet.expectCells({ D3: '$0.34', E3: '$0.33', F3: '$0.33', G3: '$1.00' }, 'equal parts, to the cent')
      await sheet.undone({ D3: '$10' }, 'spread')
      await fill('D3:F3', 'A total by working days', '660')
      await sheet.expectCells({ D3: '$220', E3: '$210', F3: '$230' }, 'a total by working days')
      await sheet.undone({ D3: '$10' }, 'spread by days')
      await fill('D2:F3', 'Growth in percent', '10%')
      await sheet.expectCells({ E2: '$1,100', F2: '$1,210', F3: '$12' }, 'growth')
      await sheet.undone({ E2: '$2,000' }, 'growth')
      await fill('D2:F2', 'The same step each time', '50')
      await sheet.expectCells({ D2: '$1,000', E2: '$1,050', F2: '$1,100' }, 'steps')
    },
  ],
]

walkOnOneSheet('the keyboard map', MAP)
