import { create } from 'zustand'

/** The places that are built; the sidebar shows these and no others. */
export const PLACES = ['wall', 'data', 'metrics', 'okrs', 'plan', 'scenarios', 'brief', 'settings'] as const
export type PlaceId = (typeof PLACES)[number]

/** quarter: its three months and their sum · months: the fiscal year with its quarters · quarters: only those. */
export type PlanSpan = 'quarter' | 'months' | 'quarters'

export type PlanColumns = 'plan' | 'actual' | 'variance' | 'forecast'

export type Theme = 'light' | 'dark' | 'system'

export interface ScreenState {
  readonly place: PlaceId
  readonly theme: Theme
  /** What the person at this machine calls themselves; '' = they did not say. */
  readonly ownName: string
  readonly isPaletteOpen: boolean
  /** Scenario shown in Scenarios, Brief and beside key results; null = the baseline. */
  readonly scenarioId: string | null
  readonly planSpan: PlanSpan
  readonly planColumns: PlanColumns
}

export const useScreen = create<ScreenState>()(() => ({
  place: 'wall',
  theme: 'system',
  ownName: '',
  isPaletteOpen: false,
  scenarioId: null,
  planSpan: 'quarter',
  planColumns: 'actual',
}))
