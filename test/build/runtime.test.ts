import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findChromium } from '../../build/chromium.mjs'
import { findElectron, noWindowBecause } from '../../build/runtime.mjs'

describe('finding Electron', () => {
  it('looks where it is told and downloads nothing', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'quarterdeck-electron-'))
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBeNull()
    const name = { darwin: 'Electron.app', win32: 'electron.exe' }[process.platform as string] ?? 'electron'
    writeFileSync(path.join(folder, name), '')
    if (process.platform === 'linux') {
      expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(path.join(folder, 'electron'))
    }
  })

  it.each([
    ['linux', {}, false, /no display/],
    ['linux', { DISPLAY: ':0' }, false, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false, null],
    ['linux', { DISPLAY: ':0' }, true, /sandbox/],
    ['darwin', {}, false, null],
    ['win32', {}, false, null],
  ])('on %s with %j, root: %s', (platform, env, isRoot, expected) => {
    const why = noWindowBecause(env, { platform, isRoot })
    if (expected === null) expect(why).toBeNull()
    else expect(why).toMatch(expected)
  })
})

describe('finding a browser for the journeys', () => {
  it('takes the one that is named, or none', () => {
    expect(findChromium({ QD_CHROMIUM: process.execPath })).toBe(process.execPath)
    expect(findChromium({ QD_CHROMIUM: '/nowhere/chromium' })).toBeNull()
  })
  it('takes the first of the path', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'quarterdeck-chromium-'))
    writeFileSync(path.join(folder, 'google-chrome'), '')
    expect(findChromium({ PATH: folder })).toBe(path.join(folder, 'google-chrome'))
    writeFileSync(path.join(folder, 'chromium'), '')
    expect(findChromium({ PATH: folder })).toBe(path.join(folder, 'chromium'))
  })
})
