import type { WebContents } from 'electron'
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerVault } from '../../../electron/handlers/vault.ts'

const page = {} as WebContents
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const said = (bytes: Uint8Array | null): string | null => bytes && new TextDecoder().decode(bytes)

let home = ''
let vault: ReturnType<typeof answerVault>
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'quarterdeck-vault-'))
  vault = answerVault(path.join(home, 'vault'))
})
afterEach(() => rm(home, { recursive: true }))

it('keeps what was written, appended and removed', async () => {
  expect(await vault['vault:list'](page)).toEqual([])
  expect(await vault['vault:read'](page, 'journal-A')).toBeNull()
  await vault['vault:write'](page, 'journal-A', text('one'))
  await vault['vault:append'](page, 'journal-A', text(' two'))
  await vault['vault:append'](page, 'journal-B', text('new'))
  expect(said(await vault['vault:read'](page, 'journal-A'))).toBe('one two')
  await vault['vault:write'](page, 'journal-A', text('three'))
  expect(said(await vault['vault:read'](page, 'journal-A'))).toBe('three')
  expect(await vault['vault:list'](page)).toEqual(['journal-A', 'journal-B'])
  await vault['vault:remove'](page, 'journal-A')
  await vault['vault:remove'](page, 'journal-A')
  expect(await vault['vault:list'](page)).toEqual(['journal-B'])
})

it('carries out calls in the order they came', async () => {
  const calls = Array.from({ length: 50 }, async (_, n) => vault['vault:append'](page, 'journal-A', text(`${n},`)))
  await Promise.all(calls)
  expect(said(await vault['vault:read'](page, 'journal-A'))).toBe(
    Array.from({ length: 50 }, (_, n) => `${n},`).join(''),
  )
})

it('a call that fails does not stop the next', async () => {
  await expect(Promise.resolve(vault['vault:write'](page, '../escape', text('x')))).rejects.toThrow('not a name')
  await vault['vault:write'](page, 'journal-A', text('x'))
  expect(await readdir(home)).toEqual(['vault'])
})

it('clears what a crash left half written, and shows nothing but its own files', async () => {
  await vault['vault:write'](page, 'journal-A', text('x'))
  await writeFile(path.join(home, 'vault/.0123.unfinished'), 'half')
  await writeFile(path.join(home, 'vault/not ours'), 'x')
  const next = answerVault(path.join(home, 'vault'))
  expect(await next['vault:list'](page)).toEqual(['journal-A'])
  expect((await readdir(path.join(home, 'vault'))).sort()).toEqual(['journal-A', 'not ours'])
})

it('a rewritten name never writes through a link', async () => {
  await vault['vault:list'](page)
  await writeFile(path.join(home, 'outside'), 'safe')
  await symlink(path.join(home, 'outside'), path.join(home, 'vault/journal-A'))
  await vault['vault:write'](page, 'journal-A', text('x'))
  expect(said(await vault['vault:read'](page, 'journal-A'))).toBe('x')
  const { readFile } = await import('node:fs/promises')
  expect(await readFile(path.join(home, 'outside'), 'utf8')).toBe('safe')
})

it('says why when its folder cannot be made', async () => {
  await writeFile(path.join(home, 'taken'), 'a file')
  const broken = answerVault(path.join(home, 'taken'))
  await expect(Promise.resolve(broken['vault:list'](page))).rejects.toThrow('EEXIST')
})
