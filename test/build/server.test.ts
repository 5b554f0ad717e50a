/** What a hostile page, a hostile name and a hostile program on the same machine may try against the loopback server. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createConnection, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve } from '../../build/server.mjs'
import { IDENTITY_PATH, NONCE_PLACE, securityHeaders } from '../../shared/bridge/index.ts'

let home = ''
let served: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'quarterdeck-server-'))
  const page = path.join(home, 'page')
  await mkdir(path.join(page, 'assets'), { recursive: true })
  await writeFile(path.join(page, 'index.html'), `<meta property="csp-nonce" nonce="${NONCE_PLACE}">`)
  await writeFile(path.join(page, 'assets/main-1.js'), 'export const long = 1')
  await writeFile(path.join(page, '.fingerprint'), 'secret')
  await writeFile(path.join(home, 'secret.txt'), 'secret')
  await symlink(path.join(home, 'secret.txt'), path.join(page, 'link.txt'))
  await symlink(home, path.join(page, 'up'))
  served = await serve({ folder: page, port: 0 })
})
afterAll(async () => {
  await served.close()
  await rm(home, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** Sends the bytes as they stand: a client library would tidy most of these requests up. */
function raw(text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(served.port, '127.0.0.1')
    let got = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (got += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(parse(got)))
    socket.write(text)
  })
}

function parse(text: string): Answer {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
  return { status: Number(first.split(' ')[1]), headers, body: text.slice(end + 4) }
}

async function ask(target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const all = { Host: `127.0.0.1:${served.port}`, Connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const answer = await raw(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`)
  expectGuarded(answer)
  return answer
}

/** Every answer, refusals and not-HTTP included, carries the whole set. */
function expectGuarded(answer: Answer): void {
  const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? 'no nonce'
  for (const [name, value] of Object.entries(securityHeaders(nonce))) {
    expect(answer.headers.get(name.toLowerCase()), name).toBe(value)
  }
  for (const name of answer.headers.keys()) expect(name).not.toMatch(/^access-control-|^server$|^x-powered-by$/)
}

describe('its own address', () => {
  it('gets the page, with a nonce that is used once', async () => {
    const [one, two] = [await ask('/'), await ask('/index.html?x')]
    expect([one.status, two.status]).toEqual([200, 200])
    const nonces = [one, two].map(({ body }) => /nonce="([^"]+)"/.exec(body)?.[1])
    expect(nonces[0]).not.toBe(nonces[1])
    expect(one.headers.get('content-security-policy')).toContain(`'nonce-${nonces[0]}'`)
    expect(one.headers.get('cache-control')).toBe('no-store')
  })
  it('gets the rest of the page, kept for good where the name carries a hash', async () => {
    const script = await ask('/assets/main-1.js')
    expect([script.status, script.body]).toEqual([200, 'export const long = 1'])
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('cache-control')).toContain('immutable')
    expect((await ask('/assets/main-1.js', {}, 'HEAD')).body).toBe('')
  })
  it('is recognised by a second start', async () => {
    expect((await ask(IDENTITY_PATH)).body).toBe('quarterdeck')
  })
  it('is loopback and nothing else', () => {
    expect(served.url).toBe(`http://127.0.0.1:${served.port}/`)
  })
})

describe('1 to 5: other names for this machine', () => {
  it.each([
    ['another site', () => 'evil.test'],
    ['another site on our port', () => `evil.test:${served.port}`],
    ['a name that resolves to us', () => `localhost.evil.test:${served.port}`],
    ['a user name before us', () => `evil@127.0.0.1:${served.port}`],
    ['every address', () => `[::]:${served.port}`],
    ['our address without the port', () => '127.0.0.1'],
    ['our number written otherwise', () => `127.1:${served.port}`],
    ['nothing', () => ''],
  ])('%s: 421', async (_name, host) => {
    const answer = await ask('/', { Host: host() })
    expect(answer.status).toBe(421)
    expect(answer.body).not.toContain('nonce')
  })
  it('no name at all: 421', async () => {
    const answer = await raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
    expectGuarded(answer)
    expect(answer.status).toBe(421)
  })
  it('localhost is sent to the one origin that has the data', async () => {
    const answer = await ask('/x?y', { Host: `localhost:${served.port}` })
    expect([answer.status, answer.headers.get('location')]).toEqual([308, served.url])
    expect((await ask('/', { Host: `localhost:${served.port}`, Origin: 'http://evil.test' })).status).toBe(421)
  })
})

describe('6, 7: requests of other sites', () => {
  it.each(['GET', 'HEAD', 'POST', 'OPTIONS'])('%s with a foreign origin: 403', async (method) => {
    for (const origin of ['http://evil.test', 'null', 'http://127.0.0.1', `http://localhost:${served.port}`]) {
      expect((await ask('/', { Origin: origin }, method)).status).toBe(403)
    }
  })
  it('our own origin passes', async () => {
    expect((await ask('/', { Origin: `http://127.0.0.1:${served.port}` })).status).toBe(200)
  })
  it.each([
    ['cross-site', 'no-cors', 'script', 403],
    ['cross-site', 'cors', 'empty', 403],
    ['cross-site', 'navigate', 'iframe', 403],
    ['same-site', 'no-cors', 'image', 403],
    ['cross-site', 'navigate', 'document', 200],
    ['same-origin', 'cors', 'empty', 200],
    ['none', 'navigate', 'document', 200],
  ])('%s %s %s: %i', async (site, mode, dest, status) => {
    const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': dest }
    expect((await ask('/', headers)).status).toBe(status)
  })
})

describe('8: writing', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s: 403', async (method) => {
    expect((await ask('/', { 'Content-Length': '0' }, method)).status).toBe(403)
  })
  it('a body that never ends is not waited for', async () => {
    expect((await ask('/', { 'Content-Length': '1000000000' }, 'POST')).status).toBe(403)
  })
})

describe('9: files outside the folder', () => {
  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/index.html%00.js',
    '/%00',
    '/%',
    '/%zz',
    '/.fingerprint',
    '/link.txt',
    '/up/secret.txt',
    '/assets',
    '/assets/',
    '/c:/windows/win.ini',
    '/nothing.js',
    'http://evil.test/',
    '*',
  ])('%s: 404', async (target) => {
    const answer = await ask(target)
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('secret')
  })
})

describe('10 to 12: it lives on', () => {
  it('after a range', async () => {
    const answer = await ask('/assets/main-1.js', { Range: 'bytes=0-0,5-9999999999' })
    expect([answer.status, answer.body]).toEqual([200, 'export const long = 1'])
  })
  it.each([
    [5_000, 404],
    [200_000, 431],
  ])('after an address of %i characters: %i', async (length, status) => {
    expect((await ask(`/${'a'.repeat(length)}`)).status).toBe(status)
  })
  it('after something that is not HTTP', async () => {
    const answer = await raw('\x16\x03\x01 hello\r\n\r\n')
    expectGuarded(answer)
    expect(answer.status).toBe(400)
  })
  it('with 1,000 half-open connections', async () => {
    const sockets: Socket[] = []
    for (let n = 0; n < 1000; n += 1) {
      const socket = createConnection(served.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost:'))
      socket.on('error', () => {})
      sockets.push(socket)
    }
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await ask('/')).status).toBe(200)
    for (const socket of sockets) socket.destroy()
    expect((await ask('/')).status).toBe(200)
  })
})
