import { app, BrowserWindow, dialog, type WebContents } from 'electron'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { OpenedFile, SaveResult } from '../../shared/bridge/index.ts'
import type { Handlers } from './register-handlers.ts'
import { writeWholeFile } from './write-whole-file.ts'

/** Files the user points at in a native dialog; the page names none itself. */
export function answerFiles(): Handlers<'host:info' | 'file:save' | 'file:open' | 'file:print'> {
  return {
    'host:info': () => ({ host: 'electron', version: app.getVersion(), platform: process.platform }),
    'file:save': save,
    'file:open': openWorkbook,
    'file:print': print,
  }
}

async function save(page: WebContents, suggestedName: string, bytes: Uint8Array): Promise<SaveResult> {
  const options = { defaultPath: path.join(app.getPath('documents'), plainFileName(suggestedName)) }
  const window = BrowserWindow.fromWebContents(page)
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  if (chosen.canceled || chosen.filePath === '') return { kind: 'cancelled' }
  try {
    await writeWholeFile(chosen.filePath, bytes)
    return { kind: 'saved', where: chosen.filePath }
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) }
  }
}

/** The last part of whatever was suggested, without what a file system or a shell reads as something else. */
export function plainFileName(suggested: string): string {
  const last = suggested.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120)
  return plain === '' ? 'quarterdeck' : plain
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOSPC':
      return 'The disk is full. The former file, if there was one, is untouched.'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'This account may not write there. Choose another folder.'
    default:
      return `The system answered: ${message}. The former file, if there was one, is untouched.`
  }
}

async function openWorkbook(page: WebContents): Promise<OpenedFile | null> {
  const window = BrowserWindow.fromWebContents(page)
  const options = {
    properties: ['openFile' as const],
    filters: [
      { name: 'Quarterdeck workbook', extensions: ['quarterdeck'] },
      { name: 'All files', extensions: ['*'] },
    ],
  }
  const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  const file = chosen.canceled ? undefined : chosen.filePaths[0]
  if (file === undefined) return null
  return { name: path.basename(file), bytes: new Uint8Array(await readFile(file)) }
}

function print(page: WebContents): Promise<boolean> {
  return new Promise((resolve) => page.print({ printBackground: true }, (wasPrinted) => resolve(wasPrinted)))
}
