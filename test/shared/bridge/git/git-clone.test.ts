import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGit } from '../../../../cli/run-git.ts'
import {
  type GitClone,
  gitFileName,
  GIT_PARTS,
  type GitPart,
  openClone,
  readClone,
} from '../../../../shared/bridge/index.ts'
import { GIT, gitEnvironment } from '../../../../shared/bridge/git/git-commands.ts'
import { rowsOf, staged } from '../../../support/stage.ts'
import { testRepository, type TestRepository } from '../../../support/git-repository.ts'

const SECRET = 'const swordfish = 1'

let repository: TestRepository
beforeAll(() => {
  repository = testRepository()
  const { commit, git } = repository
  commit(
    'Start (#1)',
    { 'src/a.ts': `${SECRET}\nb\nc\n`, 'logo.bin': new Uint8Array([0, 1, 2, 0]) },
    '2026-01-05T10:00:00Z',
  )
  commit('Second (#2)', { 'src/a.ts': 'b2\nc\nd\n', 'naïve => x.ts': 'x\n' }, '2026-02-05T10:00:00Z')
  git('checkout', '-q', '-b', 'work')
  commit('Inner', { 'src/b.ts': '@@ -1 +1 @@ looks like a range\ndiff --git a/x b/x\n' }, '2026-02-06T10:00:00Z')
  git('checkout', '-q', 'main')
  git('merge', '-q', '--no-ff', '-m', 'Merge pull request #3 from acme/work', 'work')
  git('mv', 'src/a.ts', 'src/c.ts')
  commit('Rename\n\nCo-authored-by: Claude <noreply@anthropic.com>', {}, '2026-02-08T10:00:00Z')
})
afterAll(() => repository.remove())

async function opened(since: string | null = null): Promise<GitClone> {
  const clone = await openClone(startGit, repository.folder, since)
  if (clone.kind === 'refused') throw new Error(clone.reason)
  return clone.clone
}

async function read(clone: GitClone, part: GitPart): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const { bytes } of readClone(startGit, clone, part)) pieces.push(bytes)
  return Buffer.concat(pieces).toString('utf8')
}

describe('a clone on this machine', () => {
  it('is looked at before it is read', async () => {
    expect(await opened()).toMatchObject({ name: 'api', ref: 'refs/heads/main', landings: 4, before: null })
    expect(await opened('2026-02-01')).toMatchObject({
      landings: 3,
      before: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
    })
  })

  it('gives landings on the default branch, with their files, as the written export does', async () => {
    const one = await staged(gitFileName('api', 'landings'), await read(await opened(), 'landings'))
    expect(one.record).toMatchObject({ format: 'git-qd1', counts: { rows: 4, new: 4, keptAside: 0 } })
    const landings = rowsOf(one, 'landing')
    expect(landings.map(({ repository: name, subject, pullRequest }) => [name, subject, pullRequest])).toEqual([
      ['api', 'Rename', null],
      ['api', 'Merge pull request #3 from acme/work', 3],
      ['api', 'Second (#2)', 2],
      ['api', 'Start (#1)', 1],
    ])
    expect(landings[0]!.coAuthors).toBe('Claude <noreply@anthropic.com>')
    expect(
      rowsOf(one, 'fileChange').map(({ path: to, fromPath, added, deleted }) => [to, fromPath, added, deleted]),
    ).toEqual([
      ['src/c.ts', 'src/a.ts', 0, 0],
      ['src/b.ts', null, 2, 0],
      ['naïve => x.ts', null, 1, 0],
      ['src/a.ts', null, 2, 2],
      ['logo.bin', null, null, null],
      ['src/a.ts', null, 3, 0],
    ])
  })

  it('gives ranges of lines and not one line of source, not even one that looks like a range', async () => {
    const text = await read(await opened(), 'lines')
    for (const word of ['swordfish', 'looks like', 'b2']) expect(text).not.toContain(word)
    const one = await staged(gitFileName('api', 'lines'), text)
    expect(one.record).toMatchObject({ format: 'git-qd1-hunks', counts: { rows: 4, keptAside: 0 } })
    expect(
      rowsOf(one, 'hunk').map(({ path: to, change, oldCount, newCount }) => [to, change, oldCount, newCount]),
    ).toEqual([
      ['src/c.ts', 'rename', null, null],
      ['src/b.ts', 'new', 0, 2],
      ['naïve => x.ts', 'new', 0, 1],
      ['src/a.ts', 'modify', 2, 1],
      ['src/a.ts', 'modify', 0, 1],
      ['logo.bin', 'binary', null, null],
      ['src/a.ts', 'new', 0, 3],
    ])
  })

  it('gives the sizes of files before the first day, and none where everything is read', async () => {
    const text = await read(await opened('2026-02-01'), 'sizes')
    const one = await staged(gitFileName('api', 'sizes'), text)
    expect(rowsOf(one, 'fileBaseline')).toEqual([
      { repository: 'api', path: 'logo.bin', lines: null },
      { repository: 'api', path: 'src/a.ts', lines: 3 },
    ])
    expect(await read(await opened(), 'sizes')).toBe('')
  })

  it('is named after its remote, whatever the folder', async () => {
    repository.git('remote', 'add', 'origin', 'https://user:token@example.com/acme/Billing.git')
    expect((await opened()).name).toBe('Billing')
    repository.git('remote', 'remove', 'origin')
  })

  it('stops git when nobody reads on', async () => {
    const reading = readClone(startGit, await opened(), 'landings')
    expect((await reading.next()).done).toBe(false)
    await reading.return()
    expect((await reading.next()).done).toBe(true)
  })

  it.each([
    ['no clone', () => path.join(repository.folder, '..'), null, 'not a clone'],
    ['no folder', () => path.join(repository.folder, 'missing'), null, 'could not read'],
    ['nothing since then', () => repository.folder, '2027-01-01', 'since 2027-01-01'],
  ] as const)('is refused with a reason: %s', async (_name, folder, since, words) => {
    const clone = await openClone(startGit, folder(), since)
    expect(clone.kind === 'refused' && clone.reason).toContain(words)
  })

  it('is told to be shallow', async () => {
    const shallow = testRepository('copy')
    try {
      shallow.git('fetch', '-q', '--depth', '1', `file://${repository.folder}`, 'main:copy')
      shallow.git('symbolic-ref', 'HEAD', 'refs/heads/copy')
      const clone = await openClone(startGit, shallow.folder, null)
      expect(clone.kind === 'opened' && clone.clone.warnings.join(' ')).toContain('shallow')
    } finally {
      shallow.remove()
    }
  })
})

describe('a clone that means harm', () => {
  it('runs nothing: hooks, monitors, diffs, converters, pagers', async () => {
    const trap = testRepository('trap')
    try {
      const witness = path.join(trap.folder, '..', 'witness')
      const bait = path.join(trap.folder, '..', 'bait.sh')
      writeFileSync(bait, `#!/bin/sh\ntouch "${witness}"\ncat "$1" 2>/dev/null\nexit 0\n`, { mode: 0o755 })
      trap.commit('One', { '.gitattributes': '*.ts diff=bait filter=bait\n', 'a.ts': 'a\n' }, '2026-02-01T10:00:00Z')
      trap.commit('Two', { 'a.ts': 'b\n' }, '2026-02-02T10:00:00Z')
      for (const [name, value] of [
        ['core.fsmonitor', bait],
        ['core.hooksPath', path.dirname(bait)],
        ['core.pager', bait],
        ['diff.external', bait],
        ['diff.bait.command', bait],
        ['diff.bait.textconv', bait],
        ['filter.bait.clean', bait],
        ['filter.bait.smudge', bait],
        ['core.sshCommand', bait],
        ['credential.helper', `!${bait}`],
        ['gpg.program', bait],
        ['log.showSignature', 'true'],
        ['diff.interHunkContext', '99'],
        ['alias.log', `!${bait}`],
      ] as const)
        trap.git('config', name, value)
      const clone = await openClone(startGit, trap.folder, null)
      if (clone.kind === 'refused') throw new Error(clone.reason)
      for (const part of GIT_PARTS) for await (const _piece of readClone(startGit, clone.clone, part)) continue
      expect(existsSync(witness)).toBe(false)
      expect(clone.clone.landings).toBe(2)
    } finally {
      trap.remove()
    }
  })

  it('gets no argument of its own into git', () => {
    for (const ref of ['--output=/tmp/x', 'main', 'refs/heads/../../x', 'refs/heads/-x', 'HEAD --all'])
      expect(() => GIT.landings('/folder', ref, null)).toThrow('not for git')
    for (const day of ['yesterday', '2026-02-01; rm', '--all'])
      expect(() => GIT.count('/folder', 'HEAD', day)).toThrow('not for git')
    expect(() => GIT.sizes('/folder', '--all', 'sha1')).toThrow('not for git')
  })

  it('sees nothing of the environment but where programs are', () => {
    const env = gitEnvironment({
      PATH: '/bin',
      GIT_DIR: '/elsewhere',
      GIT_EXTERNAL_DIFF: 'x',
      SECRET: 'y',
      LD_PRELOAD: 'z',
    })
    expect(env).toMatchObject({
      PATH: '/bin',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: 'none',
    })
    for (const name of ['GIT_DIR', 'GIT_EXTERNAL_DIFF', 'SECRET', 'LD_PRELOAD', 'HOME'])
      expect(env).not.toHaveProperty(name)
  })
})
