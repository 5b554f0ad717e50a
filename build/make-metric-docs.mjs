// Writes the part of docs/metrics.md that follows from the metrics' own definitions; a unit test says when it is stale.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { root } from './freshness.mjs'

/** All below this line is written, all above by hand. */
export const MARKER = '<!-- From here on written by build/make-metric-docs.mjs. -->'

/**
 * @typedef {{ id: string, name: string, unit: string, better: string, definition: string, formula: string, source: string,
 *   quality: string, lagDays?: number }} Metric
 * @typedef {{ name: string, metrics: readonly Metric[] }} Group
 * @typedef {{ metricId: string, low: number, typical: number | null, high: number, source: string, isSecondHand: boolean }} Prior
 */

const UNITS = /** @type {Record<string, string>} */ ({
  h: 'hours, median with p75 and p90',
  share: 'share, 0 … 1',
  $: 'currency of the workbook',
  tokens: 'tokens',
  'per week': 'per active author and week',
  1: 'a number',
})

/**
 * The reference as Markdown: a section a group, a list a metric, and what is published.
 * @param {readonly Group[]} groups
 * @param {readonly Prior[]} priors
 */
export function metricReference(groups, priors) {
  const sections = groups.map(({ name, metrics }) => [`## ${name}`, ...metrics.map(metricSection)].join('\n\n'))
  const names = new Map(groups.flatMap(({ metrics }) => metrics.map(({ id, name }) => [id, name])))
  const published = priors.map(({ metricId, low, typical, high, source, isSecondHand }) => {
    const middle = typical === null ? '' : `, typically ${typical}`
    return `- ${names.get(metricId) ?? metricId}: ${low} to ${high}${middle}. ${source}${isSecondHand ? '; quoted second hand' : ''}.`
  })
  const intro = 'Starting points while a team has no numbers of its own; always marked as published.'
  return [...sections, '## Published numbers', intro, published.join('\n')].join('\n\n')
}

/** @param {Metric} metric */
function metricSection({ id, name, unit, better, definition, formula, source, quality, lagDays }) {
  const late = lagDays === undefined ? '' : ` Told ${lagDays} days after the period, when it can be judged.`
  return [
    `### ${name}`,
    '',
    `\`${id}\` · ${UNITS[unit] ?? unit} · ${better} is better`,
    '',
    `- ${definition}${late}`,
    `- Formula: ${formula}`,
    `- Quality: ${quality}.`,
    `- Source: ${source}`,
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { module } = await runnerImport(path.join(root, 'shared/metrics/index.ts'))
  const page = path.join(root, 'docs/metrics.md')
  const [written] = (await readFile(page, 'utf8')).split(MARKER)
  const { METRIC_GROUPS, PRIORS } = /** @type {{ METRIC_GROUPS: readonly Group[], PRIORS: readonly Prior[] }} */ (
    module
  )
  await writeFile(page, `${written}${MARKER}\n\n${metricReference(METRIC_GROUPS, PRIORS)}\n`)
}
