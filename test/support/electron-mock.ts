/**
 * A recording stand-in for the parts of Electron the desktop host uses. Every test gets it in place of the package, which
 * would start a download when loaded.
 */
import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { vi } from 'vitest'

type Handler = (...args: unknown[]) => unknown

class FakeContents extends EventEmitter {
  mainFrame = { url: 'app://quarterdeck/index.html' }
  windowOpen: ((details: { url: string }) => { action: string }) | null = null
  readonly send = vi.fn()
  readonly print = vi.fn((_options: object, done: (wasPrinted: boolean) => void) => done(true))
  readonly setWebRTCIPHandlingPolicy = vi.fn()
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler
  }
}

export class BrowserWindow extends EventEmitter {
  static opened: BrowserWindow[] = []
  static fromWebContents = vi.fn((): BrowserWindow | null => null)
  readonly webContents = new FakeContents()
  readonly show = vi.fn()
  readonly focus = vi.fn()
  readonly restore = vi.fn()
  readonly maximize = vi.fn()
  readonly loadURL = vi.fn(() => Promise.resolve())
  readonly options: Record<string, unknown>
  bounds = { x: 10, y: 20, width: 1200, height: 800 }

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    BrowserWindow.opened.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  isMinimized = vi.fn(() => false)
  isMaximized = vi.fn(() => false)
  isDestroyed = vi.fn(() => false)
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return this.bounds
  }
}

/** In the order they happened: what must come before `ready` can be seen to. */
export const happened: string[] = []
let userData = tmpdir()

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  whenReady: vi.fn(() => {
    happened.push('whenReady')
    return Promise.resolve()
  }),
  isReady: vi.fn(() => true),
  requestSingleInstanceLock: vi.fn(() => true),
  quit: vi.fn(),
  exit: vi.fn(),
  enableSandbox: vi.fn(() => void happened.push('enableSandbox')),
  setPath: vi.fn((_name: string, folder: string) => void (userData = folder)),
  getPath: (name: string) => (name === 'userData' ? userData : tmpdir()),
  getVersion: () => '0.0.0-test',
})

export const protocol = {
  registerSchemesAsPrivileged: vi.fn(() => void happened.push('registerSchemes')),
  handle: vi.fn(),
}

function fakeSession() {
  return Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    setSpellCheckerEnabled: vi.fn(),
    webRequest: { onBeforeRequest: vi.fn() },
  })
}
export const session = { defaultSession: fakeSession() }

export const ipcMain = {
  handlers: new Map<string, Handler>(),
  handle(channel: string, handler: Handler): void {
    this.handlers.set(channel, handler)
  },
}
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
export const shell = { openExternal: vi.fn(() => Promise.resolve()) }
export const dialog = {
  showSaveDialog: vi.fn(() => Promise.resolve({ canceled: true, filePath: '' })),
  showOpenDialog: vi.fn(() => Promise.resolve({ canceled: true, filePaths: [] as string[] })),
  showMessageBox: vi.fn(() => Promise.resolve({ response: 1 })),
}
export const Menu = { setApplicationMenu: vi.fn(), buildFromTemplate: vi.fn((template: unknown) => template) }
export const contextBridge = { exposeInMainWorld: vi.fn() }
export const ipcRenderer = { invoke: vi.fn(() => Promise.resolve(null)), on: vi.fn(), removeListener: vi.fn() }
