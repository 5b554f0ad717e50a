import { useMemo } from 'react'
import { type Day, dayIn, type Zone } from '../../../shared/calendar/index.ts'
import { type Brief, writeBrief } from '../../../shared/brief/index.ts'
import { instantOf } from '../../../shared/quantities/index.ts'
import type { Scenario } from '../../../shared/scenario/index.ts'
import { goTo, printBrief, saveBriefHtml, selectScenario } from '../../commands/index.ts'
import { Button, Chip, EmptyState, Progress, Select, Toolbar } from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'
import { useScreen } from '../../stores/screen.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { useScenarioRun } from '../use-scenario-run.ts'
import { BriefPage } from './brief-page.tsx'
import './brief.css'

/** One page for the decision, as it will be printed. */
export function BriefView() {
  const scenarios = useWorkbook((workbook) => workbook.records.scenarios)
  const scenarioId = useScreen((screen) => screen.scenarioId)
  const ordered = Object.values(scenarios).sort((a, b) => a.order - b.order)
  const chosen = (scenarioId !== null ? scenarios[scenarioId] : undefined) ?? ordered[0]
  if (!chosen)
    return (
      <EmptyState
        icon="brief"
        title="No scenario to decide on yet"
        action={
          <Button variant="primary" onPress={() => goTo('scenarios')}>
            Go to Scenarios
          </Button>
        }
      >
        The brief tells one scenario on one page. Make one under Scenarios, and it is written here.
      </EmptyState>
    )
  return <ScenarioBrief key={chosen.id} scenario={chosen} scenarios={ordered} />
}

function ScenarioBrief({
  scenario,
  scenarios,
}: {
  readonly scenario: Scenario
  readonly scenarios: readonly Scenario[]
}) {
  const brief = useBrief(scenario)
  const { isRunning, isStale, task } = useScenarioRun(scenario)
  return (
    <div className="brief-view">
      <Toolbar label="Brief">
        <Select
          label="Scenario of the brief"
          isLabelHidden
          value={scenario.id}
          onChange={selectScenario}
          choices={scenarios.map(({ id, name }) => ({ id, label: name }))}
        />
        {isRunning && <Progress label="Running the scenario" share={task?.share ?? null} />}
        {isStale && !isRunning && (
          <Chip tone="warn" icon="warning" title="Drivers, plan or data changed since the run this page tells.">
            Older than its inputs
          </Chip>
        )}
        <span className="grow" />
        <Button icon="export" isDisabled={!brief} onPress={() => void saveBriefHtml(scenario.id)}>
          Save as HTML
        </Button>
        <Button variant="primary" icon="print" isDisabled={!brief} onPress={() => void printBrief()}>
          Print
        </Button>
      </Toolbar>
      <div className="brief-desk" role="region" aria-label="The page" tabIndex={0}>
        {brief ? (
          <BriefPage brief={brief} />
        ) : (
          <p className="dim" role="status">
            {isRunning
              ? 'Running the scenario the page tells of…'
              : 'The scenario has not been run yet. Run it under Scenarios.'}
          </p>
        )}
      </div>
    </div>
  )
}

function useBrief(scenario: Scenario): Brief | null {
  const records = useWorkbook((workbook) => workbook.records)
  const imports = useWorkbook((workbook) => workbook.imports)
  const outcome = useFigures((figures) => figures.outcomes[scenario.id] ?? null)
  const { wall, actuals, notInActuals } = useFigures()
  return useMemo(() => {
    const workbook = records.settings['settings']
    if (!workbook || !outcome) return null
    return writeBrief({
      workbook,
      initiatives: records.initiatives,
      scenario,
      outcome,
      wall,
      imports,
      actuals: notInActuals && { cells: actuals, ...notInActuals },
      today: todayIn(workbook.zone),
    })
  }, [scenario, outcome, records, imports, wall, actuals, notInActuals])
}

/** The day the saved page would bear too. */
function todayIn(zone: Zone): Day {
  return dayIn(instantOf(Date.now()), zone)
}
