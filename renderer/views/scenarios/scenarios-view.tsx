import { useState } from 'react'
import { addScenario, selectScenario } from '../../commands/index.ts'
import { Button } from '../../parts/index.ts'
import { useFigures } from '../../stores/figures.ts'
import { useScreen } from '../../stores/screen.ts'
import { useWorkbook } from '../../stores/workbook.ts'
import { ScenarioPage } from './scenario-page.tsx'
import { tellEnds } from './scenario-words.ts'
import { TemplateGallery } from './template-gallery.tsx'
import './scenarios.css'

/** What-ifs on the baseline: the list, the templates to start from, and the chosen one with its answer. */
export function ScenariosView() {
  const scenarios = useWorkbook((workbook) => workbook.records.scenarios)
  const isReadOnly = useWorkbook((workbook) => workbook.phase === 'read-only')
  const scenarioId = useScreen((screen) => screen.scenarioId)
  const [isChoosing, setChoosing] = useState(false)
  const [isAdding, setAdding] = useState(false)
  const ordered = Object.values(scenarios).sort((a, b) => a.order - b.order)
  // With the baseline picked there is nothing to show but the first what-if on it.
  const chosen = (scenarioId !== null ? scenarios[scenarioId] : undefined) ?? ordered[0]
  const isGallery = isChoosing || !chosen
  const add = (templateId: string) => {
    setAdding(true)
    void addScenario(templateId)
      .then((id) => {
        selectScenario(id)
        setChoosing(false)
      })
      .finally(() => setAdding(false))
  }
  return (
    <div className="scenarios-view">
      <nav className="scenario-list" aria-label="Scenarios">
        <Button icon="plus" isDisabled={isReadOnly} onPress={() => setChoosing(true)}>
          New scenario
        </Button>
        <ul>
          {ordered.map((scenario) => (
            <li key={scenario.id}>
              <button
                type="button"
                className="scenario-item"
                aria-current={!isGallery && scenario.id === chosen.id ? 'page' : undefined}
                onClick={() => {
                  selectScenario(scenario.id)
                  setChoosing(false)
                }}
              >
                <span className="scenario-name">{scenario.name}</span>
                <ScenarioCost id={scenario.id} />
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="scenario-main" key={isGallery ? 'templates' : chosen.id}>
        {isGallery ? (
          <div className="scenario-page">
            <header className="scenario-head">
              <div className="grow">
                <h1>What if…</h1>
                <p className="dim">
                  A template is a question with its inputs filled in. Where your own history knows better than the
                  published numbers, it replaces them.
                </p>
              </div>
              {chosen && <Button onPress={() => setChoosing(false)}>Back to “{chosen.name}”</Button>}
            </header>
            <TemplateGallery onChoose={add} isDisabled={isAdding || isReadOnly} />
          </div>
        ) : (
          <ScenarioPage key={chosen.id} scenario={chosen} />
        )}
      </div>
    </div>
  )
}

function ScenarioCost({ id }: { readonly id: string }) {
  const outcome = useFigures((figures) => figures.outcomes[id])
  const isStale = useFigures((figures) => figures.staleOutcomes.includes(id))
  if (!outcome) return <span className="small dim">not run yet</span>
  const ends = tellEnds(outcome.allIn.p10, outcome.allIn.p90, '$', outcome.currency)
  return (
    <span className="small dim">
      {ends}
      {isStale && ', older than its inputs'}
    </span>
  )
}
