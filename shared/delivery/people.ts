import { eachFact, type FactSet } from '../facts/index.ts'
import { type AccountClass, classOfAccount } from './identity.ts'
import { listedAccounts } from './listed-accounts.ts'
import { type Person, plainAccount, type RefusedMerge } from './person.ts'

/** Where a name was seen. */
export const ACCOUNT_PLACES = ['commits', 'pull requests', 'reviews', 'AI usage', 'work items'] as const
export type AccountPlace = (typeof ACCOUNT_PLACES)[number]

/** A name somebody or something has somewhere: an address, a login or a key, never a display name. */
export interface Account {
  /** As first written. */
  readonly id: string
  /** How many facts bear it. */
  readonly uses: number
  readonly kind: AccountClass
  readonly places: readonly AccountPlace[]
  /** Display names that stood beside it. */
  readonly names: readonly string[]
  /** Lists of accounts it stands in: two accounts with one of them in common are one to their source. */
  readonly listed?: readonly string[]
}

interface Seen {
  uses: number
  isMarkedBot: boolean
  readonly places: Set<AccountPlace>
  readonly names: Set<string>
}

/** Every account in the imported facts, the busiest first. Letter case tells two accounts apart until they are merged. */
export function accountsOf(facts: FactSet): readonly Account[] {
  const seen = new Map<string, Seen>()
  const see = (text: string | null, place: AccountPlace, name: string | null = null, isMarkedBot = false): void => {
    for (const line of text?.split('\n') ?? []) {
      const [, before, address] = /^(.*?)\s*<([^<>\s]+)>\s*$/.exec(line) ?? []
      const id = (address ?? line).trim()
      // Words with spaces are display names: two people may share one.
      if (id === '' || /\s/.test(id)) continue
      let own = seen.get(id)
      if (!own) seen.set(id, (own = { uses: 0, isMarkedBot, places: new Set(), names: new Set() }))
      own.uses++
      own.places.add(place)
      if (isMarkedBot) own.isMarkedBot = true
      const said = (before ?? name ?? '').trim()
      if (said !== '' && said !== id) own.names.add(said)
    }
  }
  for (const { authorEmail, authorName, coAuthors } of eachFact(facts.landing)) {
    see(authorEmail, 'commits', authorName)
    see(coAuthors, 'commits')
  }
  for (const { author, authorIsBot } of eachFact(facts.pullRequest))
    see(author, 'pull requests', null, authorIsBot === 1)
  for (const { reviewer } of eachFact(facts.review)) see(reviewer, 'reviews')
  for (const { authorEmails } of eachFact(facts.pullCommit)) see(authorEmails, 'commits')
  for (const { person } of eachFact(facts.usage)) see(person, 'AI usage')
  for (const { assignee } of eachFact(facts.workItem)) see(assignee, 'work items')
  for (const { author } of eachFact(facts.statusChange)) see(author, 'work items')
  const listed = listedAccounts(facts)
  return [...seen]
    .map(([id, { uses, isMarkedBot, places, names }]): Account => {
      const kind = classOfAccount(id)
      const own = listed.get(plainAccount(id))
      return {
        id,
        uses,
        kind: kind === 'human' && isMarkedBot ? 'app' : kind,
        places: ACCOUNT_PLACES.filter((place) => places.has(place)),
        names: [...new Set([...names, ...(own?.names ?? [])])].sort(),
        ...(own && { listed: [...own.groups].sort() }),
      }
    })
    .sort((a, b) => b.uses - a.uses || (a.id < b.id ? -1 : 1))
}

/**
 * listed: a list of accounts of their own tool says they are one · same-letters: equal but for letter case · noreply-login: the address a forge gives to a login · plus-address: something
 * after a plus · name-login: address and login spell one full name (`ada.king@…`, `ada-king`) · same-name: equal full names in
 * commits · address-login: the first part of an address is the login.
 */
export type MergeReason =
  'listed' | 'same-letters' | 'noreply-login' | 'plus-address' | 'name-login' | 'same-name' | 'address-login'

/** How sure each reason makes by itself, 0 … 1: judgement, not measurement; two reasons join as 1 − (1 − a)(1 − b). */
const SURENESS: Readonly<Record<MergeReason, number>> = {
  listed: 0.97,
  'same-letters': 0.95,
  'noreply-login': 0.95,
  'plus-address': 0.85,
  'name-login': 0.75,
  'same-name': 0.6,
  'address-login': 0.5,
}

/** Accounts that seem to be one person. Nothing is merged until somebody says yes. */
export interface MergeSuggestion {
  readonly accounts: readonly string[]
  readonly reasons: readonly MergeReason[]
  /** 0 … 1. */
  readonly score: number
  /** The person some of these accounts already are; null = nobody yet. */
  readonly personId: string | null
}

/**
 * Which accounts of people seem to be one, the surest first. Left out: what is one person already, what would join two
 * persons the user keeps apart, and groups that were refused before (until another account joins them).
 */
export function suggestMerges(
  accounts: readonly Account[],
  people: readonly Person[] = [],
  refused: readonly RefusedMerge[] = [],
): readonly MergeSuggestion[] {
  const humans = accounts.filter(({ kind }) => kind === 'human')
  const personOf = personFinder(people)
  const said = refused.map((one) => new Set(one.accounts.map(plainAccount)))
  const groups = new Map<string, { accounts: Set<string>; reasons: Set<MergeReason> }>()
  for (const reason of Object.keys(SURENESS) as MergeReason[]) {
    for (const group of alike(humans, reason)) {
      const key = [...group].sort().join('\u001f')
      const known = groups.get(key)
      if (known) known.reasons.add(reason)
      else groups.set(key, { accounts: group, reasons: new Set([reason]) })
    }
  }
  const suggestions: MergeSuggestion[] = []
  for (const group of groups.values()) {
    const ids = [...group.accounts].sort()
    const owners = new Set(ids.map((id) => personOf(id)?.id ?? null))
    const persons = [...owners].filter((id) => id !== null)
    if (persons.length > 1 || (persons.length === 1 && owners.size === 1)) continue
    if (said.some((set) => ids.every((id) => set.has(plainAccount(id))))) continue
    const reasons = [...group.reasons].sort((a, b) => SURENESS[b] - SURENESS[a])
    const doubt = reasons.reduce((product, reason) => product * (1 - SURENESS[reason]), 1)
    suggestions.push({ accounts: ids, reasons, score: 1 - doubt, personId: persons[0] ?? null })
  }
  // A group inside a surer, larger one says nothing of its own.
  return suggestions
    .filter((one) => !suggestions.some((other) => other !== one && other.score >= one.score && holds(other, one)))
    .sort((a, b) => b.score - a.score || (a.accounts[0]! < b.accounts[0]! ? -1 : 1))
}

function holds(larger: MergeSuggestion, smaller: MergeSuggestion): boolean {
  return (
    larger.accounts.length > smaller.accounts.length && smaller.accounts.every((id) => larger.accounts.includes(id))
  )
}

/** Groups of two and more that one reason puts together. */
function alike(accounts: readonly Account[], reason: MergeReason): readonly Set<string>[] {
  const groups = new Map<string, Set<string>>()
  const marks = new Map<string, number>()
  for (const account of accounts) {
    for (const { key, isMark } of keysOf(account, reason)) {
      const group = groups.get(key)
      if (group) group.add(account.id)
      else groups.set(key, new Set([account.id]))
      if (isMark) marks.set(key, (marks.get(key) ?? 0) + 1)
    }
  }
  return (
    [...groups]
      .filter(([key, { size }]) => size > 1 && marks.has(key))
      // Two addresses that begin alike are two people as often as one; only a login between them says something.
      .filter(([key, { size }]) => !NEEDS_LOGIN.has(reason) || marks.get(key)! < size)
      .map(([, group]) => group)
  )
}

/** Groups of these are of a login and an address. */
const NEEDS_LOGIN: ReadonlySet<MergeReason> = new Set(['address-login', 'name-login'])

/** What the account is compared by; a group needs one member that bears the mark of the reason. */
function keysOf({ id, names, listed = [] }: Account, reason: MergeReason): readonly { key: string; isMark: boolean }[] {
  const plain = plainAccount(id)
  const login = forgeLogin(plain)
  const [local = '', host] = plain.split('@')
  switch (reason) {
    case 'listed':
      return listed.map((key) => ({ key, isMark: true }))
    case 'same-letters':
      return [{ key: plain, isMark: true }]
    case 'noreply-login':
      return [{ key: login ?? plain, isMark: login !== null }]
    case 'plus-address':
      if (login !== null || host === undefined) return []
      return [{ key: `${local.split('+')[0]!}@${host}`, isMark: local.includes('+') }]
    case 'same-name':
      // One word is a first name or a nick: too many people share it.
      return names.filter((name) => /\S\s+\S/.test(name)).map((name) => ({ key: name.toLowerCase(), isMark: true }))
    case 'address-login':
    case 'name-login': {
      const words = (login ?? local.split('+')[0]!).split(/[._-]/).filter((word) => word !== '')
      const isFullName = words.length > 1 && words.every((word) => word.length > 1)
      if (isFullName !== (reason === 'name-login')) return []
      return [{ key: words.join('.'), isMark: host === undefined || login !== null }]
    }
  }
}

/** `ada` out of `12+ada@users.noreply.github.com`. */
function forgeLogin(plain: string): string | null {
  return /^(?:\d+[+-])?([^@+]+)@users\.noreply\.[^@]+$/.exec(plain)?.[1] ?? null
}

/** Whose account it is, as far as the user said; of two persons with one account the first. */
export function personFinder(people: readonly Person[]): (account: string) => Person | null {
  const owners = new Map<string, Person>()
  for (const person of people) {
    for (const account of person.accounts) {
      const key = plainAccount(account)
      if (!owners.has(key)) owners.set(key, person)
    }
  }
  return (account) => owners.get(plainAccount(account)) ?? null
}
