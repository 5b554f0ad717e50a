import type { Choice } from './field.tsx'

/** The zones this runtime knows, UTC first. */
export const ZONES: readonly Choice[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
].map((zone) => ({
  id: zone,
  label: zone,
}))
