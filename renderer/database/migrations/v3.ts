/** Version 3 adds prices of one's own, people, shared costs and the mappings of tables. Frozen, like every version. */
export const STORES_V3 = {
  rates: 'id',
  modelAliases: 'id',
  people: 'id',
  refusedMerges: 'id',
  sharedCosts: 'id',
  importMappings: 'id',
} as const
