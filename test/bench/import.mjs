// npm run bench:import -- [--rows 1000000] [--shapes cursor,cursor-quoted,openai,qd1] [--sizes 100000,1000000,5000000] [--json]
// Parse, judge and normalise one file of each shape, beside papaparse alone on the same bytes in the same run. Each
// measurement has a process of its own, so that peak memory is that of one case; times are of the processor, medians of
// several. A row of the git shape is a line: a landing or a file it touched. From a million rows on the growth of the time
// per row from 100,000 to 5,000,000 rows is printed too.
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.join(here, '..', '..')
const outDir = path.join(root, 'build', 'out', 'bench')
const args = process.argv.slice(2)

if (!args.includes('--measure')) {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: path.join(here, 'import-cases.ts'),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'import-cases.js' } },
    },
    ssr: { noExternal: true },
  })
}
const { main } = await import(pathToFileURL(path.join(outDir, 'import-cases.js')).href)
await main(args)
