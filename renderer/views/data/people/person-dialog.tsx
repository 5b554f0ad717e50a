import { useState } from 'react'
import { type Day, parseDay } from '../../../../shared/calendar/index.ts'
import { type Account, type Person, PERSON_KINDS, plainAccount } from '../../../../shared/delivery/index.ts'
import { Button, ComboBox, Dialog, IconButton, Select, TextField } from '../../../parts/index.ts'
import { deletePerson, KIND_WORDS, orderTeams, savePerson } from './people-edits.ts'

interface TeamDraft {
  readonly team: string
  readonly from: string
}

/** Who somebody is: name, kind, every account, and the teams with the day each began. */
export function PersonDialog({
  person,
  isNew,
  accounts,
  teamNames,
  onClose,
}: {
  readonly person: Person
  readonly isNew: boolean
  readonly accounts: readonly Account[]
  readonly teamNames: readonly string[]
  readonly onClose: () => void
}) {
  const [name, setName] = useState(person.name)
  const [kind, setKind] = useState(person.kind)
  const [own, setOwn] = useState(person.accounts)
  const [added, setAdded] = useState('')
  const [teams, setTeams] = useState<readonly TeamDraft[]>(
    person.teams.map(({ team, from }) => ({ team, from: from ?? '' })),
  )
  const read = teams.map(({ team, from }) => ({ team: team.trim(), from: from === '' ? null : parseDay(from) }))
  const isWhole = name.trim() !== '' && own.length > 0 && read.every(({ from }) => from === null || from.ok)
  const has = (id: string) => own.some((known) => plainAccount(known) === plainAccount(id))
  const choices = accounts.filter(({ id }) => !has(id)).map(({ id }) => ({ id, label: id }))

  function add() {
    const id = added.trim()
    if (id !== '' && !has(id)) setOwn([...own, id])
    setAdded('')
  }
  function save() {
    const kept = read.map(({ team, from }) => ({ team, from: from === null ? null : from.ok ? from.value : null }))
    void savePerson({ ...person, name: name.trim(), kind, accounts: own, teams: orderTeams(kept) })
    onClose()
  }
  const changeTeam = (at: number, part: Partial<TeamDraft>) =>
    setTeams(teams.map((one, i) => (i === at ? { ...one, ...part } : one)))

  return (
    <Dialog
      title={isNew ? 'Who is this?' : person.name}
      isOpen
      onClose={onClose}
      footer={
        <>
          {!isNew && (
            <Button
              variant="danger"
              onPress={() => {
                void deletePerson(person)
                onClose()
              }}
            >
              Separate all accounts
            </Button>
          )}
          <div className="grow" />
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={!isWhole} onPress={save}>
            Keep
          </Button>
        </>
      }
    >
      <div className="stack">
        <div className="form-grid two">
          <TextField label="Name" value={name} onChange={setName} />
          <Select
            label="Kind"
            value={kind}
            onChange={setKind}
            choices={PERSON_KINDS.map((id) => ({ id, label: KIND_WORDS[id] }))}
          />
        </div>
        <div>
          <span className="field-label">Accounts and keys; the first stands for all in figures</span>
          <ul className="account-list" aria-label="Accounts of this person">
            {own.map((id) => (
              <li key={id}>
                <span className="truncate grow">{id}</span>
                <IconButton
                  label={`Remove ${id}`}
                  icon="close"
                  onPress={() => setOwn(own.filter((one) => one !== id))}
                />
              </li>
            ))}
          </ul>
          <div className="row account-add">
            <ComboBox
              label="Another account"
              isLabelHidden
              className="grow"
              value={added}
              onChange={setAdded}
              choices={choices}
              placeholder="address, login or API key"
            />
            <Button size="small" onPress={add} isDisabled={added.trim() === ''}>
              Add account
            </Button>
          </div>
        </div>
        <div className="stack-small">
          <span className="field-label">Teams, each from its day on</span>
          {teams.map((one, at) => (
            // Rows have no identity of their own while they are being typed.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={at} className="row team-row">
              <ComboBox
                label={`Team ${at + 1}`}
                isLabelHidden
                className="grow"
                value={one.team}
                onChange={(team) => changeTeam(at, { team })}
                choices={teamNames.map((id) => ({ id, label: id }))}
                placeholder="empty: no team any more"
              />
              <TextField
                label={`From, team ${at + 1}`}
                isLabelHidden
                type="date"
                value={one.from}
                onChange={(from) => changeTeam(at, { from })}
              />
              <IconButton
                label={`Remove team ${at + 1}`}
                icon="close"
                onPress={() => setTeams(teams.filter((_, i) => i !== at))}
              />
            </div>
          ))}
          <div>
            <Button
              size="small"
              variant="ghost"
              icon="plus"
              onPress={() => setTeams([...teams, { team: '', from: teams.length === 0 ? '' : ('' as Day | '') }])}
            >
              {teams.length === 0 ? 'Add a team' : 'Add a change of team'}
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  )
}
