// Writes the part of docs/formulas.md that follows from the function table; a unit test says when it is stale.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { root } from './freshness.mjs'

/** All below this line is written, all above by hand. */
export const MARKER = '<!-- From here on written by build/make-formula-docs.mjs. -->'

/**
 * @typedef {{ name: string, signature: string, unit: string, group: string, example: string, doc: string }} Entry
 */

const UNITS = /** @type {Record<string, string>} */ ({
  same: 'the unit all arguments share',
  first: 'of the first argument',
  second: 'of the second argument',
  'same after first': 'the unit all arguments after the first share',
  ratio: 'none',
  own: 'follows from the arguments',
})

/**
 * The reference as Markdown, a section a group.
 * @param {readonly Entry[]} functions
 */
export function functionReference(functions) {
  const groups = [...new Set(functions.map(({ group }) => group))]
  const sections = groups.map((group) => {
    const entries = functions
      .filter((entry) => entry.group === group)
      .map(
        ({ signature, doc, unit, example }) =>
          `#### \`${signature}\`\n\n${doc}\n\nUnit: ${UNITS[unit] ?? unit}. Example: \`${example}\``,
      )
    return `### ${group.slice(0, 1).toUpperCase()}${group.slice(1)}\n\n${entries.join('\n\n')}`
  })
  return `## Functions\n\n${sections.join('\n\n')}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.join(root, 'docs', 'formulas.md')
  const { module } = await runnerImport(path.join(root, 'shared/formula/functions.ts'), { configFile: false, root })
  const [byHand] = (await readFile(file, 'utf8')).split(MARKER)
  const { FUNCTIONS } = /** @type {{ FUNCTIONS: readonly Entry[] }} */ (module)
  await writeFile(file, `${byHand}${MARKER}\n\n${functionReference(FUNCTIONS)}`)
}
