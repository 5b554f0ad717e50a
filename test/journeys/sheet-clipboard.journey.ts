import { type Walk, walkOnOneSheet } from './sheet-desk.ts'
import { expect } from './support.ts'

/* Every way over the clipboard, with the real one. */

/** The cells `$1,200 | two lines` above `A&B | 12`, as three programs put them on the clipboard. */
const PROGRAMS = {
  Excel: {
    'text/plain': '$1,200\t"two\nlines"\r\nA&B\t12\r\n',
    'text/html':
      '<html><body><table border=0><!--StartFragment--><tr><td class=xl65>$1,200 </td><td>two<br>lines</td></tr><tr><td>A&amp;B</td><td>12</td></tr><!--EndFragment--></table></body></html>',
  },
  'Google Sheets': {
    'text/plain': '$1,200\t"two\nlines"\nA&B\t12',
    'text/html':
      '<google-sheets-html-origin><table><tbody><tr><td>$1,200</td><td>two<br/>lines</td></tr><tr><td>A&amp;B</td><td>12</td></tr></tbody></table>',
  },
  LibreOffice: {
    'text/plain': '$1,200\t"two\nlines"\nA&B\t12\n',
    'text/html':
      '<html><body><table><tr><td sdval="1200">$1,200</td><td>two<br>lines</td></tr><tr><td>A&amp;B</td><td sdval="12">12</td></tr></table></body></html>',
  },
} as const

const CASES: readonly Walk[] = [
  [
    'Copy writes bare numbers as text and as a table',
    async (sheet) => {
      await sheet.pick('D2:F3')
      await sheet.press('Control+c')
      expect.soft(await sheet.clipboard()).toBe('1000\t2000\t3000\n10\t20\t30')
      const html = await sheet.page.evaluate(async () => {
        const [item] = await navigator.clipboard.read()
        return (await item!.getType('text/html')).text()
      })
      expect.soft(html).toMatch(/<table>.*<td>1000<\/td>.*<td>30<\/td>/)
      await sheet.click('D3')
      await sheet.press('Control+v')
      await sheet.expectCells({ D3: '$1,000', F3: '$3,000', D4: '$10', F4: '$30' }, 'paste')
      await sheet.expectPlace('2R × 3C', 'what was pasted is selected')
      await sheet.undone({ D3: '$10', F3: '$30', D4: '', F4: '' }, 'paste')
    },
  ],
  [
    'One cell fills the selection, a block repeats over a multiple of it',
    async (sheet) => {
      await sheet.click('D2')
      await sheet.press('Control+c')
      await sheet.pick('D3:F4')
      await sheet.press('Control+v')
      await sheet.expectCells({ D3: '$1,000', F3: '$1,000', E4: '$1,000' }, 'one cell fills the selection')
      await sheet.undone({ D3: '$10', E4: '' }, 'one cell over many')
      await sheet.pick('D2:E2')
      await sheet.press('Control+c')
      await sheet.pick('D3:E4')
      await sheet.press('Control+v')
      await sheet.expectCells({ D3: '$1,000', E3: '$2,000', D4: '$1,000', E4: '$2,000' }, 'a block repeats')
      await sheet.undone({ D3: '$10', D4: '' }, 'tiling')
    },
  ],
  [
    'Cut and paste moves, in one step',
    async (sheet) => {
      await sheet.pick('D2:F2')
      await sheet.press('Control+x')
      await sheet.click('D4')
      await sheet.press('Control+v')
      await sheet.expectCells({ D2: '', F2: '', D4: '$1,000', F4: '$3,000' }, 'cut and paste moves')
      await sheet.undone({ D2: '$1,000', F2: '$3,000', D4: '' }, 'cut and paste')
    },
  ],
  [
    'What was cut before an undo is copied, not moved',
    async (sheet) => {
      await sheet.click('D4')
      await sheet.type('7')
      await sheet.press('Enter')
      await sheet.pick('D2:F2')
      await sheet.press('Control+x', 'Control+z')
      await sheet.expectCells({ D4: '' }, 'the undo')
      await sheet.click('D4')
      await sheet.press('Control+v')
      await sheet.expectCells({ D2: '$1,000', F2: '$3,000', D4: '$1,000', F4: '$3,000' }, 'a paste after an undo')
      await sheet.undone({ D2: '$1,000', D4: '', F4: '' }, 'the paste')
    },
  ],
  [
    'Several ranges that share rows are copied as one block; others are refused',
    async (sheet) => {
      await sheet.pick('D2:D3')
      await sheet.click('F2', ['Control'])
      await sheet.click('F3', ['Control', 'Shift'])
      await sheet.press('Control+c')
      expect.soft(await sheet.clipboard()).toBe('1000\t3000\n10\t30')
      await sheet.click('D2')
      await sheet.click('E3', ['Control'])
      await sheet.press('Control+c')
      await expect.soft(sheet.page.getByText(/share neither rows nor columns/)).toBeVisible()
    },
  ],
  ...Object.entries(PROGRAMS).map(([program, types]): Walk => [
    `From ${program}: text with quoted lines, and the table alone`,
    async (sheet) => {
      await sheet.setClipboardTypes(types)
      await sheet.click('D3')
      await sheet.press('Control+v')
      await expect.soft(sheet.dialog, 'two of four cells are no numbers').toContainText('E3 Found “two lines”')
      await expect.soft(sheet.dialog).toContainText('D4 Found “A&B”')
      await sheet.dialog.getByRole('button', { name: 'Paste 2 cells' }).click()
      await sheet.expectCells({ D3: '$1,200', E3: '$20', D4: '', E4: '$12' }, 'what fits')
      await sheet.undone({ D3: '$10', E4: '' }, 'the rest of a paste')
      await sheet.setClipboardTypes({ 'text/html': types['text/html'] })
      await sheet.click('D3')
      await sheet.press('Control+v')
      await sheet.dialog.getByRole('button', { name: 'Paste 2 cells' }).click()
      await sheet.expectCells({ D3: '$1,200', E4: '$12' }, 'from the table alone')
    },
  ]),
  [
    'Numbers as other programs write them, a quoted cell of two lines, a name that holds quotes',
    async (sheet) => {
      await sheet.setClipboard('$1,200\t12\r\n3M\t.5\r\n')
      await sheet.click('D3')
      await sheet.press('Control+v')
      await sheet.expectCells({ D3: '$1,200', E3: '$12', D4: '$3,000,000', E4: '$0.50' }, 'numbers')
      await sheet.undone({ D3: '$10', E3: '$20', D4: '', E4: '' }, 'paste from elsewhere')
      await sheet.setClipboard('"two\nlines"')
      await sheet.click('A3')
      await sheet.press('Control+v')
      await sheet.expectCells({ A3: 'two lines' }, 'a quoted cell of two lines is one cell')
      await sheet.undone({ A3: 'Tools' }, 'a quoted cell')
      await sheet.setClipboard('"a ""quoted"" name"')
      await sheet.click('A3')
      await sheet.press('Control+v', 'Control+c')
      await sheet.expectCells({ A3: 'a "quoted" name' }, 'quotes')
      await expect.soft.poll(() => sheet.clipboard()).toBe('"a ""quoted"" name"')
    },
  ],
  [
    'Formulas keep their rows; values alone are pasted without them',
    async (sheet) => {
      await sheet.click('B6')
      await sheet.press('Control+c')
      await sheet.click('B7')
      await sheet.press('Control+v')
      await sheet.expectCells({ B7: '=Seats * Price' }, 'formulas keep their rows')
      await sheet.undone({ B7: '' }, 'a formula')
      await sheet.click('D6')
      await sheet.press('Control+c')
      await sheet.click('D4')
      await sheet.press('Control+Shift+v')
      await sheet.expectCells({ D4: '$1,000', B4: '' }, 'Ctrl+Shift+V pastes the value without the formula')
    },
  ],
  [
    'What does not parse is shown with its place before anything changes',
    async (sheet) => {
      await sheet.setClipboard('5\tabc\n6\t7')
      await sheet.click('D3')
      await sheet.press('Control+v')
      await expect.soft(sheet.dialog).toContainText('E3 Found “abc”, wanted an amount')
      await sheet.expectCells({ D3: '$10', D4: '' }, 'nothing changed yet')
      await sheet.dialog.getByRole('button', { name: 'Cancel' }).click()
      await sheet.press('ArrowDown')
      await sheet.expectPlace('D4', 'the sheet has the keys again after the dialog')
      await sheet.click('D3')
      await sheet.press('Control+v')
      await sheet.dialog.getByRole('button', { name: 'Paste 3 cells' }).click()
      await sheet.expectCells({ D3: '$5.00', E3: '$20', D4: '$6.00', E4: '$7.00' }, 'the rest of a paste')
    },
  ],
  [
    'What lies beyond the sheet asks for rows, and says which columns are left out',
    async (sheet) => {
      await sheet.setClipboard('50\n60\n70')
      await sheet.click('D9')
      await sheet.press('Control+v')
      await expect.soft(sheet.dialog).toContainText('1 row of the clipboard would lie below the last row')
      await sheet.dialog.getByRole('button', { name: 'Add 1 row and paste' }).click()
      await sheet.expectCells({ D9: '50', D10: '$60', A11: 'New driver', D11: '70' }, 'rows are added for a paste')
      await sheet.press('Control+z')
      await expect.soft(sheet.cell('A11')).toHaveCount(0)
      await sheet.setClipboard('1\t2\t3')
      await sheet.click('F3')
      await sheet.press('Control+v')
      await expect.soft(sheet.dialog).toContainText('1 column would lie right of the last column')
      await sheet.dialog.getByRole('button', { name: 'Cancel' }).click()
    },
  ],
  [
    'Computed cells are left alone and counted',
    async (sheet) => {
      await sheet.setClipboard('1\n2')
      await sheet.click('D4')
      await sheet.press('Control+v')
      await sheet.expectCells({ D4: '$1.00', D5: '$1,007' }, 'the sum stays a sum')
      await expect.soft(sheet.page.getByText(/1 cell changed, 1 left alone/)).toBeVisible()
    },
  ],
  [
    'Paste special: values, added, turned, by month',
    async (sheet) => {
      const special = async (cell: string, ...choices: string[]) => {
        await sheet.click(cell)
        await sheet.press('Control+Alt+v')
        for (const choice of choices) await sheet.dialog.getByText(choice).click()
        await sheet.dialog.getByRole('button', { name: 'Paste', exact: true }).click()
      }
      await sheet.setClipboard('1\t2')
      await special('D2', 'Add to the numbers')
      await sheet.expectCells({ D2: '$1,001', E2: '$2,002', F2: '$3,000' }, 'added')
      await sheet.undone({ D2: '$1,000' }, 'adding')
      await special('D2', 'Turn rows')
      await sheet.expectCells({ D2: '$1.00', D3: '$2.00', E2: '$2,000' }, 'turned')
      await sheet.undone({ D2: '$1,000' }, 'turning')
      await sheet.setClipboard('Dec 2026\tOctober\tJan 2027\n3\t1\t9\n6\t4\t9')
      await special('D2', 'The first line names months')
      await sheet.expectCells({ D2: '$1.00', E2: '$2,000', F2: '$3.00', D3: '$4.00', F3: '$6.00' }, 'by month')
      await expect.soft(sheet.page.getByText(/2 left alone/)).toBeVisible()
      await sheet.undone({ D2: '$1,000' }, 'by month')
      await sheet.click('B6')
      await sheet.press('Control+c')
      await special('B7')
      await sheet.expectCells({ B7: '=Seats * Price' }, 'our own formulas')
    },
  ],
  [
    'The menu copies, cuts, pastes and duplicates',
    async (sheet) => {
      const choose = async (cell: string, entry: string) => {
        await sheet.cell(cell).click({ button: 'right', position: { x: 60, y: 12 } })
        await sheet.menu.getByRole('menuitem', { name: entry, exact: true }).click()
      }
      await sheet.pick('D2:E3')
      await choose('E3', 'Copy')
      await expect.poll(() => sheet.clipboard()).toBe('1000\t2000\n10\t20')
      await sheet.click('D3')
      await choose('D3', 'Paste')
      await sheet.expectCells({ D3: '$1,000', E4: '$20' }, 'paste from the menu')
      await sheet.undone({ D3: '$10', E4: '' }, 'paste from the menu')
      await sheet.click('B6')
      await choose('B6', 'Copy')
      await choose('B7', 'Paste')
      await sheet.expectCells({ B7: '=Seats * Price' }, 'formulas by the menu too')
      await sheet.undone({ B7: '' }, 'a formula')
      await choose('D2', 'Cut')
      await choose('D4', 'Paste')
      await sheet.expectCells({ D2: '', D4: '$1,000' }, 'cut and paste by the menu')
      await sheet.undone({ D2: '$1,000', D4: '' }, 'a move')
      await choose('A3', 'Duplicate rows')
      await sheet.expectCells({ A4: 'Tools copy', D4: '$10', A5: 'Reviews' }, 'duplicate')
    },
  ],
]

walkOnOneSheet('the clipboard', CASES)
