import { type ReactNode, useCallback } from 'react'
import { nameMonth } from '../../../shared/calendar/index.ts'
import type { KeyResultEffect, ScenarioOutcome } from '../../../shared/scenario/index.ts'
import { DriverBars, FanChart, HistogramBars, PartsBar } from '../../charts/index.ts'
import { Panel, Table, formatCount, formatUnits } from '../../parts/index.ts'
import {
  shortMoney,
  tellBesideBaseline,
  tellBreakEven,
  tellEnds,
  tellInformation,
  tellMonths,
  tellMonthsRange,
  tellNeverPaysBack,
  tellOdds,
  tellPaybackEnds,
  tellTokenShare,
} from './scenario-words.ts'
import { TotalShares } from './shares-panel.tsx'

/** The answer in one row: cost, value, time, odds. */
export function Headline({ outcome }: { readonly outcome: ScenarioOutcome }) {
  const { allIn, npv, paybackMonths, durationMonths, currency } = outcome
  const money = (value: number) => formatUnits(value, '$', currency)
  return (
    <dl className="headline">
      <Figure
        name="All-in cost"
        value={money(allIn.p50)}
        ends={tellEnds(allIn.p10, allIn.p90, '$', currency)}
        note={tellBesideBaseline(outcome)}
      />
      {npv && outcome.oddsNpvPositive !== null ? (
        <Figure
          name="NPV"
          value={money(npv.p50)}
          ends={tellEnds(npv.p10, npv.p90, '$', currency)}
          note={`Above zero in ${tellOdds(outcome.oddsNpvPositive)} of runs.`}
        />
      ) : (
        <Figure name="NPV" value="–" ends="unknown" note="No row says what this is worth." />
      )}
      {paybackMonths ? (
        <Figure
          name="Payback"
          value={tellMonths(paybackMonths.p50)}
          ends={tellPaybackEnds(paybackMonths, outcome)}
          note={tellNeverPaysBack(paybackMonths, outcome)}
        />
      ) : (
        <Figure name="Payback" value="–" ends="unknown" note="No row says what comes back." />
      )}
      {durationMonths ? (
        <Figure
          name="Duration"
          value={tellMonths(durationMonths.p50)}
          ends={tellMonthsRange(durationMonths.p10, durationMonths.p90)}
          note="Until the last of the work is through review."
        />
      ) : (
        <Figure name="Duration" value="–" ends="no end" note="It goes on; no row says when it is finished." />
      )}
    </dl>
  )
}

function Figure({
  name,
  value,
  ends,
  note,
}: {
  readonly name: string
  readonly value: string
  readonly ends: string
  readonly note: string
}) {
  return (
    <div className="headline-figure">
      <dt>{name}</dt>
      <dd>
        <span className="headline-value">{value}</span>
        <span className="headline-ends">{ends}</span>
        <span className="small dim">{note}</span>
      </dd>
    </div>
  )
}

/** Where the tokens stand in the whole: rarely the largest part. */
export function CostParts({ outcome }: { readonly outcome: ScenarioOutcome }) {
  const sentences = [tellTokenShare(outcome), tellBreakEven(outcome)].filter((sentence) => sentence !== null)
  return (
    <Panel title="What the cost is made of">
      {outcome.parts.length === 0 ? (
        <p className="dim">
          This scenario changes the plan only; its cost is the plan&apos;s with it less the plan&apos;s without.
        </p>
      ) : (
        <PartsBar
          emphasised="tokens"
          parts={outcome.parts.map(({ name, share, spread }) => ({
            name,
            share,
            text: `${formatUnits(spread.p50, '$', outcome.currency)}  (${tellEnds(spread.p10, spread.p90, '$', outcome.currency)})`,
          }))}
        />
      )}
      {sentences.length > 0 && <p className="outcome-sentence">{sentences.join(' ')}</p>}
    </Panel>
  )
}

export function CashFan({ outcome }: { readonly outcome: ScenarioOutcome }) {
  const { currency, fan, months } = outcome
  const show = useCallback((value: number) => formatUnits(value, '$', currency), [currency])
  const showAxis = useCallback((value: number) => shortMoney(value, currency), [currency])
  if (fan.length === 0) return null
  return (
    <Panel title="Cumulative net by month">
      <FanChart
        title="Cumulative net by month"
        labels={months.map(nameMonth)}
        spreads={fan}
        show={show}
        showAxis={showAxis}
      />
    </Panel>
  )
}

export function KeyResultEffects({ outcome }: { readonly outcome: ScenarioOutcome }) {
  const { keyResults, oddsOfAll, currency } = outcome
  return (
    <Panel title="Effect on the key results" isFlush>
      {keyResults.length === 0 ? (
        <p className="dim outcome-empty">No key results yet. Add some under OKRs, and their odds show here.</p>
      ) : (
        <Table label="Effect on the key results">
          <thead>
            <tr>
              <th scope="col">Key result</th>
              <th scope="col" className="number">
                Now
              </th>
              <th scope="col" className="number">
                With the scenario
              </th>
              <th scope="col" className="number">
                Target
              </th>
              <th scope="col" className="number">
                Odds now
              </th>
              <th scope="col" className="number">
                Odds with
              </th>
            </tr>
          </thead>
          <tbody>
            {keyResults.map((effect) => (
              <EffectLine key={effect.keyResultId} effect={effect} currency={currency} />
            ))}
          </tbody>
          {oddsOfAll !== null && (
            <tfoot>
              <tr>
                <th scope="row" colSpan={5}>
                  All key results with known odds in the same run
                </th>
                <td className="number">
                  <strong>{tellOdds(oddsOfAll)}</strong>
                </td>
              </tr>
            </tfoot>
          )}
        </Table>
      )}
    </Panel>
  )
}

function EffectLine({ effect, currency }: { readonly effect: KeyResultEffect; readonly currency: string }) {
  const { name, unit, target, baseline, withScenario, odds, baselineOdds, unknownBecause } = effect
  const show = (value: number) => formatUnits(value, unit, currency)
  const hasMoved = odds !== null && baselineOdds !== null && Math.round(odds * 100) !== Math.round(baselineOdds * 100)
  const tone = hasMoved ? (odds > baselineOdds ? 'number good' : 'number bad') : 'number'
  const arrow = hasMoved ? (odds > baselineOdds ? '▲ ' : '▼ ') : ''
  return (
    <tr>
      <th scope="row">
        {name}
        {unknownBecause !== null && <span className="small dim effect-unknown">{unknownBecause}</span>}
      </th>
      <td className="number">{baseline === null ? <Unknown /> : show(baseline)}</td>
      <td className="number">
        {withScenario === null ? (
          <Unknown />
        ) : (
          <>
            {show(withScenario.p50)}
            <span className="small dim effect-ends">
              {tellEnds(withScenario.p10, withScenario.p90, unit, currency)}
            </span>
          </>
        )}
      </td>
      <td className="number">{show(target)}</td>
      <td className="number">{baselineOdds === null ? <Unknown /> : tellOdds(baselineOdds)}</td>
      <td className={tone}>
        {odds === null ? (
          <Unknown />
        ) : (
          <>
            {arrow}
            {tellOdds(odds)}
          </>
        )}
      </td>
    </tr>
  )
}

function Unknown(): ReactNode {
  return <span className="faint">unknown</span>
}

/** Where the runs came out, NPV where the scenario has one, else its cost. */
export function Outcomes({ outcome }: { readonly outcome: ScenarioOutcome }) {
  const { histogram, npv, currency } = outcome
  if (!histogram) return null
  const title = `How ${npv ? 'NPV' : 'the all-in cost'} comes out`
  return (
    <Panel title={title}>
      <HistogramBars title={title} {...histogram} show={(value) => shortMoney(value, currency)} />
    </Panel>
  )
}

/** The result the bars measure is NPV where the scenario has one, else its cost. */
export function SpreadDrivers({ outcome }: { readonly outcome: ScenarioOutcome }) {
  const { drivers, npv, allIn, currency } = outcome
  const information = tellInformation(outcome)
  if (drivers.length === 0) return null
  return (
    <Panel title="What drives the spread" isFlush>
      <DriverBars
        title="What drives the spread"
        resultName={npv ? 'NPV' : 'all-in cost'}
        drivers={drivers}
        middle={(npv ?? allIn).p50}
        show={(value) => formatUnits(value, '$', currency)}
      />
      {information !== null && <p className="worth-knowing">{information}</p>}
      <TotalShares outcome={outcome} />
    </Panel>
  )
}

/** Closed forms of queues and batches beside what happens when they are played through event by event. */
export function FlowChecks({ outcome }: { readonly outcome: ScenarioOutcome }) {
  const flow = outcome.flow ?? []
  if (flow.length === 0) return null
  const show = (value: number) => formatUnits(value, '', outcome.currency)
  return (
    <Panel title="Delivery flow, checked by simulation" isFlush>
      <Table label="Delivery flow, checked by simulation">
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col" className="number">
              Closed form
            </th>
            <th scope="col" className="number">
              Simulated mean
            </th>
            <th scope="col" className="number">
              P10 to P90
            </th>
            <th scope="col" className="number">
              At least
            </th>
          </tr>
        </thead>
        <tbody>
          {flow.map(({ rowId, rowName, closedForm, simulated, lowerBound }) => (
            <tr key={rowId}>
              <th scope="row">{rowName}</th>
              <td className="number">{show(closedForm)}</td>
              <td className="number">{show(simulated.mean)}</td>
              <td className="number">
                {show(simulated.p10)} to {show(simulated.p90)}
              </td>
              <td className="number">{lowerBound === null ? '–' : show(lowerBound)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}

export function Tensions({ outcome }: { readonly outcome: ScenarioOutcome }) {
  if (outcome.tensions.length === 0) return null
  return (
    <Panel title="Tensions">
      <ul className="sentences">
        {outcome.tensions.map(({ a, b, sentence }) => (
          <li key={`${a} ${b}`}>{sentence}</li>
        ))}
      </ul>
    </Panel>
  )
}

export function Notes({ outcome }: { readonly outcome: ScenarioOutcome }) {
  return (
    <Panel title="About this run">
      <ul className="sentences dim">
        {outcome.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        <li>
          {formatCount(outcome.samples)} runs, seed {outcome.seed}: the same inputs give the same numbers on every
          machine.
        </li>
      </ul>
    </Panel>
  )
}
