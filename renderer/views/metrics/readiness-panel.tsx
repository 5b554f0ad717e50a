import { useMemo, useState } from 'react'
import { type Day, dayIn, nameDay } from '../../../shared/calendar/index.ts'
import { tellWhy } from '../../../shared/issues/index.ts'
import {
  type Assessment,
  READINESS_ITEMS,
  READINESS_LEVELS,
  READINESS_NAMES,
  readinessOf,
} from '../../../shared/metrics/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { editRecords, showToast, undo } from '../../commands/index.ts'
import { StepChart } from '../../charts/index.ts'
import { Button, IconButton, Panel, Select, Table, formatUnits, newId } from '../../parts/index.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { AssessDialog } from './assess-dialog.tsx'
import { putAssessments, readinessHistory, withoutAssessment } from './readiness-edits.ts'
import './readiness.css'

const EVERYTHING = ''
const percent = (value: number) => formatUnits(value, 'share', 'USD')

/** The readiness checklist: what people judged, when and who, its score and how it came there. */
export function ReadinessPanel() {
  const records = useWorkbook((workbook) => workbook.records.assessments)
  const zone = useWorkbook((workbook) => workbook.records.settings['settings']?.zone)
  const [today] = useState<Day | null>(() => (zone === undefined ? null : dayIn(instantOf(Date.now()), zone)))
  const [subject, setSubject] = useState(EVERYTHING)
  const [isAssessing, setAssessing] = useState(false)
  const assessments = useMemo(() => Object.values(records), [records])
  const subjects = [...new Set(assessments.map((one) => one.subject))].filter((one) => one !== EVERYTHING).sort()
  const history = useMemo(() => readinessHistory(assessments, subject), [assessments, subject])
  // A judgement may be dated later than today by a clock that is not ours; the newest one counts.
  const asOf = [today, ...assessments.map(({ on }) => on)]
    .filter((day) => day !== null)
    .sort()
    .at(-1)
  if (today === null || asOf === undefined) return null
  const { value, items } = readinessOf(assessments, asOf, subject)
  const own = assessments.filter((one) => one.subject === subject)
  return (
    <>
      <Panel
        title="Readiness for agents"
        actions={
          <>
            {subjects.length > 0 && (
              <Select
                label="Subject"
                look="bar"
                isLabelHidden
                value={subject}
                onChange={setSubject}
                choices={[{ id: EVERYTHING, label: 'Everything' }, ...subjects.map((id) => ({ id, label: id }))]}
              />
            )}
            <Button variant="primary" icon="edit" onPress={() => setAssessing(true)}>
              Assess
            </Button>
          </>
        }
      >
        <div className="readiness-score">
          <p className={`readiness-figure ${value.known ? '' : 'unknown'}`}>
            {value.known ? percent(value.value) : 'unknown'}
          </p>
          <p className="small dim">
            {value.known ? (
              <>
                of what the checklist asks for, judged by people, not measured.{' '}
                {value.coverage < 1 && `${value.n} of ${READINESS_ITEMS.length} items are judged. `}
                Scenarios about context and evaluation start from it.
              </>
            ) : (
              tellWhy(value.why)
            )}
          </p>
        </div>
        <ol className="readiness-items">
          {READINESS_ITEMS.map((item) => (
            <ReadinessLine key={item} item={item} assessment={items[item]} />
          ))}
        </ol>
      </Panel>
      {history.length > 1 && (
        <Panel title="How it came there">
          <StepChart title="Readiness" points={history} show={percent} height={160} />
        </Panel>
      )}
      {own.length > 0 && <AssessmentTable assessments={own} />}
      {isAssessing && (
        <AssessDialog
          subject={subject}
          subjects={subjects}
          today={today}
          current={items}
          onClose={() => setAssessing(false)}
          onSave={(draft) => {
            setSubject(draft.subject.trim())
            void editRecords('assessment of readiness', (all) => putAssessments(all, draft, () => newId('assessment')))
          }}
        />
      )}
    </>
  )
}

function ReadinessLine({
  item,
  assessment,
}: {
  readonly item: (typeof READINESS_ITEMS)[number]
  readonly assessment: Assessment | null
}) {
  const { name, question } = READINESS_NAMES[item]
  const highest = READINESS_LEVELS.length - 1
  return (
    <li className="readiness-item">
      <div>
        <h3>{name}</h3>
        <p className="small dim">{question}</p>
        {assessment && assessment.note !== '' && <p className="small">{assessment.note}</p>}
      </div>
      <div className="readiness-level">
        <span className="readiness-steps" aria-hidden="true">
          {READINESS_LEVELS.slice(1).map((level, index) => (
            <span key={level} className={assessment && assessment.level > index ? 'reached' : ''} />
          ))}
        </span>
        <strong>{assessment ? READINESS_LEVELS[assessment.level] : 'Never assessed'}</strong>
        {assessment && (
          <span className="small faint">
            {assessment.level} of {highest} · {nameDay(assessment.on)}
            {assessment.assessedBy !== '' && ` · ${assessment.assessedBy}`}
          </span>
        )}
      </div>
    </li>
  )
}

function AssessmentTable({ assessments }: { readonly assessments: readonly Assessment[] }) {
  const newestFirst = [...assessments].sort((a, b) =>
    a.on === b.on ? READINESS_ITEMS.indexOf(a.item) - READINESS_ITEMS.indexOf(b.item) : a.on < b.on ? 1 : -1,
  )
  return (
    <Panel title="Assessments" isFlush>
      <Table label="Assessments">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Item</th>
            <th scope="col">Level</th>
            <th scope="col">By</th>
            <th scope="col">It rests on</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {newestFirst.map((one) => (
            <tr key={one.id}>
              <td className="nowrap">{nameDay(one.on)}</td>
              <td className="nowrap">{READINESS_NAMES[one.item].name}</td>
              <td className="nowrap">
                {one.level} <span className="dim">{READINESS_LEVELS[one.level]}</span>
              </td>
              <td>{one.assessedBy}</td>
              <td className="dim">{one.note}</td>
              <td>
                <IconButton
                  label={`Delete the assessment of ${READINESS_NAMES[one.item].name}, ${nameDay(one.on)}`}
                  icon="trash"
                  onPress={() => remove(one)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}

function remove({ id, item, on }: Assessment): void {
  void editRecords('deletion of an assessment', (all) => withoutAssessment(all, id)).then(() =>
    showToast(`The assessment of ${READINESS_NAMES[item].name}, ${nameDay(on)}, is deleted.`, {
      action: { label: 'Undo', run: () => void undo() },
    }),
  )
}
