export type { AttributionRule, Initiative } from './types.ts'
