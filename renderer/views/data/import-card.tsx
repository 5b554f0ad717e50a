import { useState } from 'react'
import { tellIssue } from '../../../shared/issues/index.ts'
import { commitImports, discardImport } from '../../commands/index.ts'
import { Button, Chip, Facts, Icon, IconButton, Progress, countOf, formatCount } from '../../parts/index.ts'
import type { ImportJob } from '../../stores/jobs.ts'
import { namePeriod } from '../day-text.ts'
import { FateBar } from './fate-bar.tsx'
import { FileQuestions } from './file-questions.tsx'
import { FileTotals } from './file-totals.tsx'
import { questionsFor } from './import-questions.ts'
import { KeptAsideTable } from './kept-aside-table.tsx'
import { tellSize } from './size-text.ts'

/** One file on its way in: what it is, what would become of its rows, and what still has to be answered. */
export function ImportCard({ job }: { readonly job: ImportJob }) {
  const { state } = job
  return (
    <article className="panel import-card" aria-label={job.fileName}>
      <header className="import-card-head">
        <Icon name="file" />
        <h3 className="truncate">{job.fileName}</h3>
        <span className="small faint nowrap">{tellSize(job.size)}</span>
        <div className="grow" />
        {state.kind === 'staged' && (
          <Button variant="primary" size="small" onPress={() => void commitImports([job.id])}>
            Import
          </Button>
        )}
        {state.kind !== 'committing' && (
          <IconButton
            label={state.kind === 'reading' ? `Cancel reading ${job.fileName}` : `Discard ${job.fileName}`}
            icon="close"
            onPress={() => discardImport(job.id)}
          />
        )}
      </header>
      {state.kind === 'reading' && (
        <Progress label={`Reading ${job.fileName}`} share={state.share} note={countOf(state.rows, 'row')} />
      )}
      {state.kind === 'committing' && <Progress label={`Importing ${job.fileName}`} share={null} note="Importing…" />}
      {state.kind === 'refused' && <Refused job={job} state={state} />}
      {state.kind === 'staged' && <Staged job={job} state={state} />}
    </article>
  )
}

function Refused({
  job,
  state,
}: {
  readonly job: ImportJob
  readonly state: Extract<ImportJob['state'], { kind: 'refused' }>
}) {
  const questions = questionsFor(state.issues, job.choices)
  return (
    <>
      <ul className="import-issues" role="alert">
        {state.issues.map((issue) => (
          <li key={tellIssue(issue)} className="warn">
            <Icon name="warning" />
            <span className="selectable">{tellIssue(issue)}</span>
          </li>
        ))}
      </ul>
      {questions.length > 0 && (
        <FileQuestions jobId={job.id} choices={job.choices} questions={questions} issues={state.issues} />
      )}
    </>
  )
}

function Staged({
  job,
  state,
}: {
  readonly job: ImportJob
  readonly state: Extract<ImportJob['state'], { kind: 'staged' }>
}) {
  const { record, keptAside, recognisedBy } = state
  const [isOpen, setOpen] = useState(record.counts.keptAside > 0 && record.counts.keptAside === record.counts.rows)
  const questions = questionsFor([...record.notes, ...keptAside.slice(0, 200).map(({ issue }) => issue)], job.choices)
  return (
    <>
      <p className="row row-wrap">
        <Chip tone="accent" icon="check">
          {record.formatName}
        </Chip>
        <span className="small dim">Recognised by {recognisedBy}</span>
      </p>
      {state.sameAs && (
        <p className="row warn" role="status">
          <Icon name="info" />
          The same file was imported before; importing it again adds nothing.
        </p>
      )}
      <FateBar counts={record.counts} />
      <Facts
        facts={[
          ['Rows', formatCount(record.counts.rows)],
          ['Period', record.period ? namePeriod(record.period.from, record.period.to) : 'no dates'],
          ...(record.totals.currency === null ? [] : [['Currency', record.totals.currency] as const]),
        ]}
      />
      <FileTotals totals={record.totals} />
      {record.notes.length > 0 && (
        <ul className="import-issues">
          {record.notes.map((note) => (
            <li key={note.code} className="dim">
              <Icon name="info" />
              <span>{tellIssue(note)}</span>
            </li>
          ))}
        </ul>
      )}
      {questions.length > 0 && (
        <FileQuestions jobId={job.id} choices={job.choices} questions={questions} issues={record.notes} />
      )}
      {record.counts.keptAside > 0 && (
        <div>
          <Button
            size="small"
            variant="ghost"
            icon={isOpen ? 'chevron-down' : 'chevron-right'}
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          >
            {countOf(record.counts.keptAside, 'row')} kept aside
          </Button>
          {isOpen && <KeptAsideTable rows={keptAside} total={record.counts.keptAside} />}
        </div>
      )}
    </>
  )
}
