import { eachFact, type FactRow, type FactSet, type FactTable, type TextColumn } from '../facts/index.ts'
import { plainAccount } from './person.ts'

/** What sources say of an account in their own lists: the groups of names that are one account, or one person, to them. */
export interface ListedAs {
  readonly groups: ReadonlySet<string>
  /** Display names. */
  readonly names: ReadonlySet<string>
}

/** By login, address or id, letter case aside. A shared mailbox stands in the lists of several accounts. */
export function listedAccounts(facts: FactSet): ReadonlyMap<string, ListedAs> {
  const rows = [...eachFact(facts.account)]
  const personOf = new Map(rows.flatMap((row) => (row.person === null ? [] : [[groupOf(row), row.person] as const])))
  const listed = new Map<string, { groups: Set<string>; names: Set<string> }>()
  for (const row of rows) {
    const [own, person] = [groupOf(row), personOf.get(groupOf(row))]
    const groups = person === undefined ? [own] : [own, `${row.source ?? ''}|person|${person}`]
    for (const account of [row.id, row.login, row.email]) {
      if (account === null) continue
      const key = plainAccount(account)
      let as = listed.get(key)
      if (!as) listed.set(key, (as = { groups: new Set(), names: new Set() }))
      for (const group of groups) as.groups.add(group)
      if (row.name !== null && plainAccount(row.name) !== key) as.names.add(row.name)
    }
  }
  return listed
}

/** One account, however many statements there are of it: a login with several addresses has one for each. */
function groupOf({ source, id }: Pick<FactRow<'account'>, 'source' | 'id'>): string {
  return `${source ?? ''}|account|${id ?? ''}`
}

/**
 * What an account is called by everybody else where a source names it by its id alone: its login, else its address. Pull
 * requests of a warehouse state the login of their author; lists of accounts state it of everybody.
 */
export function namesOfIds(facts: FactSet): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { id, login, email } of eachFact(facts.account)) {
    const name = login ?? email
    if (id !== null && name !== null && name !== id) names.set(id, name)
  }
  for (const [id, author] of authorsById(facts.pullRequest)) names.set(id, author)
  return names
}

function* authorsById(table: FactTable<'pullRequest'>): Generator<readonly [id: string, author: string]> {
  for (const chunk of table.chunks) {
    const [ids, authors] = [chunk.columns['authorId'] as TextColumn, chunk.columns['author'] as TextColumn]
    if (ids.words.length === 0) continue
    for (let row = 0; row < chunk.rows; row++) {
      const [id, author] = [ids.words[ids.codes[row]! - 1], authors.words[authors.codes[row]! - 1]]
      if (id !== undefined && author !== undefined && author !== id) yield [id, author]
    }
  }
}
