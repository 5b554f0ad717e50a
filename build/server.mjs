/**
 * The loopback server of the browser host. It reads files of one folder for one browser on the same machine, and treats
 * every request as if a hostile page in that browser had sent it: another site, a name that resolves to 127.0.0.1, another
 * program's page on another port.
 */
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { createServer, STATUS_CODES } from 'node:http'
import path from 'node:path'
import {
  contentType,
  IDENTITY,
  IDENTITY_PATH,
  securityHeaders,
  servedPath,
  withNonce,
} from '../shared/bridge/serving.mjs'

const ADDRESS = '127.0.0.1'
/** Connections that have not sent a whole request yet; beyond this the oldest goes, so that ours always gets in. */
const MOST_SILENT = 128

/**
 * @typedef {{ status: number, text: string, headers?: Record<string, string> }} Refusal
 * @typedef {{ url: string, port: number, close: () => Promise<void> }} Served
 */

/**
 * @param {{ folder: string, port: number }} what port 0 takes a free one (tests)
 * @returns {Promise<Served>}
 */
export async function serve({ folder, port }) {
  const base = await realpath(folder)
  let own = ''
  const server = createServer({ requireHostHeader: false, headersTimeout: 5_000, requestTimeout: 10_000 })
  server.on('request', (request, response) => {
    answer(request, response, base, own).catch(() => response.destroy())
  })
  server.on('clientError', (error, socket) => {
    if (!socket.writable) return socket.destroy()
    const status = /** @type {NodeJS.ErrnoException} */ (error).code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
    socket.end(rawAnswer(status))
  })
  dropOldestSilent(server)
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, ADDRESS, () => resolve(undefined))
  })
  const actual = /** @type {import('node:net').AddressInfo} */ (server.address()).port
  own = `${ADDRESS}:${actual}`
  return {
    url: `http://${own}/`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} base
 * @param {string} own
 */
async function answer(request, response, base, own) {
  const refusal = refuse(request, own)
  if (refusal !== null) return send(response, refusal)
  if (request.url === IDENTITY_PATH) return send(response, { status: 200, text: IDENTITY })
  const file = await fileFor(request.url ?? '/', base)
  if (file === null) return send(response, { status: 404, text: 'Nothing is served at this address.' })
  const isHead = request.method === 'HEAD'
  if (file === path.join(base, 'index.html')) {
    const nonce = newNonce()
    const page = Buffer.from(withNonce(await readFile(file, 'utf8'), nonce))
    response.writeHead(200, head(file, page.length, nonce, 'no-store'))
    return void response.end(isHead ? undefined : page)
  }
  const { size } = await stat(file)
  // Names in assets/ carry the hash of their content.
  const isHashed = path.relative(base, file).startsWith(`assets${path.sep}`)
  response.writeHead(200, head(file, size, newNonce(), isHashed ? 'public, max-age=31536000, immutable' : 'no-cache'))
  if (isHead) return void response.end()
  const stream = createReadStream(file)
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}

/**
 * Who may ask at all: this machine's browser, by our own address, from our own page or the address bar.
 * @param {import('node:http').IncomingMessage} request
 * @param {string} own for example `127.0.0.1:47615`
 * @returns {Refusal | null}
 */
export function refuse(request, own) {
  const { headers, method } = request
  if (headers.host !== own) {
    if (headers.host === own.replace(ADDRESS, 'localhost') && method === 'GET' && !headers.origin) {
      // The same machine, but another origin with another (empty) database.
      return { status: 308, text: 'Moved.', headers: { Location: `http://${own}/` } }
    }
    return { status: 421, text: 'This server answers to its own address only.' }
  }
  if (headers.origin !== undefined && headers.origin !== `http://${own}`) {
    return { status: 403, text: 'Requests from other sites are refused.' }
  }
  const from = headers['sec-fetch-site']
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  // A page on another port of this machine is "same-site", and a stranger all the same.
  if (from !== undefined && from !== 'same-origin' && from !== 'none' && !isNavigation) {
    return { status: 403, text: 'Requests from other sites are refused.' }
  }
  if (method !== 'GET' && method !== 'HEAD') return { status: 403, text: 'Nothing can be written here.' }
  return null
}

/**
 * @param {string} target
 * @param {string} base
 * @returns {Promise<string | null>}
 */
async function fileFor(target, base) {
  const inside = servedPath(target)
  if (inside === null) return null
  try {
    // Links are followed first and judged after: one that leads out of the folder is not served.
    const file = await realpath(path.join(base, inside))
    return file.startsWith(base + path.sep) && (await stat(file)).isFile() ? file : null
  } catch {
    return null
  }
}

/**
 * @param {string} file
 * @param {number} size
 * @param {string} nonce
 * @param {string} cache
 */
function head(file, size, nonce, cache) {
  return {
    ...securityHeaders(nonce),
    'Content-Type': contentType(file),
    'Content-Length': size,
    'Cache-Control': cache,
    'Accept-Ranges': 'none',
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Refusal} refusal
 */
function send(response, { status, text, headers = {} }) {
  response.writeHead(status, {
    ...securityHeaders(newNonce()),
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    // Whatever a refused request still wants to send is not read.
    ...(status >= 400 ? { Connection: 'close' } : {}),
  })
  response.end(response.req.method === 'HEAD' ? undefined : text)
}

/**
 * The answer to bytes that are not HTTP, written by hand because Node has no response object for them.
 * @param {number} status
 */
function rawAnswer(status) {
  const headers = { ...securityHeaders(newNonce()), 'Content-Length': '0', Connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n`
}

function newNonce() {
  return randomBytes(16).toString('base64')
}

/** @param {import('node:http').Server} server */
function dropOldestSilent(server) {
  /** @type {Set<import('node:net').Socket>} */
  const silent = new Set()
  server.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
    if (silent.size <= MOST_SILENT) return
    const [oldest] = silent
    oldest?.destroy()
  })
  server.on('request', (request) => silent.delete(request.socket))
}
