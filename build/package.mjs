// npm run package [-- electron-builder options]: installers in release/. Needs Electron's runtime and electron-builder's tools,
// which it downloads once; `-- --dir -c.electronDist=FOLDER` packs with a runtime that is already there.
import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded } from './build.mjs'
import { root } from './freshness.mjs'

const CONFIG = path.join(root, 'build/electron-builder.yml')

/**
 * Checks the configuration against electron-builder's own schema, without network or runtime.
 * @returns {Promise<string[]>} one line for each system, with its kinds of package
 */
export async function checkPackaging() {
  const require = createRequire(import.meta.url)
  // The one module of theirs that holds the check; not part of their public face, so the exact version is pinned.
  const theirs = createRequire(require.resolve('electron-builder/package.json'))
  const { getConfig, validateConfiguration } = theirs('app-builder-lib/out/util/config/config.js')
  const { DebugLogger } = theirs('builder-util')
  const config = await getConfig(root, CONFIG, null)
  await validateConfiguration(config, new DebugLogger(false))
  return ['linux', 'win', 'mac'].map((system) => {
    const targets = /** @type {{ target: string }[]} */ (config[system].target)
    return `${system}: ${targets.map(({ target }) => target).join(', ')}`
  })
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await checkPackaging()
  await buildIfNeeded(['renderer', 'electron'], (line) => void process.stdout.write(`${line}\n`))
  const cli = path.join(root, 'node_modules/electron-builder/cli.js')
  const args = [cli, '--config', CONFIG, '--publish', 'never', ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  child.on('close', (code) => (process.exitCode = code ?? 1))
}
