import type { Day } from '../calendar/index.ts'
import type { ColumnData, FactChunk, FactKind, FactSet, FactTable, TextColumn } from '../facts/index.ts'
import { classOfAccount } from './identity.ts'
import { namesOfIds } from './listed-accounts.ts'
import { personFinder } from './people.ts'
import { type Person, plainAccount } from './person.ts'

/** Columns that name somebody; `lines` hold several, `Name <mail>` or bare. */
const PERSON_COLUMNS: Readonly<Partial<Record<FactKind, readonly (readonly [column: string, lines?: 'lines'])[]>>> = {
  usage: [['person']],
  landing: [['authorEmail'], ['coAuthors', 'lines']],
  pullRequest: [['author']],
  review: [['reviewer']],
  pullCommit: [['authorEmails', 'lines']],
  workItem: [['assignee']],
  statusChange: [['author']],
}

/**
 * The same facts with every account of a person written as that person's first one, so that whatever counts people counts
 * each once. Usage that names no person but a key of one gets that person. Only words are rewritten: a million rows cost as
 * little as a thousand.
 */
export function withPeople(facts: FactSet, people: readonly Person[]): FactSet {
  if (people.length === 0) return facts
  const personOf = personFinder(people)
  const first = (account: string) => personOf(account)?.accounts[0] ?? account
  const tables = Object.entries(PERSON_COLUMNS).map(([kind, columns]) => {
    const table: FactTable = facts[kind as FactKind]
    const chunks = table.chunks.map((chunk) => {
      const named = columns.reduce(
        (done, [column, lines]) => renamed(done, column, lines ? eachLine(first) : first),
        chunk,
      )
      return kind === 'usage' ? personOfKeys(named, (key) => personOf(key)?.accounts[0] ?? null) : named
    })
    return [kind, { ...table, chunks }]
  })
  return { ...facts, ...Object.fromEntries(tables) }
}

/** Columns in which sources may name an account by its id, or as `Name <mail>`. */
const BY_ID: readonly (readonly [kind: FactKind, column: string])[] = [
  ['pullRequest', 'author'],
  ['review', 'reviewer'],
  ['workItem', 'assignee'],
  ['statusChange', 'author'],
]

/**
 * The same facts with accounts that a source names by id written as the login or address it lists for that id: only so can
 * a bot be told from a person, and somebody be the same in two tools.
 */
export function withLogins(facts: FactSet): FactSet {
  const names = namesOfIds(facts)
  const called = (word: string): string => {
    const id = /<([^<>\s]+)>\s*$/.exec(word)?.[1] ?? word
    return names.get(id) ?? id
  }
  const tables = BY_ID.flatMap(([kind, column]) => {
    const table: FactTable = facts[kind]
    const chunks = table.chunks.map((chunk) => renamed(chunk, column, called))
    return chunks.every((chunk, at) => chunk === table.chunks[at]) ? [] : [[kind, { ...table, chunks }] as const]
  })
  return tables.length === 0 ? facts : { ...facts, ...Object.fromEntries(tables) }
}

function eachLine(first: (account: string) => string): (lines: string) => string {
  return (lines) =>
    lines
      .split('\n')
      .map((line) => {
        const match = /^(.*<)([^<>\s]+)(>\s*)$/.exec(line)
        return match ? `${match[1]!}${first(match[2]!)}${match[3]!}` : first(line)
      })
      .join('\n')
}

function renamed(chunk: FactChunk, column: string, rename: (word: string) => string): FactChunk {
  const data = chunk.columns[column] as TextColumn
  const words = data.words.map(rename)
  if (words.every((word, i) => word === data.words[i])) return chunk
  // Two words may have become one; whoever groups by code must not see it twice.
  const place = new Map<string, number>()
  const codeOf = Uint32Array.from([0, ...words.map((word) => placeOf(place, word))])
  const codes = Uint32Array.from(data.codes, (code) => codeOf[code]!)
  return withColumn(chunk, column, { kind: 'text', codes, words: [...place.keys()] })
}

function personOfKeys(chunk: FactChunk, personOf: (key: string) => string | null): FactChunk {
  const [person, keys] = [chunk.columns['person'] as TextColumn, chunk.columns['apiKey'] as TextColumn]
  const owners = keys.words.map(personOf)
  if (owners.every((owner) => owner === null)) return chunk
  const place = new Map(person.words.map((word, i) => [word, i + 1]))
  const codeOfKey = [0, ...owners.map((owner) => (owner === null ? 0 : placeOf(place, owner)))]
  const codes = Uint32Array.from(person.codes, (code, row) => (code === 0 ? codeOfKey[keys.codes[row]!]! : code))
  return withColumn(chunk, 'person', { kind: 'text', codes, words: [...place.keys()] })
}

/** 1-based place of a word, made when it is new. */
function placeOf(places: Map<string, number>, word: string): number {
  const known = places.get(word)
  if (known !== undefined) return known
  places.set(word, places.size + 1)
  return places.size
}

function withColumn(chunk: FactChunk, column: string, data: ColumnData): FactChunk {
  return { ...chunk, columns: { ...chunk.columns, [column]: data } }
}

/** What the user said about accounts that lists of ours cannot know or get wrong, as `classOfAccount` takes it. */
export function houseAccounts(people: readonly Person[]): readonly string[] {
  return people.flatMap(({ kind, accounts }) =>
    accounts.flatMap((account) => {
      if (classOfAccount(account) === kind) return []
      return [kind === 'agent' ? account : `${kind}:${account}`]
    }),
  )
}

/** The team somebody was in on a day; null = none, or not said. */
export function teamOn({ teams }: Pick<Person, 'teams'>, day: Day): string | null {
  const holding = teams.filter(({ from }) => from === null || from <= day)
  const latest = holding.reduce<(typeof holding)[number] | null>(
    (best, one) => (best === null || (one.from ?? '') >= (best.from ?? '') ? one : best),
    null,
  )
  return latest === null || latest.team === '' ? null : latest.team
}

/** One person more or less: the accounts joined under `into`, or under a new record. Accounts leave whoever had them. */
export function mergeAccounts(
  people: Readonly<Record<string, Person>>,
  accounts: readonly string[],
  into: Person,
): Readonly<Record<string, Person>> {
  const moved = new Set(accounts.map(plainAccount))
  const others = Object.values(people)
    .filter(({ id }) => id !== into.id)
    .map((person) => ({ ...person, accounts: person.accounts.filter((account) => !moved.has(plainAccount(account))) }))
    // Nobody is left without a name to be known by.
    .filter((person) => person.accounts.length > 0)
  const own = [...into.accounts]
  for (const account of accounts) {
    if (!own.some((known) => plainAccount(known) === plainAccount(account))) own.push(account)
  }
  return Object.fromEntries([...others, { ...into, accounts: own }].map((person) => [person.id, person]))
}
