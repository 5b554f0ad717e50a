import type { Choice } from '../parts/index.ts'

/** The zones this runtime knows, UTC first. */
export const ZONES: readonly Choice[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
].map((zone) => ({
  id: zone,
  label: zone,
}))
