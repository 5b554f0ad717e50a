import { parseInstant } from '../../../calendar/index.ts'
import { Word } from '../../../facts/index.ts'
import { accepted } from '../../../issues/index.ts'
import type { LooseRecord, RecordSink, TextFormat } from '../../format.ts'
import { badRecord, notATime, notFirstParent, repositoryFromFileName } from '../../messages.ts'
import { GitFacts } from './git-facts.ts'
import { joinPeople, readMessage } from './git-message.ts'
import { readNumstatLine, type TouchedFile } from './git-paths.ts'
import { pullRequestOf } from './git-landings.ts'
import { repositoryOf } from './git-qd1.ts'

/** Plain `git log --first-parent --numstat --pretty=fuller --date=iso-strict`: the fallback anyone can type. */
export const gitFuller: TextFormat = {
  shape: 'text',
  id: 'git-fuller',
  name: 'git log, fuller with numstat',
  kind: 'delivery',
  recognise: (start) =>
    /^commit [0-9a-f]{40,64}\b/.test(start.trimStart()) && /\nCommitDate: /.test(start)
      ? 'commit lines with author and committer dates'
      : null,
  open(text, context) {
    const repository = context.choices.repository ?? repositoryOf(context.fileName)
    return accepted({
      records: eachCommit(text, repository),
      finish(sink) {
        if (!context.choices.repository) sink.note(repositoryFromFileName(repository))
        const inner = innerCommits(text)
        if (inner > 0) sink.note(notFirstParent(inner))
      },
    })
  },
}

const START = /^commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\b/

/** Commits that a merge of the same log brought in; `Merge:` names parents by the first letters of their ids. */
function innerCommits(text: string): number {
  const merged = [...text.matchAll(/^Merge: [0-9a-f]+((?: [0-9a-f]+)+)\r?$/gm)].flatMap(([, rest = '']) =>
    rest.trim().split(' '),
  )
  if (merged.length === 0) return 0
  const commits = [...text.matchAll(/^commit ([0-9a-f]{40,64})\b/gm)].map(([, sha = '']) => sha)
  const starts = new Map(merged.map((start) => [start.length, new Set<string>()]))
  for (const [length, known] of starts) for (const sha of commits) known.add(sha.slice(0, length))
  return merged.filter((start) => starts.get(start.length)!.has(start)).length
}

function* eachCommit(text: string, repository: string): Generator<LooseRecord> {
  const lines = text.split('\n')
  let from = lines.findIndex((line) => START.test(line))
  let position = 0
  const facts = new GitFacts(repository)
  while (from >= 0 && from < lines.length) {
    let to = from + 1
    while (to < lines.length && !START.test(lines[to]!)) to++
    const own = lines.slice(from, to).map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    const place = position++
    yield {
      line: from + 1,
      text: own.join('\n').slice(0, 2000),
      share: to / lines.length,
      judge: (sink) => judgeCommit(own, facts, place, sink),
    }
    from = to
  }
}

function judgeCommit(lines: readonly string[], facts: GitFacts, position: number, sink: RecordSink): void {
  const sha = START.exec(lines[0]!)![1]!
  const field = (name: string) =>
    lines
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  const [author, committer] = [splitPerson(field('Author')), splitPerson(field('Commit'))]
  const authoredAt = parseInstant(field('AuthorDate'))
  const committedAt = parseInstant(field('CommitDate'))
  if (!authoredAt.ok) return sink.aside('AuthorDate', notATime(field('AuthorDate')))
  if (!committedAt.ok) return sink.aside('CommitDate', notATime(field('CommitDate')))
  const files: TouchedFile[] = []
  for (const line of lines) {
    if (!/^(?:\d+|-)\t/.test(line)) continue
    const file = readNumstatLine(line, false)
    if (file === null) return sink.aside('numstat', badRecord(line, 'added, deleted and path, split by tabs'))
    files.push(file)
  }
  const message = lines.filter((line) => line.startsWith('    ')).map((line) => line.slice(4))
  const subject = message[0] ?? ''
  const { coAuthors, agent, mergeRequest } = readMessage(message.join('\n'))
  facts.land(sink, {
    sha: new Word(sha),
    position,
    authoredAt: authoredAt.value,
    committedAt: committedAt.value,
    authorName: new Word(author.name),
    authorEmail: new Word(author.email),
    committerEmail: new Word(committer.email),
    coAuthors: joinPeople([], coAuthors),
    subject: new Word(subject),
    pullRequest: pullRequestOf(subject) ?? mergeRequest,
    agent,
  })
  for (const { path, fromPath, added, deleted } of files) facts.add(sink, new Word(path), fromPath, added, deleted)
}

function splitPerson(text: string): { name: string | null; email: string | null } {
  const at = text.lastIndexOf(' <')
  return at < 0
    ? { name: text || null, email: null }
    : { name: text.slice(0, at), email: text.slice(at + 2).replace(/>$/, '') }
}
