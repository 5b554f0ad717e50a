import { expect, test } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

interface Started {
  readonly child: ChildProcess
  readonly said: () => string
  readonly complained: () => string
  readonly ended: Promise<number | null>
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, ['build/start.mjs', ...args], { cwd: root, env: { ...process.env, ...env } })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, said: () => out, complained: () => err, ended }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('the browser host serves, is recognised by a second start, and stops cleanly', async () => {
  const port = await freePort()
  const args = ['--browser', '--no-open', '--port', String(port)]
  const first = start(args)
  await expect.poll(first.said, { timeout: 60_000 }).toContain(`Quarterdeck is at http://127.0.0.1:${port}/`)
  const second = start(args)
  expect(await second.ended).toBe(0)
  expect(second.said()).toContain(`Quarterdeck is already at http://127.0.0.1:${port}/`)
  first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)
  expect(first.complained()).toBe('')
})

test('a port taken by another program is named, exit code 4', async () => {
  const stranger = createServer((socket) => {
    socket.on('error', () => {}).resume()
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')
  })
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const { port } = stranger.address() as AddressInfo
  const started = start(['--browser', '--no-open', '--port', String(port)])
  expect(await started.ended).toBe(4)
  expect(started.complained()).toContain(`Port ${port} is taken by another program`)
  await new Promise((resolve) => stranger.close(resolve))
})

test('without a display it says why and serves the browser host', async () => {
  test.skip(process.platform !== 'linux', 'only Linux can be without a display')
  const noDisplay = { DISPLAY: '', WAYLAND_DISPLAY: '' }
  const started = start(['--no-open', '--port', String(await freePort())], noDisplay)
  await expect.poll(started.said, { timeout: 60_000 }).toContain('Quarterdeck is at')
  expect(started.said()).toContain('there is no display')
  started.child.kill('SIGTERM')
  expect(await started.ended).toBe(0)
  const insisting = start(['--electron'], noDisplay)
  expect(await insisting.ended).toBe(3)
  expect(insisting.complained()).toContain('cannot run here')
})

for (const args of [['--prot', '1'], ['--port', 'x'], ['--port', '70000'], ['--browser', '--electron'], ['extra']]) {
  test(`wrong usage is exit code 2: ${args.join(' ')}`, async () => {
    const started = start(args)
    expect(await started.ended).toBe(2)
    expect(started.complained()).toContain('--help')
  })
}
