import { orderOfMoments } from '../calendar/index.ts'
import { type FactOrigin, type FactSet, TableReader } from '../facts/index.ts'
import { agentOfEmail } from '../importers/index.ts'
import { type Instant, instantOf } from '../quantities/index.ts'
import { addressesOf, type AccountClass, classOfAccount } from './identity.ts'
import { type ChangedFiles, filesAt, type NumstatFile, readChangedFiles } from './changed-files.ts'
import { remembered } from './remembered.ts'

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
  /** True when author or a co-author is a known agent, or its message bears the mark of one. A lower bound of what agents wrote. */
  readonly isAgentMarked: boolean
  /**
   * Whose it is: the author, of an agent's landing the first person among its co-authors. `null` = nobody is named, or an
   * agent that nobody stands behind.
   */
  readonly owner: string | null
  /** Name of the agent that is author or co-author, or that marked the message; `null` = none known. */
  readonly agent: string | null
  readonly subject: string
  /** Number of the pull request it landed, by its subject. */
  readonly pullNumber: number | null
  readonly files: readonly NumstatFile[]
  /** The same by column, for walks over all landings: its files are those at `place`. */
  readonly changed: ChangedFiles
  readonly place: number
  /** Added lines of code. */
  readonly codeAdded: number
  readonly codeDeleted: number
  /** False where a source states additions or deletions only: then the other is too low. */
  readonly areLinesKnown: boolean
  readonly isRevert: boolean
  readonly origin: FactOrigin
}

/** The line of one repository, oldest first. */
export interface Line {
  readonly repository: string
  readonly landings: readonly Landing[]
  readonly orderOfSha: ReadonlyMap<string, number>
}

export interface ReadLines {
  readonly lines: readonly Line[]
  /** Of all lines, by landing time. */
  readonly landings: readonly Landing[]
  readonly hasFileChanges: boolean
}

/**
 * Puts landings in the order they reached the main line. Inside one export position is the order, because committer dates
 * run backwards now and then; exports of one repository that overlap are merged by time, each keeping its own order.
 */
export function readLines(
  facts: FactSet,
  houseAgents: readonly string[],
  isCode: (path: string) => boolean,
): ReadLines {
  const reader = new TableReader(facts.landing)
  const [sha, repository] = [reader.texts('sha'), reader.texts('repository')]
  const [position, committedAt] = [reader.numbers('position'), reader.numbers('committedAt')]
  const byRepository = new Map<string, Map<string, number[]>>()
  for (let row = 0; row < reader.length; row++) {
    if (sha(row) === null || Number.isNaN(committedAt[row]!)) continue
    const name = repository(row) ?? ''
    let chains = byRepository.get(name)
    if (!chains) byRepository.set(name, (chains = new Map<string, number[]>()))
    const chain = chains.get(reader.importOf(row))
    if (chain) chain.push(row)
    else chains.set(reader.importOf(row), [row])
  }
  const ordered = [...byRepository]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, chains]) => ({
      name,
      rows: mergeChains(
        [...chains.values()].map((chain) => chain.sort((a, b) => (position[b] || 0) - (position[a] || 0))),
        committedAt,
      ),
    }))
  const lineOf = new Map<string, { readonly first: number; readonly orderOfSha: Map<string, number> }>()
  const rows = new Uint32Array(ordered.reduce((sum, line) => sum + line.rows.length, 0))
  const placeOfRow = new Int32Array(reader.length).fill(-1)
  let first = 0
  for (const line of ordered) {
    const orderOfSha = new Map<string, number>()
    line.rows.forEach((row, order) => {
      orderOfSha.set(sha(row)!, order)
      rows[first + order] = row
      placeOfRow[row] = first + order
    })
    lineOf.set(line.name, { first, orderOfSha })
    first += line.rows.length
  }
  // Exports tell landings and their files in one order: the landing after the last one is asked before the texts of all.
  let next = 0
  const placeOf = (name: string, commit: string): number => {
    if (next === reader.length || sha(next) !== commit || (repository(next) ?? '') !== name) {
      const line = lineOf.get(name)
      const order = line?.orderOfSha.get(commit)
      if (order === undefined) return -1
      next = rows[line!.first + order]!
    }
    return placeOfRow[next++]!
  }
  const { files, areKnown } = readChangedFiles(facts, rows.length, placeOf, isCode)
  const table = new LandingTable(reader, rows, files, houseAgents)
  const lines = ordered.map(({ name, rows: own }) => {
    const line = lineOf.get(name)!
    const landings = own.map((_, order) => new LandingOfTable(table, line.first + order, name, order))
    return { repository: name, landings, orderOfSha: line.orderOfSha }
  })
  const all = lines.flatMap(({ landings }) => landings)
  const byTime = orderOfMoments(table.landedAt)
  return {
    lines,
    landings: byTime === null ? all : all.map((_, i) => all[byTime[i]!]!),
    hasFileChanges: areKnown,
  }
}

function mergeChains(chains: readonly (readonly number[])[], committedAt: Float64Array): readonly number[] {
  if (chains.length === 1) return chains[0]!
  const heads = chains.map(() => 0)
  const merged: number[] = []
  for (;;) {
    let next = -1
    chains.forEach((chain, i) => {
      const row = chain[heads[i]!]
      if (row === undefined) return
      if (next < 0 || committedAt[row]! < committedAt[chains[next]![heads[next]!]!]!) next = i
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

/** All landings by column, at their places: line after line, oldest first. */
class LandingTable {
  readonly reader: TableReader<'landing'>
  readonly rows: Uint32Array
  readonly files: ChangedFiles
  readonly sha: (row: number) => string | null
  readonly subject: (row: number) => string | null
  readonly author: (row: number) => Author | null
  readonly coAuthors: (row: number) => readonly Author[] | null
  /** Agent whose mark the message bears. */
  readonly markedBy: (row: number) => string | null
  readonly landedAt: Float64Array
  readonly authoredAt: Float64Array
  readonly pullNumber: Float64Array
  readonly codeAdded: Float64Array
  readonly codeDeleted: Float64Array
  readonly areLinesKnown: Uint8Array

  constructor(reader: TableReader<'landing'>, rows: Uint32Array, files: ChangedFiles, houseAgents: readonly string[]) {
    const authorOf = remembered((email: string): Author => {
      const name = email.toLowerCase()
      return { name, authorClass: classOfAccount(email, houseAgents), agent: agentOfEmail(name) }
    })
    this.reader = reader
    this.rows = rows
    this.files = files
    this.sha = reader.texts('sha')
    this.subject = reader.texts('subject')
    this.author = reader.answers('authorEmail', authorOf)
    this.coAuthors = reader.answers('coAuthors', (lines) => addressesOf(lines).map(authorOf))
    this.markedBy = reader.texts('agent')
    const placed = (column: string): Float64Array => {
      const values = reader.numbers(column)
      const own = new Float64Array(rows.length)
      for (let place = 0; place < own.length; place++) own[place] = values[rows[place]!]!
      return own
    }
    this.landedAt = placed('committedAt')
    this.authoredAt = placed('authoredAt')
    this.pullNumber = placed('pullRequest')
    this.codeAdded = new Float64Array(rows.length)
    this.codeDeleted = new Float64Array(rows.length)
    this.areLinesKnown = new Uint8Array(rows.length)
    for (let place = 0; place < rows.length; place++) this.countCode(place)
  }

  private countCode(place: number): void {
    const { starts, path, isCode, added, deleted } = this.files
    let [plus, minus, areLinesKnown] = [0, 0, 1]
    for (let at = starts[place]!; at < starts[place + 1]!; at++) {
      if (isCode[path[at]!] === 0) continue
      const [more, less] = [added[at]!, deleted[at]!]
      if (more === more) plus += more
      if (less === less) minus += less
      // Of binary files neither is known.
      if ((more === more) !== (less === less)) areLinesKnown = 0
    }
    this.codeAdded[place] = plus
    this.codeDeleted[place] = minus
    this.areLinesKnown[place] = areLinesKnown
  }
}

/** A landing read from the columns: a year of a company has hundreds of thousands, each asked for few of its fields. */
class LandingOfTable implements Landing {
  readonly repository: string
  readonly order: number
  readonly author: string | null
  readonly authorClass: AccountClass
  readonly place: number
  private readonly table: LandingTable

  constructor(table: LandingTable, place: number, repository: string, order: number) {
    this.table = table
    this.place = place
    this.repository = repository
    this.order = order
    // Asked for by almost every metric.
    const author = table.author(this.row)
    this.author = author?.name ?? null
    this.authorClass = author?.authorClass ?? 'human'
  }

  get sha(): string {
    return this.table.sha(this.row)!
  }
  get landedAt(): Instant {
    return instantOf(this.table.landedAt[this.place]!)
  }
  get authoredAt(): Instant | null {
    const at = this.table.authoredAt[this.place]!
    return at === at ? instantOf(at) : null
  }
  get isAgentMarked(): boolean {
    return (
      this.authorClass === 'agent' ||
      this.coAuthors.some(({ authorClass }) => authorClass === 'agent') ||
      this.table.markedBy(this.row) !== null
    )
  }
  get owner(): string | null {
    if (this.author === null || this.authorClass === 'human') return this.author
    return this.coAuthors.find(({ authorClass }) => authorClass === 'human')?.name ?? null
  }
  get agent(): string | null {
    const coAuthor = this.coAuthors.find(({ agent }) => agent !== null)
    return this.table.author(this.row)?.agent ?? coAuthor?.agent ?? this.table.markedBy(this.row)
  }
  get subject(): string {
    return this.table.subject(this.row) ?? ''
  }
  get pullNumber(): number | null {
    const number = this.table.pullNumber[this.place]!
    return number === number ? number : null
  }
  get files(): readonly NumstatFile[] {
    return filesAt(this.table.files, this.place)
  }
  get changed(): ChangedFiles {
    return this.table.files
  }
  get codeAdded(): number {
    return this.table.codeAdded[this.place]!
  }
  get codeDeleted(): number {
    return this.table.codeDeleted[this.place]!
  }
  get areLinesKnown(): boolean {
    return this.table.areLinesKnown[this.place] === 1
  }
  get isRevert(): boolean {
    return /^(?:Revert "|revert:)/.test(this.subject)
  }
  get origin(): FactOrigin {
    return this.table.reader.originOf(this.row)
  }
  private get row(): number {
    return this.table.rows[this.place]!
  }
  private get coAuthors(): readonly Author[] {
    return this.table.coAuthors(this.row) ?? []
  }
}
