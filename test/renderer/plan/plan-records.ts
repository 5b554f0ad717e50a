/** A small made-up plan for tests of the sheet. */
import type { MonthKey } from '../../../shared/calendar/index.ts'
import type { ModelRow } from '../../../shared/model/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { NO_RECORDS } from '../../../renderer/stores/workbook.ts'

export const MONTHS = ['2026-11', '2026-12', '2027-01'] as MonthKey[]

export function lineOf(id: string, parts: Partial<ModelRow> = {}): ModelRow {
  return {
    id,
    name: id,
    unit: '$',
    kind: 'budget line',
    group: 'search',
    owner: '',
    evidence: { kind: 'entered' },
    formula: '',
    overrides: {},
    note: '',
    order: 1,
    ...parts,
  }
}

export const RECORDS: WorkbookRecords = {
  ...NO_RECORDS,
  initiatives: {
    search: { id: 'search', name: 'Search', owner: '', keyResultId: null, order: 1 },
    billing: { id: 'billing', name: 'Billing', owner: '', keyResultId: null, order: 2 },
  },
  rows: {
    seats: lineOf('seats', { name: 'Seats', kind: 'driver', group: null, unit: '1', formula: '50', order: 1 }),
    cursor: lineOf('cursor', { name: 'Cursor seats', formula: 'Seats * $40', order: 2 }),
    agents: lineOf('agents', {
      name: 'Agents',
      overrides: { '2026-11': '1.2k', '2026-12': '10k to 20k' },
      order: 3,
    }),
  },
}
