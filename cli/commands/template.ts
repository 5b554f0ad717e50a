import { parseArgs } from 'node:util'
import { templateById, type Template, TEMPLATES } from '../../shared/templates/index.ts'
import { tellEvidence } from '../../shared/brief/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'

export const templateCommand: Command = {
  name: 'template',
  summary: 'The what-ifs that are ready to run, and what one is made of',
  help: [
    'Usage: quarterdeck template list [--json]',
    '       quarterdeck template show ID [--json]',
    '',
    'A template is a bundle of rows with defaults and their evidence. `show` prints every row as it can be set with',
    "quarterdeck scenario --set 'Name=formula'.",
    '',
    'Example: quarterdeck template show refactor-services',
  ].join('\n'),
  run: runTemplate,
}

async function runTemplate(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  })
  const [verb, id] = positionals
  if (verb === 'list') {
    if (values.json) io.out(JSON.stringify(TEMPLATES.map(headOf), null, 2))
    else for (const { id: own, name } of TEMPLATES) io.out(`${own.padEnd(28)}${name}`)
    return 0
  }
  if (verb !== 'show') throw new UsageError('Say `template list` or `template show ID`.')
  if (id === undefined) throw new UsageError('Which template? Name its id.')
  const template = findTemplate(id)
  io.out(values.json ? JSON.stringify({ ...headOf(template), rows: template.rows }, null, 2) : tellTemplate(template))
  return 0
}

export function findTemplate(id: string): Template {
  const template = templateById(id)
  if (!template) {
    throw new UsageError(`${id}: not a template. Known are: ${TEMPLATES.map((each) => each.id).join(', ')}.`)
  }
  return template
}

function headOf({ id, name, question, caution, horizonMonths, leverName }: Template) {
  return { id, name, question, caution, horizonMonths, lever: leverName }
}

function tellTemplate(template: Template): string {
  const lines = [template.name, template.question, template.caution, `${template.horizonMonths} months.`]
  let group: string | null = null
  for (const { group: own, name, unit, formula, evidence, note, kind } of template.rows) {
    if (own !== group) lines.push('', own ?? '')
    group = own
    lines.push(`  ${printed(name)} = ${formula}${unit === '' || unit === '1' ? '' : `   [${unit}]`}`)
    if (kind === 'driver') {
      const source =
        evidence.kind === 'published' ? `${tellEvidence(evidence)}: ${evidence.source}` : tellEvidence(evidence)
      lines.push(`      ${source}${note === '' ? '' : `. ${note}`}`)
    } else if (note !== '') lines.push(`      ${note}`)
  }
  return lines.join('\n')
}

function printed(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`
}
