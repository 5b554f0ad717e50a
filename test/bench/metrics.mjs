// npm run bench:metrics -- [--only lines|metrics] [--json]
// Line-level rewrite analysis of the largest hunk export beside this checkout (made up where there is none) at 1x, 10x and
// 50x its size, beside a list of every line; then all metrics over 100,000 changes and a million usage rows.
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.join(here, '..', '..')
const outDir = path.join(root, 'build', 'out', 'bench')
const args = process.argv.slice(2)

await build({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    ssr: path.join(here, 'metrics-cases.ts'),
    outDir,
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: 'metrics-cases.js' } },
  },
  ssr: { noExternal: true },
})
const { main } = await import(pathToFileURL(path.join(outDir, 'metrics-cases.js')).href)
await main(args, root)
