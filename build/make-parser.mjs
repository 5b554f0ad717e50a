// Writes shared/formula/parser.ts and parser.terms.ts from formula.grammar; a unit test says when they are stale.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildParserFile } from '@lezer/generator'
import * as prettier from 'prettier'

const folder = new URL('../shared/formula/', import.meta.url)

/** The two generated files as text, formatted as the repository is. */
export async function makeParser() {
  const grammar = await readFile(new URL('formula.grammar', folder), 'utf8')
  const { parser, terms } = buildParserFile(grammar, {
    fileName: 'formula.grammar',
    moduleStyle: 'es',
    typeScript: true,
  })
  const style = await prettier.resolveConfig(fileURLToPath(new URL('parser.ts', folder)))
  const write = (/** @type {string} */ text) => prettier.format(text, { ...style, parser: 'typescript' })
  return { 'parser.ts': await write(parser), 'parser.terms.ts': await write(terms) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(await makeParser())) await writeFile(new URL(name, folder), text)
}
