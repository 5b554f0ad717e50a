import type { Period } from '../../shared/metrics/index.ts'
import { firstDayOfWeek, namePeriod } from '../../shared/calendar/index.ts'
import { Table, formatCount, formatUnits } from '../parts/index.ts'
import { useWorkbook } from '../stores/workbook.ts'
import { countsOf, tellBalance, type Tally } from './decisions-or-artifacts.ts'
import { useTwoPeriods } from './use-asked.ts'

/** Whether what grew is what people decided and shipped, or only what was produced on the way. */
export function Decisions({
  period,
  beforePeriod,
  currency,
}: {
  readonly period: Period
  readonly beforePeriod: Period
  readonly currency: string
}) {
  const numbers = useTwoPeriods(period, beforePeriod)
  const weekNotes = useWorkbook((workbook) => workbook.records.weekNotes)
  if (numbers === 'working')
    return (
      <p className="dim" role="status">
        Counting…
      </p>
    )
  const decided = ({ from, to }: Period) =>
    Object.values(weekNotes).filter(
      ({ kind, week }) => kind === 'decision' && firstDayOfWeek(week) >= from && firstDayOfWeek(week) <= to,
    ).length
  const tallies: readonly Tally[] = [
    ...countsOf(numbers ?? []),
    {
      kind: 'decision',
      name: 'Decisions kept in front of the Wall',
      unit: '1',
      now: decided(period),
      before: decided(beforePeriod),
      isCount: true,
    },
  ]
  return (
    <>
      <p className="movers-answer">{tellBalance(tallies)}</p>
      <Table label="Decisions and artifacts">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className="number">
              {namePeriod(beforePeriod.from, beforePeriod.to)}
            </th>
            <th scope="col" className="number">
              {namePeriod(period.from, period.to)}
            </th>
            <th scope="col" className="number">
              Change
            </th>
          </tr>
        </thead>
        {(['artifact', 'decision'] as const).map((kind) => (
          <tbody key={kind}>
            <tr className="decisions-kind">
              <th scope="rowgroup" colSpan={4}>
                {kind === 'artifact' ? 'Artifacts: what was produced' : 'Decisions: what it came to'}
              </th>
            </tr>
            {tallies
              .filter((tally) => tally.kind === kind)
              .map((tally) => (
                <tr key={tally.name}>
                  <th scope="row">{tally.name}</th>
                  <td className="number">{figureOf(tally, tally.before, currency)}</td>
                  <td className="number">{figureOf(tally, tally.now, currency)}</td>
                  <td className="number dim">{growthOf(tally)}</td>
                </tr>
              ))}
          </tbody>
        ))}
      </Table>
      <p className="small dim behind-note">
        More changes and larger ones are not more decided or more shipped. Features are what the settings call one; of
        decisions only those kept with a week are known.
      </p>
    </>
  )
}

function figureOf({ unit, isCount }: Tally, value: number | null, currency: string) {
  if (value === null) return <span className="faint">unknown</span>
  return isCount ? formatCount(value) : formatUnits(value, unit, currency, 'column')
}

function growthOf({ now, before }: Tally): string {
  if (now === null || before === null || before === 0) return '–'
  const share = Math.round((now / before - 1) * 100)
  return `${share > 0 ? '+' : share < 0 ? '−' : '±'}${Math.abs(share)}%`
}
