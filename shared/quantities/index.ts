export { COST_KINDS, instantOf, seedOf, TOKEN_BUCKETS } from './quantities.ts'
export type { CostKind, Instant, Seed, TokenBuckets } from './quantities.ts'
