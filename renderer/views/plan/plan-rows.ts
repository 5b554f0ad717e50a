/** Adding, copying, moving and removing rows of the plan. Pure: records in, records out. */
import type { MonthKey } from '../../../shared/calendar/index.ts'
import { freeName } from '../../../shared/formula/index.ts'
import type { ModelRow } from '../../../shared/model/index.ts'
import type { WorkbookRecords } from '../../../shared/workbook/index.ts'
import { placeOfRow, rowOfRecord } from './plan-ids.ts'

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

/** New rows, one below the other, the first right below a row. */
export function insertRows(records: WorkbookRecords, ids: readonly string[], below: string): WorkbookRecords {
  return ids.reduce(
    (grown, id, at) => insertRow(grown, id, at === 0 ? below : rowOfRecord(ids[at - 1]!))?.records ?? grown,
    records,
  )
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

/**
 * Rows go right above or below another; budget lines take on its initiative. On an initiative they become its first
 * lines. Null = these rows cannot stand there.
 */
export function moveRowsTo(
  records: WorkbookRecords,
  rowIds: readonly string[],
  target: string,
  side: 'above' | 'below',
): WorkbookRecords | null {
  const places = rowIds.map(placeOfRow)
  const ids = places.flatMap((place) => (place.kind === 'other' ? [] : [place.id]))
  const aim = placeOfRow(target)
  if (places.some(({ kind }) => kind === 'initiative')) {
    const aimed = aim.kind === 'row' ? (records.rows[aim.id]?.group ?? null) : aim.kind === 'initiative' ? aim.id : null
    const moved = aimed === null ? null : placed(Object.values(records.initiatives), ids, aimed, side)
    return moved && { ...records, initiatives: inOrder(moved) }
  }
  const rows = ids.flatMap((id) => records.rows[id] ?? [])
  const [first] = rows
  if (!first || rows.length < rowIds.length || rows.some(({ kind }) => kind !== first.kind)) return null
  const onInitiative = aim.kind === 'initiative' && first.kind === 'budget line'
  const beside = aim.kind === 'row' ? records.rows[aim.id] : undefined
  if (!onInitiative && beside?.kind !== first.kind) return null
  const group = onInitiative ? aim.id : first.kind === 'budget line' ? (beside?.group ?? null) : first.group
  const joined = rows.reduce((next, row) => withRow(next, { ...row, group }), records)
  const siblings = Object.values(joined.rows).filter((row) => isBeside(row, { ...first, group }))
  const others = siblings.filter(({ id }) => !ids.includes(id)).sort(byOrder)
  const moved = onInitiative
    ? [...ids.map((id) => joined.rows[id]!), ...others]
    : placed(siblings, ids, beside?.id ?? '', side)
  return moved && withRowsInOrder(joined, moved)
}

/** A note on a row, or on one of its months; an empty one goes. */
export function setNote(
  records: WorkbookRecords,
  rowId: string,
  month: MonthKey | null,
  typed: string,
): WorkbookRecords {
  const place = placeOfRow(rowId)
  const row = place.kind === 'row' ? records.rows[place.id] : undefined
  if (!row) return records
  const note = typed.trim()
  if (month === null) return withRow(records, { ...row, note })
  const { [month]: former, ...others } = row.monthNotes ?? {}
  if ((former ?? '') === note) return records
  return withRow(records, { ...row, monthNotes: note === '' ? others : { ...others, [month]: note } })
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

/** Null = the aim is not among them, or is moved itself. */
function placed<T extends Ordered>(
  all: readonly T[],
  ids: readonly string[],
  aim: string,
  side: 'above' | 'below',
): readonly T[] | null {
  const ordered = [...all].sort(byOrder)
  const others = ordered.filter(({ id }) => !ids.includes(id))
  const at = others.findIndex(({ id }) => id === aim)
  if (at < 0) return null
  const cut = side === 'above' ? at : at + 1
  return [...others.slice(0, cut), ...ordered.filter(({ id }) => ids.includes(id)), ...others.slice(cut)]
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
