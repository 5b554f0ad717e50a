/**
 * "Build when needed": what was built remembers the fingerprint of the sources it came from. Several processes may ask at
 * once (two terminals, a script that calls the command line in parallel); one builds, the others wait and then see it done.
 * Only Node's own modules here: the command line passes through on every start.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
export const dist = path.join(root, 'dist')

/** @typedef {'renderer' | 'electron' | 'cli'} Part */

/** The folders and files each part is made of. @type {Readonly<Record<Part, readonly string[]>>} */
export const SOURCES = {
  renderer: ['renderer', 'shared', 'build/bundles.mjs', 'package.json', 'package-lock.json'],
  electron: ['electron', 'shared/bridge', 'shared/issues', 'build/bundles.mjs', 'package.json', 'package-lock.json'],
  cli: ['cli', 'shared', 'build/bundles.mjs', 'package.json', 'package-lock.json'],
}

const STAMP = '.fingerprint'

/**
 * Fingerprint of names and contents, so that a checkout, a copy or a touched file does not pass for a change.
 * @param {Part} part
 * @param {string} [from]
 * @returns {string}
 */
export function fingerprint(part, from = root) {
  const hash = createHash('sha256')
  for (const source of SOURCES[part]) {
    for (const file of filesUnder(path.join(from, source))) {
      const content = readFileSync(file)
      hash.update(`${path.relative(from, file).replaceAll(path.sep, '/')}\0${content.length}\0`)
      hash.update(content)
    }
  }
  return hash.digest('hex')
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function filesUnder(place) {
  if (!existsSync(place)) return []
  if (statSync(place).isFile()) return [place]
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !entry.name.endsWith('~'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(path.join(place, entry.name)))
}

/**
 * @param {Part} part
 * @param {string} [from]
 * @returns {boolean}
 */
export function isFresh(part, from = root) {
  const stamp = path.join(from, 'dist', part, STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(part, from)
}

/**
 * Builds into a folder of its own and renames it into place: nobody ever loads half a build, and a failed build leaves the
 * former one standing.
 * @param {Part} part
 * @param {(outDir: string) => Promise<void>} make
 * @param {string} [from]
 */
export async function buildInto(part, make, from = root) {
  const home = path.join(from, 'dist')
  const fresh = path.join(home, `.new-${part}-${process.pid}`)
  const former = path.join(home, `.old-${part}-${process.pid}`)
  const stamp = fingerprint(part, from)
  mkdirSync(fresh, { recursive: true })
  clearLitter(part, home, [fresh, former])
  try {
    await make(fresh)
    writeFileSync(path.join(fresh, STAMP), stamp)
    if (existsSync(path.join(home, part))) renameSync(path.join(home, part), former)
    renameSync(fresh, path.join(home, part))
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    rmSync(former, { recursive: true, force: true })
  }
}

/**
 * What builds that were killed have left; the caller holds the lock, so nobody is using it.
 * @param {Part} part
 * @param {string} home
 * @param {readonly string[]} ours
 */
function clearLitter(part, home, ours) {
  for (const name of readdirSync(home)) {
    const place = path.join(home, name)
    if (new RegExp(`^\\.(new|old)-${part}-\\d+$`).test(name) && !ours.includes(place)) {
      rmSync(place, { recursive: true, force: true })
    }
  }
}

const LOCK_LIMIT_MS = 180_000

/**
 * Runs `work` while no other process does. A lock whose owner is gone is taken over.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [from]
 * @returns {Promise<T>}
 */
export async function alone(work, from = root) {
  const home = path.join(from, 'dist')
  const lock = path.join(home, '.lock')
  mkdirSync(home, { recursive: true })
  const giveUpAt = Date.now() + LOCK_LIMIT_MS
  while (!take(lock)) {
    if (Date.now() > giveUpAt) {
      throw new Error(
        `${lock}: another build has held this file for three minutes. Stop it, or delete the file and try again.`,
      )
    }
    await sleep(100)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/**
 * @param {string} lock
 * @returns {boolean}
 */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
  }
  clearAbandoned(lock)
  return false
}

/**
 * Moves the abandoned lock away under a name of our own before deleting it: of several that find it abandoned, the rename
 * succeeds for one, and a lock taken by a living process in between is seen and put back.
 * @param {string} lock
 */
function clearAbandoned(lock) {
  try {
    if (isHeld(readFileSync(lock, 'utf8'), statSync(lock).mtimeMs)) return
    const aside = `${lock}-${process.pid}`
    renameSync(lock, aside)
    if (isHeld(readFileSync(aside, 'utf8'), statSync(aside).mtimeMs)) renameSync(aside, lock)
    else rmSync(aside, { force: true })
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error
  }
}

/**
 * @param {string} owner process id; empty in the instant between making the file and writing to it
 * @param {number} takenAt
 */
function isHeld(owner, takenAt) {
  if (owner === '') return Date.now() - takenAt < 5_000
  try {
    process.kill(Number(owner), 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
