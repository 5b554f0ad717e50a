/** The browser the journeys drive: one that is here, else one that can be got, else a sentence that says what to install. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * `QD_CHROMIUM` first, then a browser on the path, then Playwright's own.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function findChromium(env = process.env) {
  if (env['QD_CHROMIUM']) return existsSync(env['QD_CHROMIUM']) ? env['QD_CHROMIUM'] : null
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  return [...onPath, ...PLACES].find((file) => existsSync(file)) ?? playwrightsOwn()
}

function playwrightsOwn() {
  try {
    const { chromium } = createRequire(import.meta.url)('@playwright/test')
    const file = chromium.executablePath()
    return file !== '' && existsSync(file) ? file : null
  } catch {
    return null
  }
}

export const HOW_TO_GET_ONE =
  'No Chromium or Chrome was found for the browser journeys. Install one (Debian, Ubuntu: apt-get install chromium; elsewhere: npx playwright install chromium) or set QD_CHROMIUM to its path.'

/**
 * Finds a browser or gets one: Playwright's download, else the system's package where we may install it.
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>}
 */
export async function ensureChromium(say) {
  const here = findChromium()
  if (here !== null || process.env['QD_CHROMIUM']) return here
  say('No Chromium or Chrome here; trying Playwright’s download…')
  const cli = path.join(path.dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js')
  await run(process.execPath, [cli, 'install', '--with-deps', 'chromium'].filter(isWanted), 180_000)
  const downloaded = findChromium()
  if (downloaded !== null && starts(downloaded)) return downloaded
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Trying the system’s package (apt-get install chromium)…')
    await run('apt-get', ['update', '-qq'], 90_000)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 240_000)
  }
  return findChromium()
}

/** Playwright may install system libraries only as root. @param {string} word */
function isWanted(word) {
  return word !== '--with-deps' || (process.platform === 'linux' && process.getuid?.() === 0)
}

/** A downloaded browser may lack system libraries. @param {string} file */
function starts(file) {
  return spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {number} limitMs
 * @returns {Promise<boolean>}
 */
function run(command, args, limitMs) {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: limitMs, env })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
}
