import { BrowserWindow, dialog, shell, type WebContents } from 'electron'
import { isAllowedLink } from '../../shared/bridge/index.ts'
import type { Handlers } from './register-handlers.ts'

/** The one way out of the app: a site of our list, in the user's browser, after a question. */
export function answerLinks(): Handlers<'link:open'> {
  return { 'link:open': openLink }
}

async function openLink(page: WebContents, url: string): Promise<boolean> {
  if (!isAllowedLink(url)) return false
  const window = BrowserWindow.fromWebContents(page)
  const question = {
    type: 'question' as const,
    message: 'Open this page in your browser?',
    detail: url,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  }
  const answer = await (window ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question))
  if (answer.response !== 0) return false
  await shell.openExternal(url)
  return true
}
