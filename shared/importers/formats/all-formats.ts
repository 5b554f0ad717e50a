import type { Format } from '../format.ts'
import { DELIVERY_FORMATS } from './delivery/delivery-formats.ts'
import { GENERIC_DELIVERY } from './delivery/generic-delivery.ts'
import { GENERIC_USAGE } from './usage/generic-usage.ts'
import { USAGE_FORMATS } from './usage/usage-formats.ts'

/** Every layout with a shape of its own; at most one fits a file. The generic table is what is left. */
export const KNOWN_FORMATS: readonly Format[] = [...USAGE_FORMATS, ...DELIVERY_FORMATS]

/** What a file can be read as, for lists of choices. */
export const FORMATS: readonly { readonly id: string; readonly name: string; readonly kind: 'usage' | 'delivery' }[] = [
  ...KNOWN_FORMATS.map(({ id, name, kind }) => ({ id, name, kind })),
  GENERIC_USAGE,
  ...GENERIC_DELIVERY.map(({ id, name }) => ({ id, name, kind: 'delivery' as const })),
]
