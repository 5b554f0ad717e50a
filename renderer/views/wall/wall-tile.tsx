import { Button as AriaButton } from 'react-aria-components/Button'
import { nameDay } from '../../../shared/calendar/index.ts'
import { type Issue, tellWhy } from '../../../shared/issues/index.ts'
import type { WallNumber } from '../../../shared/metrics/index.ts'
import type { MetricTarget } from '../../../shared/okr/index.ts'
import { goTo } from '../../commands/index.ts'
import { Button, Chip, Hint, Icon, formatCount, formatUnits } from '../../parts/index.ts'
import {
  type Change,
  lastWeekOf,
  QUALITY_WORDS,
  tellChange,
  tellCoverage,
  tellInterval,
} from '../../measured/metric-words.ts'
import { MetricDefinition } from '../../measured/metric-definition.tsx'
import { TileTarget } from './tile-target.tsx'
import { WideSparkline } from './wide-sparkline.tsx'
import { remedyPlace, tellSparkline } from './wall-words.ts'
import './wall-tile.css'

export function WallTile({
  number,
  target,
  currency,
  asOf,
  isOpen,
  onOpen,
}: {
  readonly number: WallNumber
  readonly target: MetricTarget | null
  readonly currency: string
  readonly asOf: string | null
  /** Its panel of what is behind it is on screen. */
  readonly isOpen: boolean
  readonly onOpen: () => void
}) {
  const { current } = number
  return (
    <article className={`panel wall-tile ${isOpen ? 'open' : ''}`} aria-label={number.name}>
      <header className="wall-tile-head">
        <h2>
          <AriaButton className="wall-open" onPress={onOpen} aria-expanded={isOpen}>
            {number.name}
          </AriaButton>
        </h2>
        <MetricDefinition number={number} currency={currency} />
      </header>
      {current.known ? (
        <>
          <div className="wall-figure-row">
            <p className="wall-figure">{formatUnits(current.value, number.unit, currency)}</p>
            {current.quality !== 'exact' && (
              <Hint text={current.note ?? `This number is ${QUALITY_WORDS[current.quality]}.`} delay={150}>
                <AriaButton
                  className="chip-button"
                  aria-label={`${QUALITY_WORDS[current.quality]}: ${current.note ?? ''}`}
                >
                  <Chip tone="warn">{QUALITY_WORDS[current.quality]}</Chip>
                </AriaButton>
              </Hint>
            )}
          </div>
          <MonthChange number={number} currency={currency} />
          <WeekChange number={number} currency={currency} />
          <WideSparkline
            values={number.weeks.map(({ value }) => (value.known ? value.value : null))}
            label={tellSparkline(number, currency, target)}
            target={target?.value ?? null}
          />
          <TileTarget number={number} target={target} currency={currency} />
          <footer className="wall-tile-foot">
            <span className="small faint">
              {tellCoverage(current.coverage)} · n = {formatCount(current.n)}
              {number.currentPeriod && number.currentPeriod.to !== asOf && (
                <span title="The last 28 days that can be judged; later ones are still open">
                  {' '}
                  · to {nameDay(number.currentPeriod.to).slice(0, -5)}
                </span>
              )}
            </span>
          </footer>
        </>
      ) : (
        <>
          <p className="wall-figure unknown">unknown</p>
          <p className="wall-why small dim">{tellWhy(current.why)}</p>
          <TileTarget number={number} target={target} currency={currency} />
          <Remedy why={current.why} />
        </>
      )}
    </article>
  )
}

/** Where the reader can do something about it: most need an import, some a setting. */
function Remedy({ why }: { readonly why: Issue }) {
  const place = remedyPlace(why)
  return (
    <Button size="small" icon={place === 'data' ? 'import' : 'settings'} onPress={() => goTo(place)}>
      {place === 'data' ? 'Go to Data' : 'Go to Settings'}
    </Button>
  )
}

/** The last 28 days against the 28 before: the baseline every number has. */
function MonthChange({ number, currency }: { readonly number: WallNumber; readonly currency: string }) {
  const { before, interval } = number
  const told = before.known
    ? `Was ${formatUnits(before.value, number.unit, currency)} in the 28 days before${tellInterval(number, interval, currency)}`
    : tellWhy(before.why)
  return <ChangeLine label="28 d" change={tellChange(number)} told={told} />
}

function WeekChange({ number, currency }: { readonly number: WallNumber; readonly currency: string }) {
  const last = lastWeekOf(number)
  if (last === null)
    return (
      <ChangeLine label="Week" change={{ kind: 'unknown' }} told="No two weeks that follow each other are known." />
    )
  const told = `${last.week}: ${formatUnits(last.now, number.unit, currency)}; ${last.beforeWeek}: ${formatUnits(last.was, number.unit, currency)}${tellInterval(number, last.interval, currency)}`
  return <ChangeLine label={last.week.slice(5)} change={last.change} told={told} />
}

const CHANGE_WORDS: Readonly<Record<Change['kind'], string>> = {
  unknown: 'unknown',
  favourable: 'better',
  unfavourable: 'worse',
  steady: 'steady',
  'within noise': 'noise',
}

function ChangeLine({
  label,
  change,
  told,
}: {
  readonly label: string
  readonly change: Change
  readonly told: string
}) {
  const tone = change.kind === 'favourable' ? 'good' : change.kind === 'unfavourable' ? 'bad' : 'dim'
  return (
    <p className={`wall-change ${tone}`} title={told}>
      <span className="wall-change-of faint">{label}</span>
      {change.kind === 'unknown' ? (
        <span className="faint">not known</span>
      ) : (
        <>
          <Icon
            name={change.direction === 'up' ? 'arrow-up' : change.direction === 'down' ? 'arrow-down' : 'minus'}
            size={13}
          />
          <strong>{change.size}</strong> {CHANGE_WORDS[change.kind]}
        </>
      )}
    </p>
  )
}
