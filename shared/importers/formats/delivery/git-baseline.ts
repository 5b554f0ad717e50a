import { accepted } from '../../../issues/index.ts'
import type { LooseRecord, RecordSink, TextFormat } from '../../format.ts'
import { badRecord, repositoryFromFileName } from '../../messages.ts'
import { readNumstatLine } from './git-paths.ts'
import { repositoryOf } from './git-qd1.ts'

/**
 * `git diff --numstat --no-renames <empty tree> <commit before the window>`: lines of every file when the window began.
 * Against nothing no file loses a line, which is what tells it from other lists of counts.
 */
export const gitBaseline: TextFormat = {
  shape: 'text',
  id: 'git-baseline',
  name: 'File sizes before the window (git numstat)',
  kind: 'delivery',
  recognise(start) {
    const lines = start.split(/\r?\n/, 21)
    // The last may be cut off.
    const whole = lines.slice(0, Math.max(1, Math.min(20, lines.length - 1))).filter((line) => line !== '')
    return whole.length > 0 && whole.every((line) => BASELINE.test(line)) ? 'lines, 0 and path in each line' : null
  },
  open(text, context) {
    const repository = context.choices.repository ?? repositoryOf(context.fileName)
    return accepted({
      records: eachFile(text, repository),
      finish(sink) {
        if (!context.choices.repository) sink.note(repositoryFromFileName(repository))
      },
    })
  },
}

const BASELINE = /^(?:\d{1,15}|-)\t0\t[^\t]+$|^-\t-\t[^\t]+$/

function* eachFile(text: string, repository: string): Generator<LooseRecord> {
  let line = 0
  for (let from = 0; from < text.length;) {
    line++
    const end = text.indexOf('\n', from)
    const to = end === -1 ? text.length : end
    const said = text.slice(from, text.charCodeAt(to - 1) === 13 ? to - 1 : to)
    from = to + 1
    if (said === '') continue
    yield { line, text: said, share: to / text.length, judge: (sink) => judgeFile(said, repository, sink) }
  }
}

function judgeFile(said: string, repository: string, sink: RecordSink): void {
  const file = BASELINE.test(said) ? readNumstatLine(said, true) : null
  if (file === null) return sink.aside(null, badRecord(said, 'lines, 0 and path, split by tabs'))
  sink.fact('fileBaseline', { repository, path: file.path, lines: file.added }, `baseline|${repository}|${file.path}`)
}
