import { useCallback, useState } from 'react'
import { importFiles } from '../import-files.ts'
import { type Day, dayIn, epochDayOf, type WeekKey, nameDay } from '../../../shared/calendar/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import { targetOfMetric } from '../../../shared/okr/index.ts'
import { goTo } from '../../commands/index.ts'
import { Button, EmptyState, Hint, Icon, Page, PageHeader, Panel, formatCount } from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { Behind } from './behind.tsx'
import { useMeeting } from './use-meeting.ts'
import { WallTile } from './wall-tile.tsx'
import { tellIllusion, tellQuarter } from './wall-words.ts'
import { WeekNotes } from './week-notes.tsx'
import { WeekTable } from './week-table.tsx'

/** Five numbers, weekly: is the quarter getting better for what it costs? */
export function WallView() {
  const wall = useFigures((figures) => figures.wall)
  const isComputing = useFigures((figures) => figures.isComputing)
  const hasImports = useWorkbook((workbook) => workbook.imports.length > 0)
  const [openId, setOpenId] = useState<string | null>(null)
  const openAt = wall?.numbers.findIndex(({ metricId }) => metricId === openId) ?? -1
  const open = wall?.numbers[openAt]
  const [week, setWeek] = useState<WeekKey | null>(null)
  const newestWeek = wall?.numbers[0]?.weeks.at(-1)?.week
  const openNumber = useCallback(
    (index: number | null) => setOpenId(index === null ? null : (wall?.numbers[index]?.metricId ?? null)),
    [wall],
  )
  const meeting = useMeeting(wall?.numbers.length ?? 0, openAt < 0 ? null : openAt, openNumber)
  const settings = useWorkbook((workbook) => workbook.records.settings['settings'])
  const objectives = useWorkbook((workbook) => workbook.records.objectives)
  const keyResults = useWorkbook((workbook) => workbook.records.keyResults)
  const currency = settings?.currency ?? 'USD'
  const { quarterStart = '', targets = {} } = settings ?? {}
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
              <Hint text="The Wall alone on the screen. 1 to 5 open a number, arrows go on, N writes a note, Esc leaves.">
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
          <>
            The 28 days to {nameDay(wall.asOf)}, beside the 28 days before
            <DataAge asOf={wall.asOf} />
          </>
        )}
      </PageHeader>
      {wall.illusion && (
        <div className="wall-illusion" role="status">
          <Icon name="warning" size={16} />
          <div>
            <p>
              <strong>Illusion of velocity.</strong> {tellIllusion(wall.illusion, currency)}
            </p>
            <p className="small dim">{tellQuarter(wall.illusion)}</p>
          </div>
        </div>
      )}
      <div className="wall-tiles">
        {wall.numbers.map((number) => (
          <WallTile
            key={number.metricId}
            number={number}
            target={targetOfMetric(number.metricId, { objectives, keyResults, quarterStart, targets })}
            currency={currency}
            asOf={wall.asOf}
            isOpen={number.metricId === openId}
            onOpen={() => setOpenId(number.metricId === openId ? null : number.metricId)}
          />
        ))}
      </div>
      <KnownElsewhere />
      <div className="wall-lower">
        {open && <Behind key={open.metricId} number={open} currency={currency} onClose={() => setOpenId(null)} />}
        {newestWeek !== undefined && (
          <WeekNotes
            week={week ?? newestWeek}
            newestWeek={newestWeek}
            onWeek={setWeek}
            about={open?.metricId ?? null}
          />
        )}
        {newestWeek !== undefined && wall.numbers.some(({ weeks }) => weeks.some(({ value }) => value.known)) && (
          <WeekTable wall={wall} currency={currency} shownWeek={week ?? newestWeek} onWeek={setWeek} />
        )}
      </div>
    </Page>
  )
}

/** Days after which the Wall tells of the past rather than of the week. */
const STALE_DAYS = 14

function DataAge({ asOf }: { readonly asOf: Day }) {
  const zone = useWorkbook((workbook) => workbook.records.settings['settings']?.zone)
  const [today] = useState(() => (zone === undefined ? asOf : dayIn(instantOf(Date.now()), zone)))
  const days = epochDayOf(today) - epochDayOf(asOf)
  if (days <= STALE_DAYS) return null
  return (
    <span className="warn"> · the data end {formatCount(days)} days ago; import what came since to see this week</span>
  )
}

/** Where most of the five are unknown, what the imports tell all the same. */
function KnownElsewhere() {
  const wall = useFigures((figures) => figures.wall)
  const metrics = useFigures((figures) => figures.metrics)
  const values = Object.values(metrics)
  const known = values.filter((value) => value.known).length
  const isMostlyKnown = (wall?.numbers.filter(({ current }) => current.known).length ?? 0) >= 3
  if (isMostlyKnown || known === 0) return null
  return (
    <p className="wall-elsewhere dim">
      What is imported tells {known} of {values.length} metrics.{' '}
      <Button size="small" onPress={() => goTo('metrics')}>
        See them under Metrics
      </Button>
    </p>
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
