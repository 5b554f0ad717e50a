import type { GitProcess, StartGit } from './git-clone.ts'
import { gitEnvironment } from './git-commands.ts'

interface Spawned {
  readonly stdout: AsyncIterable<Uint8Array>
  readonly stderr: AsyncIterable<Uint8Array>
  once(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'close', listener: (code: number | null) => void): unknown
  kill(): unknown
}

/** No shell and no input, whatever the host. */
const QUIETLY = { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, shell: false } as const

export type SpawnGit = (
  args: readonly string[],
  options: typeof QUIETLY & { readonly env: Record<string, string>; readonly cwd: string },
) => Spawned

/**
 * How both hosts that may run programs start git: `spawn` is theirs, what it is given is not. `folder` is one outside of any
 * clone, `own` the environment of which only the path to programs is handed on.
 */
export function gitStarter(
  spawn: SpawnGit,
  folder: string,
  own: Readonly<Record<string, string | undefined>>,
): StartGit {
  return (args): GitProcess => {
    const git = spawn(args, { ...QUIETLY, env: gitEnvironment(own), cwd: folder })
    const exit = new Promise<number>((resolve, reject) => {
      git.once('error', reject)
      git.once('close', (code) => resolve(code ?? 1))
    })
    return { stdout: git.stdout, stderr: git.stderr, exit, kill: () => void git.kill() }
  }
}
