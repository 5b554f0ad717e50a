import { useCallback, useEffect, useRef, useState } from 'react'
import type { Scenario } from '../../shared/scenario/index.ts'
import { runScenario } from '../commands/index.ts'
import { useFigures } from '../stores/figures.ts'
import { type Task, useJobs } from '../stores/jobs.ts'

/** Long enough to finish typing the next driver, short enough to feel live. */
const REST_MS = 700

export interface ScenarioRun {
  readonly isRunning: boolean
  readonly isStale: boolean
  /** Progress and cancel of the run under way; null while there is none to show. */
  readonly task: Task | null
  readonly run: () => void
}

/** Keeps the outcome of a scenario in step with its inputs: it runs by itself once edits rest, and never twice for the same. */
export function useScenarioRun(scenario: Scenario): ScenarioRun {
  const { id } = scenario
  const outcome = useFigures((figures) => figures.outcomes[id])
  const hasOutcome = outcome !== undefined
  const isStale = useFigures((figures) => figures.staleOutcomes.includes(id))
  const figuresOf = useFigures((figures) => figures.of)
  // What is run before the first figures are there is older than its inputs at once.
  const isTooSoon = useFigures((figures) => figures.of === null && figures.isComputing)
  const task = useJobs((jobs) => jobs.tasks.find((other) => other.id === `run-${id}`) ?? null)
  const [running, setRunning] = useState(0)
  const tried = useRef('')

  const run = useCallback(() => {
    setRunning((count) => count + 1)
    void runScenario(id).finally(() => setRunning((count) => count - 1))
  }, [id])

  // A run that was refused leaves no outcome; without this it would be tried for ever.
  const question = JSON.stringify([scenario, figuresOf])
  useEffect(() => {
    if (isTooSoon || (hasOutcome && !isStale)) return
    const timer = setTimeout(
      () => {
        if (tried.current === question && !isStale) return
        tried.current = question
        run()
      },
      hasOutcome ? REST_MS : 0,
    )
    return () => clearTimeout(timer)
    // A new outcome can already be older than an edit made while it ran; then it runs once more.
  }, [hasOutcome, outcome, isStale, isTooSoon, question, run])

  return { isRunning: running > 0 || task !== null, isStale, task, run }
}
