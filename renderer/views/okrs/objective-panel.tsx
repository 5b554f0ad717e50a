import { Button as AriaButton } from 'react-aria-components/Button'
import type { Issue } from '../../../shared/issues/index.ts'
import { type KeyResult, type KeyResultScore, type Objective, scoreObjective } from '../../../shared/okr/index.ts'
import { type Nanos, currencyOf, formatMoney, moneyOf } from '../../../shared/money/index.ts'
import type { KeyResultEffect } from '../../../shared/scenario/index.ts'
import type { WorkbookSettings } from '../../../shared/workbook/index.ts'
import {
  Button,
  Chip,
  Hint,
  Icon,
  Menu,
  Table,
  LOCALE,
  type Tone,
  UnknownMark,
  formatUnits,
} from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'
import { useScreen } from '../../stores/screen.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { BAND_WORDS, type Judged, judgeKeyResult, measuredFor } from './judge-key-result.ts'
import { TYPE_NAMES, tellTarget } from './key-result-draft.ts'
import { nameMetric } from './metric-choices.ts'
import { inOrder } from './objective-edits.ts'

const BAND_TONES: Readonly<Record<KeyResultScore['band'], Tone>> = { good: 'good', fair: 'warn', poor: 'bad' }

interface Actions {
  readonly onEdit: () => void
  readonly onDelete: () => void
  readonly onAdd: () => void
  readonly onEditKeyResult: (keyResult: KeyResult) => void
  readonly onDeleteKeyResult: (keyResult: KeyResult) => void
  readonly onCheckIn: (keyResult: KeyResult) => void
}

type Budgets = ReadonlyMap<string, Nanos>

export function ObjectivePanel({
  objective,
  settings,
  budgets,
  ...actions
}: Actions & { readonly objective: Objective; readonly settings: WorkbookSettings; readonly budgets: Budgets }) {
  const keyResults = useWorkbook((workbook) => workbook.records.keyResults)
  const { metrics, wall } = useFigures()
  const scenarioId = useScreen((screen) => screen.scenarioId)
  const outcome = useFigures((figures) => (scenarioId === null ? undefined : figures.outcomes[scenarioId]))
  const own = inOrder(keyResults).filter(({ objectiveId }) => objectiveId === objective.id)
  const judged = own.map((keyResult) =>
    judgeKeyResult(keyResult, measuredFor(keyResult, metrics, wall, objective.quarter)),
  )
  const rollUp = scoreObjective(own.map(({ weight }, index) => ({ weight, score: judged[index]!.score })))
  return (
    <section className="panel flush objective" aria-label={objective.name}>
      <header className="objective-head">
        <div className="grow">
          <h2>{objective.name}</h2>
          {objective.owner !== '' && <p className="small dim">{objective.owner}</p>}
        </div>
        {own.length > 0 && (
          <RollUp rollUp={rollUp.ok ? rollUp.value : null} why={rollUp.ok ? null : rollUp.issues[0]!} />
        )}
        <Button size="small" icon="plus" onPress={actions.onAdd}>
          Key result
        </Button>
        <Menu
          label={`Actions for ${objective.name}`}
          entries={[
            { id: 'edit', label: 'Change…', icon: 'edit', run: actions.onEdit },
            { id: 'delete', label: 'Delete', icon: 'trash', isDanger: true, run: actions.onDelete },
          ]}
        >
          <AriaButton className="icon-button ghost quiet" aria-label={`Actions for ${objective.name}`}>
            <Icon name="more" />
          </AriaButton>
        </Menu>
      </header>
      {own.length === 0 ? (
        <p className="panel-note dim">No key result yet: add the number that would show this objective is reached.</p>
      ) : (
        <Table
          label={`Key results of ${objective.name}`}
          className={outcome ? 'key-results with-effect' : 'key-results'}
        >
          <thead>
            <tr>
              <th scope="col">Key result</th>
              <th scope="col" className="column-target">
                Target
              </th>
              <th scope="col" className="number column-now">
                Now
              </th>
              <th scope="col" className="column-score">
                Score
              </th>
              {outcome && (
                <th
                  scope="col"
                  className="column-effect truncate"
                  title={`P50 with “${outcome.name}” and the odds that the target holds`}
                >
                  With {outcome.name}
                </th>
              )}
              <th scope="col" className="column-initiatives">
                Initiatives and budget
              </th>
              <th scope="col" className="number column-weight">
                Weight
              </th>
              <th scope="col" className="column-actions">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {own.map((keyResult, index) => (
              <KeyResultRow
                key={keyResult.id}
                keyResult={keyResult}
                judged={judged[index]!}
                currency={settings.currency}
                budget={budgets.get(keyResult.id) ?? null}
                effect={
                  outcome
                    ? (outcome.keyResults.find(({ keyResultId }) => keyResultId === keyResult.id) ?? null)
                    : undefined
                }
                actions={actions}
              />
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}

function RollUp({
  rollUp,
  why,
}: {
  readonly rollUp: { readonly score: number; readonly band: KeyResultScore['band']; readonly coverage: number } | null
  readonly why: Issue | null
}) {
  if (rollUp === null) return why && <UnknownMark why={why} label="no score yet" />
  return (
    <Hint text="Weighted mean of the known scores; the word follows the weakest key result." delay={200}>
      <AriaButton className="roll-up">
        <span className="visually-hidden">Objective score</span>
        <strong>{rollUp.score.toFixed(2)}</strong>
        <Chip tone={BAND_TONES[rollUp.band]}>{BAND_WORDS[rollUp.band]}</Chip>
        {rollUp.coverage < 0.999 && (
          <span className="small faint">{Math.round(rollUp.coverage * 100)}% of weight known</span>
        )}
      </AriaButton>
    </Hint>
  )
}

function KeyResultRow({
  keyResult,
  judged,
  currency,
  budget,
  effect,
  actions,
}: {
  readonly keyResult: KeyResult
  readonly judged: Judged
  readonly currency: string
  /** null = no line is planned for it. */
  readonly budget: Nanos | null
  /** undefined = no scenario on screen; null = it says nothing of this key result. */
  readonly effect: KeyResultEffect | null | undefined
  readonly actions: Actions
}) {
  const format = (value: number) => formatUnits(value, keyResult.unit, currency)
  const isEntered = keyResult.source.kind === 'entered'
  return (
    <tr>
      <th scope="row" className="key-result-name">
        <span>{keyResult.name}</span>
        <span className="small faint">
          {TYPE_NAMES[keyResult.type]},{' '}
          {keyResult.source.kind === 'measured'
            ? `measured: ${nameMetric(keyResult.source.metricId)}`
            : 'checked in by hand'}
        </span>
      </th>
      <td>{tellTarget(keyResult, format)}</td>
      <td className="number">
        {judged.actual.known ? format(judged.actual.value) : <UnknownMark why={judged.actual.why} />}
      </td>
      <td>
        <ScoreBar judged={judged} />
      </td>
      {effect !== undefined && (
        <td>
          <Effect effect={effect} format={format} />
        </td>
      )}
      <td className="column-initiatives">
        <Initiatives keyResultId={keyResult.id} />
        {budget !== null && (
          <span className="small faint" title="Planned in this quarter through these initiatives">
            {formatMoney(moneyOf(budget, currencyOf(currency)), LOCALE, 0)} planned
          </span>
        )}
      </td>
      <td className="number dim column-weight">{keyResult.weight}</td>
      <td>
        <div className="row rule-buttons">
          {isEntered && (
            <Button size="small" onPress={() => actions.onCheckIn(keyResult)}>
              Check in
            </Button>
          )}
          <Menu
            label={`Actions for ${keyResult.name}`}
            entries={[
              { id: 'edit', label: 'Change…', icon: 'edit', run: () => actions.onEditKeyResult(keyResult) },
              {
                id: 'delete',
                label: 'Delete',
                icon: 'trash',
                isDanger: true,
                run: () => actions.onDeleteKeyResult(keyResult),
              },
            ]}
          >
            <AriaButton className="icon-button ghost quiet" aria-label={`Actions for ${keyResult.name}`}>
              <Icon name="more" />
            </AriaButton>
          </Menu>
        </div>
      </td>
    </tr>
  )
}

function ScoreBar({ judged }: { readonly judged: Judged }) {
  const { score } = judged
  if (score === null) return judged.whyNoScore ? <UnknownMark why={judged.whyNoScore} label="no score" /> : null
  const text = score.raw === score.score ? undefined : `Unclamped: ${score.raw.toFixed(2)}`
  return (
    <div className="score" title={text}>
      <div className="score-track" aria-hidden="true">
        <div className={`score-fill ${score.band}`} style={{ width: `${Math.max(2, score.score * 100)}%` }} />
      </div>
      <span className="score-number">{score.score.toFixed(2)}</span>
      <Chip tone={BAND_TONES[score.band]}>{BAND_WORDS[score.band]}</Chip>
    </div>
  )
}

function Effect({
  effect,
  format,
}: {
  readonly effect: KeyResultEffect | null
  readonly format: (value: number) => string
}) {
  if (effect === null) return <span className="faint">no effect stated</span>
  if (effect.withScenario === null) return <UnknownMark why={effect.unknownBecause ?? 'The scenario does not say.'} />
  return (
    <span className="key-result-effect">
      <span title={`${format(effect.withScenario.p10)} to ${format(effect.withScenario.p90)} in 8 of 10 runs`}>
        {format(effect.withScenario.p50)}
      </span>
      {effect.odds !== null && <span className="dim">{Math.round(effect.odds * 100)}% odds</span>}
    </span>
  )
}

function Initiatives({ keyResultId }: { readonly keyResultId: string }) {
  const initiatives = useWorkbook((workbook) => workbook.records.initiatives)
  const own = inOrder(initiatives).filter((initiative) => initiative.keyResultId === keyResultId)
  if (own.length === 0) return <span className="faint">none</span>
  return <span className="dim key-result-names">{own.map(({ name }) => name).join(', ')}</span>
}
