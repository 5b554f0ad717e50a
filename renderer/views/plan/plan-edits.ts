/** What an edit on the sheet means for the records. Pure: records in, records out, with what was refused and why. */
import { nameKey, type NameMeaning, renameInFormula } from '../../../shared/formula/index.ts'
import type { ModelRow } from '../../../shared/model/index.ts'
import type { Scenario } from '../../../shared/scenario/index.ts'
import type { Initiative } from '../../../shared/plan/index.ts'
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

type OwnRow = Omit<ModelRow, 'overrides'> & { readonly overrides: Record<string, string> }

/** Records while edits go into them: rows and each row are copied once a batch and not once an edit, or a large paste would take seconds. */
class PlanDraft {
  private records: WorkbookRecords
  private rows: Record<string, ModelRow> | null = null
  /** Rows copied for this batch, which nobody else holds yet. */
  private own = new Map<string, OwnRow>()

  constructor(records: WorkbookRecords) {
    this.records = records
  }

  read(): WorkbookRecords {
    if (this.rows) this.records = { ...this.records, rows: this.rows }
    this.rows = null
    this.own.clear()
    return this.records
  }

  row(id: string): ModelRow | undefined {
    return (this.rows ?? this.records.rows)[id]
  }

  setRow(row: ModelRow): '' {
    this.rows ??= { ...this.records.rows }
    this.rows[row.id] = row
    this.own.delete(row.id)
    return ''
  }

  setMonth(row: ModelRow, month: string, text: string): '' {
    let own = this.own.get(row.id)
    if (own === undefined) {
      own = { ...row, overrides: { ...row.overrides } }
      this.setRow(own)
      this.own.set(row.id, own)
    }
    own.overrides[month] = text
    return ''
  }

  /** Takes the outcome of a change of all records; a sentence means there is none. */
  replace(outcome: WorkbookRecords | string): string {
    if (typeof outcome === 'string') return outcome
    this.rows = null
    this.own.clear()
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
  switch (entry.kind) {
    case 'unreadable':
      return entry.why
    case 'formula':
      return draft.setRow({ ...row, formula: entry.formula, overrides: without(row.overrides, month) })
    case 'nothing':
      if (row.overrides[month] === undefined && edit.how === 'typed') return draft.setRow({ ...row, formula: '' })
      return draft.setRow({ ...row, overrides: without(row.overrides, month) })
    case 'amount':
    case 'range':
      return draft.setMonth(row, month, entry.text)
  }
}

function without(overrides: ModelRow['overrides'], month: string): ModelRow['overrides'] {
  const { [month]: _, ...others } = overrides
  return others
}

/** Renames a row and every formula that names it, in the plan and in the scenarios that inherit it. */
export function renameRow(records: WorkbookRecords, row: ModelRow, typed: string): WorkbookRecords | string {
  const name = typed.trim().replace(/\s+/g, ' ')
  if (name === '') return `“${row.name}” needs a name, because formulas call rows by name. Nothing was changed.`
  const taken = Object.values(records.rows).find(
    (other) => other.id !== row.id && nameKey(other.name) === nameKey(name),
  )
  if (taken) return `Another row is called “${taken.name}”; formulas could not tell the two apart. Nothing was changed.`
  // `actual` of a name that an initiative has too means the initiative.
  const meaning = initiativeNamed(records, row.name) ? 'row' : 'both'
  return renameInFormulas(
    { ...records, rows: { ...records.rows, [row.id]: { ...row, name } } },
    row.name,
    name,
    meaning,
  )
}

function renameInFormulas(records: WorkbookRecords, from: string, to: string, meaning: NameMeaning): WorkbookRecords {
  const rows = Object.fromEntries(
    Object.entries(records.rows).map(([id, row]) => {
      const formula = renameInFormula(row.formula, from, to, meaning)
      return [id, formula === row.formula ? row : { ...row, formula }]
    }),
  )
  const scenarios = Object.fromEntries(
    Object.entries(records.scenarios).map(([id, scenario]) => [id, renameInScenario(scenario, from, to, meaning)]),
  )
  return { ...records, rows, scenarios }
}

/** A scenario's own row of that name is another row; its formulas mean that one and stay as they are. */
function renameInScenario(scenario: Scenario, from: string, to: string, meaning: NameMeaning): Scenario {
  const isRow = meaning !== 'spent on'
  if (isRow && scenario.rows.some((row) => nameKey(row.name) === nameKey(from))) return scenario
  const sets = Object.fromEntries(
    Object.entries(scenario.sets).map(([name, formula]) => [
      isRow && nameKey(name) === nameKey(from) ? to : name,
      renameInFormula(formula, from, to, meaning),
    ]),
  )
  const rows = scenario.rows.map((row) => ({ ...row, formula: renameInFormula(row.formula, from, to, meaning) }))
  const hasChanged = JSON.stringify([sets, rows]) !== JSON.stringify([scenario.sets, scenario.rows])
  return hasChanged ? { ...scenario, sets, rows } : scenario
}

/** The one that `actual` means by a name: the first so called. */
function initiativeNamed({ initiatives }: WorkbookRecords, name: string): Initiative | undefined {
  return Object.values(initiatives).find((initiative) => nameKey(initiative.name) === nameKey(name))
}

/** Renames an initiative and every `actual(…)` that means it. */
function renameInitiative(records: WorkbookRecords, id: string, typed: string): WorkbookRecords | string {
  const initiative = records.initiatives[id]
  const name = typed.trim()
  if (!initiative) return 'This row is computed and cannot be typed into.'
  if (name === '') return `“${initiative.name}” needs a name. Nothing was changed.`
  const renamed = { ...records, initiatives: { ...records.initiatives, [id]: { ...initiative, name } } }
  const isMeant = initiativeNamed(records, initiative.name)?.id === id
  return isMeant ? renameInFormulas(renamed, initiative.name, name, 'spent on') : renamed
}
