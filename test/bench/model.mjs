// npm run bench:model -- --json
// The model engine beside mathjs, Squiggle, HyperFormula and IronCalc: same model, same number of samples, in one run. Answers
// are checked against each other before any time is told. Times are of the processor, medians of several.
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.join(here, '..', '..')
const outDir = path.join(root, 'build', 'out', 'bench')
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    ssr: path.join(here, 'model-cases.ts'),
    outDir,
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: 'model-cases.js' } },
  },
  ssr: { noExternal: true, external: ['mathjs', '@quri/squiggle-lang', 'hyperformula', '@ironcalc/wasm'] },
})
const { main } = await import(pathToFileURL(path.join(outDir, 'model-cases.js')).href)
await main()
