import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import type { WallNumber } from '../../shared/metrics/index.ts'
import { Icon, formatCount, formatUnits } from '../parts/index.ts'
import { lastWeekOf, tellInterval } from './metric-words.ts'
import './metric-definition.css'

/** What a number is, how sure it is, and what was left out: one press away wherever it stands. */
export function MetricDefinition({ number, currency }: { readonly number: WallNumber; readonly currency: string }) {
  const { current, interval } = number
  const excluded = current.known ? Object.entries(current.excluded).filter(([, count]) => count > 0) : []
  const show = (value: number) => formatUnits(value, number.unit, currency)
  const last = lastWeekOf(number)
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
          {current.known && current.note && <p className="small dim">{current.note}</p>}
          {current.known && current.interval && (
            <p className="small dim">
              Between {show(current.interval[0])} and {show(current.interval[1])}.
            </p>
          )}
          {number.before.known && interval && (
            <p className="small dim">
              28 days: was {show(number.before.value)}
              {tellInterval(number, interval, currency)}.
            </p>
          )}
          {last?.interval && (
            <p className="small dim">
              {last.week}: {show(last.now)}, was {show(last.was)}
              {tellInterval(number, last.interval, currency)}.
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
