/** Version 2 adds what is said of a week and the judgements of the readiness checklist. Frozen, like every version. */
export const STORES_V2 = {
  weekNotes: 'id',
  assessments: 'id',
} as const
