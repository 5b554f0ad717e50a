import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { gitStarter } from '../shared/bridge/index.ts'

/** Git of this machine, read-only and without network. */
export const startGit = gitStarter(
  (args, options) => spawn('git', args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }),
  tmpdir(),
  process.env,
)
