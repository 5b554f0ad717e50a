#!/usr/bin/env node
// The `quarterdeck` command: builds dist/cli when its sources changed (a word to stderr, results stay alone on stdout), runs it.
import { pathToFileURL } from 'node:url'
import path from 'node:path'
import { buildIfNeeded } from './build.mjs'
import { dist } from './freshness.mjs'

try {
  await buildIfNeeded(['cli'], (line) => void process.stderr.write(`${line}\n`))
} catch (error) {
  process.stderr.write(`The command line could not be built: ${/** @type {Error} */ (error).message}\n`)
  process.exit(3)
}
const { main } = await import(pathToFileURL(path.join(dist, 'cli', 'main.js')).href)
process.exitCode = await main(process.argv.slice(2))
