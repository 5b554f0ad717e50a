import type { FactOrigin } from '../facts/index.ts'
import { agentOfEmail } from '../importers/index.ts'
import type { Instant } from '../quantities/index.ts'
import { addressesOf, type AccountClass, classOfAccount } from './identity.ts'
import { isCodePath } from './code-scope.ts'
import { remembered } from './remembered.ts'
import type { NumstatFile } from './rewrite-estimate.ts'

/** One commit on the main line, in order. */
export interface Landing {
  readonly repository: string
  readonly sha: string
  /** 0 = oldest known landing of its repository. */
  readonly order: number
  readonly landedAt: Instant
  readonly authoredAt: Instant | null
  /** E-mail in lower case; `null` where the export has none. */
  readonly author: string | null
  readonly authorClass: AccountClass
  /** True when author or a co-author is a known agent. A lower bound of what agents wrote. */
  readonly isAgentMarked: boolean
  /** Name of the agent that is author or co-author; `null` = none known. */
  readonly agent: string | null
  readonly subject: string
  /** Number of the pull request it landed, by its subject. */
  readonly pullNumber: number | null
  readonly files: readonly NumstatFile[]
  /** Added lines of code. */
  readonly codeAdded: number
  readonly codeDeleted: number
  /** False where a source states additions only: then `codeDeleted` is too low. */
  readonly areDeletionsKnown: boolean
  readonly isRevert: boolean
  readonly origin: FactOrigin
}

/** The line of one repository, oldest first. */
export interface Line {
  readonly repository: string
  readonly landings: readonly Landing[]
  readonly orderOfSha: ReadonlyMap<string, number>
}

export interface LandingRow {
  readonly repository: string | null
  readonly sha: string | null
  readonly position: number | null
  readonly authoredAt: Instant | null
  readonly committedAt: Instant | null
  readonly authorEmail: string | null
  readonly coAuthors: string | null
  readonly subject: string | null
  readonly pullRequest: number | null
  readonly origin: FactOrigin
}

/**
 * Puts landings in the order they reached the main line. Inside one export position is the order, because committer dates
 * run backwards now and then; exports of one repository that overlap are merged by time, each keeping its own order.
 */
export function orderLandings(
  rows: readonly LandingRow[],
  filesOf: (repository: string, sha: string) => readonly NumstatFile[],
  houseAgents: readonly string[],
  isCode: (path: string) => boolean = remembered(isCodePath),
): readonly Line[] {
  const byRepository = new Map<string, Map<string, LandingRow[]>>()
  for (const row of rows) {
    if (row.sha === null || row.committedAt === null) continue
    const repository = row.repository ?? ''
    let chains = byRepository.get(repository)
    if (!chains) byRepository.set(repository, (chains = new Map<string, LandingRow[]>()))
    const chain = chains.get(row.origin.importId)
    if (chain) chain.push(row)
    else chains.set(row.origin.importId, [row])
  }
  const landingOf = landingMaker(filesOf, houseAgents, isCode)
  return [...byRepository.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([repository, chains]) => {
      const landings = mergeChains(
        [...chains.values()].map((chain) => chain.sort((a, b) => (b.position ?? 0) - (a.position ?? 0))),
      ).map((row, order) => landingOf(row, repository, order))
      return { repository, landings, orderOfSha: new Map(landings.map(({ sha, order }) => [sha, order])) }
    })
}

function mergeChains(chains: readonly LandingRow[][]): readonly LandingRow[] {
  if (chains.length === 1) return chains[0]!
  const heads = chains.map(() => 0)
  const merged: LandingRow[] = []
  for (;;) {
    let next = -1
    chains.forEach((chain, i) => {
      const row = chain[heads[i]!]
      if (row === undefined) return
      if (next < 0 || row.committedAt! < chains[next]![heads[next]!]!.committedAt!) next = i
    })
    if (next < 0) return merged
    merged.push(chains[next]![heads[next]!]!)
    heads[next]!++
  }
}

/** What an account is; asked once, because the same few hundred stand behind all landings. */
interface Author {
  readonly name: string
  readonly authorClass: AccountClass
  readonly agent: string | null
}

function landingMaker(
  filesOf: (repository: string, sha: string) => readonly NumstatFile[],
  houseAgents: readonly string[],
  isCode: (path: string) => boolean,
): (row: LandingRow, repository: string, order: number) => Landing {
  const authorOf = remembered((email: string): Author => {
    const name = email.toLowerCase()
    return { name, authorClass: classOfAccount(email, houseAgents), agent: agentOfEmail(name) }
  })
  const coAuthorsOf = remembered((lines: string) => addressesOf(lines).map(authorOf))
  return (row, repository, order) => {
    const author = row.authorEmail === null ? null : authorOf(row.authorEmail)
    const coAuthors = row.coAuthors === null ? [] : coAuthorsOf(row.coAuthors)
    const files = filesOf(repository, row.sha!)
    let [codeAdded, codeDeleted] = [0, 0]
    let areDeletionsKnown = true
    for (const { path, added, deleted } of files) {
      if (!isCode(path)) continue
      codeAdded += added ?? 0
      codeDeleted += deleted ?? 0
      if (added !== null && deleted === null) areDeletionsKnown = false
    }
    const subject = row.subject ?? ''
    return {
      repository,
      sha: row.sha!,
      order,
      landedAt: row.committedAt!,
      authoredAt: row.authoredAt,
      author: author?.name ?? null,
      authorClass: author?.authorClass ?? 'human',
      isAgentMarked: author?.authorClass === 'agent' || coAuthors.some(({ authorClass }) => authorClass === 'agent'),
      agent: author?.agent ?? coAuthors.find(({ agent }) => agent !== null)?.agent ?? null,
      subject,
      pullNumber: row.pullRequest,
      files,
      codeAdded,
      codeDeleted,
      areDeletionsKnown,
      isRevert: /^(?:Revert "|revert:)/.test(subject),
      origin: row.origin,
    }
  }
}
