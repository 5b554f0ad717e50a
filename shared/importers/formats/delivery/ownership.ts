import { accepted, refused } from '../../../issues/index.ts'
import type { LooseRecord, RecordSink, TableFormat, TextFormat } from '../../format.ts'
import { badRecord, missing, needsRepository, notOneOf } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'

// Commas and quotes are of tables: `…,"gpt-5, input",…,ada@acme.test` is no pattern with an owner.
const OWNER = String.raw`(?:@@?[\w.-]+(?:/[\w./-]+)*|[^\s@#,;"]+@[^\s@#,;"]+\.[^\s@#,;"]+)`
const LINE = new RegExp(String.raw`^((?:\\.|[^\s#\\])*(?:\\.|[^\s#\\,;"]))((?:[ \t]+${OWNER})*)[ \t]*(?:#.*)?$`)
/** `[Name]`, `^[Name][2]`, with owners behind: of GitLab. */
const SECTION = /^\^?\[[^\]]+\](?:\[\d+\])?((?:\s+[^\s#]+)*)/

/**
 * CODEOWNERS of GitHub and GitLab: a pattern and its owners in a line, of which the last that fits counts. A pattern without
 * owners takes them away again, or has those of its section. The file does not say which repository it is of, so that is asked.
 */
export const codeowners: TextFormat = {
  shape: 'text',
  id: 'codeowners',
  name: 'CODEOWNERS',
  kind: 'delivery',
  recognise(start) {
    const lines = start.split(/\r?\n/, 200).map((line) => line.trim())
    const said = lines.filter((line) => line !== '' && !line.startsWith('#') && !SECTION.test(line))
    const found = said.map((line) => LINE.exec(line))
    const isAll = said.length > 0 && found.every((match) => match !== null)
    const hasOwner = found.some((match) => match !== null && match[2] !== '' && /[/*.]/.test(match[1]!))
    return isAll && hasOwner ? 'a pattern and its owners in each line' : null
  },
  open(text, context) {
    const repository = context.choices.repository
    if (repository === undefined) return refused(needsRepository('owners'))
    return accepted({ records: eachLine(text, repository) })
  },
}

function* eachLine(text: string, repository: string): Generator<LooseRecord> {
  const lines = text.split('\n')
  let position = 0
  let ofSection: readonly string[] = []
  for (const [at, raw] of lines.entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const section = SECTION.exec(line)
    if (section !== null) {
      ofSection = ownersIn(section[1]!)
      continue
    }
    const [place, defaults] = [position++, ofSection]
    yield {
      line: at + 1,
      text: line,
      share: (at + 1) / lines.length,
      judge: (sink) => judgeLine(line, defaults, repository, place, sink),
    }
  }
}

function ownersIn(text: string): readonly string[] {
  return text.split(/[ \t]+/).filter((owner) => owner !== '')
}

function judgeLine(
  line: string,
  ofSection: readonly string[],
  repository: string,
  position: number,
  sink: RecordSink,
): void {
  const match = LINE.exec(line)
  if (match === null) return sink.aside(null, badRecord(line, 'a pattern and its owners (@team or an address)'))
  const pattern = match[1]!.replaceAll(/\\(.)/g, '$1')
  const named = ownersIn(match[2]!)
  const owners = named.length === 0 ? ofSection : named
  for (const team of owners.length === 0 ? [null] : owners) {
    sink.fact(
      'ownership',
      { repository, of: 'path', pattern, team, position, source: 'codeowners' },
      `owner|codeowners|${repository}|${position}|${team ?? ''}`,
    )
  }
}

const KINDS = ['path', 'key', 'person']

/** A list of one's own: `pattern, of, team`, or `path`, `key` or `person` beside `team`. The first row that fits counts. */
export const teamMap: TableFormat = {
  shape: 'table',
  id: 'team-map-csv',
  name: 'Teams and what they own (CSV)',
  kind: 'delivery',
  fields: {
    of: 'ownership',
    read: {
      pattern: ['ownership.pattern', 'key'],
      path: ['ownership.pattern', 'key'],
      key: ['ownership.pattern', 'key'],
      person: ['ownership.pattern', 'key'],
      of: ['ownership.of', 'key'],
      team: 'ownership.team',
      repository: ['ownership.repository', 'key'],
    },
  },
  required: [['pattern', 'path', 'key', 'person'], 'team'],
  without: [
    'model',
    'date',
    'day',
    'timestamp',
    'cost',
    'tokens',
    'url',
    'state',
    'status',
    'title',
    'id',
    'issue key',
  ],
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const at = {
      pattern: columns.find('pattern', 'path', 'key', 'person'),
      of: columns.find('of'),
      team: columns.find('team'),
      repository: columns.find('repository'),
    }
    const named = KINDS.find((kind) => !columns.has('pattern') && columns.has(kind)) ?? null
    let position = 0
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const [pattern, team, repository] = [read.text(at.pattern), read.text(at.team), read.text(at.repository)]
        if (pattern === null) read.fail(at.pattern, missing('what the team owns'))
        if (team === null) read.fail(at.team, missing('the team'))
        const of = read.text(at.of)?.toLowerCase() ?? named
        if (of === null) read.fail(at.of, missing('what the pattern is held against (column of: path, key or person)'))
        else if (!KINDS.includes(of)) read.fail(at.of, notOneOf(of, KINDS))
        if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
        sink.fact(
          'ownership',
          { repository, of, pattern, team, position, source: 'team-map' },
          `owner|team-map|${repository ?? ''}|${of!}|${pattern!}`,
          // Of two rows about one pattern the first counts, as of two patterns that fit.
          -position,
        )
        position++
      },
    })
  },
}
