import { BrowserWindow, screen } from 'electron'
import path from 'node:path'
import { APP_ORIGIN } from '../../shared/bridge/index.ts'
import { keepWindowState, readWindowState } from './window-state.ts'

/** The one window, with the page walled off from Node; `stateFile` remembers where it stood. */
export function createWindow(stateFile: string): BrowserWindow {
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const state = readWindowState(stateFile, areas)
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Quarterdeck',
    backgroundColor: '#101820',
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      // Its dictionaries come from a network.
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  if (state.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  keepWindowState(window, stateFile)
  window.loadURL(`${APP_ORIGIN}/index.html`).catch((error: unknown) => console.error(error))
  return window
}
