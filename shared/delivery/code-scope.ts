import { type PathPattern, pathPattern } from './path-pattern.ts'
import { remembered } from './remembered.ts'

const CODE_EXTENSIONS = new Set(
  (
    'ts tsx mts cts js jsx mjs cjs py pyi go rs java kt kts scala rb php cs fs vb c h cc cpp cxx hpp hh m mm swift sql sh bash ' +
    'zsh ps1 lua r jl dart ex exs erl clj vue svelte astro css scss sass less html htm graphql proto prisma tf'
  ).split(' '),
)

/** Files a package tool writes; `*.lock` catches most of the others. */
const LOCK_FILES = new Set(['package-lock.json', 'pnpm-lock.yaml', 'bun.lockb', 'go.sum'])

const OUTSIDE_FOLDERS =
  /(?:^|\/)(?:node_modules|vendor|third_party|dist|build|out|generated|__generated__|__snapshots__|cassettes|fixtures)\//

const WRITTEN_BY_TOOLS = /\.min\.(?:js|css)$|\.snap$|_pb2(?:_grpc)?\.py$|\.pb\.go$|\.generated\./

/**
 * Whether lines of this path count as code written by the team: a known source extension, and not a lock file, a
 * snapshot, generated, vendored, minified or fixture. The choice matters: over all text files the seven-day rewrite rate
 * of one and the same repository can be twice that of its code.
 */
export function isCodePath(path: string): boolean {
  // The extension first: it decides most paths.
  const nameAt = path.lastIndexOf('/') + 1
  const dot = path.lastIndexOf('.')
  if (dot < nameAt || !CODE_EXTENSIONS.has(path.slice(dot + 1).toLowerCase())) return false
  if (OUTSIDE_FOLDERS.test(path)) return false
  const name = path.slice(nameAt)
  return !LOCK_FILES.has(name) && !name.endsWith('.lock') && !WRITTEN_BY_TOOLS.test(name)
}

/** What a team says about its code beside the list: patterns as in CODEOWNERS. What is not code wins over what is. */
export interface CodeScope {
  /** Code although the list does not know it: `*.bzl`, `/fixtures/`. */
  readonly code: readonly string[]
  /** Not code although its ending is: `/docs/`, `*.stories.tsx`. */
  readonly notCode: readonly string[]
}

/** Whether a path is code by the patterns of a team, then by the list. Without patterns it is `isCodePath`. */
export function codeTest(scope: CodeScope | undefined): (path: string) => boolean {
  const [code, notCode] = [scope?.code ?? [], scope?.notCode ?? []].map((patterns) => patterns.map(pathPattern))
  if (code!.length + notCode!.length === 0) return isCodePath
  const fits = (patterns: readonly PathPattern[], path: string): boolean =>
    patterns.some((pattern) => pattern.test(path))
  return remembered((path) => !fits(notCode!, path) && (fits(code!, path) || isCodePath(path)))
}

/** First two folders of a path, `(root)` for files beside the README: the domain while no ownership map is known. */
export function domainOf(path: string): string {
  const first = path.indexOf('/')
  if (first < 0) return '(root)'
  const second = path.indexOf('/', first + 1)
  return path.slice(0, second < 0 ? first : second)
}
