import { useState } from 'react'
import { namePeriod } from '../../shared/calendar/index.ts'
import type { Explanation, Metric, Split, SplitPart } from '../../shared/metrics/index.ts'
import { layWaterfall, WaterfallBar, WaterfallEnd } from '../charts/index.ts'
import { Table, formatCount, formatUnits } from '../parts/index.ts'
import { tellDifference } from './metric-words.ts'
import { leadOf, tellLead } from './mover-words.ts'

/** Who moved a number: one cut after another, each adding up to the change, with the largest mover of each in view. */
export function Movers({
  explanation,
  better,
  currency,
}: {
  readonly explanation: Explanation
  readonly better: Metric['better']
  readonly currency: string
}) {
  const { splits, interval } = explanation
  const [chosen, setChosen] = useState<string | null>(null)
  const split = splits.find(({ id }) => id === chosen) ?? splits[0]
  if (!split)
    return <p className="dim">Nothing imported tells these changes apart, so nothing can be held responsible.</p>
  return (
    <div className="movers">
      <div className="movers-inside">
        <ul className="movers-cuts" aria-label="Cut by">
          {splits.map((each) => {
            const lead = leadOf(each)
            return (
              <li key={each.id}>
                <button
                  type="button"
                  className="movers-cut"
                  aria-pressed={each === split}
                  onClick={() => setChosen(each.id)}
                >
                  <span className="movers-cut-name">{each.name}</span>
                  {lead && (
                    <>
                      <span className="movers-lead">{lead.name}</span>
                      <span className="number">{tellDifference(lead.contribution, each.unit, currency)}</span>
                    </>
                  )}
                </button>
              </li>
            )
          })}
        </ul>
        <div className="movers-split">
          <p className="movers-answer">{tellLead(split, interval, currency)}</p>
          <SplitTable split={split} explanation={explanation} better={better} currency={currency} />
        </div>
      </div>
    </div>
  )
}

function SplitTable({
  split,
  explanation: { before, period, beforePeriod },
  better,
  currency,
}: {
  readonly split: Split
  readonly explanation: Explanation
  readonly better: Metric['better']
  readonly currency: string
}) {
  const { parts, unit, name, ofWhat, change, note } = split
  const waterfall = layWaterfall(parts.map(({ contribution }) => contribution))
  const show = (value: number) => formatUnits(value, unit, currency, 'column')
  // Stages add up to something of their own (the mean), not to the number of the Wall.
  const start = split.id === 'stage' ? sumOf(parts, ({ before: was }) => was) : before.known ? before.value : null
  return (
    <>
      <Table label={`${name}: contributions to the change`} className="split-table">
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col" className="number">
              Before
            </th>
            <th scope="col" className="number">
              Now
            </th>
            <th scope="col" className="number">
              n
            </th>
            <th scope="col" className="number" title={`Adds up to the ${ofWhat}`}>
              Gave
            </th>
            <th scope="col" aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {change !== null && start !== null && (
            <tr className="split-end">
              <th scope="row">{namePeriod(beforePeriod.from, beforePeriod.to)}</th>
              <td className="number">{show(start)}</td>
              <td colSpan={3} />
              <td className="waterfall-cell" aria-hidden="true">
                <WaterfallEnd waterfall={waterfall} end="start" />
              </td>
            </tr>
          )}
          {parts.map((part, index) => (
            <tr key={part.name}>
              <th scope="row" className="split-name" title={part.name}>
                {part.name}
              </th>
              <td className="number">{ownValue(part.before, part.nBefore, show)}</td>
              <td className="number">{ownValue(part.now, part.nNow, show)}</td>
              <td className="number dim">{formatCount(part.nNow)}</td>
              <td className="number">
                {part.contribution === null ? '–' : tellDifference(part.contribution, unit, currency)}
              </td>
              <td className="waterfall-cell" aria-hidden="true">
                {change !== null && (
                  <WaterfallBar waterfall={waterfall} index={index} tone={toneOf(part.contribution, better)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="split-end">
            <th scope="row">{namePeriod(period.from, period.to)}</th>
            <td />
            <td className="number">{change !== null && start !== null && show(start + change)}</td>
            <td />
            <td className="number">{change === null ? 'unknown' : tellDifference(change, unit, currency)}</td>
            <td className="waterfall-cell" aria-hidden="true">
              {change !== null && <WaterfallEnd waterfall={waterfall} end="finish" />}
            </td>
          </tr>
        </tfoot>
      </Table>
      {note && <p className="small dim behind-note">{note}</p>}
    </>
  )
}

function ownValue(value: number | null, n: number, show: (value: number) => string) {
  if (value !== null) return show(value)
  return <span className="faint">{n === 0 || n >= 5 ? '–' : 'too few'}</span>
}

function sumOf(parts: readonly SplitPart[], of: (part: SplitPart) => number | null): number | null {
  const values = parts.map(of)
  return values.includes(null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}

function toneOf(contribution: number | null, better: Metric['better']): 'good' | 'bad' | 'plain' {
  if (!contribution) return 'plain'
  return contribution > 0 === (better === 'higher') ? 'good' : 'bad'
}
