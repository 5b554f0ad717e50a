/**
 * Version 1: one store per record table, imports with their facts in chunks, what was kept aside, and the head.
 * Frozen: a later version brings a file of its own and never changes this one.
 */
export const STORES_V1 = {
  settings: 'id',
  objectives: 'id',
  keyResults: 'id',
  initiatives: 'id',
  rows: 'id',
  scenarios: 'id',
  attributionRules: 'id',
  imports: 'id',
  chunks: '[importId+kind+seq], importId',
  keptAside: 'importId',
  meta: 'id',
} as const
