import { eachFact, type FactSet } from '../facts/index.ts'
import { classOfAccount } from './identity.ts'

/** A name somebody has somewhere: an address or a login, never a display name. */
export interface Account {
  /** As first written. */
  readonly id: string
  /** How many facts bear it. */
  readonly uses: number
}

export type MergeReason = 'same-letters' | 'noreply-login' | 'plus-address'

/** Accounts that seem to be one person. Nothing is merged until somebody says yes. */
export interface MergeSuggestion {
  readonly accounts: readonly string[]
  readonly reasons: readonly MergeReason[]
}

/** Every account of a person in the imported facts, the busiest first; automation and agents are left out. */
export function accountsOf(facts: FactSet): readonly Account[] {
  const uses = new Map<string, number>()
  const see = (text: string | null): void => {
    for (const line of text?.split('\n') ?? []) {
      const id = (/<([^<>\s]+)>\s*$/.exec(line)?.[1] ?? line).trim()
      // Words with spaces are display names: two people may share one.
      if (id === '' || /\s/.test(id) || classOfAccount(id) !== 'human') continue
      uses.set(id, (uses.get(id) ?? 0) + 1)
    }
  }
  for (const { authorEmail, coAuthors } of eachFact(facts.landing)) {
    see(authorEmail)
    see(coAuthors)
  }
  for (const { author, authorIsBot } of eachFact(facts.pullRequest)) if (authorIsBot !== 1) see(author)
  for (const { reviewer } of eachFact(facts.review)) see(reviewer)
  for (const { authorEmails } of eachFact(facts.pullCommit)) see(authorEmails)
  for (const { person } of eachFact(facts.usage)) see(person)
  for (const { assignee } of eachFact(facts.workItem)) see(assignee)
  for (const { author } of eachFact(facts.statusChange)) see(author)
  return [...uses].map(([id, count]) => ({ id, uses: count })).sort((a, b) => b.uses - a.uses || (a.id < b.id ? -1 : 1))
}

/**
 * Which accounts seem to be one person, from what they are written like alone: letters in another case, the address a forge
 * gives to a login (`12+ada@users.noreply.github.com` is `ada`), and an address with something after a plus. Equal display
 * names prove nothing, nor does an address whose first part is a login elsewhere.
 */
export function suggestMerges(accounts: readonly string[]): readonly MergeSuggestion[] {
  const groups = new Map<string, { accounts: Set<string>; reasons: Set<MergeReason> }>()
  for (const account of accounts) {
    const { key, reason } = identityOf(account)
    const group = groups.get(key)
    if (group) group.accounts.add(account)
    else groups.set(key, { accounts: new Set([account]), reasons: new Set() })
    if (reason !== null) groups.get(key)!.reasons.add(reason)
  }
  return [...groups.values()]
    .filter((group) => group.accounts.size > 1)
    .map((group) => ({
      accounts: [...group.accounts].sort(),
      reasons: group.reasons.size === 0 ? ['same-letters'] : [...group.reasons].sort(),
    }))
}

function identityOf(account: string): { readonly key: string; readonly reason: MergeReason | null } {
  const plain = account.trim().toLowerCase()
  const forge = /^(?:\d+[+-])?([^@+]+)@users\.noreply\.(?:github\.com|gitlab\.com|[^@]+)$/.exec(plain)
  if (forge) return { key: forge[1]!, reason: 'noreply-login' }
  const plus = /^([^@+]+)\+[^@]*(@.+)$/.exec(plain)
  if (plus) return { key: plus[1]! + plus[2]!, reason: 'plus-address' }
  return { key: plain, reason: null }
}
