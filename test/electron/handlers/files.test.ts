import type { WebContents } from 'electron'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerFiles, plainFileName } from '../../../electron/handlers/files.ts'
import * as electron from '../../support/electron-mock.ts'

const files = answerFiles()
const page = {} as WebContents
const bytes = new TextEncoder().encode('workbook')

let home = ''
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'quarterdeck-files-'))
})
afterEach(() => rm(home, { recursive: true }))

function choose(filePath: string): void {
  electron.dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath })
}

it('saves whole files and leaves nothing beside them', async () => {
  const target = path.join(home, 'plan.quarterdeck')
  await writeFile(target, 'former')
  choose(target)
  expect(await files['file:save'](page, 'plan.quarterdeck', bytes)).toEqual({ kind: 'saved', where: target })
  expect(await readFile(target, 'utf8')).toBe('workbook')
  expect(await readdir(home)).toEqual(['plan.quarterdeck'])
})

it('says so when nothing was chosen', async () => {
  expect(await files['file:save'](page, 'plan.quarterdeck', bytes)).toEqual({ kind: 'cancelled' })
  expect(await files['file:open'](page)).toBeNull()
})

it('says why when it could not save', async () => {
  choose(path.join(home, 'missing/plan.quarterdeck'))
  expect(await files['file:save'](page, 'plan.quarterdeck', bytes)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('untouched') as string,
  })
})

it('opens the file that was chosen, by its own name', async () => {
  const file = path.join(home, 'plan.quarterdeck')
  await writeFile(file, 'workbook')
  electron.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: false, filePaths: [file] })
  expect(await files['file:open'](page)).toEqual({ name: 'plan.quarterdeck', bytes })
})

it('prints the page that asked', async () => {
  const asking = new electron.BrowserWindow({}).webContents
  expect(await files['file:print'](asking as unknown as WebContents)).toBe(true)
  expect(asking.print).toHaveBeenCalledOnce()
})

it.each([
  ['plan.quarterdeck', 'plan.quarterdeck'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\win.ini', 'win.ini'],
  ['.bashrc', 'bashrc'],
  ['a\0b\n.csv', 'a-b-.csv'],
  ['a<b>:"|?*.csv', 'a-b------.csv'],
  ['..', 'quarterdeck'],
  ['', 'quarterdeck'],
  ['a'.repeat(300), 'a'.repeat(120)],
])('suggests a plain name for %j', (suggested, expected) => expect(plainFileName(suggested)).toBe(expected))
