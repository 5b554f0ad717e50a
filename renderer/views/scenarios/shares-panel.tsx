import { useEffect, useState } from 'react'
import type { ScenarioOutcome, SpreadShares } from '../../../shared/scenario/index.ts'
import { cancelTask, spreadShares, stopTask } from '../../commands/index.ts'
import { Button, formatCount, Progress, Table } from '../../parts/index.ts'
import { useJobs } from '../../stores/jobs.ts'
import { tellShare } from './scenario-words.ts'
import { useHandOver } from './use-hand-over.ts'

/** Total shares of the spread, on request: they take runs of their own. Forgotten when the outcome is another. */
export function TotalShares({ outcome }: { readonly outcome: ScenarioOutcome }) {
  const { scenarioId, drawnInputs = 0, samples } = outcome
  const [shares, setShares] = useState<SpreadShares | null>(null)
  const taskId = `shares-${scenarioId}`
  const task = useJobs((jobs) => jobs.tasks.find(({ id }) => id === taskId) ?? null)
  useEffect(() => {
    setShares(null)
    return () => cancelTask(taskId)
  }, [outcome, taskId])
  const handOver = useHandOver()
  if (drawnInputs < 2) return null
  if (shares) return <SharesTable shares={shares} />
  const cost = `${drawnInputs + 2} more runs of ${formatCount(samples)} samples`
  return (
    <div className="total-shares row row-wrap">
      <p className="small dim grow">
        Each share above is what the input does alone. Inputs that matter only together show in their total shares;
        those take {cost}, usually a few seconds.
      </p>
      {task ? (
        <>
          <Progress label="Working out the total shares" share={task.share} />
          <Button icon="close" {...handOver} onPress={() => stopTask(taskId)}>
            Cancel
          </Button>
        </>
      ) : (
        <Button {...handOver} onPress={() => void spreadShares(scenarioId).then(setShares)}>
          Work out total shares
        </Button>
      )}
    </div>
  )
}

function SharesTable({ shares: { of, samples, runs, inputs } }: { readonly shares: SpreadShares }) {
  return (
    <>
      <Table label={`Total shares of the spread of ${of}`}>
        <thead>
          <tr>
            <th scope="col">Input</th>
            <th scope="col" className="number">
              Alone
            </th>
            <th scope="col" className="number">
              In all
            </th>
            <th scope="col" className="share-bar-head">
              Alone, and what it does together with others
            </th>
          </tr>
        </thead>
        <tbody>
          {inputs.map(({ name, alone, total }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="number">{tellShare(alone)}</td>
              <td className="number">{tellShare(total)}</td>
              <td>
                <span className="share-bar" aria-hidden="true">
                  <span className="share-bar-alone" style={{ width: barWidth(Math.min(alone, total)) }} />
                  <span className="share-bar-total" style={{ width: barWidth(total - Math.min(alone, total)) }} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="small dim total-shares-note">
        Sobol&apos;s shares of the spread of {of}: {runs} runs of {formatCount(samples)} samples. Alone: what would go
        if the input were known. In all: what would stay if everything else were known.
      </p>
    </>
  )
}

function barWidth(share: number): string {
  return `${(Math.max(0, Math.min(1, share)) * 100).toFixed(1)}%`
}
