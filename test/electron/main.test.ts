/** The checklist of Electron's own security guide, point by point, on a recording of what the main process did. */
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { BRIDGE_CHANNELS, contentSecurityPolicy } from '../../shared/bridge/index.ts'
import * as electron from '../support/electron-mock.ts'

const root = path.resolve(import.meta.dirname, '../..')
type Call = (...args: unknown[]) => unknown

beforeAll(async () => {
  process.env['QD_USER_DATA'] = await mkdtemp(path.join(tmpdir(), 'quarterdeck-main-'))
  await import('../../electron/main.ts')
  await new Promise((resolve) => setTimeout(resolve, 0))
})

function onlyWindow(): electron.BrowserWindow {
  expect(electron.BrowserWindow.opened).toHaveLength(1)
  return electron.BrowserWindow.opened[0] as electron.BrowserWindow
}

function preferences(): Record<string, unknown> {
  return onlyWindow().options['webPreferences'] as Record<string, unknown>
}

async function sources(): Promise<string> {
  const names = await readdir(path.join(root, 'electron'), { recursive: true })
  const files = names.filter((name) => name.endsWith('.ts'))
  const texts = await Promise.all(files.map((name) => readFile(path.join(root, 'electron', name), 'utf8')))
  return texts.join('\n')
}

/** Navigations a page of ours has no business with. */
const ELSEWHERE = [
  'https://evil.test/',
  'http://127.0.0.1:47615/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'app://other/index.html',
  'app://quarterdeck.evil.test/',
  'apps://quarterdeck/',
  'data:text/html,x',
  'about:blank',
  'not an address',
]

describe('Electron’s security checklist', () => {
  it('1 loads our own scheme only', async () => {
    expect(onlyWindow().loadURL.mock.calls).toEqual([['app://quarterdeck/index.html']])
    expect(await sources()).not.toMatch(/loadFile|http:\/\//)
  })

  it('2 keeps Node out of the page, its workers and its frames', () => {
    expect(preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    })
  })

  it('3 isolates the preload from the page', () => {
    expect(preferences()['contextIsolation']).toBe(true)
  })

  it('4 sandboxes every process, before the app is ready', () => {
    expect(preferences()['sandbox']).toBe(true)
    expect(electron.happened.indexOf('enableSandbox')).toBeGreaterThanOrEqual(0)
    expect(electron.happened.indexOf('enableSandbox')).toBeLessThan(electron.happened.indexOf('whenReady'))
    expect(electron.happened.indexOf('registerSchemes')).toBeLessThan(electron.happened.indexOf('whenReady'))
  })

  describe('5 permissions', () => {
    const ask = (permission: string, requestingUrl: string): boolean | undefined => {
      const handler = electron.session.defaultSession.setPermissionRequestHandler.mock.calls[0]?.[0] as Call
      let answer: boolean | undefined
      handler({}, permission, (isGranted: boolean) => (answer = isGranted), { requestingUrl })
      return answer
    }
    const check = (permission: string, origin: string): unknown => {
      const handler = electron.session.defaultSession.setPermissionCheckHandler.mock.calls[0]?.[0] as Call
      return handler({}, permission, origin)
    }

    it.each(['clipboard-sanitized-write', 'persistent-storage'])('grants %s to our page alone', (permission) => {
      expect(ask(permission, 'app://quarterdeck/index.html')).toBe(true)
      expect(check(permission, 'app://quarterdeck')).toBe(true)
      expect(ask(permission, 'https://evil.test/')).toBe(false)
      expect(check(permission, 'https://evil.test')).toBe(false)
    })
    it.each([
      'media',
      'geolocation',
      'notifications',
      'midi',
      'clipboard-read',
      'openExternal',
      'fileSystem',
      'unknown',
    ])('refuses %s', (permission) => {
      expect(ask(permission, 'app://quarterdeck/')).toBe(false)
      expect(check(permission, 'app://quarterdeck')).toBe(false)
    })
    it('refuses every device', () => {
      const handler = electron.session.defaultSession.setDevicePermissionHandler.mock.calls[0]?.[0] as Call
      expect(handler({ deviceType: 'hid' })).toBe(false)
    })
  })

  it('6, 8, 9, 10 leaves the browser’s own protections on', async () => {
    expect(preferences()['webSecurity']).not.toBe(false)
    for (const risky of ['allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures']) {
      expect(preferences()).not.toHaveProperty(risky)
    }
    const start = readFileSync(path.join(root, 'build/start.mjs'), 'utf8')
    expect(`${start}${await sources()}`).not.toMatch(/disable-web-security|no-sandbox|appendSwitch/)
  })

  it('7 sends the policy with every answer, a fresh nonce each', async () => {
    const [scheme, serve] = electron.protocol.handle.mock.calls[0] as [string, (request: Request) => Promise<Response>]
    expect(scheme).toBe('app')
    const nonces = new Set<string>()
    for (const target of ['index.html', 'missing.js', '../main.js']) {
      const { headers } = await serve(new Request(`app://quarterdeck/${target}`))
      const policy = headers.get('content-security-policy') ?? ''
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      expect(policy).toBe(contentSecurityPolicy(nonce))
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  it('11, 12 has no webviews and prevents one from being attached', () => {
    expect(preferences()['webviewTag']).toBe(false)
    let isPrevented = false
    onlyWindow().webContents.emit('will-attach-webview', { preventDefault: () => (isPrevented = true) })
    expect(isPrevented).toBe(true)
  })

  describe.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('13 %s', (event) => {
    const isPrevented = (url: string): boolean => {
      let prevented = false
      onlyWindow().webContents.emit(event, { url, preventDefault: () => (prevented = true) })
      return prevented
    }
    it.each(ELSEWHERE)('never goes to %s', (url) => expect(isPrevented(url)).toBe(true))
    it('may reload', () => expect(isPrevented('app://quarterdeck/index.html#/wall')).toBe(false))
  })

  it.each([...ELSEWHERE, 'app://quarterdeck/index.html'])('14 opens no window for %s', (url) => {
    expect(onlyWindow().webContents.windowOpen?.({ url })).toEqual({ action: 'deny' })
    expect(electron.shell.openExternal).not.toHaveBeenCalled()
  })

  it('15 opens links in one place only', async () => {
    expect((await sources()).match(/openExternal\(/g)).toHaveLength(1)
    expect(await sources()).not.toMatch(/openPath|showItemInFolder/)
  })

  it('16 runs on a supported major', () => {
    const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(Number(devDependencies['electron']?.split('.')[0])).toBeGreaterThanOrEqual(45)
  })

  it('17 answers the agreed channels and no others', async () => {
    expect([...electron.ipcMain.handlers.keys()]).toEqual([...BRIDGE_CHANNELS])
    expect((await sources()).match(/ipcMain\.\w+\(/g)).toEqual(['ipcMain.handle('])
  })

  it('18 gives the scheme no more rights than a site has', () => {
    const [[schemes]] = electron.protocol.registerSchemesAsPrivileged.mock.calls as unknown as [
      [[{ scheme: string; privileges: object }]],
    ]
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
  })

  it('19 ships with its fuses set', () => {
    const config = readFileSync(path.join(root, 'build/electron-builder.yml'), 'utf8')
    for (const fuse of [
      'runAsNode: false',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'onlyLoadAppFromAsar: true',
      'enableEmbeddedAsarIntegrityValidation: true',
      'enableCookieEncryption: true',
      'grantFileProtocolExtraPrivileges: false',
    ]) {
      expect(config).toContain(fuse)
    }
  })
})

describe('nothing leaves the machine', () => {
  const isCancelled = (url: string): boolean => {
    const handler = electron.session.defaultSession.webRequest.onBeforeRequest.mock.calls[0]?.[0] as Call
    let cancel = false
    handler({ url }, (answer: { cancel: boolean }) => (cancel = answer.cancel))
    return cancel
  }
  it.each([
    ['app://quarterdeck/assets/main.js', false],
    ['blob:app://quarterdeck/1', false],
    ['data:image/png;base64,AA', false],
    ['devtools://devtools/bundled/x.js', false],
    ['app://evil/', true],
    ['https://evil.test/', true],
    ['http://127.0.0.1:47615/', true],
    ['wss://evil.test/', true],
    ['file:///etc/passwd', true],
    ['ftp://evil.test/', true],
  ])('%s cancelled: %s', (url, expected) => expect(isCancelled(url)).toBe(expected))

  test('no spelling dictionaries, no peer addresses, no downloads past the save dialog', () => {
    expect(preferences()['spellcheck']).toBe(false)
    expect(electron.session.defaultSession.setSpellCheckerEnabled).toHaveBeenCalledWith(false)
    expect(onlyWindow().webContents.setWebRTCIPHandlingPolicy).toHaveBeenCalledWith('disable_non_proxied_udp')
    let isPrevented = false
    electron.session.defaultSession.emit('will-download', { preventDefault: () => (isPrevented = true) })
    expect(isPrevented).toBe(true)
  })

  test('no crash reports, no updater', async () => {
    expect(await sources()).not.toMatch(/crashReporter|autoUpdater|setAsDefaultProtocolClient/)
  })
})

describe('one instance, one window', () => {
  it('brings the window forward for a second start', () => {
    expect(electron.app.requestSingleInstanceLock).toHaveBeenCalledOnce()
    onlyWindow().isMinimized.mockReturnValueOnce(true)
    electron.app.emit('second-instance')
    expect(onlyWindow().restore).toHaveBeenCalledOnce()
    expect(onlyWindow().focus).toHaveBeenCalledOnce()
  })
  it('opens no second window when the dock icon is clicked', () => {
    electron.app.emit('activate')
    onlyWindow()
  })
  it('shows the window when the page is painted', () => {
    onlyWindow().emit('ready-to-show')
    expect(onlyWindow().show).toHaveBeenCalledOnce()
  })
})
