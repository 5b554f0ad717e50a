import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'vite'

/** Bundles a script of ours the way it is shipped, so that Node alone can run it; answers where it is. */
export async function buildForNode(entry: string): Promise<string> {
  const outDir = mkdtempSync(path.join(os.tmpdir(), 'quarterdeck-built-'))
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, '..', '..'),
    logLevel: 'error',
    build: { ssr: entry, outDir, target: 'node20', rollupOptions: { output: { entryFileNames: 'script.mjs' } } },
    ssr: { noExternal: true },
  })
  return path.join(outDir, 'script.mjs')
}
