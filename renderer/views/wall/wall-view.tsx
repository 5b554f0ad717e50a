import { useCallback, useState } from 'react'
import { importFiles } from '../import-files.ts'
import { tellIssue } from '../../../shared/issues/index.ts'
import { firstDayOfWeek } from '../../../shared/calendar/index.ts'
import type { Wall, WallNumber } from '../../../shared/metrics/index.ts'
import { goTo } from '../../commands/index.ts'
import {
  Button,
  EmptyState,
  Hint,
  Icon,
  Page,
  PageHeader,
  Panel,
  Table,
  UnknownMark,
  formatUnits,
} from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { nameDay } from '../../parts/day-text.ts'
import { Behind } from './behind.tsx'
import { useMeeting } from './use-meeting.ts'
import { WallTile } from './wall-tile.tsx'
import { tellIllusion, unknownReasons } from './wall-words.ts'

/** Five numbers, weekly: is the quarter getting better for what it costs? */
export function WallView() {
  const wall = useFigures((figures) => figures.wall)
  const isComputing = useFigures((figures) => figures.isComputing)
  const hasImports = useWorkbook((workbook) => workbook.imports.length > 0)
  const [openId, setOpenId] = useState<string | null>(null)
  const openAt = wall?.numbers.findIndex(({ metricId }) => metricId === openId) ?? -1
  const open = wall?.numbers[openAt]
  const openNumber = useCallback(
    (index: number | null) => setOpenId(index === null ? null : (wall?.numbers[index]?.metricId ?? null)),
    [wall],
  )
  const meeting = useMeeting(wall?.numbers.length ?? 0, openAt < 0 ? null : openAt, openNumber)
  const currency = useWorkbook((workbook) => workbook.records.settings['settings']?.currency ?? 'USD')
  if (!hasImports) return <NothingYet />
  if (!wall)
    return (
      <Page>
        <PageHeader title="Wall" />
        <p className="dim" role="status">
          {isComputing ? 'Working out the five numbers…' : 'The five numbers are not worked out yet.'}
        </p>
      </Page>
    )
  return (
    <Page>
      <PageHeader
        title="Wall"
        actions={
          <>
            {isComputing && (
              <span className="small dim" role="status">
                Bringing up to date…
              </span>
            )}
            {meeting.isMeeting ? (
              <Button icon="close" onPress={meeting.leave}>
                Leave the meeting
              </Button>
            ) : (
              <Hint text="The Wall alone on the screen. 1 to 5 open a number, arrows go on, Esc leaves.">
                <Button icon="screen" onPress={meeting.start}>
                  Meeting
                </Button>
              </Hint>
            )}
          </>
        }
      >
        {wall.asOf === null ? (
          'No day of data yet.'
        ) : (
          <>The 28 days to {nameDay(wall.asOf)}, beside the 28 days before</>
        )}
      </PageHeader>
      {wall.illusion && (
        <p className="notice warn" role="status">
          <Icon name="warning" size={14} /> <strong>Illusion of velocity.</strong> {tellIllusion(wall.illusion)}
        </p>
      )}
      <div className="wall-tiles">
        {wall.numbers.map((number) => (
          <WallTile
            key={number.metricId}
            number={number}
            currency={currency}
            asOf={wall.asOf}
            isOpen={number.metricId === openId}
            onOpen={() => setOpenId(number.metricId === openId ? null : number.metricId)}
          />
        ))}
      </div>
      {open && <Behind key={open.metricId} number={open} currency={currency} onClose={() => setOpenId(null)} />}
      {wall.numbers.some(({ weeks }) => weeks.some(({ value }) => value.known)) && (
        <WeekTable wall={wall} currency={currency} />
      )}
    </Page>
  )
}

function NothingYet() {
  return (
    <Page>
      <PageHeader title="Wall">
        Five numbers a week: speed, rework, waiting, cost per feature, acceptance of AI work
      </PageHeader>
      <Panel>
        <EmptyState
          icon="wall"
          title="Nothing is imported yet"
          action={
            <>
              <Button variant="primary" icon="import" onPress={importFiles}>
                Import files
              </Button>
              <Button variant="ghost" onPress={() => goTo('data')}>
                What can be imported
              </Button>
            </>
          }
        >
          The wall fills from usage exports and git history, and says which import each number still needs.
        </EmptyState>
      </Panel>
    </Page>
  )
}

function WeekTable({ wall, currency }: { readonly wall: Wall; readonly currency: string }) {
  const weeks = wall.numbers[0]?.weeks.map(({ week }) => week) ?? []
  const newestFirst = weeks.map((_, index) => weeks.length - 1 - index)
  const reasons = unknownReasons(wall.numbers, tellIssue)
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
