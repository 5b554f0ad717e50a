import { useMemo, useState } from 'react'
import type { Day } from '../../../../shared/calendar/index.ts'
import {
  type Account,
  type MergeSuggestion,
  type Person,
  personFinder,
  suggestMerges,
  teamOn,
} from '../../../../shared/delivery/index.ts'
import { knownAccounts, showToast, undo } from '../../../commands/index.ts'
import { Button, Chip, Panel, Table, TableHead, TextField, countOf, formatCount } from '../../../parts/index.ts'
import { useFigures } from '../../../stores/figures.ts'
import { useWorkbook } from '../../../stores/workbook.ts'
import { useAnswer } from '../use-answer.ts'
import { confirmMerges, KIND_WORDS, personOfAccounts, REASON_WORDS, refuseMerge } from './people-edits.ts'
import { PersonDialog } from './person-dialog.tsx'
import { teamNamesOf } from './team-names.ts'
import './people.css'

/** A suggestion this sure may be taken with others in one go. */
const SURE = 0.75
const SHOWN = 100
const FIRST_SUGGESTED = 8
const MOST_SUGGESTED = 200

interface Shown {
  readonly key: string
  readonly person: Person
  readonly isKept: boolean
  readonly uses: number
  readonly places: string
}

/** Who is who: suggestions to confirm or refuse, and everybody the files name. */
export function PeopleTab() {
  const imports = useWorkbook((workbook) => workbook.imports)
  const { people, refusedMerges, attributionRules } = useWorkbook((workbook) => workbook.records)
  const lastDay = useFigures((figures) => figures.wall?.asOf ?? null)
  const accounts = useAnswer(knownAccounts, [imports])
  const [open, setOpen] = useState<{ readonly person: Person; readonly isNew: boolean } | null>(null)
  const [wanted, setWanted] = useState('')
  const suggestions = useMemo(
    () => suggestMerges(accounts ?? [], Object.values(people), Object.values(refusedMerges)),
    [accounts, people, refusedMerges],
  )
  const shown = useMemo(() => everybody(accounts ?? [], people), [accounts, people])
  const teamNames = teamNamesOf(people, Object.values(attributionRules))
  const search = wanted.trim().toLowerCase()
  const found = shown.filter(
    ({ person }) => search === '' || `${person.name} ${person.accounts.join(' ')}`.toLowerCase().includes(search),
  )
  return (
    <>
      <p className="dim data-lead">
        Files name people by addresses, logins and keys. Nothing is joined before you say so; once it is, metrics and
        sums count the person once, whichever account a file names.
      </p>
      {suggestions.length > 0 && <Suggestions suggestions={suggestions} accounts={accounts ?? []} people={people} />}
      <Panel
        isFlush
        title={
          <>
            Everybody <span className="faint regular">{formatCount(shown.length)}</span>
          </>
        }
        actions={
          <TextField
            label="Find somebody"
            isLabelHidden
            placeholder="Find somebody"
            value={wanted}
            onChange={setWanted}
          />
        }
      >
        {shown.length === 0 ? (
          <p className="dim panel-note">
            {accounts === null
              ? 'Reading the facts…'
              : 'No imported file names anybody yet: pull requests, git logs and usage do.'}
          </p>
        ) : (
          <Table label="Everybody">
            <TableHead columns={['Name', 'Kind', 'Team', 'Accounts', 'Seen in', { name: 'Facts', isNumber: true }]} />
            <tbody>
              {found.slice(0, SHOWN).map(({ key, person, isKept, uses, places }) => (
                <tr key={key}>
                  <th scope="row">
                    <button
                      type="button"
                      className="link-button truncate person-name"
                      onClick={() => setOpen({ person, isNew: !isKept })}
                    >
                      {person.name}
                    </button>
                  </th>
                  <td>
                    <Chip tone={person.kind === 'human' ? 'neutral' : 'accent'}>{KIND_WORDS[person.kind]}</Chip>
                  </td>
                  <td className="dim">{teamNow(person, lastDay) ?? <span className="faint">–</span>}</td>
                  <td className="dim" title={person.accounts.join('\n')}>
                    <span className="truncate person-accounts">{person.accounts.join(', ')}</span>
                  </td>
                  <td className="dim">{places}</td>
                  <td className="number">{formatCount(uses)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
        {found.length > SHOWN && (
          <p className="small dim panel-note">
            The busiest {SHOWN} of {formatCount(found.length)}; search for others.
          </p>
        )}
      </Panel>
      {open && (
        <PersonDialog
          person={open.person}
          isNew={open.isNew}
          accounts={accounts ?? []}
          teamNames={teamNames}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

function Suggestions({
  suggestions,
  accounts,
  people,
}: {
  readonly suggestions: readonly MergeSuggestion[]
  readonly accounts: readonly Account[]
  readonly people: Readonly<Record<string, Person>>
}) {
  const [isWhole, setWhole] = useState(false)
  const shown = suggestions.slice(0, isWhole ? MOST_SUGGESTED : FIRST_SUGGESTED)
  const sure = suggestions.filter(({ score }) => score >= SURE)
  const confirm = (list: readonly MergeSuggestion[]) =>
    void confirmMerges(list, accounts).then(() =>
      showToast(`${countOf(list.length, 'person', 'people')} joined; figures are worked out again.`, {
        action: { label: 'Undo', run: () => void undo() },
      }),
    )
  return (
    <Panel
      isFlush
      title={`Seem to be one person (${formatCount(suggestions.length)})`}
      actions={
        sure.length > 1 && (
          <Button size="small" onPress={() => confirm(sure)}>
            {`Join all ${formatCount(sure.length)} of ${SURE * 100}% and more`}
          </Button>
        )
      }
    >
      <Table label="Accounts that seem to be one person">
        <TableHead
          columns={['Accounts', 'Why', { name: 'Sureness', isNumber: true }, { name: 'Actions', isHidden: true }]}
        />
        <tbody>
          {shown.map((suggestion) => (
            <tr key={suggestion.accounts.join(' ')}>
              <th scope="row">
                <ul className="suggested">
                  {suggestion.accounts.map((id) => (
                    <li key={id} className="truncate">
                      {id}
                    </li>
                  ))}
                </ul>
              </th>
              <td className="dim">
                {suggestion.reasons.map((reason) => REASON_WORDS[reason]).join('; ')}
                {suggestion.personId !== null && `; joins ${people[suggestion.personId]?.name ?? 'somebody'}`}
              </td>
              <td className="number">{Math.round(suggestion.score * 100)}%</td>
              <td>
                <div className="row waiting-actions">
                  <Button
                    size="small"
                    onPress={() => confirm([suggestion])}
                    aria-label={`One person: ${suggestion.accounts.join(' and ')}`}
                  >
                    One person
                  </Button>
                  <Button
                    size="small"
                    variant="ghost"
                    onPress={() => void refuseMerge(suggestion)}
                    aria-label={`Not the same: ${suggestion.accounts.join(' and ')}`}
                  >
                    Not the same
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {shown.length < suggestions.length && (
        <div className="panel-note">
          {isWhole ? (
            <p className="small dim">The first {MOST_SUGGESTED}; answer some, and the next come up.</p>
          ) : (
            <Button size="small" variant="ghost" onPress={() => setWhole(true)}>
              {`Show ${formatCount(suggestions.length - shown.length)} more`}
            </Button>
          )}
        </div>
      )}
    </Panel>
  )
}

/** Persons the user keeps, and every other account as one of its own; the busiest first. */
function everybody(accounts: readonly Account[], people: Readonly<Record<string, Person>>): readonly Shown[] {
  const personOf = personFinder(Object.values(people))
  const shown = new Map<string, { person: Person; isKept: boolean; uses: number; places: Set<string> }>(
    Object.values(people).map((person) => [person.id, { person, isKept: true, uses: 0, places: new Set() }]),
  )
  for (const account of accounts) {
    const kept = personOf(account.id)
    const key = kept?.id ?? account.id
    let entry = shown.get(key)
    if (!entry) {
      const person = { ...personOfAccounts([account.id], [account]) }
      shown.set(key, (entry = { person, isKept: false, uses: 0, places: new Set() }))
    }
    entry.uses += account.uses
    for (const place of account.places) entry.places.add(place)
  }
  return [...shown]
    .map(([key, { places, ...entry }]) => ({ key, ...entry, places: [...places].join(', ') }))
    .sort((a, b) => b.uses - a.uses || (a.person.name < b.person.name ? -1 : 1))
}

function teamNow(person: Person, day: Day | null): string | null {
  return teamOn(person, day ?? ('9999-12-31' as Day))
}
