/** What an edit on the sheet means for the records. Pure: records in, records out, with what was refused and why. */
import { nameKey, renameInFormula } from '../../../shared/formula/index.ts'
import type { ModelRow } from '../../../shared/model/index.ts'
import type { Scenario } from '../../../shared/scenario/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import type { EditVerdict, RefusedEdit, SheetEdit } from '../../grid/sheet.ts'
import { FORMULA_COLUMN, NAME_COLUMN, UNIT_COLUMN, monthOfPlanColumn, placeOfRow } from './plan-ids.ts'
import { readEntry } from './read-entry.ts'

export interface EditedPlan extends EditVerdict {
  readonly records: WorkbookRecords
  /** Each edit that was refused, with its own reason. */
  readonly refusals: readonly RefusedEdit[]
}

/** A paste is checked, shown and stored: the same edits on the same records, worked out once. */
const lately = new WeakMap<readonly SheetEdit[], { readonly records: WorkbookRecords; readonly edited: EditedPlan }>()

export function applyPlanEdits(records: WorkbookRecords, edits: readonly SheetEdit[]): EditedPlan {
  const known = lately.get(edits)
  if (known?.records === records) return known.edited
  const edited = applyEdits(records, edits)
  lately.set(edits, { records, edited })
  return edited
}

function applyEdits(records: WorkbookRecords, edits: readonly SheetEdit[]): EditedPlan {
  const draft = new PlanDraft(records)
  const refusals: RefusedEdit[] = []
  for (const edit of edits) {
    const why = applyEdit(draft, edit)
    if (why !== '') refusals.push({ edit, why })
  }
  return {
    records: draft.read(),
    taken: edits.length - refusals.length,
    refused: refusals.length,
    why: refusals[0]?.why ?? '',
    refusals,
  }
}

/** Records while edits go into them: rows are copied once a batch and not once an edit, or a large paste would take seconds. */
class PlanDraft {
  private records: WorkbookRecords
  private rows: Record<string, ModelRow> | null = null

  constructor(records: WorkbookRecords) {
    this.records = records
  }

  read(): WorkbookRecords {
    if (this.rows) this.records = { ...this.records, rows: this.rows }
    this.rows = null
    return this.records
  }

  row(id: string): ModelRow | undefined {
    return (this.rows ?? this.records.rows)[id]
  }

  setRow(row: ModelRow): '' {
    this.rows ??= { ...this.records.rows }
    this.rows[row.id] = row
    return ''
  }

  /** Takes the outcome of a change of all records; a sentence means there is none. */
  replace(outcome: WorkbookRecords | string): string {
    if (typeof outcome === 'string') return outcome
    this.rows = null
    this.records = outcome
    return ''
  }
}

/** Empty, or the sentence that says why not. */
function applyEdit(draft: PlanDraft, edit: SheetEdit): string {
  const place = placeOfRow(edit.rowId)
  if (place.kind === 'initiative') return draft.replace(renameInitiative(draft.read(), place.id, edit.text))
  const row = place.kind === 'row' ? draft.row(place.id) : undefined
  if (!row) return 'This row is computed and cannot be typed into.'
  switch (edit.columnId) {
    case NAME_COLUMN:
      return draft.replace(renameRow(draft.read(), row, edit.text))
    case FORMULA_COLUMN:
      return draft.setRow({ ...row, formula: edit.text.trim().replace(/^=\s*/, '') })
    case UNIT_COLUMN:
      return draft.setRow({ ...row, unit: edit.text.trim() })
    default: {
      const month = monthOfPlanColumn(edit.columnId)
      return month ? editMonth(draft, row, month, edit) : 'This column is computed and cannot be typed into.'
    }
  }
}

/** A number holds for its month; a formula for the whole row, so the month it was typed into gives its own number up. */
function editMonth(draft: PlanDraft, row: ModelRow, month: string, edit: SheetEdit): string {
  const entry = readEntry(edit.text)
  const { [month]: own, ...others } = row.overrides
  switch (entry.kind) {
    case 'unreadable':
      return entry.why
    case 'formula':
      return draft.setRow({ ...row, formula: entry.formula, overrides: others })
    case 'nothing':
      if (own === undefined && edit.how === 'typed') return draft.setRow({ ...row, formula: '' })
      return draft.setRow({ ...row, overrides: others })
    case 'amount':
    case 'range':
      return draft.setRow({ ...row, overrides: { ...row.overrides, [month]: entry.text } })
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

/** A new row right below another, of its kind and in its group; below an initiative, its first budget line. */
export function insertRow(records: WorkbookRecords, id: string, below: string): Added | null {
  const place = placeOfRow(below)
  if (place.kind === 'initiative' && records.initiatives[place.id]) return addRow(records, id, 'budget line', place.id)
  const row = place.kind === 'row' ? records.rows[place.id] : undefined
  if (!row) return null
  const added = addRow(records, id, row.kind === 'budget line' ? 'budget line' : 'driver', row.group)
  return { records: placeBelow(added.records, row.id, [id]), id }
}

export interface Duplicated {
  readonly records: WorkbookRecords
  readonly ids: readonly string[]
}

/** Copies of rows, below the last of them, under names of their own; formulas go on meaning the rows they named. */
export function duplicateRows(
  records: WorkbookRecords,
  rowIds: readonly string[],
  newIdOf: (rowId: string) => string,
): Duplicated {
  let next = records
  const ids: string[] = []
  let last: string | null = null
  for (const rowId of rowIds) {
    const place = placeOfRow(rowId)
    const row = place.kind === 'row' ? records.rows[place.id] : undefined
    if (!row) continue
    const id = newIdOf(rowId)
    next = withRow(next, { ...row, id, name: freeName(`${row.name} copy`, Object.values(next.rows)) })
    ids.push(id)
    last = row.id
  }
  return { records: last === null ? records : placeBelow(next, last, ids), ids }
}

/** Rows change places with the neighbour above or below them; they stay in their initiative. At the end nothing happens. */
export function moveRows(records: WorkbookRecords, rowIds: readonly string[], step: -1 | 1): WorkbookRecords {
  const places = rowIds.map(placeOfRow)
  const initiativeIds = new Set(places.flatMap((place) => (place.kind === 'initiative' ? [place.id] : [])))
  if (initiativeIds.size > 0) {
    const initiatives = shifted(Object.values(records.initiatives).sort(byOrder), initiativeIds, step)
    return initiatives === null ? records : { ...records, initiatives: inOrder(initiatives) }
  }
  const ids = new Set(places.flatMap((place) => (place.kind === 'row' && records.rows[place.id] ? [place.id] : [])))
  const first = records.rows[[...ids][0] ?? '']
  if (!first) return records
  const siblings = Object.values(records.rows)
    .filter((row) => isBeside(row, first))
    .sort(byOrder)
  const moved = shifted(siblings, ids, step)
  if (moved === null) return records
  return withRowsInOrder(records, moved)
}

export function setNote(records: WorkbookRecords, rowId: string, note: string): WorkbookRecords {
  const place = placeOfRow(rowId)
  const row = place.kind === 'row' ? records.rows[place.id] : undefined
  return row ? withRow(records, { ...row, note: note.trim() }) : records
}

interface Ordered {
  readonly id: string
  readonly order: number
}

function byOrder(a: Ordered, b: Ordered): number {
  return a.order - b.order || (a.id < b.id ? -1 : 1)
}

/** Budget lines of one initiative stand together, and so do all other rows of a kind. */
function isBeside(row: ModelRow, other: ModelRow): boolean {
  return row.kind === other.kind && (row.kind !== 'budget line' || row.group === other.group)
}

/** Null = they stand at the end already. */
function shifted<T extends Ordered>(all: readonly T[], ids: ReadonlySet<string>, step: -1 | 1): readonly T[] | null {
  const next = step === -1 ? [...all] : [...all].reverse()
  if (next[0] && ids.has(next[0].id)) return null
  for (let at = 1; at < next.length; at++) {
    if (ids.has(next[at]!.id)) [next[at - 1], next[at]] = [next[at]!, next[at - 1]!]
  }
  return step === -1 ? next : next.reverse()
}

function inOrder<T extends Ordered>(all: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(all.map((one, at) => [one.id, one.order === at + 1 ? one : { ...one, order: at + 1 }]))
}

/** Puts rows right below another among those it stands with. */
function placeBelow(records: WorkbookRecords, above: string, ids: readonly string[]): WorkbookRecords {
  const anchor = records.rows[above]!
  const others = Object.values(records.rows)
    .filter((row) => isBeside(row, anchor) && !ids.includes(row.id))
    .sort(byOrder)
  const at = others.findIndex(({ id }) => id === above) + 1
  return withRowsInOrder(records, [...others.slice(0, at), ...ids.map((id) => records.rows[id]!), ...others.slice(at)])
}

/** Gives rows that stand together the orders they need to stand like this; rows that keep theirs are not touched. */
function withRowsInOrder(records: WorkbookRecords, siblings: readonly ModelRow[]): WorkbookRecords {
  const rows: Record<string, ModelRow> = { ...records.rows }
  let least = -Infinity
  for (const [at, row] of siblings.entries()) {
    if (row.order <= least) {
      const next = siblings.slice(at + 1).find(({ order }) => order > least)
      const order = next === undefined ? least + 1 : (least + next.order) / 2
      rows[row.id] = { ...row, order }
      least = order
    } else least = row.order
  }
  return { ...records, rows }
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
