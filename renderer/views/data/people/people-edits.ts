import { type Day } from '../../../../shared/calendar/index.ts'
import {
  type Account,
  mergeAccounts,
  type MergeReason,
  type MergeSuggestion,
  type Person,
  type PersonKind,
} from '../../../../shared/delivery/index.ts'
import { hashText } from '../../../../shared/records/index.ts'
import { editRecords } from '../../../commands/index.ts'
import { newId } from '../../../parts/index.ts'

export const REASON_WORDS: Readonly<Record<MergeReason, string>> = {
  listed: 'their tool lists them as one account',
  'same-letters': 'the same but for letter case',
  'noreply-login': 'the forge’s address of this login',
  'plus-address': 'one mailbox, with a plus',
  'name-login': 'address and login spell one full name',
  'same-name': 'the same full name in commits',
  'address-login': 'the address begins like the login',
}

export const KIND_WORDS: Readonly<Record<PersonKind, string>> = {
  human: 'Person',
  bot: 'Bot',
  agent: 'AI agent',
  reviewer: 'AI reviewer',
}

/** A mailbox of one's own says more about somebody than an address a forge made up or a login. */
export function bestFirst(accounts: readonly string[]): readonly string[] {
  const rank = (id: string) => (id.includes('@') ? (id.includes('users.noreply.') ? 1 : 0) : 2)
  return [...accounts].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

/** A person of these accounts, called by the longest name that stood beside one of them. */
export function personOfAccounts(ids: readonly string[], known: readonly Account[]): Person {
  const accounts = bestFirst(ids)
  const seen = known.filter(({ id }) => ids.includes(id))
  const names = seen.flatMap((account) => account.names).sort((a, b) => b.length - a.length)
  const kind = seen[0]?.kind ?? 'human'
  return {
    id: newId('person'),
    name: names[0] ?? accounts[0]!.split('@')[0]!,
    kind: kind === 'app' ? 'bot' : kind,
    accounts,
    teams: [],
  }
}

/** One step for all of them, so that one undo takes all back. */
export function confirmMerges(suggestions: readonly MergeSuggestion[], known: readonly Account[]): Promise<void> {
  const label = suggestions.length === 1 ? 'accounts joined' : `${suggestions.length} people joined`
  return editRecords(label, (records) => ({
    ...records,
    people: suggestions.reduce((people, { accounts, personId }) => {
      const into = personId === null ? personOfAccounts(accounts, known) : people[personId]
      return into === undefined ? people : mergeAccounts(people, bestFirst(accounts), into)
    }, records.people),
  }))
}

export function refuseMerge({ accounts }: MergeSuggestion): Promise<void> {
  const id = `refused-${hashText(JSON.stringify(accounts))}`
  return editRecords('accounts kept apart', (records) => ({
    ...records,
    refusedMerges: { ...records.refusedMerges, [id]: { id, accounts } },
  }))
}

export function savePerson(person: Person): Promise<void> {
  return editRecords(`who ${person.name} is`, (records) => ({
    ...records,
    // Whoever had one of these accounts has it no more.
    people: mergeAccounts(records.people, person.accounts, person),
  }))
}

export function deletePerson(person: Person): Promise<void> {
  return editRecords(`separation of ${person.name}`, (records) => {
    const { [person.id]: _gone, ...people } = records.people
    return { ...records, people }
  })
}

/** Teams by rising start; of two with one start the later one typed. */
export function orderTeams(teams: Person['teams']): Person['teams'] {
  const byStart = new Map<Day | null, Person['teams'][number]>()
  for (const one of teams) byStart.set(one.from, one)
  return [...byStart.values()].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
}
