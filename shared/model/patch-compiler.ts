import { type Expression, nameKey, partsOf } from '../formula/index.ts'
import { Compiler } from './compile-model.ts'
import type { Instruction, Segment } from './instructions.ts'
import type { ModelEdit } from './model-edit.ts'
import { wholeOf } from './problem.ts'
import { ReadCorrelations } from './read-correlations.ts'
import { ReadRows, type RowState, WORDS } from './read-rows.ts'
import type { Model, ModelRow } from './types.ts'

/** What an edit did to a compiled model. Rows are named by their index among the compiled ones, which they keep. */
export interface Patch {
  /** Rows whose formula, name or errors were read anew. */
  readonly rows: readonly number[]
  /** Segments compiled anew or emptied, in order of evaluation. */
  readonly segments: readonly number[]
  /** Segments that are evaluated elsewhere now, as they are: from, to. Carried out before the others. */
  readonly moved: readonly (readonly [number, number])[]
}

/** A compiler that can take an edit after it compiled all. */
export function patchCompilerOf(model: Model): PatchCompiler {
  const rows = new ReadRows(model)
  return new PatchCompiler(model, rows, new ReadCorrelations(model, rows.states, rows.byName))
}

const PLAIN_NUMBER = /^\d+(?:\.\d+)?$/
const NO_SEGMENT: Segment = { rows: [], isStepped: false, instructions: [] }
/** Segments put elsewhere by one edit; beyond that all is compiled anew. */
const MOST_MOVED = 100_000

/**
 * Compiles only what an edit changes: the rows themselves, and of the rows that need them those to which it matters, because
 * what they need has another shape, unit, place or error. Where an edit reaches further (rows that go through the months
 * together, circles, correlated draws, two rows of one name) it gives up, and the model is to be compiled anew.
 */
export class PatchCompiler extends Compiler {
  /** By row: the rows that need it. */
  readonly dependents: Set<number>[] = this.states.map(() => new Set())
  private readonly indexOf = new Map(this.states.map(({ row }, index) => [row.id, index]))
  /** Rows whose formula is compiled into others, by each(…, Row). */
  private readonly drawnByName = new Set<number>()
  /** Rows read anew by the edit at hand, as they were. */
  private before = new Map<number, RowState | null>()
  private isDirty = new Uint8Array(0)
  private hasCircle = false
  private segmentsDone: number[] = []
  private moved: (readonly [number, number])[] = []

  constructor(model: Model, rows: ReadRows, correlations: ReadCorrelations) {
    super(model, rows, correlations)
    for (const [index, state] of this.states.entries()) this.link(index, state)
  }

  indexOfRow(id: string): number | undefined {
    return this.indexOf.get(id)
  }

  rowAt(index: number): ModelRow {
    return this.states[index]!.row
  }

  /** `model` is the one after the edit. Null when it reaches too far; this compiler is then to be thrown away. */
  patch(edit: ModelEdit, model: Model): Patch | null {
    this.model = model
    this.before = new Map()
    this.segmentsDone = []
    this.moved = []
    // What was told of the model as a whole is not kept up.
    for (const told of [this.errors, this.notes, this.literals]) told.length = 0
    const open = this.rowsToRead(edit)
    if (open === null) return null
    for (const [index, row] of open) if (!this.read(index, row)) return null
    for (const index of open.keys()) {
      const state = this.states[index]!
      if (state.segment < 0) state.segment = this.segments.push({ ...NO_SEGMENT, rows: [index] }) - 1
    }
    for (const index of open.keys()) if (!this.isInOrder(this.states[index]!) && !this.moveToEnd(index)) return null
    this.isDirty = new Uint8Array(this.segments.length)
    for (const index of open.keys()) this.isDirty[this.states[index]!.segment] = 1
    for (let segment = 0; segment < this.segments.length; segment++)
      if (this.isDirty[segment] === 1) this.recompile(segment)
    return { rows: [...open.keys()], segments: this.segmentsDone, moved: this.moved }
  }

  /** The number that takes another's place, as when a driver is dragged; null when more than that changes. */
  replaceNumber(index: number, row: ModelRow): number | null {
    const old = this.states[index]!
    const instructions = this.segments[old.segment]?.instructions
    const only = instructions?.length === 1 ? instructions[0]! : null
    if (
      only?.operation.op !== 'constant' ||
      only.out !== old.register ||
      old.error ||
      old.overrides.length > 0 ||
      Object.keys(row.overrides).length > 0
    )
      return null
    if (!PLAIN_NUMBER.test(old.row.formula) || !PLAIN_NUMBER.test(row.formula)) return null
    if (this.drawnByName.has(index)) return null
    const value = Number(row.formula)
    const ast: Expression = { kind: 'number', value, text: row.formula, currency: '', place: wholeOf(row.formula) }
    this.rows.states[index] = { ...old, row, ast }
    const instruction: Instruction = { ...only, operation: { op: 'constant', value } }
    this.segments[old.segment] = { ...this.segments[old.segment]!, instructions: [instruction] }
    return value
  }

  /** Rows to be read anew, by index, those that came among them; null when names reach too far. */
  private rowsToRead({ changed, gone, come, isReordered }: ModelEdit): Map<number, ModelRow> | null {
    const open = new Map<number, ModelRow>()
    const left = new Set<number>()
    const isRenamed = gone.length + come.length > 0
    if (isRenamed && !this.canRename([...gone, ...come])) return null
    // The first of two rows of one name is the one meant.
    if (isReordered && this.rows.hasTwins) return null
    // Which rows a circle takes in, and where it is told to begin, is a matter of all mentions and of the order.
    this.hasCircle = this.states.some(({ segment }) => segment < 0)
    if (this.hasCircle && (isRenamed || isReordered)) return null
    for (const { id } of gone) {
      const index = this.indexOf.get(id)!
      if (this.isBound(index)) return null
      left.add(index)
      this.indexOf.delete(id)
      this.remove(index)
      for (const dependent of this.dependents[index]!) open.set(dependent, this.rowAt(dependent))
    }
    const first = this.states.length
    for (const [at, row] of come.entries()) if (!this.rows.addName(row.name, first + at)) return null
    for (const [at, row] of come.entries()) {
      this.indexOf.set(row.id, first + at)
      this.rows.states.push(this.rows.readRow(row, first + at))
      this.dependents.push(new Set())
      this.before.set(first + at, null)
      open.set(first + at, row)
    }
    // What no row was called may be one now, and what is nearest to it.
    if (isRenamed || isReordered)
      for (const [index, { error, row }] of this.states.entries()) if (error) open.set(index, row)
    for (const row of changed) open.set(this.indexOf.get(row.id)!, row)
    for (const index of left) open.delete(index)
    return open
  }

  private canRename(rows: readonly ModelRow[]): boolean {
    return (
      !this.rows.hasTwins &&
      this.model.correlations.length === 0 &&
      this.memberships.size === 0 &&
      !rows.some(({ name }) => WORDS.has(nameKey(name)))
    )
  }

  private remove(index: number): void {
    const { row, segment, mentions } = this.states[index]!
    this.rows.removeName(row.name)
    for (const mention of mentions) this.dependents[mention.row]!.delete(index)
    this.release(this.segments[segment]!.instructions)
    this.segments[segment] = NO_SEGMENT
    this.segmentsDone.push(segment)
    // Nothing asks for it any more; it is no row that shows an error.
    this.rows.states[index] = { ...this.states[index]!, mentions: [], error: null, register: null }
  }

  /** False when the row goes with others. */
  private read(index: number, row: ModelRow): boolean {
    const isNew = this.before.has(index)
    const old = this.states[index]!
    if (!isNew && this.isBound(index)) return false
    const fresh = isNew ? old : this.rows.readRow(row, index)
    if (fresh.mentions.some((mention) => mention.row === index)) return false
    if (this.hasCircle && JSON.stringify(fresh.mentions) !== JSON.stringify(old.mentions)) return false
    if (this.isInCorrelations(old) || this.isInCorrelations(fresh)) return false
    if (!isNew) {
      this.before.set(index, old)
      this.rows.states[index] = { ...fresh, segment: old.segment }
      for (const mention of old.mentions) this.dependents[mention.row]!.delete(index)
    }
    this.link(index, fresh)
    return true
  }

  /** Worked out together with other rows, part of a circle, or correlated. */
  private isBound(index: number): boolean {
    const { segment } = this.states[index]!
    return segment < 0 || this.segments[segment]!.isStepped || this.memberships.has(index)
  }

  private isInCorrelations({ row, ast }: RowState): boolean {
    if (ast?.kind === 'call' && ast.name === 'from') return true
    return this.model.correlations.some(({ a, b }) => [a, b].some((name) => nameKey(name) === nameKey(row.name)))
  }

  private link(index: number, { mentions, ast }: RowState): void {
    for (const { row } of mentions) this.dependents[row]!.add(index)
    for (const name of ast ? namesDrawn(ast) : []) {
      const drawn = this.byName.get(nameKey(name))
      if (drawn !== undefined) this.drawnByName.add(drawn)
    }
  }

  // ---- order of evaluation

  private isInOrder({ mentions, segment }: RowState): boolean {
    return mentions.every(({ row }) => this.states[row]!.segment < segment)
  }

  /** Evaluates a row, and after it all that need it, later than everything else. False when it needs one of those. */
  private moveToEnd(index: number): boolean {
    const reached = new Set([index])
    for (const row of reached) {
      const { segment } = this.states[row]!
      for (const dependent of this.dependents[row]!) reached.add(dependent)
      for (const mate of this.segments[segment]?.rows ?? []) reached.add(mate)
    }
    if (this.states[index]!.mentions.some(({ row }) => reached.has(row))) return false
    const from = [...new Set([...reached].map((row) => this.states[row]!.segment))]
    for (const segment of from.sort((a, b) => a - b)) {
      if (segment < 0) continue
      const content = this.segments[segment]!
      const to = this.segments.push(content) - 1
      this.segments[segment] = NO_SEGMENT
      for (const row of content.rows) {
        this.states[row]!.segment = to
        const compiled = this.compiledRows[row]
        if (compiled) this.compiledRows[row] = { ...compiled, segment: to }
      }
      this.moved.push([segment, to])
    }
    return this.moved.length < MOST_MOVED
  }

  // ---- instructions

  private recompile(at: number): void {
    const { rows, isStepped, instructions: old } = this.segments[at]!
    const before = rows.map((row) => this.before.get(row) ?? (this.before.has(row) ? null : this.readAgain(row)))
    const segment = this.compileGroup(rows, isStepped, at)
    this.segments[at] = segment
    this.segmentsDone.push(at)
    const kept = isStepped ? null : this.keepRegister(rows[0]!, before[0]!, old, segment)
    this.release(old, kept)
    for (const [k, row] of rows.entries()) {
      this.compiledRows[row] = this.compiledRow(row)
      if (!this.drawnByName.has(row) && isSameToOthers(before[k]!, this.states[row]!)) continue
      for (const dependent of this.dependents[row]!) {
        const { segment: next } = this.states[dependent]!
        if (next > at) this.isDirty[next] = 1
      }
    }
  }

  /** Compiled anew for what it needs, not for what it says. */
  private readAgain(index: number): RowState {
    const old = this.states[index]!
    this.rows.states[index] = { ...this.rows.readRow(old.row, index), segment: old.segment }
    return old
  }

  /** Writes the row's numbers where they were before, where they are alike, so that no other row has to know. */
  private keepRegister(
    index: number,
    before: RowState | null,
    old: readonly Instruction[],
    segment: Segment,
  ): number | null {
    const state = this.states[index]!
    const register = before?.register ?? null
    if (register === null || before!.error || state.error || state.register === null) return null
    // A row such as X = Y has the register of Y.
    if (!old.some(({ out }) => out === register)) return null
    const [was, is] = [this.registers[register]!, this.registers[state.register]!]
    if (was.shape !== is.shape || was.phase !== is.phase) return null
    const copy: Instruction = {
      out: register,
      args: [state.register],
      operation: { op: 'copy' },
      row: index,
      place: wholeOf(state.row.formula),
    }
    this.segments[state.segment] = { ...segment, instructions: [...segment.instructions, copy] }
    state.register = register
    return register
  }

  /** Registers of instructions that are gone may be taken again. */
  private release(instructions: readonly Instruction[], kept: number | null = null): void {
    for (const { out, operation } of instructions) {
      if (out !== kept) this.giveBack(out)
      if (operation.op === 'each') this.release(operation.body)
    }
  }
}

function isSameToOthers(before: RowState | null, now: RowState): boolean {
  return (
    before !== null &&
    !before.error &&
    !now.error &&
    before.register === now.register &&
    (before.unit === now.unit || JSON.stringify(before.unit) === JSON.stringify(now.unit))
  )
}

/** Names that stand alone in the second place of each(…, …): their formulas are drawn there anew. */
function namesDrawn(node: Expression): readonly string[] {
  const what = node.kind === 'call' && node.name === 'each' ? node.args[1]?.value : undefined
  return [...(what?.kind === 'name' ? [what.name] : []), ...partsOf(node).flatMap(namesDrawn)]
}
