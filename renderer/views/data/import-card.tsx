import { type ReactNode, useState } from 'react'
import { discardImport } from '../../commands/index.ts'
import { Button, Chip, Icon, IconButton, Progress, countOf, formatCount } from '../../parts/index.ts'
import type { ImportJob } from '../../stores/jobs.ts'
import { namePeriod } from '../../parts/day-text.ts'
import { commitAndTell } from './commit-and-tell.ts'
import { FateBar } from './fate-bar.tsx'
import { FileQuestions } from './file-questions.tsx'
import { FileTotals } from './file-totals.tsx'
import { isAnswered, questionsFor, tellOnScreen } from './import-questions.ts'
import { KeptAsideTable } from './kept-aside-table.tsx'
import { tellSize } from '../../parts/size-text.ts'

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
          <Button variant="primary" size="small" onPress={() => void commitAndTell([job.id])}>
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
      <div role="alert">
        <ul className="import-issues">
          {state.issues.map((issue) => (
            <li key={tellOnScreen(issue)} className="warn">
              <Icon name="warning" />
              <span className="selectable">{tellOnScreen(issue)}</span>
            </li>
          ))}
        </ul>
      </div>
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
      <FileTotals
        totals={record.totals}
        before={[
          ['Rows', formatCount(record.counts.rows)],
          ['Period', record.period ? namePeriod(record.period.from, record.period.to) : 'no dates'],
          ...(record.totals.currency === null ? [] : [['Currency', record.totals.currency] as const]),
        ]}
      />
      {record.notes.length > 0 && (
        <ul className="import-issues">
          {record.notes.map((note) => (
            <li key={note.code} className="dim">
              <Icon name="info" />
              <span>{tellOnScreen(note)}</span>
            </li>
          ))}
        </ul>
      )}
      {questions.length > 0 && (
        <Folded
          label="Answers for this file"
          isOpenAtFirst={!questions.every((question) => isAnswered(question, job.choices))}
        >
          <FileQuestions jobId={job.id} choices={job.choices} questions={questions} issues={record.notes} />
        </Folded>
      )}
      {record.counts.keptAside > 0 && (
        <Folded
          label={`${countOf(record.counts.keptAside, 'row')} kept aside`}
          isOpenAtFirst={record.counts.keptAside === record.counts.rows}
        >
          <KeptAsideTable rows={keptAside} total={record.counts.keptAside} />
        </Folded>
      )}
    </>
  )
}

function Folded({
  label,
  isOpenAtFirst,
  children,
}: {
  readonly label: string
  readonly isOpenAtFirst: boolean
  readonly children: ReactNode
}) {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  return (
    <div>
      <Button
        size="small"
        variant="ghost"
        className="fold-button"
        icon={isOpen ? 'chevron-down' : 'chevron-right'}
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
      >
        {label}
      </Button>
      {isOpen && children}
    </div>
  )
}
