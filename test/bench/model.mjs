// npm run bench:model -- --json [--only refactor | services | recalculation | samples | rows | bad]
// The model engine beside mathjs, Squiggle, HyperFormula and IronCalc: same model, same number of samples, in one run. Answers
// are checked against each other before any time is told. Times are of the processor, the quickest of several rounds taken in turns.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.join(here, '..', '..')
const outDir = path.join(root, 'build', 'out', 'bench')

/** Milliseconds of 2.5 million lognormal draws in C; null without a compiler. */
function nativeDraws() {
  const program = path.join(outDir, 'native-draws')
  try {
    mkdirSync(outDir, { recursive: true })
    const source = path.join(here, 'model', 'native-draws.c')
    execFileSync('gcc', ['-O3', '-march=native', '-ffast-math', '-o', program, source, '-lm'], { stdio: 'ignore' })
    return Number(execFileSync(program, { encoding: 'utf8' }))
  } catch {
    return null
  }
}

await build({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    ssr: path.join(here, 'model', 'cases.ts'),
    outDir,
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: 'model-cases.js' } },
  },
  ssr: { noExternal: true, external: ['mathjs', '@quri/squiggle-lang', 'hyperformula', '@ironcalc/wasm'] },
})
const { main } = await import(pathToFileURL(path.join(outDir, 'model-cases.js')).href)
const only = process.argv.indexOf('--only')
await main(nativeDraws, only < 0 ? null : process.argv[only + 1])
