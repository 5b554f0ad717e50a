import type { Format } from '../format.ts'
import { DELIVERY_FORMATS } from './delivery-formats.ts'
import { anthropicCost } from './anthropic-cost.ts'
import { anthropicTokens } from './anthropic-tokens.ts'
import { copilotUsage } from './copilot-usage.ts'
import { cursorUsage } from './cursor-usage.ts'
import { GENERIC_USAGE } from './generic-usage.ts'
import { openaiCost } from './openai-cost.ts'
import { openaiUsage } from './openai-usage.ts'

/** Every layout with a shape of its own; at most one fits a file. The generic table is what is left. */
export const KNOWN_FORMATS: readonly Format[] = [
  anthropicCost,
  anthropicTokens,
  cursorUsage,
  openaiUsage,
  openaiCost,
  copilotUsage,
  ...DELIVERY_FORMATS,
]

/** What a file can be read as, for lists of choices. */
export const FORMATS: readonly { readonly id: string; readonly name: string; readonly kind: 'usage' | 'delivery' }[] = [
  ...KNOWN_FORMATS.map(({ id, name, kind }) => ({ id, name, kind })),
  GENERIC_USAGE,
]
