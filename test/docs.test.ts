import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const pages = [
  'README.md',
  ...(existsSync(join(root, 'docs')) ? readdirSync(join(root, 'docs')) : [])
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** Folders the README may name in code quotes; a quoted word with a slash must exist in the tree. */
const PATH_IN_QUOTES = /`((?:shared|renderer|electron|cli|test|build|docs)\/[\w./-]*)`/g
const LINK = /\]\(([^)#\s]+)(#[^)]*)?\)/g

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8')

  it('names only paths that exist', () => {
    const missing = [...text.matchAll(PATH_IN_QUOTES)]
      .map((match) => match[1]!)
      .filter((path) => !existsSync(join(root, path)))
    expect(missing).toEqual([])
  })

  it('links only to files that exist', () => {
    const targets = [...text.matchAll(LINK)]
      .map((match) => match[1]!)
      .filter((target) => !/^https?:|^mailto:/.test(target))
    expect(targets.filter((target) => !existsSync(resolve(root, dirname(page), target)))).toEqual([])
  })

  it('names only npm scripts and commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1]!)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
    const commands = [...text.matchAll(/npx quarterdeck (\w+)/g)].map((match) => match[1]!)
    expect(commands.filter((name) => !existsSync(join(root, 'cli/commands', `${name}.ts`)))).toEqual([])
  })
})
