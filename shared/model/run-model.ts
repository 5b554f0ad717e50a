import { BLOCK } from '../chance/index.ts'
import { giveBack, takeBuffer } from './buffer-pool.ts'
import type { Seed } from '../quantities/index.ts'
import { type CompiledModel, MONTH, SAMPLE } from './instructions.ts'
import { Machine } from './machine.ts'
import { resultOf } from './row-result.ts'
import { type Layout, layOut, walkMonths } from './plan-block.ts'
import { planRun, type RunPlan, wantedRows } from './run-plan.ts'
import type { RowResult } from './types.ts'

export interface RunOptions {
  readonly samples: number
  readonly seed: Seed
  /** Row ids whose results are wanted; only what they need is drawn. All rows when left out. */
  readonly wanted?: readonly string[]
  /**
   * How `each` adds up 20 or more draws of one lognormal range. 'short' (taken when left out) draws the sum itself where P10,
   * P50 and P90 are within 0.4 % and says so in a note; 'draw by draw' never does.
   */
  readonly sums?: 'short' | 'draw by draw'
  /** Rows whose own draws come from another seed while all others keep theirs. */
  readonly redrawn?: { readonly rows: readonly string[]; readonly seed: Seed }
  /** Called after each block of 1,024 samples. */
  readonly onBlock?: (done: number, of: number) => void
  readonly isCancelled?: () => boolean
}

export interface ModelRun {
  /** Wanted rows by id, in the model's order. */
  readonly rows: ReadonlyMap<string, RowResult>
  /** As many as were run: fewer than asked for when cancelled. */
  readonly samples: number
  readonly seed: Seed
  readonly cancelled: boolean
  /** All samples of a wanted row that varies by sample and not by month; null for others. Undefined samples are NaN. */
  sampleOf(id: string): Float64Array | null
  /** The same for a wanted row that varies by both: one array per month. */
  monthSamplesOf(id: string): readonly Float64Array[] | null
  readonly notes: readonly string[]
}

export const MOST_SAMPLES = 1_000_000

/**
 * Runs a compiled model. The same seed gives the same bits everywhere; the first n samples of a longer run are the samples of a
 * run of n; and a row's draws depend on nothing but the seed, its id and its own formula.
 */
export function runModel(compiled: CompiledModel, options: RunOptions): ModelRun {
  const asked = Math.max(1, Math.min(MOST_SAMPLES, Math.floor(options.samples) || 1))
  const { wanted, plan, layout } = preparedRun(compiled, options.wanted)
  const machine = new Machine(compiled, options.seed, options.sums ?? 'short')
  for (const register of plan.fixed)
    machine.data[register] = new Float64Array(compiled.registers[register]!.shape & MONTH ? machine.months : 1)
  if (options.redrawn) {
    const { rows, seed } = options.redrawn
    machine.draws.redraw(new Set(wantedRows(compiled, rows)), seed)
  }
  machine.runUnits(plan.before)

  const kept = new Map<number, Float64Array[]>()
  for (const register of plan.kept) {
    const arrays = compiled.registers[register]!.shape & MONTH ? machine.months : 1
    kept.set(
      register,
      Array.from({ length: arrays }, () => new Float64Array(asked)),
    )
  }
  let samples = 0
  let cancelled = false
  if (plan.block.length > 0) {
    const buffers = layout.sizes.map(takeBuffer)
    const slices = buffers.map((): Float64Array[] => [])
    for (const [register, buffer] of layout.places) {
      machine.data[register] = buffers[buffer]!
      machine.slices[register] = slices[buffer]!
    }
    for (const register of layout.passing) machine.makePassing(register)
    const blocks = Math.ceil(asked / BLOCK)
    for (let block = 0; block < blocks; block++) {
      if (options.isCancelled?.()) {
        cancelled = true
        break
      }
      machine.openBlock(block, Math.min(BLOCK, asked - samples))
      machine.runUnits(plan.block)
      for (const [register, arrays] of kept) {
        for (const [t, array] of arrays.entries())
          array.set(machine.data[register]!.subarray(t * BLOCK, t * BLOCK + machine.count), samples)
      }
      samples += machine.count
      options.onBlock?.(block + 1, blocks)
    }
    giveBack(buffers)
  } else samples = asked
  if (cancelled)
    for (const [register, arrays] of kept)
      kept.set(
        register,
        arrays.map((array) => array.subarray(0, samples)),
      )
  machine.kept = kept
  machine.runUnits(plan.after)

  const notes = [...compiled.notes, ...tellShortSums(compiled, machine.shortSums)]
  const samplesOfRegister = (register: number) => kept.get(register)!
  const rows = new Map<string, RowResult>()
  for (const row of wanted)
    rows.set(compiled.rows[row]!.id, resultOf(compiled, machine.data, samplesOfRegister, row, samples, notes))
  const byId = new Map(wanted.map((index) => [compiled.rows[index]!.id, compiled.rows[index]!]))
  const arraysOf = (id: string, shape: number): Float64Array[] | null => {
    const row = byId.get(id)
    if (!row || row.register === null) return null
    return compiled.registers[row.register]!.shape === shape ? (kept.get(row.register) ?? null) : null
  }
  return {
    rows,
    samples,
    seed: options.seed,
    cancelled,
    sampleOf: (id) => arraysOf(id, SAMPLE)?.[0] ?? null,
    monthSamplesOf: (id) => arraysOf(id, SAMPLE | MONTH),
    notes,
  }
}

interface Prepared {
  readonly ids: string | null
  readonly wanted: readonly number[]
  readonly plan: RunPlan
  readonly layout: Layout
}

const prepared = new WeakMap<CompiledModel, Prepared>()

/** The plan of a run depends on the rows wanted alone; the last one of each model is kept for the next run. */
function preparedRun(compiled: CompiledModel, ids: readonly string[] | undefined): Prepared {
  const key = ids ? JSON.stringify(ids) : null
  const known = prepared.get(compiled)
  if (known?.ids === key) return known
  const wanted = wantedRows(compiled, ids)
  const plan = planRun(compiled, wanted)
  const block = walkMonths(compiled, plan.block)
  const own = { ids: key, wanted, plan: { ...plan, block }, layout: layOut(compiled, block, plan.kept) }
  prepared.set(compiled, own)
  return own
}

function tellShortSums({ rows }: CompiledModel, short: ReadonlySet<number>): readonly string[] {
  if (short.size === 0) return []
  const names = [...short].map((row) => `“${rows[row]!.name}”`).join(', ')
  return [
    `Many separate draws are added up in one step (their sum is itself close to lognormal, within 0.4 % at P10, P50 and P90): ${names}.`,
  ]
}
