import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface TestRepository {
  readonly folder: string
  /** Runs git in it, with a fixed identity and clock. */
  git(...args: readonly string[]): string
  /** Writes files and commits them at this moment, which becomes author and committer date. */
  commit(subject: string, files: Readonly<Record<string, string | Uint8Array | null>>, when: string): void
  remove(): void
}

/** A repository of its own in a temporary folder, untouched by the settings of who runs the test. */
export function testRepository(name = 'api'): TestRepository {
  const home = mkdtempSync(path.join(tmpdir(), 'quarterdeck-git-'))
  const folder = path.join(home, name)
  mkdirSync(folder)
  const run = (args: readonly string[], when: string): string =>
    execFileSync('git', [...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Ann',
        GIT_AUTHOR_EMAIL: 'ann@example.com',
        GIT_COMMITTER_NAME: 'Ann',
        GIT_COMMITTER_EMAIL: 'ann@example.com',
        GIT_AUTHOR_DATE: when,
        GIT_COMMITTER_DATE: when,
      },
    })
  const git = (...args: readonly string[]) => run(args, '2026-02-01T10:00:00Z')
  git('init', '-q', '-b', 'main')
  return {
    folder,
    git,
    commit(subject, files, when) {
      for (const [file, content] of Object.entries(files)) {
        const target = path.join(folder, file)
        mkdirSync(path.dirname(target), { recursive: true })
        if (content === null) rmSync(target)
        else writeFileSync(target, content)
      }
      run(['add', '-A'], when)
      run(['commit', '-q', '--allow-empty', '-m', subject], when)
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}
