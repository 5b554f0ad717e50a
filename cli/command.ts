import type { StartGit } from '../shared/bridge/index.ts'

/** What a command sees of the world; tests hand in their own. Results go to `out`, messages to `err`. */
export interface CommandIo {
  out(text: string): void
  err(text: string): void
  readFile(path: string): Promise<Uint8Array>
  /** Writes to a temporary file beside it, flushes, renames: a reader never sees half a file. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>
  /** Milliseconds since 1970; the one clock of the command line. */
  now(): number
  /** Git of this machine, read-only and without network. */
  readonly startGit: StartGit
}

/** 0 done · 1 something was kept aside or unknown and `--strict` was given · 2 wrong usage · 3 nothing could be read. */
export type ExitCode = 0 | 1 | 2 | 3

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Printed by `--help`: usage, options, an example. */
  readonly help: string
  run(args: readonly string[], io: CommandIo): Promise<ExitCode>
}

/** Wrong usage: the message goes to stderr with a pointer to `--help`, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
