/**
 * Every way git is ever run: a fixed list of arguments, of which only the folder, a full name of a ref, a commit id and a day
 * are filled in. Nothing here writes, fetches, asks, pages or starts another program: hooks, file system monitors, external
 * diffs, text converters and the settings of the user and the system are all switched off, because a clone may be anybody's.
 */

/** The parts of a clone that are read, each a document of its own. */
export const GIT_PARTS = ['landings', 'lines', 'sizes'] as const
/** landings: commits with the files they touch · lines: ranges of lines, without their text · sizes: files before the first landing. */
export type GitPart = (typeof GIT_PARTS)[number]

const ALWAYS = [
  '--no-pager',
  '--no-optional-locks',
  '--no-replace-objects',
  '--literal-pathspecs',
  ...settings({
    'core.fsmonitor': '',
    'core.hooksPath': '/dev/null',
    'core.attributesFile': '/dev/null',
    'core.quotepath': 'off',
    'core.alternateRefsCommand': '',
    'protocol.allow': 'never',
    'credential.helper': '',
    'log.showSignature': 'false',
    'i18n.logOutputEncoding': 'UTF-8',
    'diff.renameLimit': '20000',
    'diff.external': '',
    'diff.submodule': 'short',
    'diff.noprefix': 'false',
    'diff.mnemonicPrefix': 'false',
    'diff.relative': 'false',
    'diff.orderFile': '/dev/null',
    'diff.algorithm': 'myers',
    'diff.interHunkContext': '0',
    'log.showRoot': 'true',
    'log.follow': 'false',
    'log.diffMerges': 'separate',
    'mailmap.file': '',
  }),
]

function settings(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** What git may see of the world: where programs are, and that it must stay offline and silent. */
export function gitEnvironment(own: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP'].flatMap((name) => {
    const value = own[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_PAGER: 'cat',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    // Else Windows would take a git.exe that lies in the folder it is started in.
    NoDefaultCurrentDirectoryInExePath: '1',
  }
}

const EMPTY_TREES: Readonly<Record<string, string>> = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
}

const FORMAT =
  '%x1eQD1%x1f%H%x1f%P%x1f%aI%x1f%cI%x1f%aN%x1f%aE%x1f%cN%x1f%cE%x1f%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x1d)%x1f%s'

const DIFF = ['--no-color', '--no-ext-diff', '--no-textconv', '--submodule=short']

/** A day as `2026-02-01`; anything else is refused before git sees it. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
}

function isRef(text: string): boolean {
  return /^(?:HEAD|refs\/(?:heads|remotes)\/[\w][\w./+@-]*)$/.test(text) && !text.includes('..')
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text)
}

function checked(text: string, holds: (text: string) => boolean): string {
  if (!holds(text)) throw new Error(`not for git: ${JSON.stringify(text.slice(0, 80))}`)
  return text
}

function since(day: string | null): readonly string[] {
  return day === null ? [] : [`--since=${checked(day, isDay)}T00:00:00Z`]
}

/** The lists of arguments, by what they answer. */
export const GIT = {
  /** Lines: is it bare, is it shallow, which hash. */
  kind: (folder: string) =>
    at(folder, 'rev-parse', '--is-bare-repository', '--is-shallow-repository', '--show-object-format'),
  top: (folder: string) => at(folder, 'rev-parse', '--show-toplevel'),
  origin: (folder: string) => at(folder, 'config', '--local', '--get', 'remote.origin.url'),
  promisor: (folder: string) => at(folder, 'config', '--local', '--get', 'extensions.partialclone'),
  /** The default branch as the remote has it, and else the one that is checked out. */
  defaultBranch: (folder: string) => at(folder, 'symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'),
  head: (folder: string) => at(folder, 'symbolic-ref', '--quiet', 'HEAD'),
  count: (folder: string, ref: string, day: string | null) =>
    at(folder, 'rev-list', '--count', '--first-parent', ...since(day), checked(ref, isRef), '--'),
  /** The last landing before the window. */
  before: (folder: string, ref: string, day: string) =>
    at(
      folder,
      'rev-list',
      '-1',
      '--first-parent',
      `--before=${checked(day, isDay)}T00:00:00Z`,
      checked(ref, isRef),
      '--',
    ),
  landings: (folder: string, ref: string, day: string | null) => log(folder, ref, day, ['-M50%', '--numstat', '-z']),
  lines: (folder: string, ref: string, day: string | null) => log(folder, ref, day, ['-M50%', '-p', '-U0']),
  sizes: (folder: string, commit: string, hash: string) =>
    at(folder, 'diff', '--numstat', '--no-renames', ...DIFF, EMPTY_TREES[hash] ?? '', checked(commit, isCommit), '--'),
} as const

function log(folder: string, ref: string, day: string | null, how: readonly string[]): readonly string[] {
  const order = ['log', checked(ref, isRef), '-m', '--first-parent', '--date=iso-strict', ...since(day)]
  return at(folder, ...order, ...DIFF, ...how, `--format=${FORMAT}`, '--')
}

function at(folder: string, ...rest: readonly string[]): readonly string[] {
  return [...ALWAYS, '-C', folder, ...rest]
}
