import { useCallback, useEffect, useState } from 'react'
import type { Explanation, Period, WallNumber } from '../../shared/metrics/index.ts'
import { comparePeriods, explainNumber } from '../commands/index.ts'
import { useFigures } from '../stores/figures.ts'

/** `working` while it is asked for, `null` where there is nothing to say. */
export type Asked<T> = T | null | 'working'

/**
 * The answer of the figures to a question, asked again when they change; the former answer stays until then. `ask` is one
 * function as long as it asks the same.
 */
export function useAsked<T>(ask: () => Promise<T | null>): Asked<T> {
  const of = useFigures((figures) => figures.of)
  const [told, setTold] = useState<{ readonly ask: unknown; readonly answer: T | null } | null>(null)
  useEffect(() => {
    let isWanted = true
    async function look() {
      const answer = await ask()
      if (isWanted) setTold({ ask, answer })
    }
    void look()
    return () => {
      isWanted = false
    }
  }, [ask, of])
  return told?.ask === ask ? told.answer : 'working'
}

/** What is behind a metric of a period. */
export function useExplanation(metricId: string, period: Period | undefined, before: Period | undefined) {
  return useOfPeriods(
    useCallback((now: Period, was: Period) => explainNumber(metricId, now, was), [metricId]),
    period,
    before,
  )
}

/** Every metric in two periods. */
export function useTwoPeriods(period: Period | undefined, before: Period | undefined): Asked<readonly WallNumber[]> {
  return useOfPeriods(comparePeriods, period, before)
}

function useOfPeriods<T = Explanation>(
  ask: (period: Period, before: Period) => Promise<T | null>,
  period: Period | undefined,
  before: Period | undefined,
): Asked<T> {
  const { from, to } = period ?? {}
  const { from: beforeFrom, to: beforeTo } = before ?? {}
  return useAsked(
    useCallback(
      async () => (from && to && beforeFrom && beforeTo ? ask({ from, to }, { from: beforeFrom, to: beforeTo }) : null),
      [ask, from, to, beforeFrom, beforeTo],
    ),
  )
}
