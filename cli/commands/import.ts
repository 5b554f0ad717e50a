import { parseArgs } from 'node:util'
import { type Day, dayIn, isZone, parseDay, UTC } from '../../shared/calendar/index.ts'
import {
  FORMATS,
  type ImportChoices,
  type InPlace,
  type KeptAside,
  type KnownFacts,
  type RowCounts,
  sourceDocumentOf,
  stageImport,
  type StagedImport,
  usageInside,
  type UsageShare,
  UsageSum,
  type UsageTotals,
} from '../../shared/importers/index.ts'
import { type Issue, tellIssue } from '../../shared/issues/index.ts'
import { instantOf } from '../../shared/quantities/index.ts'
import { newWorkbook, readWorkbookFile, type Workbook, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { statedFacts } from '../open-workbook.ts'
import { readGit } from '../read-git.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'

const WIDEST_ID = Math.max(...FORMATS.map(({ id }) => id.length))

export const importCommand: Command = {
  name: 'import',
  summary: 'Reads exports of usage and delivery into a workbook',
  help: [
    'Usage: quarterdeck import FILE... --out WORKBOOK [options]',
    '       quarterdeck import --git FOLDER --out WORKBOOK [options]',
    '',
    'Each file is recognised by its content. Every record is new, changed, a duplicate, blank or kept aside with its reason;',
    'nothing is dropped. An existing workbook is added to; importing a file twice changes nothing.',
    '',
    '  --out WORKBOOK     the workbook to make or add to',
    '  --as FORMAT        read the files as this format:',
    ...FORMATS.map(({ id, name }) => `                       ${id.padEnd(WIDEST_ID + 2)}${name}`),
    '  --timezone ZONE    IANA zone of times without an offset, such as Europe/Berlin',
    '  --map FACT=HEADER  a column of a table of your own, as often as needed: date, model, user, team, cost, tokens,',
    '                     input_tokens, output_tokens, cache_read, cache_write, requests, tool, …',
    '  --decimal MARK     "." or "," where the file does not show which it uses',
    '  --day-order ORDER  day-first or month-first where the file does not show it',
    '  --encoding NAME    windows-1252, or utf-8 to keep rows with other bytes aside',
    '  --header-line N    line of the column names where other text stands above',
    '  --currency CODE    currency of amounts that do not state one',
    '  --repository NAME  repository of a git export, else its file name',
    '  --git FOLDER       read a clone on this machine by itself, as often as needed: read-only, without network',
    '  --since DAY        first day that is read of a clone, or all; two years back unless given',
    '  --days FROM..TO    days a file without dates is the total of, such as 2026-02-01..2026-02-28',
    '  --overlap WHICH    this, that or both: whose rows count where another file states the same days',
    '  --by NAME          who imports, to stand beside the import in the history',
    '  --json             {files: [{name, format, rows, new, changed, duplicate, blank, keptAside: [{row, line, column,',
    '                     reason, text}], period, currency, tokens, cost, notes}], totals}; money as decimal text',
    '  --strict           exit code 1 when something was kept aside or a file could not be read',
    '',
    'Example: quarterdeck import usage-events.csv claude_api_cost.csv quarterdeck-api.txt --out team.quarterdeck',
  ].join('\n'),
  run: runImport,
}

interface FileResult {
  readonly name: string
  readonly staged: StagedImport | null
  readonly issues: readonly Issue[]
  /** What counted so far of the days the file states anew, beside what it says of them. */
  readonly inPlace: readonly (InPlace & { readonly now: UsageShare })[]
}

async function runImport(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      as: { type: 'string' },
      timezone: { type: 'string' },
      map: { type: 'string', multiple: true },
      decimal: { type: 'string' },
      'day-order': { type: 'string' },
      encoding: { type: 'string' },
      'header-line': { type: 'string' },
      currency: { type: 'string' },
      repository: { type: 'string' },
      git: { type: 'string', multiple: true },
      since: { type: 'string' },
      days: { type: 'string' },
      overlap: { type: 'string' },
      by: { type: 'string' },
      json: { type: 'boolean' },
      strict: { type: 'boolean' },
    },
  })
  const clones = values.git ?? []
  if (positionals.length + clones.length === 0) throw new UsageError('Which files? Name at least one.')
  if (values.out === undefined) throw new UsageError('Where to? Name the workbook with --out.')
  const choices = choicesOf(values)
  const opened = await openOrMake(values.out, io)
  if (opened === null) return 3
  let workbook = opened
  const results: FileResult[] = []
  const sources = [
    ...positionals.map((path) => () => fileAt(path, io)),
    ...clones.map((folder) => () => cloneAt(folder, sinceOf(values.since), io)),
  ]
  for (const open of sources) {
    for (const source of await open()) {
      const result =
        source.bytes === null
          ? refusedFile(source)
          : await importOne(source.name, source.bytes, choicesFor(source, choices), workbook, io)
      results.push(result)
      if (result.staged !== null && result.staged.sameAs === null) {
        const { chunks, keptAside } = result.staged
        const by = values.by?.trim() ?? ''
        const record = { ...result.staged.record, ...(by !== '' && { by }) }
        workbook = { ...workbook, imports: [...workbook.imports, { record, chunks, keptAside }] }
      }
      for (const issue of result.issues) io.err(tellIssue(issue))
    }
  }
  const read = results.filter(({ staged }) => staged !== null)
  if (read.length > 0) await io.writeFile(values.out, writeWorkbookFile(workbook))
  if (values.json === true) io.out(JSON.stringify(toJson(results, workbook), null, 2))
  else io.out(toText(results, workbook, values.out))
  if (read.length === 0) return 3
  const isComplete = read.length === results.length && read.every(({ staged }) => staged!.record.counts.keptAside === 0)
  return values.strict === true && !isComplete ? 1 : 0
}

interface ChoiceValues {
  readonly as?: string | undefined
  readonly timezone?: string | undefined
  readonly map?: readonly string[] | undefined
  readonly decimal?: string | undefined
  readonly 'day-order'?: string | undefined
  readonly encoding?: string | undefined
  readonly 'header-line'?: string | undefined
  readonly currency?: string | undefined
  readonly repository?: string | undefined
  readonly days?: string | undefined
  readonly overlap?: string | undefined
}

function choicesOf(values: ChoiceValues): ImportChoices {
  const { as, timezone, map, decimal, encoding, currency, repository, overlap } = values
  const [dayOrder, headerLine] = [values['day-order'], values['header-line']]
  if (as !== undefined && !FORMATS.some(({ id }) => id === as)) {
    throw new UsageError(`--as ${as}: not a format. Known are: ${FORMATS.map(({ id }) => id).join(', ')}.`)
  }
  if (timezone !== undefined && !isZone(timezone)) {
    throw new UsageError(`--timezone ${timezone}: not a zone. Write an IANA name such as Europe/Berlin or UTC.`)
  }
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    throw new UsageError(`--decimal ${decimal}: "." or ",".`)
  if (dayOrder !== undefined && dayOrder !== 'day-first' && dayOrder !== 'month-first') {
    throw new UsageError(`--day-order ${dayOrder}: day-first or month-first.`)
  }
  if (encoding !== undefined && encoding !== 'utf-8' && encoding !== 'windows-1252') {
    throw new UsageError(`--encoding ${encoding}: utf-8 or windows-1252.`)
  }
  if (headerLine !== undefined && !/^[1-9]\d{0,6}$/.test(headerLine)) {
    throw new UsageError(`--header-line ${headerLine}: a line number from 1.`)
  }
  if (currency !== undefined && !/^[A-Za-z]{3}$/.test(currency)) {
    throw new UsageError(`--currency ${currency}: a code of three letters such as USD.`)
  }
  if (overlap !== undefined && overlap !== 'this' && overlap !== 'that' && overlap !== 'both') {
    throw new UsageError(`--overlap ${overlap}: this, that or both.`)
  }
  return {
    ...(as === undefined ? {} : { as }),
    ...(timezone === undefined ? {} : { zone: timezone }),
    ...(map === undefined ? {} : { mapping: mappingOf(map) }),
    ...(decimal === undefined ? {} : { decimalMark: decimal }),
    ...(dayOrder === undefined ? {} : { dayOrder }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(headerLine === undefined ? {} : { headerLine: Number(headerLine) }),
    ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
    ...(repository === undefined ? {} : { repository }),
    ...(overlap === undefined ? {} : { overlap }),
    ...(values.days === undefined ? {} : { days: daysOf(values.days) }),
  }
}

function daysOf(text: string): NonNullable<ImportChoices['days']> {
  const [from, to] = text.split('..').map((part) => parseDay(part.trim()))
  if (!from?.ok || !to?.ok || from.value > to.value) {
    throw new UsageError(`--days ${text}: two days and .. between them, such as 2026-02-01..2026-02-28.`)
  }
  return { from: from.value, to: to.value }
}

function mappingOf(pairs: readonly string[]): Record<string, string> {
  const mapping: [string, string][] = pairs.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1 || at === pair.length - 1)
      throw new UsageError(`--map ${pair}: write FACT=HEADER, such as --map cost="Cost (USD)".`)
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return Object.fromEntries(mapping)
}

/** The workbook at `path`, or a fresh one where none is yet; `null` after its reasons went to stderr. */
async function openOrMake(path: string, io: CommandIo): Promise<Workbook | null> {
  let bytes: Uint8Array
  try {
    bytes = await io.readFile(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    const today = dayIn(instantOf(io.now()), UTC)
    return newWorkbook({ name: nameOf(path).replace(/\.quarterdeck$/, ''), today, currency: 'USD', zone: UTC })
  }
  const read = readWorkbookFile(bytes)
  if (read.ok) return read.value
  for (const issue of read.issues) io.err(`${path}: ${tellIssue(issue)}`)
  return null
}

/** A document to import, or why there is none. */
type Source =
  | { readonly name: string; readonly bytes: Uint8Array; readonly repository?: string }
  | { readonly name: string; readonly bytes: null; readonly issue: Issue }

async function fileAt(path: string, io: CommandIo): Promise<readonly Source[]> {
  const name = nameOf(path)
  try {
    return [{ name, bytes: await io.readFile(path) }]
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return [{ name, bytes: null, issue: notThere(path, String(error.code)) }]
  }
}

async function cloneAt(folder: string, since: Day | 'all' | null, io: CommandIo): Promise<readonly Source[]> {
  const read = await readGit(folder, since, io)
  if (read.kind === 'refused') return [{ name: nameOf(folder), bytes: null, issue: read.issue }]
  for (const warning of read.warnings) io.err(`${folder}: ${warning}`)
  return read.documents.map((document) => ({ ...document, repository: read.repository }))
}

function sinceOf(text: string | undefined): Day | 'all' | null {
  if (text === undefined || text === 'all') return text ?? null
  const day = parseDay(text)
  if (!day.ok) throw new UsageError(`--since ${text}: a day such as 2026-02-01, or all.`)
  return day.value
}

/** A clone names its repository by itself, unless the user does. */
function choicesFor(
  { repository }: Extract<Source, { readonly bytes: Uint8Array }>,
  choices: ImportChoices,
): ImportChoices {
  return repository === undefined ? choices : { repository, ...choices }
}

function refusedFile(source: Extract<Source, { bytes: null }>): FileResult {
  return { name: source.name, staged: null, issues: [source.issue], inPlace: [] }
}

async function importOne(
  name: string,
  bytes: Uint8Array,
  choices: ImportChoices,
  workbook: Workbook,
  io: CommandIo,
): Promise<FileResult> {
  const known: KnownFacts = {
    chunks: workbook.imports.flatMap(({ chunks }) => chunks),
    imports: workbook.imports.map(({ record }) => record),
  }
  const seq = known.imports.reduce((most, record) => Math.max(most, record.seq), 0) + 1
  const now = instantOf(io.now())
  const document = sourceDocumentOf(name, bytes, now)
  const importId = `import-${seq}-${document.fingerprint.slice(0, 8)}`
  const staged = await stageImport(document, choices, known, { importId, seq, committedAt: now })
  if (!staged.ok) return { name, staged: null, issues: staged.issues, inPlace: [] }
  return { name, staged: staged.value, issues: [], inPlace: countedNow(staged.value.inPlace, workbook) }
}

/** Held against the workbook before the file joins it. */
function countedNow(inPlace: readonly InPlace[], workbook: Workbook): FileResult['inPlace'] {
  if (inPlace.length === 0) return []
  const { chunks, live } = statedFacts(workbook).usage
  return inPlace.map(({ of, ...rest }) => {
    const at = chunks.flatMap(({ importId }, i) => (importId === of ? [i] : []))
    const now = usageInside(
      at.map((i) => chunks[i]!),
      rest.windows,
      at.map((i) => live[i] ?? null),
    )
    return { ...rest, now, of: workbook.imports.find(({ record }) => record.id === of)?.record.fileName ?? of }
  })
}

function notThere(path: string, code: string): Issue {
  return {
    code: 'import/file-not-read',
    where: { file: path },
    ...(code === 'ENOENT' ? {} : { said: code }),
    wanted: 'a file that can be read',
    did: 'stopped',
    can: 'Check the path and the spelling.',
  }
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path
}

function toJson(results: readonly FileResult[], workbook: Workbook) {
  return { files: results.map(fileJson), totals: totalsJson(results, workbook) }
}

function fileJson({ name, staged, issues }: FileResult) {
  const counts: RowCounts = staged?.record.counts ?? {
    rows: 0,
    new: 0,
    changed: 0,
    duplicate: 0,
    keptAside: 0,
    blank: 0,
  }
  return {
    name,
    format: staged?.record.format ?? null,
    rows: counts.rows,
    new: counts.new,
    changed: counts.changed,
    duplicate: counts.duplicate,
    blank: counts.blank,
    keptAside: staged === null ? issues.map(refusedJson) : staged.keptAside.map(keptAsideJson),
    keptAsideCount: counts.keptAside,
    period: staged?.record.period ?? null,
    ...usageJson(staged?.record.totals ?? new UsageSum().totals()),
    facts: staged?.record.facts ?? {},
    recognisedBy: staged?.recognisedBy ?? null,
    notes: (staged?.record.notes ?? []).map((issue) => ({ code: issue.code, text: tellIssue(issue) })),
    refused: staged === null ? issues.map((issue) => ({ code: issue.code, text: tellIssue(issue) })) : null,
  }
}

function keptAsideJson({ row, line, column, issue, text }: KeptAside) {
  return { row, line, column, reason: issue.code, message: tellIssue(issue), text }
}

/** Row 0 is the file as a whole. */
function refusedJson(issue: Issue) {
  return {
    row: 0,
    line: issue.where?.line ?? 0,
    column: issue.where?.column ?? null,
    reason: issue.code,
    message: tellIssue(issue),
    text: issue.said ?? '',
  }
}

function usageJson({ currency, tokens, cost }: UsageTotals) {
  return { currency, tokens, cost }
}

/** Counts over the files of this call; period, tokens and cost of everything that holds in the workbook after it. */
function totalsJson(results: readonly FileResult[], workbook: Workbook) {
  const sum = (count: keyof RowCounts) =>
    results.reduce((all, { staged }) => all + (staged?.record.counts[count] ?? 0), 0)
  return {
    rows: sum('rows'),
    new: sum('new'),
    changed: sum('changed'),
    duplicate: sum('duplicate'),
    blank: sum('blank'),
    keptAside: sum('keptAside'),
    ...holdingTotals(workbook),
  }
}

function holdingTotals(workbook: Workbook) {
  const set = statedFacts(workbook)
  const usage = new UsageSum()
  set.usage.chunks.forEach((chunk, at) => usage.addChunk(chunk, set.usage.live[at] ?? null))
  const periods = workbook.imports.flatMap(({ record: { period } }) => (period === null ? [] : [period]))
  const facts = Object.fromEntries(Object.entries(set).flatMap(([kind, { rows }]) => (rows > 0 ? [[kind, rows]] : [])))
  const [first, last] = [
    periods.map(({ from }) => from).sort()[0],
    periods
      .map(({ to }) => to)
      .sort()
      .at(-1),
  ]
  return {
    period: first === undefined || last === undefined ? null : { from: first, to: last },
    ...usageJson(usage.totals()),
    facts,
  }
}

function toText(results: readonly FileResult[], workbook: Workbook, out: string): string {
  const head = ['file', 'format', 'rows', 'new', 'changed', 'duplicate', 'blank', 'kept aside', 'period']
  const body = results.map(({ name, staged }) => {
    if (staged === null) return [name, 'not read', ...Array<string>(7).fill('–')]
    const { format, counts, period } = staged.record
    const numbers = [counts.rows, counts.new, counts.changed, counts.duplicate, counts.blank, counts.keptAside]
    return [name, format, ...numbers.map(String), period === null ? '–' : `${period.from} to ${period.to}`]
  })
  const lines = alignTable([head, ...body])
  for (const { staged, name, inPlace } of results) {
    if (staged === null) continue
    if (staged.sameAs !== null) lines.push(`${name}: already in the workbook; nothing was added.`)
    for (const { of, windows, now, own } of inPlace) {
      const days = windows.map(({ from, to }) => (from === to ? from : `${from} to ${to}`))
      lines.push(
        `${name}: ${[...new Set(days)].join(', ')} of ${of} counted ${shareText(now)}; this file states ${shareText(own)}.`,
      )
    }
    for (const note of staged.record.notes) lines.push(`${name}: ${tellIssue(note)}`)
    for (const { issue } of staged.keptAside.slice(0, 10)) lines.push(`${name}: ${tellIssue(issue)}`)
    const more = staged.record.counts.keptAside - 10
    if (more > 0) lines.push(`${name}: and ${more} more kept aside; --json lists them.`)
  }
  const { currency, cost, tokens, facts } = holdingTotals(workbook)
  const money = moneyText(cost, currency)
  const counted = Object.entries(tokens).flatMap(([bucket, count]) => (count === null ? [] : [`${bucket} ${count}`]))
  lines.push(
    '',
    `${out} holds ${
      Object.entries(facts)
        .map(([kind, rows]) => `${rows} ${kind}`)
        .join(', ') || 'no facts'
    }`,
  )
  if (counted.length > 0) lines.push(`  tokens: ${counted.join(', ')}`)
  if (money.length > 0) lines.push(`  cost: ${money.join(', ')}`)
  return lines.join('\n')
}

function shareText({ rows, totals: { cost, currency } }: UsageShare): string {
  return [`${rows} rows`, ...moneyText(cost, currency)].join(', ')
}

/** Kinds of cost side by side, never added. */
function moneyText(cost: UsageTotals['cost'], currency: string | null): readonly string[] {
  return Object.entries(cost).flatMap(([kind, amount]) =>
    amount === null ? [] : [`${kind} ${amount} ${currency ?? ''}`.trim()],
  )
}

function alignTable(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const isNumber = (column: number) => column >= 2 && column <= 7
  return rows.map((row) =>
    row
      .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
}
