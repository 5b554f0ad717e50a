import { expect, test } from '@playwright/test'
import { spawn } from 'node:child_process'
import path from 'node:path'

const cli = path.resolve(import.meta.dirname, '../../build/cli.mjs')

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function quarterdeck(...args: readonly string[]): Promise<Ended> {
  return run(cli, ...args)
}

function run(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args)
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => (out += String(chunk)))
    child.stderr.on('data', (chunk) => (err += String(chunk)))
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

test('several start at once, and each answers', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => quarterdeck('--version')))
  for (const { code, out } of answers) expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
})

test('a built command line starts almost as fast as Node itself', async () => {
  await quarterdeck('--version')
  const times = { ours: [] as number[], bare: [] as number[] }
  for (let n = 0; n < 5; n += 1) {
    times.bare.push(await timed(() => run('-e', '0')))
    times.ours.push(await timed(() => quarterdeck('--version')))
  }
  // Measured at 0.17 s against 0.05 s; a ratio, so that a busy machine slows both.
  expect(Math.min(...times.ours)).toBeLessThan(8 * Math.min(...times.bare))
})

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

test('results go to stdout, messages to stderr, the code says which', async () => {
  const help = await quarterdeck('import', '--help')
  expect([help.code, help.err]).toEqual([0, ''])
  expect(help.out).toContain('quarterdeck import')
  const wrong = await quarterdeck('imprt')
  expect([wrong.code, wrong.out]).toEqual([2, ''])
  expect(wrong.err).toContain('imprt: not a command')
  const absent = await quarterdeck('wall', '/nowhere/plan.quarterdeck')
  expect([absent.code, absent.out]).toEqual([3, ''])
  expect(absent.err).toContain('/nowhere/plan.quarterdeck')
})
