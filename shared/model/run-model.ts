import { BLOCK } from '../chance/index.ts'
import { giveBack, takeBuffer } from './buffer-pool.ts'
import type { Seed } from '../quantities/index.ts'
import { type CompiledModel, MONTH, SAMPLE } from './instructions.ts'
import { fuse } from './fuse.ts'
import { makersIn } from './lost-value.ts'
import { Machine } from './machine.ts'
import { resultOf } from './row-result.ts'
import { type Layout, layOut, walkMonths } from './plan-block.ts'
import { planRun, type RunPlan, wantedLiterals, wantedRows } from './run-plan.ts'
import type { RowResult } from './types.ts'

export interface RunOptions {
  readonly samples: number
  readonly seed: Seed
  /**
   * Ids of rows whose results are wanted, and of inline literals (`cost#0`) whose samples are; only what they need is drawn.
   * All rows when left out.
   */
  readonly wanted?: readonly string[]
  /**
   * How `each` adds up 20 or more draws of one lognormal range. 'short' (taken when left out) draws the sum itself where P10,
   * P50 and P90 are within 0.4% and says so in a note; 'draw by draw' never does.
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
  /** All samples of a wanted row or inline literal that varies by sample and not by month; null for others. Undefined is NaN. */
  sampleOf(id: string): Float64Array | null
  /** The same for a wanted row that varies by both: one array per month. */
  monthSamplesOf(id: string): readonly Float64Array[] | null
  readonly notes: readonly string[]
}

export const MOST_SAMPLES = 1_000_000

/** All samples of some blocks of a run, by register: what one worker hands to who puts the parts together. */
export interface SampledPart {
  readonly samples: number
  readonly kept: readonly (readonly [register: number, months: readonly Float64Array[]])[]
  readonly shortSums: readonly number[]
  readonly cancelled: boolean
}

/**
 * Runs a compiled model. The same seed gives the same bits everywhere; the first n samples of a longer run are the samples of a
 * run of n; and a row's draws depend on nothing but the seed, its id and its own formula.
 */
export function runModel(compiled: CompiledModel, options: RunOptions): ModelRun {
  const machine = startMachine(compiled, options)
  const part = drawPart(machine, options, 0, Math.max(1, blocksOf(compiled, options)))
  return putTogether(machine, options, [part])
}

/** Blocks of 1,024 samples a run has to go through; 0 where nothing wanted varies by sample. */
export function blocksOf(compiled: CompiledModel, options: RunOptions): number {
  const { plan } = preparedRun(compiled, options.wanted)
  return plan.block.length === 0 ? 0 : Math.ceil(askedOf(options) / BLOCK)
}

/** What the samples a run keeps take up, for each sample. */
export function bytesPerSample(compiled: CompiledModel, wanted: readonly string[] | undefined): number {
  const months = Math.max(1, compiled.model.months.length)
  let numbers = 0
  for (const register of preparedRun(compiled, wanted).plan.kept)
    numbers += compiled.registers[register]!.shape & MONTH ? months : 1
  return 8 * numbers
}

function askedOf({ samples }: RunOptions): number {
  return Math.max(1, Math.min(MOST_SAMPLES, Math.floor(samples) || 1))
}

/** What is certain, worked out; samples follow. */
function startMachine(compiled: CompiledModel, options: RunOptions): Machine {
  const { plan } = preparedRun(compiled, options.wanted)
  const machine = new Machine(compiled, options.seed, options.sums ?? 'short')
  for (const register of plan.fixed)
    machine.data[register] = new Float64Array(compiled.registers[register]!.shape & MONTH ? machine.months : 1)
  if (options.redrawn) {
    const { rows, seed } = options.redrawn
    machine.draws.redraw(new Set(wantedRows(compiled, rows)), seed)
  }
  machine.runUnits(plan.before)
  return machine
}

/** The samples of blocks `from` to `to` (not included) of a run. Any cut into parts gives the same bits. */
export function samplePart(compiled: CompiledModel, options: RunOptions, from: number, to: number): SampledPart {
  return drawPart(startMachine(compiled, options), options, from, to)
}

function drawPart(machine: Machine, options: RunOptions, from: number, to: number): SampledPart {
  const { compiled } = machine
  const asked = askedOf(options)
  const { plan, layout } = preparedRun(compiled, options.wanted)
  if (plan.block.length === 0) return { samples: asked, kept: [], shortSums: [], cancelled: false }
  const size = Math.min(asked, to * BLOCK) - from * BLOCK
  const kept = [...plan.kept].map((register): [number, Float64Array[]] => {
    const arrays = compiled.registers[register]!.shape & MONTH ? machine.months : 1
    return [register, Array.from({ length: arrays }, () => new Float64Array(size))]
  })
  const buffers = layout.sizes.map(takeBuffer)
  const slices = buffers.map((): Float64Array[] => [])
  for (const [register, buffer] of layout.places) {
    machine.data[register] = buffers[buffer]!
    machine.slices[register] = slices[buffer]!
  }
  for (const register of layout.passing) machine.makePassing(register)
  let samples = 0
  let cancelled = false
  for (let block = from; block < to; block++) {
    if (options.isCancelled?.()) {
      cancelled = true
      break
    }
    machine.openBlock(block, Math.min(BLOCK, size - samples))
    machine.runUnits(plan.block)
    for (const [register, arrays] of kept) {
      for (const [t, array] of arrays.entries())
        array.set(machine.data[register]!.subarray(t * BLOCK, t * BLOCK + machine.count), samples)
    }
    samples += machine.count
    options.onBlock?.(block + 1 - from, to - from)
  }
  giveBack(buffers)
  const told = cancelled
    ? kept.map(([register, arrays]) => [register, arrays.map((array) => array.subarray(0, samples))] as const)
    : kept
  return { samples, kept: told, shortSums: [...machine.shortSums], cancelled }
}

/** Puts the parts of one run together, in their order, and works out what is known only once all samples are. */
export function finishRun(compiled: CompiledModel, options: RunOptions, parts: readonly SampledPart[]): ModelRun {
  return putTogether(startMachine(compiled, options), options, parts)
}

function putTogether(machine: Machine, options: RunOptions, parts: readonly SampledPart[]): ModelRun {
  const { compiled } = machine
  const { wanted, plan } = preparedRun(compiled, options.wanted)
  // A part that was stopped ends the run: what comes after it is not its continuation.
  const cut = parts.findIndex((part) => part.cancelled)
  const whole = cut < 0 ? parts : parts.slice(0, cut + 1)
  const samples = whole.reduce((sum, part) => sum + part.samples, 0)
  const cancelled = cut >= 0
  const kept = new Map(
    (whole[0]?.kept ?? []).map(([register, months], k) => [
      register,
      months.map((own, t) =>
        whole.length === 1
          ? own
          : joined(
              whole.map((part) => part.kept[k]![1][t]!),
              samples,
            ),
      ),
    ]),
  )
  machine.kept = kept
  machine.runUnits(plan.after)

  const shortSums = new Set(whole.flatMap((part) => part.shortSums))
  const notes = [...compiled.notes, ...tellShortSums(compiled, shortSums)]
  const samplesOfRegister = (register: number) => kept.get(register)!
  const rows = new Map<string, RowResult>()
  const makers = makersIn(compiled)
  for (const row of wanted)
    rows.set(compiled.rows[row]!.id, resultOf(compiled, machine.data, samplesOfRegister, row, samples, notes, makers))
  const byId = new Map(wanted.map((index) => [compiled.rows[index]!.id, compiled.rows[index]!]))
  const registerOf = new Map(wantedLiterals(compiled, options.wanted).map(({ id, register }) => [id, register]))
  const arraysOf = (id: string, shape: number): Float64Array[] | null => {
    const literal = shape === SAMPLE ? registerOf.get(id) : undefined
    if (literal !== undefined) return kept.get(literal) ?? null
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

function joined(pieces: readonly Float64Array[], size: number): Float64Array {
  const whole = new Float64Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
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
  const plan = planRun(compiled, wanted, wantedLiterals(compiled, ids))
  const block = fuse(compiled, walkMonths(compiled, plan.block), plan.kept)
  const own = { ids: key, wanted, plan: { ...plan, block }, layout: layOut(compiled, block, plan.kept) }
  prepared.set(compiled, own)
  return own
}

function tellShortSums({ rows }: CompiledModel, short: ReadonlySet<number>): readonly string[] {
  if (short.size === 0) return []
  const names = [...short].map((row) => `“${rows[row]!.name}”`).join(', ')
  return [
    `Many separate draws are added up in one step (their sum is itself close to lognormal, within 0.4% at P10, P50 and P90): ${names}.`,
  ]
}
