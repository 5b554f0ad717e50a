import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { alone, buildInto, fingerprint, isFresh } from '../../build/freshness.mjs'

let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'quarterdeck-fresh-'))
  mkdirSync(path.join(root, 'cli/commands'), { recursive: true })
  writeFileSync(path.join(root, 'cli/main.ts'), 'one')
  writeFileSync(path.join(root, 'cli/commands/wall.ts'), 'two')
})
afterEach(() => rmSync(root, { recursive: true }))

const write = (text: string) => (outDir: string) => {
  writeFileSync(path.join(outDir, 'main.js'), text)
  return Promise.resolve()
}
const built = (): string => readFileSync(path.join(root, 'dist/cli/main.js'), 'utf8')

it('is fresh after a build, until the text, the name or the number of sources changes', async () => {
  expect(isFresh('cli', root)).toBe(false)
  await buildInto('cli', write('built'), root)
  expect(isFresh('cli', root)).toBe(true)
  utimesSync(path.join(root, 'cli/main.ts'), 0, 0)
  expect(isFresh('cli', root), 'a touched file is no change').toBe(true)

  const stamp = fingerprint('cli', root)
  writeFileSync(path.join(root, 'cli/main.ts'), 'ONE')
  expect(isFresh('cli', root)).toBe(false)
  writeFileSync(path.join(root, 'cli/main.ts'), 'one')
  expect(fingerprint('cli', root)).toBe(stamp)
  writeFileSync(path.join(root, 'cli/new.ts'), '')
  expect(isFresh('cli', root)).toBe(false)
})

it('a source that changes during the build is built next time', async () => {
  await buildInto(
    'cli',
    (outDir) => {
      writeFileSync(path.join(root, 'cli/main.ts'), 'changed meanwhile')
      return write('old')(outDir)
    },
    root,
  )
  expect(isFresh('cli', root)).toBe(false)
})

it('a failed build leaves the former one and no litter', async () => {
  await buildInto('cli', write('good'), root)
  writeFileSync(path.join(root, 'cli/main.ts'), 'broken')
  const failing = async (outDir: string): Promise<void> => {
    await write('half')(outDir)
    throw new Error('broken')
  }
  await expect(buildInto('cli', failing, root)).rejects.toThrow('broken')
  expect(built()).toBe('good')
  expect(isFresh('cli', root)).toBe(false)
  expect(readdirSync(path.join(root, 'dist'))).toEqual(['cli'])
})

it('clears what a killed build has left', async () => {
  mkdirSync(path.join(root, 'dist/.new-cli-1'), { recursive: true })
  mkdirSync(path.join(root, 'dist/.old-cli-1'))
  await buildInto('cli', write('good'), root)
  expect(readdirSync(path.join(root, 'dist'))).toEqual(['cli'])
})

it('runs one at a time', async () => {
  let running = 0
  let most = 0
  const work = async (): Promise<void> => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 20))
    running -= 1
  }
  await Promise.all([alone(work, root), alone(work, root), alone(work, root)])
  expect(most).toBe(1)
  expect(existsSync(path.join(root, 'dist/.lock'))).toBe(false)
})

it('takes over from a process that is gone', async () => {
  mkdirSync(path.join(root, 'dist'))
  // Process ids end at 4,194,304 on Linux and far below elsewhere.
  writeFileSync(path.join(root, 'dist/.lock'), '99999999')
  expect(await alone(() => Promise.resolve('done'), root)).toBe('done')
  expect(readdirSync(path.join(root, 'dist'))).toEqual([])
})

it('lets go of the lock when the work fails', async () => {
  await expect(alone(() => Promise.reject(new Error('no')), root)).rejects.toThrow('no')
  expect(await alone(() => Promise.resolve('done'), root)).toBe('done')
})
