import { tellWhy } from '../../shared/issues/index.ts'
import { causeOfWait, type Period, type SplitPart, WAIT_CAUSES } from '../../shared/metrics/index.ts'
import { goTo } from '../commands/index.ts'
import { Button, Select, Table, formatUnits } from '../parts/index.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { tellDifference } from './metric-words.ts'
import { useExplanation } from './use-asked.ts'
import { editWaitCause } from './wait-cause-edits.ts'
import { CAUSE_WORDS, tellWaiting } from './waiting-words.ts'

interface Asked {
  readonly period: Period
  readonly beforePeriod: Period
  readonly currency: string
}

/** Which stage accumulates the wait, of changes and of work items, and whether that is people, tooling or ownership. */
export function Waiting(asked: Asked) {
  return (
    <>
      <WaitsOf {...asked} metricId="wait-state-ratio" of="changes" />
      <WaitsOf {...asked} metricId="item-wait-state-ratio" of="work items" />
      <p className="small dim behind-note">
        A queue for a first review and pauses in review are about people’s attention, an approved change nobody merges
        about ownership, a merged change nobody can ship about tooling; statuses of work items are told by their names.
        Where that is not so with you, say so here or in the settings.{' '}
        <Button size="small" variant="ghost" onPress={() => goTo('settings')}>
          Go to Settings
        </Button>
      </p>
    </>
  )
}

function WaitsOf({
  metricId,
  of,
  period,
  beforePeriod,
  currency,
}: Asked & { readonly metricId: string; readonly of: 'changes' | 'work items' }) {
  const explanation = useExplanation(metricId, period, beforePeriod)
  const causes = useWorkbook((workbook) => workbook.records.settings['settings']?.waitCauses)
  if (explanation === 'working')
    return (
      <p className="dim" role="status">
        Adding up the waiting…
      </p>
    )
  if (!explanation) return of === 'changes' ? <p className="dim">There is no period to look into yet.</p> : null
  const { current, splits } = explanation
  if (!current.known)
    return (
      <p className="dim">
        Which stage of {of} waits is unknown. {tellWhy(current.why)}
      </p>
    )
  const stages = splits.find(({ id }) => id === 'stage')?.parts ?? []
  const show = (value: number) => formatUnits(value, 'share', currency, 'column')
  const working = 1 - current.value
  return (
    <>
      <p className="movers-answer">
        {of === 'changes' ? 'Changes. ' : 'Work items. '}
        {tellWaiting(stages, causes)}
      </p>
      <Table label={`Where ${of} wait`}>
        <thead>
          <tr>
            <th scope="col">{of === 'changes' ? 'Stage' : 'Status'}</th>
            <th scope="col">It is about</th>
            <th scope="col" className="number">
              Before
            </th>
            <th scope="col" className="number">
              Now
            </th>
            <th scope="col" className="number">
              Change
            </th>
            <th scope="col" className="waiting-share">
              Share of all time
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <StageRow key={stage.name} stage={stage} show={show} currency={currency} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Somebody works on it
            </th>
            <td className="number">{show(working)}</td>
            <td />
            <td className="waiting-share" aria-hidden="true">
              <span className="waiting-bar working" style={{ width: `${working * 100}%` }} />
            </td>
          </tr>
        </tfoot>
      </Table>
    </>
  )
}

const CAUSES = WAIT_CAUSES.map((id) => ({ id, label: CAUSE_WORDS[id].name, hint: CAUSE_WORDS[id].says }))

function StageRow({
  stage: { name, now, before, contribution },
  show,
  currency,
}: {
  readonly stage: SplitPart
  readonly show: (value: number) => string
  readonly currency: string
}) {
  const causes = useWorkbook((workbook) => workbook.records.settings['settings']?.waitCauses)
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Select
          label={`What “${name}” is about`}
          isLabelHidden
          look="bar"
          value={causeOfWait(name, causes)}
          onChange={(cause) => editWaitCause(name, cause)}
          choices={CAUSES}
        />
      </td>
      <td className="number dim">{before === null ? '–' : show(before)}</td>
      <td className="number">{now === null ? '–' : show(now)}</td>
      <td className="number">{contribution === null ? '–' : tellDifference(contribution, 'share', currency)}</td>
      <td className="waiting-share" aria-hidden="true">
        <span className="waiting-bar" style={{ width: `${Math.min(100, (now ?? 0) * 100)}%` }} />
      </td>
    </tr>
  )
}
