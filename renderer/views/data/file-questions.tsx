import { useState } from 'react'
import type { Zone } from '../../../shared/calendar/index.ts'
import { isZone, parseDay } from '../../../shared/calendar/index.ts'
import { FORMATS, type ImportChoices } from '../../../shared/importers/index.ts'
import { peekFile, rereadFile } from '../../commands/index.ts'
import { Button, ComboBox, NumberField, Select, TextField } from '../../parts/index.ts'
import { useJobs } from '../../stores/jobs.ts'
import { answersTo, isAnswered, jobsAskingAlike, mappableColumns, type Question } from './import-questions.ts'
import { MappingForm } from './mapping-form.tsx'
import { useAnswer } from './use-answer.ts'
import { ZONES } from '../../parts/zones.ts'

/** Asks only what the file leaves open, then reads it again. */
export function FileQuestions({
  jobId,
  choices,
  questions,
}: {
  readonly jobId: string
  readonly choices: ImportChoices
  readonly questions: readonly Question[]
}) {
  const [draft, setDraft] = useState<ImportChoices>(choices)
  const [zone, setZone] = useState<string>(choices.zone ?? '')
  const asksMapping = questions.includes('mapping')
  const peek = useAnswer(() => (asksMapping ? peekFile(jobId) : Promise.resolve(null)), [jobId, asksMapping])
  const [days, setDays] = useState({ from: choices.days?.from ?? '', to: choices.days?.to ?? '' })
  const [first, last] = [parseDay(days.from.trim()), parseDay(days.to.trim())]
  const daysProblem = tellDays(days.from.trim() === '' || first.ok, days.to.trim() === '' || last.ok, first, last)
  const change = (part: Partial<ImportChoices>) => setDraft({ ...draft, ...part })
  const zoneProblem = zone !== '' && !isZone(zone)

  const answered = (): ImportChoices => ({
    ...draft,
    ...(zone !== '' && !zoneProblem && { zone: zone as Zone }),
    ...(first.ok && last.ok && daysProblem === null && { days: { from: first.value, to: last.value } }),
  })
  const jobs = useJobs((state) => state.imports)
  const alike = jobsAskingAlike(jobs, jobId, questions)
  const isAnsweredAll = questions.every((question) => isAnswered(question, answered()))

  function rereadAll() {
    const answers = answersTo(questions, answered())
    void rereadFile(jobId, answered())
    for (const other of alike) void rereadFile(other.id, { ...other.choices, ...answers })
  }

  return (
    <form
      className="file-questions"
      onSubmit={(event) => {
        event.preventDefault()
        void rereadFile(jobId, answered())
      }}
    >
      <div className="question-fields" hidden={questions.every((question) => question === 'mapping')}>
        {questions.includes('as') && (
          <Select
            label="Format"
            value={draft.as ?? null}
            placeholder="Recognised by itself"
            onChange={(as) => change({ as })}
            choices={FORMATS.map(({ id, name }) => ({ id, label: name }))}
          />
        )}
        {questions.includes('zone') && (
          <ComboBox
            label="Time zone of the times in this file"
            value={zone}
            onChange={setZone}
            choices={ZONES}
            placeholder="Europe/Berlin"
            description={zoneProblem ? 'No zone of this name is known.' : 'As the exporting tool was set.'}
          />
        )}
        {questions.includes('days') && (
          <>
            <TextField
              label="First day of the totals"
              value={days.from}
              onChange={(from) => setDays({ ...days, from })}
              placeholder="2026-02-01"
              problem={daysProblem}
            />
            <TextField
              label="Last day of the totals"
              value={days.to}
              onChange={(to) => setDays({ ...days, to })}
              placeholder="2026-02-28"
              description="As chosen for the export; they count on the last one."
            />
          </>
        )}
        {questions.includes('overlap') && (
          <Select
            label="Over the days both files state"
            value={draft.overlap ?? null}
            placeholder="As said above"
            onChange={(overlap) => change({ overlap })}
            choices={[
              { id: 'this', label: 'Count this file' },
              { id: 'that', label: 'Count the other file' },
              { id: 'both', label: 'Count both' },
            ]}
          />
        )}
        {questions.includes('decimalMark') && (
          <Select
            label="Decimal mark"
            value={draft.decimalMark ?? null}
            onChange={(decimalMark) => change({ decimalMark })}
            choices={[
              { id: '.', label: 'Point: 1,234.56' },
              { id: ',', label: 'Comma: 1.234,56' },
            ]}
          />
        )}
        {questions.includes('dayOrder') && (
          <Select
            label="Order of day and month"
            value={draft.dayOrder ?? null}
            onChange={(dayOrder) => change({ dayOrder })}
            choices={[
              { id: 'day-first', label: 'Day first: 31/12/2026' },
              { id: 'month-first', label: 'Month first: 12/31/2026' },
            ]}
          />
        )}
        {questions.includes('currency') && (
          <TextField
            label="Currency of the amounts"
            value={draft.currency ?? ''}
            onChange={(currency) => change({ currency: currency.toUpperCase() })}
            placeholder="USD"
          />
        )}
        {questions.includes('headerLine') && (
          <NumberField
            label="Line of the column names"
            value={draft.headerLine ?? null}
            min={1}
            onChange={(headerLine) => {
              if (headerLine !== null) change({ headerLine })
            }}
          />
        )}
        {questions.includes('repository') && (
          <TextField
            label="Repository"
            value={draft.repository ?? ''}
            onChange={(repository) => change({ repository })}
            placeholder="owner/name"
          />
        )}
        {questions.includes('encoding') && (
          <Select
            label="Letters of the file"
            value={draft.encoding ?? null}
            onChange={(encoding) => change({ encoding })}
            choices={[
              { id: 'utf-8', label: 'UTF-8' },
              { id: 'windows-1252', label: 'Windows (western)' },
            ]}
          />
        )}
      </div>
      {asksMapping && peek !== null && (
        <MappingForm
          key={draft.as ?? ''}
          peek={peek}
          columns={mappableColumns(draft.as)}
          mapping={draft.mapping ?? {}}
          onChange={(mapping) => change({ mapping })}
        />
      )}
      <div className="row">
        <Button type="submit" variant="primary" size="small">
          Read again
        </Button>
        {alike.length > 0 && (
          <Button size="small" isDisabled={!isAnsweredAll} onPress={rereadAll}>
            {`Read all ${alike.length + 1} with this answer`}
          </Button>
        )}
      </div>
    </form>
  )
}

type ReadDay = ReturnType<typeof parseDay>

/** What is wrong with the two days; null while nothing is, or nothing was written. */
function tellDays(isFirstFine: boolean, isLastFine: boolean, first: ReadDay, last: ReadDay): string | null {
  if (!isFirstFine || !isLastFine) return 'Days such as 2026-02-01.'
  return first.ok && last.ok && first.value > last.value ? 'The first day comes after the last.' : null
}
