// npm start [-- --browser | --electron] [--port N] [--no-open]
// Exit codes: 0 ended by the user · 1 the build failed · 2 wrong usage · 3 --electron and it cannot run · 4 the port is taken;
// otherwise Electron's own.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { BROWSER_PORT, IDENTITY, IDENTITY_PATH } from '../shared/bridge/serving.mjs'
import { buildIfNeeded } from './build.mjs'
import { dist, root } from './freshness.mjs'
import { fetchElectron, findElectron, noWindowBecause } from './runtime.mjs'
import { serve } from './server.mjs'

const HELP = `Usage: npm start [-- options]

Builds what is out of date and opens Quarterdeck: in its own window where Electron can run, else in your browser.

  --browser    use the browser even where Electron can run
  --electron   Electron or nothing
  --port N     port of the browser host, ${BROWSER_PORT} unless given; your data belongs to the port they were imported at
  --no-open    do not open a browser, only print the address
  --help       this text
`

const say = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`)
const complain = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`)

/** @returns {{ browser: boolean, electron: boolean, port: number, isOpening: boolean, help: boolean }} */
function readOptions() {
  const { values } = parseArgs({
    options: {
      browser: { type: 'boolean', default: false },
      electron: { type: 'boolean', default: false },
      port: { type: 'string', default: String(BROWSER_PORT) },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : -1
  if (port < 0 || port > 65535) throw new Error(`--port ${values.port}: a port is a whole number from 0 to 65535.`)
  if (values.browser && values.electron)
    throw new Error('--browser and --electron exclude each other. Give one of them.')
  return { browser: values.browser, electron: values.electron, port, isOpening: !values['no-open'], help: values.help }
}

/** @returns {Promise<number>} */
async function main() {
  /** @type {ReturnType<typeof readOptions>} */
  let options
  try {
    options = readOptions()
  } catch (error) {
    complain(/** @type {Error} */ (error).message)
    complain('Try: npm start -- --help')
    return 2
  }
  if (options.help) {
    process.stdout.write(HELP)
    return 0
  }
  try {
    await buildIfNeeded(options.browser ? ['renderer'] : ['renderer', 'electron'], say)
  } catch (error) {
    complain(`The build stopped: ${/** @type {Error} */ (error).message}`)
    return 1
  }
  if (options.browser) return runBrowser(options)
  const ended = await runElectron()
  if (typeof ended === 'number') return ended
  if (options.electron) {
    complain(`Electron was asked for and cannot run here: ${ended.why}.`)
    return 3
  }
  say(`Opening in your browser instead of a window of its own: ${ended.why}.`)
  return runBrowser(options)
}

/** @returns {Promise<number | { why: string }>} the exit code, or why it could not run */
async function runElectron() {
  const noWindow = noWindowBecause()
  if (noWindow !== null) return { why: noWindow }
  if (findElectron() === null) {
    say('Fetching Electron’s runtime (once, about 120 MB)…')
    const failed = await fetchElectron()
    if (failed !== null) return { why: `its runtime could not be fetched (${failed})` }
  }
  const runtime = findElectron()
  if (runtime === null) return { why: 'its runtime is not where its installer says' }
  return launch(runtime)
}

/**
 * @param {string} runtime
 * @returns {Promise<number | { why: string }>}
 */
function launch(runtime) {
  const startedAt = Date.now()
  // Terminals inside some editors set this; Electron would start as a bare Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const child = spawn(runtime, [root], { stdio: 'inherit', env })
  const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
  process.on('SIGINT', forward)
  process.on('SIGTERM', forward)
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ why: `${runtime} does not start (${error.message})` }))
    child.on('close', (code, signal) => {
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      // 126 and 127 at once: not executable here, or shared libraries are missing.
      if ((code === 126 || code === 127) && Date.now() - startedAt < 5000) {
        resolve({ why: `${runtime} does not start; libraries it needs are probably missing` })
      } else if (signal !== null) resolve(signal === 'SIGINT' ? 0 : 128 + constants.signals[signal])
      else resolve(code ?? 0)
    })
  })
}

/**
 * @param {{ port: number, isOpening: boolean }} options
 * @returns {Promise<number>}
 */
async function runBrowser({ port, isOpening }) {
  const open = isOpening && canOpenBrowser() ? openBrowser : () => {}
  let served
  try {
    served = await serve({ folder: path.join(dist, 'renderer'), port })
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'EADDRINUSE') return portTaken(port, open)
    complain(`Port ${port} could not be opened (${message}). Choose another one: npm start -- --browser --port N`)
    return 4
  }
  say(`Quarterdeck is at ${served.url}`)
  say('Your data stay in this browser on this machine. Ctrl+C stops the server.')
  open(served.url)
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve)
  })
  await served.close()
  return 0
}

/**
 * @param {number} port
 * @param {(url: string) => void} open
 */
async function portTaken(port, open) {
  const url = `http://127.0.0.1:${port}/`
  const said = await fetch(new URL(IDENTITY_PATH, url), { signal: AbortSignal.timeout(2000), redirect: 'error' })
    .then((response) => response.text())
    .catch(() => '')
  if (said === IDENTITY) {
    say(`Quarterdeck is already at ${url}`)
    open(url)
    return 0
  }
  complain(
    `Port ${port} is taken by another program, not by Quarterdeck. Stop that program, or choose a port: npm start -- --browser --port N. Data imported at ${url} are seen at that address only.`,
  )
  return 4
}

function canOpenBrowser() {
  if (process.env['CI'] !== undefined) return false
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** @param {string} url */
function openBrowser(url) {
  /** @type {[string, string[]]} */
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '""', url]]
        : ['xdg-open', [url]]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  // No opener on this machine: the address is on the screen.
  child.on('error', () => {})
  child.unref()
}

process.exitCode = await main()
