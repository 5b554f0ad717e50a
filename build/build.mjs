// node build/build.mjs [renderer] [electron] [cli] [--force]: builds what is out of date, all three parts unless named.
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { realpathSync } from 'node:fs'
import { alone, buildInto, isFresh } from './freshness.mjs'

/** @typedef {import('./freshness.mjs').Part} Part */

/** @type {readonly Part[]} */
const PARTS = ['renderer', 'electron', 'cli']

/**
 * Builds those of `parts` whose sources changed; safe to call from several processes at once.
 * @param {readonly Part[]} parts
 * @param {(line: string) => void} say
 * @param {{ force?: boolean }} [options]
 */
export async function buildIfNeeded(parts, say, options = {}) {
  const force = options.force ?? false
  if (!force && parts.every((part) => isFresh(part))) return
  await alone(async () => {
    for (const part of parts) {
      if (!force && isFresh(part)) continue
      const startedAt = performance.now()
      say(`Building ${part}…`)
      await buildInto(part, await bundler(part))
      say(`Built ${part} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
    }
  })
}

/**
 * @param {Part} part
 * @returns {Promise<(outDir: string) => Promise<void>>}
 */
async function bundler(part) {
  const { bundleCli, bundleElectron, bundleRenderer } = await import('./bundles.mjs').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error('The build tools are not installed. Run: npm ci', { cause: error })
  })
  return { renderer: bundleRenderer, electron: bundleElectron, cli: bundleCli }[part]
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2)
  const named = PARTS.filter((part) => words.includes(part))
  const strange = words.find((word) => word !== '--force' && !PARTS.some((part) => part === word))
  if (strange !== undefined) {
    process.stderr.write(`${strange}: not a part of the build. Name renderer, electron or cli, or nothing for all.\n`)
    process.exit(2)
  }
  try {
    await buildIfNeeded(named.length > 0 ? named : PARTS, (line) => void process.stdout.write(`${line}\n`), {
      force: words.includes('--force'),
    })
  } catch (error) {
    process.stderr.write(`The build stopped: ${/** @type {Error} */ (error).message}\n`)
    process.exitCode = 1
  }
}
