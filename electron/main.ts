/** Lifecycle only: one instance, one hardened session, one table of channels, one window. */
import { app, BrowserWindow, Menu, protocol, session } from 'electron'
import path from 'node:path'
import { APP_SCHEME, MENU_CHANNEL } from '../shared/bridge/index.ts'
import { answerFiles } from './handlers/files.ts'
import { answerGit } from './handlers/git.ts'
import { answerLinks } from './handlers/links.ts'
import { registerHandlers } from './handlers/register-handlers.ts'
import { answerVault } from './handlers/vault.ts'
import { servePage } from './serve-page.ts'
import { createWindow } from './window/create-window.ts'
import { menuTemplate } from './window/menu.ts'
import { guardContents, hardenSession } from './window/navigation-guard.ts'

const builtPage = path.join(import.meta.dirname, '..', 'renderer')

// Journeys start with a profile of their own.
const profile = process.env['QD_USER_DATA']
if (profile !== undefined && !app.isPackaged) app.setPath('userData', path.resolve(profile))

// Both must come before `ready`. No `corsEnabled`, no `bypassCSP`: they would open the scheme to other origins.
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])
app.enableSandbox()

let window: BrowserWindow | null = null

if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  app.on('second-instance', () => {
    if (window === null) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('activate', openWindow)
  // Never `await app.whenReady()` here: in an ES-module main, `ready` waits for this module to finish.
  app.whenReady().then(
    () => {
      protocol.handle(APP_SCHEME, servePage(builtPage))
      hardenSession(session.defaultSession)
      const userData = app.getPath('userData')
      registerHandlers({
        ...answerFiles(),
        ...answerLinks(),
        ...answerGit(),
        ...answerVault(path.join(userData, 'vault')),
      })
      Menu.setApplicationMenu(
        Menu.buildFromTemplate(
          menuTemplate(process.platform, (command) => window?.webContents.send(MENU_CHANNEL, command)),
        ),
      )
      openWindow()
    },
    (error: unknown) => {
      console.error(error)
      app.exit(1)
    },
  )
}

function openWindow(): void {
  if (window !== null || !app.isReady()) return
  window = createWindow(path.join(app.getPath('userData'), 'window.json'))
  window.on('closed', () => (window = null))
}
