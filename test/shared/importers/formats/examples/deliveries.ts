import { plainName } from '../../../../../shared/importers/columns.ts'
import type { Example } from '../../../../support/field-effects.ts'
import { FORGES } from './forges.ts'
import { OPERATIONS } from './operations.ts'
import { TRACKERS } from './trackers.ts'

/** Headers as formats name them: letter case does not matter in any. */
function lowered(example: Example): Example {
  if (example.records !== '' || Array.isArray(example.document)) return example
  const names = <T>(cells: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(cells).map(([name, cell]) => [plainName(name), cell]))
  return {
    ...example,
    document: names(example.document as Readonly<Record<string, string>>),
    ...(example.others && { others: names(example.others) }),
  }
}

export const DELIVERY_EXAMPLES: readonly Example[] = [...TRACKERS, ...OPERATIONS, ...FORGES].map(lowered)
