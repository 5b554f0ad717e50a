import { tellIssue } from '../../shared/issues/index.ts'
import type { Period } from '../../shared/metrics/index.ts'
import { Chip, Table, formatUnits } from '../parts/index.ts'
import { tellDifference } from './metric-words.ts'
import { useExplanation } from './use-asked.ts'
import { CAUSE_WORDS, causeOfStage, tellWaiting } from './waiting-words.ts'

/** Which stage accumulates the wait, and whether that is people, tooling or ownership. */
export function Waiting({
  period,
  beforePeriod,
  currency,
}: {
  readonly period: Period
  readonly beforePeriod: Period
  readonly currency: string
}) {
  const explanation = useExplanation('wait-state-ratio', period, beforePeriod)
  if (explanation === 'working')
    return (
      <p className="dim" role="status">
        Adding up the waiting…
      </p>
    )
  if (!explanation) return <p className="dim">There is no period to look into yet.</p>
  const { current, splits } = explanation
  if (!current.known) return <p className="dim">Which stage waits is unknown. {tellIssue(current.why)}</p>
  const stages = splits.find(({ id }) => id === 'stage')?.parts ?? []
  const show = (value: number) => formatUnits(value, 'share', currency, 'column')
  const working = 1 - current.value
  return (
    <>
      <p className="movers-answer">{tellWaiting(stages)}</p>
      <Table label="Where changes wait">
        <thead>
          <tr>
            <th scope="col">Stage</th>
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
          {stages.map(({ name, now, before, contribution }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <Chip title={CAUSE_WORDS[causeOfStage(name)].says}>{CAUSE_WORDS[causeOfStage(name)].name}</Chip>
              </td>
              <td className="number dim">{before === null ? '–' : show(before)}</td>
              <td className="number">{now === null ? '–' : show(now)}</td>
              <td className="number">
                {contribution === null ? '–' : tellDifference(contribution, 'share', currency)}
              </td>
              <td className="waiting-share" aria-hidden="true">
                <span className="waiting-bar" style={{ width: `${Math.min(100, (now ?? 0) * 100)}%` }} />
              </td>
            </tr>
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
      <p className="small dim behind-note">
        Of the time reviewed changes take from opening to the end. A queue for a first review and pauses in review are
        about people’s attention; an approved change nobody merges is about ownership; a merged change nobody can ship
        is about tooling. It is a convention to start the talk with, not a finding.
      </p>
    </>
  )
}
