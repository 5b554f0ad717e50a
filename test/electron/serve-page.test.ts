import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { servePage } from '../../electron/serve-page.ts'
import { NONCE_PLACE } from '../../shared/bridge/index.ts'

let home = ''
let serve: (request: Request) => Promise<Response>
/** The address as a page wrote it: `new Request` would tidy it up first. */
const get = (url: string, method = 'GET'): Promise<Response> => serve({ url, method } as Request)

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'quarterdeck-page-'))
  await mkdir(path.join(home, 'page/assets'), { recursive: true })
  await writeFile(path.join(home, 'page/index.html'), `<meta property="csp-nonce" nonce="${NONCE_PLACE}">`)
  await writeFile(path.join(home, 'page/assets/main.js'), 'export {}')
  await writeFile(path.join(home, 'secret.txt'), 'secret')
  await symlink(path.join(home, 'secret.txt'), path.join(home, 'page/link.txt'))
  serve = servePage(path.join(home, 'page'))
})
afterAll(() => rm(home, { recursive: true }))

it('serves the page with the nonce of its header', async () => {
  for (const url of ['app://quarterdeck/', 'app://quarterdeck', 'app://quarterdeck/index.html?x#y']) {
    const response = await get(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1]
    expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
  }
  const script = await get('app://quarterdeck/assets/main.js')
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
})

it.each([
  'app://quarterdeck/../secret.txt',
  'app://quarterdeck/..%2fsecret.txt',
  'app://quarterdeck/%2e%2e/secret.txt',
  'app://quarterdeck/%2e%2e%2fsecret.txt',
  'app://quarterdeck/assets/../../secret.txt',
  'app://quarterdeck/assets/..%5c..%5csecret.txt',
  'app://quarterdeck/..\\secret.txt',
  'app://quarterdeck//etc/passwd',
  'app://quarterdeck/%2fetc%2fpasswd',
  'app://quarterdeck/c:/windows/win.ini',
  'app://quarterdeck/index.html%00.js',
  'app://quarterdeck/%',
  'app://quarterdeck/.fingerprint',
  'app://quarterdeck/link.txt',
  'app://quarterdeck/assets',
  'app://quarterdeck.evil.test/index.html',
  'app://other/index.html',
  'file:///etc/passwd',
  `app://quarterdeck/${'a'.repeat(5000)}`,
])('answers 404 to %s', async (url) => {
  const response = await get(url)
  expect(response.status).toBe(404)
  expect(await response.text()).not.toContain('secret')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
})

it('takes nothing', async () => {
  for (const method of ['POST', 'PUT', 'DELETE']) expect((await get('app://quarterdeck/', method)).status).toBe(403)
})
