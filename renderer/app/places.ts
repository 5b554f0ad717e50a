import type { IconName } from '../parts/index.ts'
import { PLACES, type PlaceId } from '../stores/screen.ts'

export const PLACE_NAMES: Readonly<Record<PlaceId, string>> = {
  wall: 'Wall',
  data: 'Data',
  metrics: 'Metrics',
  okrs: 'OKRs',
  plan: 'Plan',
  scenarios: 'Scenarios',
  brief: 'Brief',
  settings: 'Settings',
}

export const PLACE_ICONS: Readonly<Record<PlaceId, IconName>> = {
  wall: 'wall',
  data: 'data',
  metrics: 'metrics',
  okrs: 'okrs',
  plan: 'plan',
  scenarios: 'scenarios',
  brief: 'brief',
  settings: 'settings',
}

/** `#/okrs` -> `okrs`; null for anything that is not a place. */
export function placeOfHash(hash: string): PlaceId | null {
  const name = hash.replace(/^#\/?/, '')
  return PLACES.find((place) => place === name) ?? null
}

export function hashOfPlace(place: PlaceId): string {
  return `#/${place}`
}
