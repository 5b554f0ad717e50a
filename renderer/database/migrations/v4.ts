/** Version 4 adds imported files as they came, packed, and figures that were worked out. Frozen, like every version. */
export const STORES_V4 = {
  sourceFiles: 'importId',
  figures: 'id',
} as const
