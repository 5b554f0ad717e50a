import { type ScreenState, type PlaceId, type Theme, useScreen } from '../stores/screen.ts'

export function goTo(place: PlaceId): void {
  useScreen.setState({ place })
}

export function setTheme(theme: Theme): void {
  useScreen.setState({ theme })
}

/** Written beside what is imported from now on; kept on this machine only. */
export function setOwnName(ownName: string): void {
  useScreen.setState({ ownName })
}

export function openPalette(): void {
  useScreen.setState({ isPaletteOpen: true })
}

export function closePalette(): void {
  useScreen.setState({ isPaletteOpen: false })
}

export function selectScenario(id: string | null): void {
  useScreen.setState({ scenarioId: id })
}

/** Which months and columns the plan's sheet has; kept while the window is open. */
export function showPlan(shown: Partial<Pick<ScreenState, 'planSpan' | 'planColumns'>>): void {
  useScreen.setState(shown)
}
