// Writes the parts of docs/usage-exports.md and docs/delivery-exports.md that follow from what the layouts declare; a unit test
// says when they are stale.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { root } from './freshness.mjs'

/** All below this line is written, all above by hand. */
export const MARKER = '<!-- From here on written by build/make-import-docs.mjs. -->'

/** Page of docs/ by kind of layout. */
export const PAGES = /** @type {const} */ ({ usage: 'usage-exports.md', delivery: 'delivery-exports.md' })

/**
 * @typedef {string | readonly string[]} Names
 * @typedef {{ tool: string, states: string, inputIncludesCache: boolean, costs: Record<string, string>, currency: string | null,
 *   moneyUnit: string, identity: readonly Names[], restates: string, isTotalOfDays?: boolean }} Meaning
 * @typedef {{ read: Record<string, Names>, around?: Record<string, Names>, left?: Record<string, string>,
 *   mayHoldTexts?: boolean }} Fields
 * @typedef {{ id: string, name: string, kind: string, meaning?: Meaning, fields?: Fields }} Layout
 */

const WORDS = /** @type {Record<string, string>} */ ({
  extra: 'kept as text',
  fate: 'whether the row counts',
  moment: 'of what moment the file speaks',
  note: 'a note on the file',
  at: 'time',
  included: 'included cost',
  billed: 'billed cost',
  listed: 'listed cost',
  estimated: 'estimated cost',
})

/**
 * A column of usage, or `table.column` of a delivery.
 * @param {string} use
 */
function wordsOf(use) {
  return (
    WORDS[use] ??
    use
      .replace('.', ' ')
      .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
      .toLowerCase()
  )
}

/**
 * The key is told of the layout as a whole.
 * @param {Names} use
 */
function toldUses(use) {
  const others = listed(use).filter((one) => one !== 'key')
  return others.length === 0 ? 'only in the key' : others.map(wordsOf).join(', ')
}

/** @param {Names} names */
const listed = (names) => (typeof names === 'string' ? [names] : names)

/**
 * The layouts of one kind as Markdown: a section each, and in it what becomes of its fields.
 * @param {readonly Layout[]} layouts
 * @param {keyof typeof PAGES} kind
 */
export function importReference(layouts, kind) {
  return layouts
    .filter((layout) => layout.kind === kind && layout.fields !== undefined)
    .map(sectionOf)
    .join('\n\n')
}

/** @param {Layout} layout */
function sectionOf({ id, name, meaning, fields }) {
  const byUse = /** @type {Map<string, string[]>} */ (new Map())
  const says = (/** @type {string} */ use, /** @type {string} */ field) =>
    byUse.set(use, [...(byUse.get(use) ?? []), `\`${field}\``])
  for (const [field, use] of Object.entries({ ...fields?.around, ...fields?.read })) says(toldUses(use), field)
  for (const [field, why] of Object.entries(fields?.left ?? {})) says(`left out, ${why}`, field)
  const uses = [...byUse].map(([use, names]) => `- ${use}: ${names.join(', ')}`)
  const facts = meaning === undefined ? '' : `\n${factsOf(meaning, fields)}\n`
  return `## ${name}\n\n\`${id}\`\n${facts}\n${uses.join('\n')}`
}

/**
 * @param {Meaning} meaning
 * @param {Fields | undefined} fields
 */
function factsOf(meaning, fields) {
  const hasInput = Object.values(fields?.read ?? {}).some((use) => listed(use).includes('uncachedInput'))
  const { states, inputIncludesCache, costs, currency, moneyUnit, identity, restates, isTotalOfDays } = meaning
  const kinds = Object.entries(costs).map(
    ([field, kind]) => `\`${field}\` is ${kind === 'by-row' ? 'what its row says' : kind}`,
  )
  const unit = moneyUnit === 'cents' ? 'hundredths of ' : ''
  const money =
    kinds.length === 0 ? 'No money' : `${kinds.join(', ')}; in ${unit}${currency ?? 'the currency a field names'}`
  const keys = identity.map((names) =>
    listed(names)
      .map((field) => `\`${field}\``)
      .join(' or '),
  )
  const lines = [
    `States ${states}. ${money}.`,
    ...(hasInput ? [`Input tokens ${inputIncludesCache ? 'include' : 'leave out'} what was read from the cache.`] : []),
    `A row is known by ${keys.join(', ')}. A later file ${restates === 'window' ? 'states all its days anew' : 'changes the rows it names'}.`,
    ...(isTotalOfDays === true ? ['Totals of days the file does not name: they are asked.'] : []),
    ...(fields?.mayHoldTexts === true
      ? ['May hold prompts and answers: nothing but the fields named here is kept.']
      : []),
  ]
  return lines.join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { module } = await runnerImport(path.join(root, 'shared/importers/formats/all-formats.ts'))
  const { KNOWN_FORMATS } = /** @type {{ KNOWN_FORMATS: readonly Layout[] }} */ (module)
  for (const kind of /** @type {const} */ (['usage', 'delivery'])) {
    const page = path.join(root, 'docs', PAGES[kind])
    const [byHand] = (await readFile(page, 'utf8')).split(MARKER)
    await writeFile(page, `${byHand}${MARKER}\n\n${importReference(KNOWN_FORMATS, kind)}\n`)
  }
}
