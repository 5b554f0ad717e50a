import { useEffect, useState } from 'react'
import type { ComparedNumber, Scenario, ScenarioComparison, ScenarioOutcome } from '../../../shared/scenario/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { cancelTask, compareWith, stopTask } from '../../commands/index.ts'
import { Button, formatCount, formatUnits, Panel, Progress, Select, Table } from '../../parts/index.ts'
import { useJobs } from '../../stores/jobs.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { tellOdds } from './scenario-words.ts'
import { useHandOver } from './use-hand-over.ts'

const BASELINE = 'baseline'

/** What a comparison was asked of. */
interface Asked {
  readonly againstId: string
  readonly outcome: ScenarioOutcome
  readonly scenarios: WorkbookRecords['scenarios']
}

/** What choosing this scenario instead of another changes, paired by sample; there once a workbook has two. */
export function Compare({
  scenario,
  outcome,
  isWaiting,
}: {
  readonly scenario: Scenario
  readonly outcome: ScenarioOutcome
  /** The outcome is about to be another one. */
  readonly isWaiting: boolean
}) {
  const scenarios = useWorkbook((workbook) => workbook.records.scenarios)
  const others = Object.values(scenarios)
    .filter(({ id }) => id !== scenario.id)
    .sort((a, b) => a.order - b.order)
  const [picked, setPicked] = useState<string | null>(null)
  const [told, setTold] = useState<(Asked & { readonly comparison: ScenarioComparison }) | null>(null)
  const taskId = `compare-${scenario.id}`
  const task = useJobs((jobs) => jobs.tasks.find(({ id }) => id === taskId) ?? null)
  useEffect(() => () => cancelTask(taskId), [taskId])
  const handOver = useHandOver()
  if (others.length === 0) return null
  const againstId = others.some(({ id }) => id === picked) || picked === BASELINE ? picked! : others[0]!.id
  const asked: Asked = { againstId, outcome, scenarios }
  const compare = () =>
    void compareWith(scenario.id, againstId === BASELINE ? null : againstId).then(
      (comparison) => comparison && setTold({ ...asked, comparison }),
    )
  // Whatever changes, here or in the other one, makes the answer an old one, also one that is still worked out.
  const isNow = told?.againstId === againstId && told.outcome === outcome && told.scenarios === scenarios
  return (
    <Panel title="Compare" isFlush>
      <div className="compare-form row row-wrap">
        <Select
          label="Against"
          value={againstId}
          onChange={(id) => {
            cancelTask(taskId)
            setPicked(id)
          }}
          choices={[
            ...others.map(({ id, name }) => ({ id, label: name })),
            { id: BASELINE, label: 'Baseline', hint: 'None of it is done' },
          ]}
          className="compare-against"
        />
        {task ? (
          <>
            <Progress label="Comparing" share={task.share} />
            <Button icon="close" {...handOver} onPress={() => stopTask(taskId)}>
              Cancel
            </Button>
          </>
        ) : (
          <Button {...handOver} isDisabled={isWaiting} onPress={compare}>
            Compare
          </Button>
        )}
      </div>
      {isNow && <Differences comparison={told.comparison} currency={outcome.currency} />}
    </Panel>
  )
}

function Differences({
  comparison: { against, numbers, samples },
  currency,
}: {
  readonly comparison: ScenarioComparison
  readonly currency: string
}) {
  return (
    <>
      <Table label={`Differences from ${against}`}>
        <thead>
          <tr>
            <th scope="col">This one less the other</th>
            {['P10', 'P50', 'P90', 'Better in'].map((head) => (
              <th key={head} scope="col" className="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbers.map((number, at) => (
            <DifferenceLine key={at} number={number} currency={currency} />
          ))}
        </tbody>
      </Table>
      <p className="small dim compare-note">
        Run by run over {formatCount(samples)} runs with the same draws: what both share cancels. A tie counts half.
      </p>
    </>
  )
}

function DifferenceLine({ number, currency }: { readonly number: ComparedNumber; readonly currency: string }) {
  const { name, unit, difference, better } = number
  const { p10, p50, p90 } = difference
  const isSame = p10 === 0 && p90 === 0 && better === 0.5
  const isEven = Math.round(better * 100) === 50
  const tone = isSame ? 'number dim' : isEven ? 'number' : better > 0.5 ? 'number good' : 'number bad'
  return (
    <tr>
      <th scope="row">{name}</th>
      {[p10, p50, p90].map((value, at) => (
        <td key={at} className="number">
          {value > 0 ? '+' : ''}
          {formatUnits(value, unit, currency)}
        </td>
      ))}
      <td className={tone}>{isSame ? 'the same' : tellOdds(better)}</td>
    </tr>
  )
}
