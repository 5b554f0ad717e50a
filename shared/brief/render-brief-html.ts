import type { Brief, BriefSection, BriefSentence } from './types.ts'

/**
 * The brief as one HTML page that needs nothing else: own style, no script, no outside address. Prints on one sheet of A4 or
 * Letter at 9 points. Every text is escaped; sources are numbered and listed at the foot.
 */
export function renderBriefHtml(brief: Brief, { locale }: { readonly locale: string }): string {
  const sources = [
    ...new Set(brief.sections.flatMap(({ sentences }) => sentences.flatMap((sentence) => sentence.sources))),
  ]
  return `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(brief.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header><h1>${escapeHtml(brief.title)}</h1><p>${escapeHtml(brief.subtitle)}</p></header>
${brief.sections.map((section) => renderSection(section, sources)).join('\n')}
<footer>
<p class="sources"><b>Sources</b> ${sources.map((source, i) => `<span><sup>${i + 1}</sup> ${escapeHtml(source)}</span>`).join(' · ')}</p>
<p>${escapeHtml(brief.disclaimer)}</p>
</footer>
</main>
</body>
</html>
`
}

/** The same as plain text: headings, sentences with their sources, tables by tabs. */
export function renderBriefText(brief: Brief): string {
  const lines = [brief.title, brief.subtitle, '']
  for (const { heading, sentences, table } of brief.sections) {
    lines.push(heading.toUpperCase())
    for (const { text, sources } of sentences)
      lines.push(sources.length === 0 ? text : `${text} [${sources.join('; ')}]`)
    if (table) {
      lines.push(table.columns.join('\t'), ...table.rows.map((row) => row.join('\t')), table.caption)
    }
    lines.push('')
  }
  lines.push(brief.disclaimer)
  return `${lines.join('\n')}\n`
}

function renderSection({ heading, sentences, table }: BriefSection, sources: readonly string[]): string {
  const text = sentences.map((sentence) => renderSentence(sentence, sources)).join(' ')
  const isSignOff = heading === 'Sign-off'
  return `<section><h2>${escapeHtml(heading)}</h2><div>${text === '' ? '' : `<p${isSignOff ? ' class="sign"' : ''}>${text}</p>`}${
    table
      ? `<table><caption>${escapeHtml(table.caption)}</caption><thead><tr>${table.columns
          .map((column) => `<th scope="col">${escapeHtml(column)}</th>`)
          .join('')}</tr></thead><tbody>${table.rows
          .map(
            (row) =>
              `<tr>${row.map((cell, i) => (i === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td>${escapeHtml(cell)}</td>`)).join('')}</tr>`,
          )
          .join('')}</tbody></table>`
      : ''
  }</div></section>`
}

function renderSentence({ text, sources: own }: BriefSentence, sources: readonly string[]): string {
  const marks = own.map((source) => sources.indexOf(source) + 1).join(',')
  return `${escapeHtml(text)}${marks === '' ? '' : `<sup>${marks}</sup>`}`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const STYLE = `
@page { size: auto; margin: 9mm 12mm; }
* { box-sizing: border-box; }
html { color-scheme: light; }
body { margin: 0; background: #fff; color: #1b1f24; font: 9pt/1.26 Inter, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", Arimo, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 190mm; margin: 0 auto; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 6mm; border-bottom: 1.2pt solid #1b1f24; padding-bottom: 3pt; margin-bottom: 2pt; }
h1 { font-size: 14pt; line-height: 1.1; margin: 0; letter-spacing: -0.01em; }
header p { margin: 0; color: #57606a; font-size: 7.4pt; text-align: right; }
section { display: grid; grid-template-columns: 22mm 1fr; column-gap: 4mm; padding: 3pt 0; border-bottom: 0.4pt solid #d0d7de; break-inside: avoid; }
section:last-of-type { border-bottom: 0; }
h2 { font-size: 8.4pt; line-height: 1.3; margin: 0; font-weight: 650; color: #0b4a6f; }
p { margin: 0; }
section:first-of-type p { font-size: 9.6pt; line-height: 1.3; }
table { width: 100%; border-collapse: collapse; margin-top: 1.5pt; font-size: 8pt; line-height: 1.2; }
caption { caption-side: bottom; text-align: left; color: #57606a; font-size: 6.6pt; line-height: 1.2; padding-top: 1.2pt; }
th, td { padding: 1pt 0 1pt 7pt; text-align: right; vertical-align: baseline; border-top: 0.3pt solid #e3e7eb; white-space: nowrap; }
thead th { color: #57606a; font-weight: 500; border-top: 0; font-size: 7.2pt; }
th:first-child { text-align: left; font-weight: 500; padding-left: 0; white-space: normal; }
sup { font-size: 5.6pt; color: #57606a; line-height: 0; margin-left: 1pt; }
.sign { padding-top: 6pt; white-space: pre-wrap; }
footer { border-top: 0.6pt solid #1b1f24; padding-top: 2.5pt; margin-top: 1pt; color: #57606a; font-size: 6.6pt; line-height: 1.25; }
footer sup { margin: 0; }
@media screen { body { background: #eef0f2; padding: 10mm; } main { background: #fff; padding: 11mm 13mm; max-width: 216mm; box-shadow: 0 1px 6px rgb(0 0 0 / 12%); } }
`
