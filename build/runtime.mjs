/**
 * Finds or fetches Electron's runtime WITHOUT importing 'electron': loading that package starts a download as a side
 * effect, with no time limit and no word about it.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(import.meta.url)

/** @returns {string | null} */
function packageFolder() {
  try {
    return path.dirname(require.resolve('electron/package.json'))
  } catch {
    return null
  }
}

/** @type {Readonly<Record<string, string>>} */
const EXECUTABLES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null} absolute path of an Electron that can be started
 */
export function findElectron(env = process.env) {
  if (env['ELECTRON_OVERRIDE_DIST_PATH']) {
    const file = path.join(env['ELECTRON_OVERRIDE_DIST_PATH'], EXECUTABLES[process.platform] ?? 'electron')
    return existsSync(file) ? file : null
  }
  const folder = packageFolder()
  if (folder === null || !existsSync(path.join(folder, 'path.txt'))) return null
  const file = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8').trim())
  return existsSync(file) ? file : null
}

/**
 * Why a desktop window cannot be shown on this machine, whatever is installed; null when it can.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {{ platform: string, isRoot: boolean }} [machine]
 * @returns {string | null}
 */
export function noWindowBecause(
  env = process.env,
  machine = { platform: process.platform, isRoot: process.getuid?.() === 0 },
) {
  if (machine.platform !== 'linux') return null
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)'
  // Chromium would start as root only with its sandbox off, which we do not offer.
  if (machine.isRoot) return 'Electron keeps its sandbox, and that does not work for the root user'
  return null
}

/**
 * Runs Electron's own installer, bounded in time.
 * @param {number} [limitMs]
 * @returns {Promise<string | null>} why it failed, null when it worked
 */
export function fetchElectron(limitMs = 180_000) {
  const folder = packageFolder()
  if (folder === null) return Promise.resolve('the electron package is not installed')
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    let isLate = false
    child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4000)))
    const timer = setTimeout(() => {
      isLate = true
      child.kill()
    }, limitMs)
    const stop = () => child.kill()
    process.once('exit', stop)
    child.on('error', (error) => (said += error.message))
    child.on('close', (code) => {
      clearTimeout(timer)
      process.off('exit', stop)
      if (code === 0) return resolve(null)
      const line =
        said.split('\n').find((text) => /error|fail|timed? ?out/i.test(text)) ?? `the installer ended with ${code}`
      resolve(isLate ? `the download took longer than ${limitMs / 1000} s` : line.trim().replace(/^\w*Error: /, ''))
    })
  })
}
