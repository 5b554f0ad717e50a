import { GIT, type GitPart } from './git-commands.ts'
import { joined, LineFilter } from './line-filter.ts'

/** A running git, as far as it is read here. */
export interface GitProcess {
  readonly stdout: AsyncIterable<Uint8Array>
  readonly stderr: AsyncIterable<Uint8Array>
  /** Its exit code; rejects when it could not be started. */
  readonly exit: Promise<number>
  kill(): void
}

/** Starts git with exactly these arguments: no shell, `gitEnvironment`, no input. */
export type StartGit = (args: readonly string[]) => GitProcess

/** A clone somebody pointed at, looked at and not yet read. */
export interface GitClone {
  readonly folder: string
  /** Name of the repository: of its remote, and else of its folder. */
  readonly name: string
  readonly ref: string
  readonly hash: string
  /** First day that is read; null = from the beginning. */
  readonly since: string | null
  readonly landings: number
  /** Last landing before that day; null = there is none. */
  readonly before: string | null
  /** Things to know before it is read. */
  readonly warnings: readonly string[]
}

export type OpenedClone =
  { readonly kind: 'opened'; readonly clone: GitClone } | { readonly kind: 'refused'; readonly reason: string }

export interface GitPiece {
  readonly bytes: Uint8Array
  /** Landings seen so far. */
  readonly landings: number
}

/** The most one part may hold: what an import takes. */
export const MOST_GIT_BYTES = 512 * 1024 ** 2
/** Answers to questions are short. */
const MOST_ANSWER_BYTES = 64 * 1024
/** Pieces are handed on in about this size. */
const PIECE_BYTES = 1024 ** 2

export async function openClone(start: StartGit, folder: string, since: string | null): Promise<OpenedClone> {
  const ask = (args: readonly string[]) => answerOf(start, args)
  let kind: Answer
  try {
    kind = await ask(GIT.kind(folder))
  } catch {
    return { kind: 'refused', reason: 'Git was not found on this machine. Install it, or export the history by hand.' }
  }
  if (kind.code !== 0) return { kind: 'refused', reason: reasonOf(kind) }
  const [isBare, isShallow, hash = 'sha1'] = kind.text.split('\n')
  const branch = await ask(GIT.defaultBranch(folder))
  const head = branch.code === 0 ? branch : await ask(GIT.head(folder))
  const ref = head.code === 0 ? head.text : 'HEAD'
  const count = await ask(GIT.count(folder, ref, since))
  if (count.code !== 0) return { kind: 'refused', reason: 'The clone has no commits on its default branch.' }
  const landings = Number(count.text)
  if (landings === 0 && since !== null)
    return { kind: 'refused', reason: `Nothing landed on ${plainRef(ref)} since ${since}. Choose an earlier day.` }
  const [top, origin, promisor] = [
    isBare === 'true' ? null : await ask(GIT.top(folder)),
    await ask(GIT.origin(folder)),
    await ask(GIT.promisor(folder)),
  ]
  const before = since === null ? null : await ask(GIT.before(folder, ref, since))
  const warnings = [
    ...(isShallow === 'true'
      ? ['The clone is shallow: its history is cut off. Run git fetch --unshallow for all of it.']
      : []),
    ...(promisor.code === 0
      ? ['The clone is partial: lines of files it has not fetched cannot be counted. Nothing is fetched from here.']
      : []),
    ...(branch.code === 0 ? [] : [`The clone does not know its default branch; ${plainRef(ref)} is read.`]),
  ]
  const name =
    nameOf(origin.code === 0 ? origin.text : '') ?? nameOf(top?.code === 0 ? top.text : folder) ?? 'repository'
  const last = before?.code === 0 && before.text !== '' ? before.text : null
  return { kind: 'opened', clone: { folder, name, ref, hash, since, landings, before: last, warnings } }
}

/** Bytes of one part, in pieces; stopping the loop stops git. Throws with a sentence when git fails or says too much. */
export async function* readClone(start: StartGit, clone: GitClone, part: GitPart): AsyncGenerator<GitPiece, void> {
  const args = argumentsOf(clone, part)
  if (args === null) return
  const git = start(args)
  const failed = textOf(git.stderr)
  failed.catch(() => {})
  git.exit.catch(() => {})
  const filter = part === 'lines' ? new LineFilter() : null
  let held: Uint8Array[] = []
  let [size, total, landings] = [0, 0, 0]
  const piece = (): GitPiece => {
    const bytes = joined(held)
    held = []
    size = 0
    return { bytes, landings: filter?.records ?? landings }
  }
  const take = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return
    held.push(bytes)
    size += bytes.length
    total += bytes.length
    if (total > MOST_GIT_BYTES)
      throw new Error('The history is larger than an import takes, 512 MB. Choose a later first day.')
  }
  try {
    for await (const bytes of git.stdout) {
      if (filter === null) for (const byte of bytes) if (byte === 0x1e) landings++
      take(filter === null ? bytes : filter.push(bytes))
      if (size >= PIECE_BYTES) yield piece()
    }
    if (filter) take(filter.end())
    const code = await git.exit
    if (code !== 0) throw new Error(reasonOf({ code, text: '', said: await failed }))
    if (size > 0) yield piece()
  } finally {
    git.kill()
  }
}

function argumentsOf({ folder, ref, since, before, hash }: GitClone, part: GitPart): readonly string[] | null {
  switch (part) {
    case 'landings':
      return GIT.landings(folder, ref, since)
    case 'lines':
      return GIT.lines(folder, ref, since)
    case 'sizes':
      return before === null ? null : GIT.sizes(folder, before, hash)
  }
}

/** File names under which the parts are imported: the repository is read from them. */
export function gitFileName(name: string, part: GitPart): string {
  const ending: Readonly<Record<GitPart, string>> = {
    landings: 'numstat.txt',
    lines: 'hunks.txt',
    sizes: 'baseline.tsv',
  }
  return `quarterdeck-${name}.${ending[part]}`
}

interface Answer {
  readonly code: number
  readonly text: string
  readonly said: string
}

async function answerOf(start: StartGit, args: readonly string[]): Promise<Answer> {
  const git = start(args)
  const [text, said, code] = await Promise.all([textOf(git.stdout), textOf(git.stderr), git.exit])
  return { code, text: text.trim(), said }
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const bytes of stream) {
    if (size < MOST_ANSWER_BYTES) parts.push(bytes.slice(0, MOST_ANSWER_BYTES - size))
    size += bytes.length
  }
  let text = ''
  for (const byte of joined(parts)) text += String.fromCharCode(byte)
  return decodeURIComponentSafely(text)
}

/** UTF-8 out of bytes held as letters, without what only browsers and Node have. */
function decodeURIComponentSafely(letters: string): string {
  try {
    return decodeURIComponent(
      letters.replaceAll(/[%\u0080-\u00FF]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    )
  } catch {
    return letters
  }
}

function reasonOf({ said }: Answer): string {
  if (/dubious ownership/.test(said))
    return 'The clone belongs to another user of this machine, so git does not open it. Clone it yourself and choose that one.'
  if (/not a git repository/.test(said)) return 'The folder is not a clone: there is no git repository in it.'
  if (/promisor|lazy fetch|missing blob|unable to read/i.test(said))
    return 'The clone lacks files it never fetched, and nothing is fetched from here. Make a full clone and choose that one.'
  const line = said.trim().split('\n')[0] ?? ''
  return `Git could not read the clone: ${line === '' ? 'it gave no reason' : line.slice(0, 200)}.`
}

function plainRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|remotes\/origin)\//, '')
}

/** The last part of an address or a path, without `.git`; letters a file name can have. */
function nameOf(address: string): string | null {
  const last =
    address
      .replace(/[/\\]+$/, '')
      .split(/[/\\:]/)
      .at(-1) ?? ''
  const plain = last
    .replace(/\.git$/, '')
    .replaceAll(/[^\w.-]/g, '-')
    .replace(/^[.-]+/, '')
  return plain === '' ? null : plain.slice(0, 100)
}
