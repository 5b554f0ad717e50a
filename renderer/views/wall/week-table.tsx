import { firstDayOfWeek, type WeekKey, nameDay } from '../../../shared/calendar/index.ts'
import { tellWhy } from '../../../shared/issues/index.ts'
import type { Wall, WallNumber } from '../../../shared/metrics/index.ts'
import { Panel, Table, UnknownMark, countOf, formatUnits } from '../../parts/index.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { unknownReasons } from './wall-words.ts'

/** Thirteen weeks of the five numbers, newest first, with how much was said of each week. */
export function WeekTable({
  wall,
  currency,
  shownWeek,
  onWeek,
}: {
  readonly wall: Wall
  readonly currency: string
  /** The week whose notes are on screen. */
  readonly shownWeek: WeekKey
  readonly onWeek: (week: WeekKey) => void
}) {
  const weekNotes = useWorkbook((workbook) => workbook.records.weekNotes)
  const saidText = (week: WeekKey) => {
    const count = Object.values(weekNotes).filter((note) => note.week === week).length
    return count === 0 ? 'none' : countOf(count, 'note')
  }
  const weeks = wall.numbers[0]?.weeks.map(({ week }) => week) ?? []
  const newestFirst = weeks.map((_, index) => weeks.length - 1 - index)
  const reasons = unknownReasons(wall.numbers, tellWhy)
  return (
    <Panel title="Week by week" isFlush>
      <Table label="The five numbers, week by week">
        <thead>
          <tr>
            <th scope="col">Week</th>
            {wall.numbers.map(({ metricId, name }) => (
              <th key={metricId} scope="col" className="number">
                {name}
              </th>
            ))}
            <th scope="col">Kept with it</th>
          </tr>
        </thead>
        <tbody>
          {newestFirst.map((index) => (
            <tr key={weeks[index]}>
              <th scope="row" className="nowrap">
                {weeks[index]!.slice(5)} <span className="faint">from {nameDay(firstDayOfWeek(weeks[index]!))}</span>
              </th>
              {wall.numbers.map((number) => (
                <WeekCell key={number.metricId} number={number} index={index} currency={currency} />
              ))}
              <td>
                <button
                  type="button"
                  className="week-said"
                  aria-pressed={weeks[index] === shownWeek}
                  aria-label={`Notes of ${weeks[index]!}: ${saidText(weeks[index]!)}`}
                  onClick={() => onWeek(weeks[index]!)}
                >
                  {saidText(weeks[index]!)}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {reasons.length > 0 && (
        <ul className="wall-reasons small">
          {reasons.map(({ name, reason, weeks: count }) => (
            <li key={name + reason}>
              <strong>{name}</strong> unknown in {count === 1 ? '1 week' : `${count} weeks`}. {reason}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function WeekCell({
  number,
  index,
  currency,
}: {
  readonly number: WallNumber
  readonly index: number
  readonly currency: string
}) {
  const value = number.weeks[index]?.value
  if (!value) return <td />
  if (!value.known)
    return (
      <td className="number">
        <UnknownMark why={value.why} isQuiet />
      </td>
    )
  return (
    <td className="number" title={[`n = ${value.n}`, value.note].filter(Boolean).join(' · ')}>
      {formatUnits(value.value, number.unit, currency, 'column')}
      {value.quality !== 'exact' && (
        <span className="quality-mark" title={value.note}>
          ~
        </span>
      )}
    </td>
  )
}
