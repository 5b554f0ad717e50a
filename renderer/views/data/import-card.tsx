import { type ReactNode, useState } from 'react'
import { namePeriod } from '../../../shared/calendar/index.ts'
import { discardImport } from '../../commands/index.ts'
import { Button, Chip, Icon, IconButton, Progress, countOf, formatCount } from '../../parts/index.ts'
import type { ImportRecord } from '../../../shared/importers/index.ts'
import type { ImportJob } from '../../stores/jobs.ts'
import { commitAndTell } from './commit-and-tell.ts'
import { ExampleRows } from './example-rows.tsx'
import { FateBar } from './fate-bar.tsx'
import { FileQuestions } from './file-questions.tsx'
import { FileTotals } from './file-totals.tsx'
import { fateShares } from './fates.ts'
import {
  countsTwice,
  isAnswered,
  questionsFor,
  tellOfFile,
  tellOnScreen,
  isOptional,
  wantsAttention,
} from './import-questions.ts'
import { InPlaceNote } from './in-place-note.tsx'
import { KeptAsideTable } from './kept-aside-table.tsx'
import { MainCost } from './main-cost.tsx'
import { tellSize } from '../../parts/size-text.ts'

/**
 * One file on its way in: what it is, what would become of its rows, and what still has to be answered. A file that needs
 * nothing is one line until it is opened.
 */
export function ImportCard({ job, isAlone }: { readonly job: ImportJob; readonly isAlone: boolean }) {
  const { state } = job
  const needsLook = state.kind === 'staged' && wantsAttention(job)
  // What the user did to the card counts more than what it asks for.
  const [isChosenOpen, setChosenOpen] = useState<boolean | null>(null)
  const isOpen = isChosenOpen ?? (isAlone || needsLook)
  return (
    <article
      className={`panel import-card ${state.kind === 'staged' && !isOpen ? 'folded' : ''}`}
      aria-label={job.fileName}
    >
      <header className="import-card-head">
        {state.kind === 'staged' ? (
          <IconButton
            label={isOpen ? `Fold ${job.fileName}` : `Look into ${job.fileName}`}
            icon={isOpen ? 'chevron-down' : 'chevron-right'}
            onPress={() => setChosenOpen(!isOpen)}
          />
        ) : (
          <Icon name="file" />
        )}
        <h3 className="truncate" title={job.fileName}>
          {job.fileName}
        </h3>
        <span className="small faint nowrap">{tellSize(job.size)}</span>
        {state.kind === 'staged' && !isOpen && <Summary record={state.record} />}
        <div className="grow" />
        {state.kind === 'staged' && (
          <Button variant={isOpen ? 'primary' : 'plain'} size="small" onPress={() => void commitAndTell([job.id])}>
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
      {state.kind === 'staged' && isOpen && <Staged job={job} state={state} />}
    </article>
  )
}

/** The file in one line: format, period, rows by fate, and how many remarks wait inside. */
function Summary({ record }: { readonly record: ImportRecord }) {
  const { counts, period, notes } = record
  const fates = fateShares(counts).filter(({ count }) => count > 0)
  return (
    <span className="import-summary">
      <Chip tone="accent">{record.formatName}</Chip>
      {period && <span className="dim nowrap">{namePeriod(period.from, period.to)}</span>}
      <span className="nowrap">
        {fates.length === 0
          ? 'no rows'
          : fates.map(({ fate, name, count }) => (
              <span key={fate} className="summary-fate">
                <span className={`fate-key ${fate}`} /> {formatCount(count)} {name}
              </span>
            ))}
      </span>
      <MainCost totals={record.totals} />
      {notes.length > 0 && <span className="small faint nowrap">{countOf(notes.length, 'remark')}</span>}
    </span>
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
              <span className="selectable">{tellOfFile(issue)}</span>
            </li>
          ))}
        </ul>
      </div>
      {questions.length > 0 && <FileQuestions jobId={job.id} choices={job.choices} questions={questions} />}
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
        {job.choicesOf && <Chip icon="undo">Columns as you named them for {job.choicesOf}</Chip>}
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
      <InPlaceNote job={job} record={record} />
      {record.notes.length > 0 && (
        <ul className="import-issues">
          {record.notes.map((note) => (
            <li key={note.code} className={countsTwice(note, job.choices) ? 'warn' : 'dim'}>
              <Icon name={countsTwice(note, job.choices) ? 'warning' : 'info'} />
              <span>{tellOnScreen(note)}</span>
            </li>
          ))}
        </ul>
      )}
      {questions.length > 0 && (
        <Folded
          label="Answers for this file"
          isOpenAtFirst={!questions.every((question) => isOptional(question) || isAnswered(question, job.choices))}
        >
          <FileQuestions jobId={job.id} choices={job.choices} questions={questions} />
        </Folded>
      )}
      {state.examples !== undefined && state.examples.length > 0 && (
        <Folded label="Rows to look at" isOpenAtFirst={false}>
          <ExampleRows examples={state.examples} />
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
