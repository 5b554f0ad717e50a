import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { type Issue, tellIssue } from '../../../shared/issues/index.ts'
import type { WallNumber } from '../../../shared/metrics/index.ts'
import { goTo } from '../../commands/index.ts'
import { Button, Chip, Hint, Icon, formatCount, formatUnits } from '../../parts/index.ts'
import { nameDay } from '../../parts/day-text.ts'
import { WideSparkline } from './wide-sparkline.tsx'
import { QUALITY_WORDS, tellChange, tellCoverage, tellDifference } from '../metric-words.ts'
import { remedyPlace, tellSparkline, tellWhy } from './wall-words.ts'
import './wall-tile.css'

export function WallTile({
  number,
  currency,
  asOf,
  isOpen,
  onOpen,
}: {
  readonly number: WallNumber
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
        <Definition number={number} currency={currency} />
      </header>
      {current.known ? (
        <>
          <p className="wall-figure">{formatUnits(current.value, number.unit, currency)}</p>
          <ChangeLine number={number} currency={currency} />
          <WideSparkline
            values={number.weeks.map(({ value }) => (value.known ? value.value : null))}
            label={tellSparkline(number, currency)}
          />
          <footer className="wall-tile-foot">
            <span className="small faint">
              {tellCoverage(current.coverage)} · n = {formatCount(current.n)}
              {number.currentPeriod && number.currentPeriod.to !== asOf && (
                <span title="The last 28 days that can be judged; later ones are still open">
                  {' '}
                  · to {nameDay(number.currentPeriod.to)}
                </span>
              )}
            </span>
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
          </footer>
        </>
      ) : (
        <>
          <p className="wall-figure unknown">unknown</p>
          <p className="wall-why small dim">{tellWhy(current.why)}</p>
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

function ChangeLine({ number, currency }: { readonly number: WallNumber; readonly currency: string }) {
  const change = tellChange(number)
  if (change.kind === 'unknown')
    return (
      <p className="wall-change faint" title={number.before.known ? undefined : tellIssue(number.before.why)}>
        28 days before: unknown
      </p>
    )
  const before = number.before.known ? formatUnits(number.before.value, number.unit, currency) : ''
  const tone = change.kind === 'favourable' ? 'good' : change.kind === 'unfavourable' ? 'bad' : 'dim'
  const icon = change.direction === 'up' ? 'arrow-up' : change.direction === 'down' ? 'arrow-down' : 'minus'
  return (
    <p className={`wall-change ${tone}`} title={`Was ${before} in the 28 days before${tellInterval(number, currency)}`}>
      <Icon name={icon} size={13} />
      <strong>{change.size}</strong> {change.kind}
    </p>
  )
}

function tellInterval({ interval, unit }: WallNumber, currency: string): string {
  if (!interval) return ''
  const [low, high] = [interval.low, interval.high].map((value) => tellDifference(value, unit, currency))
  return `; the change lies between ${low} and ${high} (95%)`
}

function Definition({ number, currency }: { readonly number: WallNumber; readonly currency: string }) {
  const excluded = number.current.known ? Object.entries(number.current.excluded).filter(([, count]) => count > 0) : []
  return (
    <DialogTrigger>
      <AriaButton className="icon-button ghost quiet" aria-label={`What is ${number.name}?`}>
        <Icon name="info" size={14} />
      </AriaButton>
      <Popover className="popover definition" placement="bottom end" offset={4}>
        <Dialog className="dialog" aria-label={`What is ${number.name}?`}>
          <h3>{number.name}</h3>
          <p>{number.definition}</p>
          <p className="small dim">{number.better === 'lower' ? 'Lower is better.' : 'Higher is better.'}</p>
          {number.current.known && number.current.note && <p className="small dim">{number.current.note}</p>}
          {number.current.known && number.current.interval && (
            <p className="small dim">
              Between {formatUnits(number.current.interval[0], number.unit, currency)} and{' '}
              {formatUnits(number.current.interval[1], number.unit, currency)}.
            </p>
          )}
          {excluded.length > 0 && (
            <ul className="small dim">
              {excluded.map(([reason, count]) => (
                <li key={reason}>
                  Left out: {formatCount(count)} {reason}
                </li>
              ))}
            </ul>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
