import { useEffect, useMemo, useState } from 'react'
import { nameMonth } from '../../../shared/calendar/index.ts'
import { rowsInOrder } from '../../../shared/plan/index.ts'
import type { Scenario, ScenarioOutcome } from '../../../shared/scenario/index.ts'
import { templateById } from '../../../shared/templates/index.ts'
import { editRecords, selectScenario, showToast, stopTask, undo } from '../../commands/index.ts'
import { Button, Chip, formatCount, IconButton, Panel, Progress } from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { Compare } from './compare-panel.tsx'
import { DriverTable } from './driver-table.tsx'
import {
  CashFan,
  CostParts,
  FlowChecks,
  Headline,
  KeyResultEffects,
  Notes,
  Outcomes,
  SpreadDrivers,
  Tensions,
} from './outcome-panels.tsx'
import { Fits } from './fit-panel.tsx'
import { type DriverEntry, driverEntries, setDriver } from './scenario-drivers.ts'
import { OddsWhenMet } from './given-panel.tsx'
import { GoalSeek } from './seek-panel.tsx'
import { type ScenarioRun, useScenarioRun } from '../use-scenario-run.ts'

/** One scenario: its inputs, its run, its answer beside the baseline. */
export function ScenarioPage({ scenario }: { readonly scenario: Scenario }) {
  const rows = useWorkbook((workbook) => workbook.records.rows)
  const isReadOnly = useWorkbook((workbook) => workbook.phase === 'read-only')
  const outcome = useFigures((figures) => figures.outcomes[scenario.id] ?? null)
  const run = useScenarioRun(scenario)
  const entries = useMemo(() => driverEntries(scenario, rowsInOrder({ rows }), outcome), [scenario, rows, outcome])
  const fitted = useMemo(() => new Set(outcome?.fits?.map(({ row }) => row)), [outcome])
  const template = scenario.templateId === null ? null : templateById(scenario.templateId)
  const onSet = (entry: DriverEntry, formula: string) =>
    void editRecords(`${entry.name} in “${scenario.name}”`, (records) => {
      const current = records.scenarios[scenario.id]
      if (!current) return records
      return { ...records, scenarios: { ...records.scenarios, [scenario.id]: setDriver(current, entry, formula) } }
    })
  return (
    <div className="scenario-page">
      <header className="scenario-head">
        <div className="grow">
          <ScenarioName scenario={scenario} isReadOnly={isReadOnly} />
          <p className="dim">
            {template && `${template.question} `}
            From {nameMonth(scenario.startMonth)}, looking {scenario.horizonMonths} months ahead.
          </p>
        </div>
        <RunControls run={run} outcome={outcome} />
        <IconButton
          label="Delete this scenario"
          icon="trash"
          isDisabled={isReadOnly}
          onPress={() => deleteScenario(scenario)}
        />
      </header>
      {/* The drivers keep their place when the answer comes, and with it what is being typed. */}
      <div className={outcome && run.isStale ? 'scenario-body stale' : 'scenario-body'}>
        {outcome === null ? (
          <p className="dim scenario-waiting" role="status">
            {run.isRunning ? 'Running the scenario…' : 'Not run yet. Run it, or change a driver and it runs by itself.'}
          </p>
        ) : (
          <>
            <Headline outcome={outcome} />
            <div className="scenario-pair">
              <CostParts outcome={outcome} />
              <CashFan outcome={outcome} />
            </div>
          </>
        )}
        <Panel title="Drivers" isFlush className="scenario-inputs">
          <DriverTable entries={entries} fitted={fitted} onSet={onSet} isReadOnly={isReadOnly} />
        </Panel>
        {outcome && (
          <>
            <Fits fits={outcome.fits ?? []} currency={outcome.currency} />
            <KeyResultEffects outcome={outcome} />
            <Tensions outcome={outcome} />
            <OddsWhenMet outcome={outcome} />
            <Compare scenario={scenario} outcome={outcome} isWaiting={run.isRunning || run.isStale} />
            <GoalSeek
              outcome={outcome}
              entries={entries}
              lever={template?.leverName ?? null}
              onUse={onSet}
              isReadOnly={isReadOnly}
              isWaiting={run.isRunning || run.isStale}
            />
            <Outcomes outcome={outcome} />
            <SpreadDrivers outcome={outcome} />
            <FlowChecks outcome={outcome} />
            <Notes outcome={outcome} />
          </>
        )}
      </div>
    </div>
  )
}

function RunControls({ run, outcome }: { readonly run: ScenarioRun; readonly outcome: ScenarioOutcome | null }) {
  const { isRunning, isStale, task } = run
  const of = isStale ? undefined : outcome?.of
  return (
    <div className="row">
      {isStale && !isRunning && (
        <Chip tone="warn" icon="warning" title="Drivers, plan or data changed since this run.">
          Older than its inputs
        </Chip>
      )}
      {outcome && of !== undefined && (
        <Chip
          title={
            isRunning
              ? 'More are being drawn; the figures settle.'
              : 'The run was stopped; these are sound, only coarser.'
          }
        >
          {formatCount(outcome.samples)} of {formatCount(of)} runs
        </Chip>
      )}
      {isRunning && <Progress label="Running the scenario" share={task?.share ?? null} />}
      {isRunning && task?.cancel ? (
        <Button icon="close" onPress={() => stopTask(task.id)}>
          Cancel
        </Button>
      ) : (
        <Button variant="primary" icon="play" isDisabled={isRunning} onPress={run.run}>
          {outcome === null ? 'Run' : 'Run again'}
        </Button>
      )}
    </div>
  )
}

/** The heading is the name, and typing into it renames. */
function ScenarioName({ scenario, isReadOnly }: { readonly scenario: Scenario; readonly isReadOnly: boolean }) {
  const [name, setName] = useState(scenario.name)
  useEffect(() => setName(scenario.name), [scenario.name])
  const take = () => {
    const text = name.trim()
    if (text === '' || text === scenario.name) {
      setName(scenario.name)
      return
    }
    void editRecords(`name of “${scenario.name}”`, (records) => {
      const current = records.scenarios[scenario.id]
      if (!current) return records
      return { ...records, scenarios: { ...records.scenarios, [scenario.id]: { ...current, name: text } } }
    })
  }
  return (
    <h1 className="scenario-title">
      <input
        aria-label="Name of the scenario"
        value={name}
        readOnly={isReadOnly}
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setName(scenario.name)
        }}
      />
    </h1>
  )
}

function deleteScenario(scenario: Scenario): void {
  void editRecords(`deletion of “${scenario.name}”`, (records) => {
    const { [scenario.id]: _gone, ...scenarios } = records.scenarios
    return { ...records, scenarios }
  })
  selectScenario(null)
  showToast(`Deleted “${scenario.name}”.`, { action: { label: 'Undo', run: () => void undo() } })
}
