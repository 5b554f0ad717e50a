import type { Dexie } from 'dexie'
import { STORES_V1 } from './v1.ts'
import { STORES_V2 } from './v2.ts'
import { STORES_V3 } from './v3.ts'
import { STORES_V4 } from './v4.ts'

/** Newest version of what is stored; its own record in `meta`, because the browser lets older code open newer data. */
export const SCHEMA_VERSION = 4

/** Declares every version in order; one file per version, each with its own frozen description. */
export function declareVersions(database: Dexie): void {
  database.version(1).stores(STORES_V1)
  database.version(2).stores(STORES_V2)
  database.version(3).stores(STORES_V3)
  database.version(4).stores(STORES_V4)
}
