import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A PostgreSQL of our own: a folder and a socket, no port, gone afterwards. */
export interface Postgres {
  /** Runs SQL; answers what it wrote to stdout. `input` follows a COPY … FROM STDIN. */
  run(sql: string): string
  /** What a client needs to reach it. */
  readonly environment: Readonly<Record<string, string>>
  stop(): void
}

/** Folder of the server's programs, or null where none is installed. */
export function postgresPrograms(): string | null {
  const home = '/usr/lib/postgresql'
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : []
  const found = versions
    .map((version) => path.join(home, version, 'bin'))
    .find((bin) => existsSync(path.join(bin, 'initdb')))
  return found ?? null
}

/** A server refuses to run as root: there it runs as the user its package made. */
function serverUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return { uid: process.getuid!(), gid: process.getgid!() }
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined ? null : { uid: Number(uid), gid: Number(gid) }
}

/** Null where no server can be started here. */
export function startPostgres(): Postgres | null {
  const bin = postgresPrograms()
  const user = serverUser()
  if (bin === null || user === null) return null
  const folder = mkdtempSync(path.join(tmpdir(), 'quarterdeck-postgres-'))
  chownSync(folder, user.uid, user.gid)
  const data = path.join(folder, 'data')
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    LC_ALL: 'C',
    PGHOST: folder,
    PGUSER: 'quarterdeck',
    PGDATABASE: 'postgres',
  }
  const perform = (program: string, args: readonly string[], input?: string) => {
    const { status, stdout, stderr } = spawnSync(path.join(bin, program), [...args], {
      ...user,
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      // A server that keeps the pipe open would keep us waiting.
      stdio: program === 'pg_ctl' ? 'ignore' : 'pipe',
      ...(input === undefined ? {} : { input }),
    })
    if (status !== 0) throw new Error(`${program}: ${stderr}`)
    return stdout
  }
  perform('initdb', ['-D', data, '-U', 'quarterdeck', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'])
  // Days must not depend on the zone of the server.
  const settings = `-k ${folder} -c listen_addresses= -c fsync=off -c timezone=America/St_Johns`
  perform('pg_ctl', ['-D', data, '-w', '-o', settings, '-l', path.join(folder, 'log'), 'start'])
  return {
    environment,
    run: (sql) => perform('psql', ['-q', '-X', '-v', 'ON_ERROR_STOP=1', '-f', '-'], sql),
    stop() {
      perform('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
