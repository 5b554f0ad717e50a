// node build/check-lockfile.mjs: npm leaves the binaries of other systems out of the lockfile when the registry does not have
// them yet, says nothing, and the next `npm ci` fails, on those systems or everywhere.
import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {{ version?: string, resolved?: string, integrity?: string, link?: boolean, optionalDependencies?: Record<string, string> }} LockedPackage
 */

/**
 * @param {{ packages: Record<string, LockedPackage> }} lock
 * @param {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string> }} manifest
 * @returns {string[]} one sentence for each fault
 */
export function checkLockfile(lock, manifest) {
  const places = Object.keys(lock.packages)
  const missing = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !places.some((one) => one.endsWith(`node_modules/${name}`)))
      .map(
        ([name, version]) =>
          `package-lock.json: ${place || 'the project'} may need ${name} ${version} on another system, and it has no entry. Choose a version whose parts are all published, or install again later.`,
      ),
  )
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    .map(([name, version]) => `package.json: ${name} is "${version}". Name one exact version.`)
  const unchecked = Object.entries(lock.packages)
    .filter(([place, { integrity, link }]) => place !== '' && !link && integrity === undefined)
    .map(([place]) => `package-lock.json: ${place} has no checksum. Install it again.`)
  return [...missing, ...loose, ...unchecked]
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(path.join(root, name), 'utf8'))
  const faults = checkLockfile(read('package-lock.json'), read('package.json'))
  for (const fault of faults) process.stdout.write(`${fault}\n`)
  process.exitCode = faults.length > 0 ? 1 : 0
}
