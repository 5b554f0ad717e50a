import type { BrowserWindow } from 'electron'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { judgeWindowState, keepWindowState, readWindowState } from '../../../electron/window/window-state.ts'
import * as electron from '../../support/electron-mock.ts'

const displays = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
]
const first = { bounds: { width: 1440, height: 900 }, isMaximized: false }
const size = { width: 1200, height: 800 }

it.each([
  ['where it stood', { x: 10, y: 20, ...size }, { x: 10, y: 20, ...size }],
  ['on the second display', { x: 2000, y: 20, ...size }, { x: 2000, y: 20, ...size }],
  ['not on a display that is gone', { x: 5000, y: 20, ...size }, size],
  ['not above the screen', { x: 10, y: -900, ...size }, size],
  ['not with its title bar below the screen', { x: 10, y: 1030, ...size }, size],
  ['not with a sliver on the screen', { x: -1150, y: 20, ...size }, size],
  ['not smaller than it works', { x: 10, y: 20, width: 1, height: 1 }, { x: 10, y: 20, width: 960, height: 600 }],
  ['not absurdly large', { width: 1e9, height: 1e9 }, { width: 16384, height: 16384 }],
  ['without a place', size, size],
])('opens %s', (_name, wish, bounds) => {
  expect(judgeWindowState(wish, displays)).toEqual({ bounds, isMaximized: false })
})

it.each([
  null,
  1,
  'x',
  [],
  {},
  { width: '1200', height: 800 },
  { width: Number.NaN, height: 800 },
  { width: 1.5, height: 2 },
])('opens as on the first day for %j', (wish) => expect(judgeWindowState(wish, displays)).toEqual(first))

it('keeps the place over a restart, and survives a damaged file', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'quarterdeck-window-'))
  const file = path.join(home, 'window.json')
  expect(readWindowState(file, displays)).toEqual(first)
  const window = new electron.BrowserWindow({})
  window.isMaximized.mockReturnValue(true)
  keepWindowState(window as unknown as BrowserWindow, file)
  window.emit('close')
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ x: 10, y: 20, ...size, isMaximized: true })
  expect(readWindowState(file, displays)).toEqual({ bounds: { x: 10, y: 20, ...size }, isMaximized: true })
  await writeFile(file, '{"x":')
  expect(readWindowState(file, displays)).toEqual(first)
  await rm(home, { recursive: true })
})
