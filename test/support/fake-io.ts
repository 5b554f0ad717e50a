import type { CommandIo } from '../../cli/command.ts'
import { startGit } from '../../cli/run-git.ts'

/** Files in memory, output collected, a clock that stands. */
export function fakeIo(files: Readonly<Record<string, Uint8Array>> = {}) {
  const said = { out: [] as string[], err: [] as string[] }
  const written = new Map(Object.entries(files))
  const io: CommandIo = {
    out: (text) => void said.out.push(text),
    err: (text) => void said.err.push(text),
    readFile: (path) => {
      const bytes = written.get(path)
      if (bytes === undefined) return Promise.reject(Object.assign(new Error(`no ${path}`), { code: 'ENOENT', path }))
      return Promise.resolve(bytes)
    },
    writeFile: (path, bytes) => {
      written.set(path, bytes)
      return Promise.resolve()
    },
    now: () => Date.parse('2026-03-30T12:00:00Z'),
    startGit,
  }
  return { io, out: () => said.out.join('\n'), err: () => said.err.join('\n'), written }
}
