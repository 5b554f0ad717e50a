/** What an edit on the sheet means for the records. Pure: records in, records out, with what was refused and why. */
import { nameKey, renameInFormula } from '../../../shared/formula/index.ts'
import type { ModelRow } from '../../../shared/model/index.ts'
import type { Scenario } from '../../../shared/scenario/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import type { EditVerdict, SheetEdit } from '../../grid/sheet.ts'
import { FORMULA_COLUMN, NAME_COLUMN, UNIT_COLUMN, monthOfPlanColumn, placeOfRow } from './plan-ids.ts'
import { readEntry } from './read-entry.ts'

export interface EditedPlan extends EditVerdict {
  readonly records: WorkbookRecords
}

export function applyPlanEdits(records: WorkbookRecords, edits: readonly SheetEdit[]): EditedPlan {
  let next = records
  let [taken, refused, why] = [0, 0, '']
  for (const edit of edits) {
    const outcome = applyEdit(next, edit)
    if (typeof outcome === 'string') {
      refused += 1
      if (why === '') why = outcome
    } else {
      next = outcome
      taken += 1
    }
  }
  return { records: next, taken, refused, why }
}

/** The new records, or the sentence that says why not. */
function applyEdit(records: WorkbookRecords, edit: SheetEdit): WorkbookRecords | string {
  const place = placeOfRow(edit.rowId)
  if (place.kind === 'initiative') return renameInitiative(records, place.id, edit.text)
  const row = place.kind === 'row' ? records.rows[place.id] : undefined
  if (!row) return 'This row is computed and cannot be typed into.'
  switch (edit.columnId) {
    case NAME_COLUMN:
      return renameRow(records, row, edit.text)
    case FORMULA_COLUMN:
      return withRow(records, { ...row, formula: edit.text.trim().replace(/^=\s*/, '') })
    case UNIT_COLUMN:
      return withRow(records, { ...row, unit: edit.text.trim() })
    default: {
      const month = monthOfPlanColumn(edit.columnId)
      return month ? editMonth(records, row, month, edit) : 'This column is computed and cannot be typed into.'
    }
  }
}

/** A number holds for its month; a formula for the whole row, so the month it was typed into gives its own number up. */
function editMonth(records: WorkbookRecords, row: ModelRow, month: string, edit: SheetEdit): WorkbookRecords | string {
  const entry = readEntry(edit.text)
  const { [month]: own, ...others } = row.overrides
  switch (entry.kind) {
    case 'unreadable':
      return entry.why
    case 'formula':
      return withRow(records, { ...row, formula: entry.formula, overrides: others })
    case 'nothing':
      if (own === undefined && edit.how === 'typed') return withRow(records, { ...row, formula: '' })
      return withRow(records, { ...row, overrides: others })
    case 'amount':
    case 'range':
      return withRow(records, { ...row, overrides: { ...row.overrides, [month]: entry.text } })
  }
}

/** Renames a row and every formula that names it, in the plan and in the scenarios that inherit it. */
export function renameRow(records: WorkbookRecords, row: ModelRow, typed: string): WorkbookRecords | string {
  const name = typed.trim().replace(/\s+/g, ' ')
  if (name === '') return `“${row.name}” needs a name, because formulas call rows by name. Nothing was changed.`
  const taken = Object.values(records.rows).find(
    (other) => other.id !== row.id && nameKey(other.name) === nameKey(name),
  )
  if (taken) return `Another row is called “${taken.name}”; formulas could not tell the two apart. Nothing was changed.`
  const rows = Object.fromEntries(
    Object.entries(records.rows).map(([id, other]) => {
      const formula = renameInFormula(other.formula, row.name, name)
      const isSame = formula === other.formula && id !== row.id
      return [id, isSame ? other : { ...other, formula, name: id === row.id ? name : other.name }]
    }),
  )
  const scenarios = Object.fromEntries(
    Object.entries(records.scenarios).map(([id, scenario]) => [id, renameInScenario(scenario, row.name, name)]),
  )
  return { ...records, rows, scenarios }
}

/** A scenario's own row of that name is another row; its formulas mean that one and stay as they are. */
function renameInScenario(scenario: Scenario, from: string, to: string): Scenario {
  if (scenario.rows.some((row) => nameKey(row.name) === nameKey(from))) return scenario
  const sets = Object.fromEntries(
    Object.entries(scenario.sets).map(([name, formula]) => [
      nameKey(name) === nameKey(from) ? to : name,
      renameInFormula(formula, from, to),
    ]),
  )
  const rows = scenario.rows.map((row) => ({ ...row, formula: renameInFormula(row.formula, from, to) }))
  const hasChanged = JSON.stringify([sets, rows]) !== JSON.stringify([scenario.sets, scenario.rows])
  return hasChanged ? { ...scenario, sets, rows } : scenario
}

function renameInitiative(records: WorkbookRecords, id: string, typed: string): WorkbookRecords | string {
  const initiative = records.initiatives[id]
  const name = typed.trim()
  if (!initiative) return 'This row is computed and cannot be typed into.'
  if (name === '') return `“${initiative.name}” needs a name. Nothing was changed.`
  return { ...records, initiatives: { ...records.initiatives, [id]: { ...initiative, name } } }
}

export interface Added {
  readonly records: WorkbookRecords
  readonly id: string
}

export function addInitiative(records: WorkbookRecords, id: string): Added {
  const all = Object.values(records.initiatives)
  const initiative = {
    id,
    name: freeName('New initiative', all),
    owner: '',
    keyResultId: null,
    order: nextOrder(all),
  }
  return { records: { ...records, initiatives: { ...records.initiatives, [id]: initiative } }, id }
}

export function addRow(
  records: WorkbookRecords,
  id: string,
  kind: 'driver' | 'budget line',
  group: string | null,
): Added {
  const all = Object.values(records.rows)
  const row: ModelRow = {
    id,
    name: freeName(kind === 'driver' ? 'New driver' : 'New budget line', all),
    unit: kind === 'driver' ? '' : '$',
    kind,
    group,
    owner: '',
    evidence: { kind: 'entered' },
    formula: '',
    overrides: {},
    note: '',
    order: nextOrder(all),
  }
  return { records: withRow(records, row), id }
}

export interface Removed {
  readonly records: WorkbookRecords
  /** What went, for the label of the step. */
  readonly names: readonly string[]
  readonly lines: number
  readonly rules: number
}

/** Rows by id of the sheet. An initiative takes its budget lines and its attribution rules with it. */
export function removeRows(records: WorkbookRecords, rowIds: readonly string[]): Removed {
  const places = rowIds.map(placeOfRow)
  const initiativeIds = new Set(places.flatMap((place) => (place.kind === 'initiative' ? [place.id] : [])))
  const modelRowIds = new Set(places.flatMap((place) => (place.kind === 'row' ? [place.id] : [])))
  const ownLines = Object.values(records.rows).filter(
    ({ kind, group, id }) =>
      kind === 'budget line' && group !== null && initiativeIds.has(group) && !modelRowIds.has(id),
  )
  const goes = new Set([...modelRowIds, ...ownLines.map(({ id }) => id)])
  const ownRules = Object.values(records.attributionRules).filter(({ initiativeId }) => initiativeIds.has(initiativeId))
  const names = [
    ...[...initiativeIds].flatMap((id) => records.initiatives[id]?.name ?? []),
    ...[...modelRowIds].flatMap((id) => records.rows[id]?.name ?? []),
  ]
  return {
    names,
    lines: ownLines.length,
    rules: ownRules.length,
    records: {
      ...records,
      initiatives: without(records.initiatives, initiativeIds),
      rows: without(records.rows, goes),
      attributionRules: without(records.attributionRules, new Set(ownRules.map(({ id }) => id))),
    },
  }
}

function withRow(records: WorkbookRecords, row: ModelRow): WorkbookRecords {
  return { ...records, rows: { ...records.rows, [row.id]: row } }
}

function without<T>(table: Readonly<Record<string, T>>, ids: ReadonlySet<string>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(table).filter(([id]) => !ids.has(id)))
}

function nextOrder(all: readonly { readonly order: number }[]): number {
  return Math.max(0, ...all.map(({ order }) => order)) + 1
}

function freeName(name: string, all: readonly { readonly name: string }[]): string {
  const used = new Set(all.map((one) => nameKey(one.name)))
  if (!used.has(nameKey(name))) return name
  let number = 2
  while (used.has(nameKey(`${name} ${number}`))) number += 1
  return `${name} ${number}`
}
