import { BLOCK } from '../chance/index.ts'
import { type CompiledModel, MONTH, SAMPLE } from './instructions.ts'

/** Values of one sample's arguments, gathered for kernels that take them together. */
export const parameters = new Float64Array(600)

/** What every register holds: one number, one per month, or a block of samples of either. */
export class Registers {
  readonly compiled: CompiledModel
  readonly months: number
  readonly data: Float64Array[] = []
  /** Samples of the current block that are wanted; 1 outside blocks. */
  count = 1
  /** All samples of the registers that are kept, one array per month. */
  kept: ReadonlyMap<number, Float64Array[]> = new Map()
  /** Months of a register's data, as far as they were asked for; registers with the same data may share them. */
  readonly slices: Float64Array[][] = []
  private shapes = new Uint8Array(0)
  private steps = new Int32Array(0)
  private taken = 0

  constructor(compiled: CompiledModel) {
    this.compiled = compiled
    this.months = compiled.model.months.length
    this.takeIn()
  }

  /** Registers may have been added to the model since. */
  takeIn(): void {
    const { registers } = this.compiled
    if (registers.length > this.shapes.length) {
      const size = registers.length + (registers.length >> 2)
      const [shapes, steps] = [new Uint8Array(size), new Int32Array(size)]
      shapes.set(this.shapes)
      steps.set(this.steps)
      this.shapes = shapes
      this.steps = steps
    }
    for (; this.taken < registers.length; this.taken++) {
      const { shape } = registers[this.taken]!
      this.shapes[this.taken] = shape
      this.steps[this.taken] = shape & MONTH ? (shape & SAMPLE ? BLOCK : 1) : 0
    }
  }

  /** A register that is needed in no other month than it was filled in has room for one month only. */
  makePassing(register: number): void {
    this.steps[register] = 0
  }

  shapeOf(register: number): number {
    return this.shapes[register]!
  }

  /** Where month t of a register begins. */
  offset(register: number, t: number): number {
    return this.steps[register]! * t
  }

  /** The block of samples of month t. */
  slice(register: number, t: number): Float64Array {
    const data = this.data[register]!
    if (this.steps[register] === 0) return data
    const known = (this.slices[register] ??= [])
    return (known[t] ??= data.subarray(t * BLOCK, (t + 1) * BLOCK))
  }

  /** -1 walks the samples of a register, 0 repeats its one value. */
  mask(register: number): number {
    return -(this.shapes[register]! >> 1)
  }

  /** Month t of sample i of all arguments, into `parameters`. */
  gather(args: readonly number[], t: number, i: number): void {
    for (let k = 0; k < args.length; k++) {
      const register = args[k]!
      parameters[k] = this.data[register]![this.offset(register, t) + (i & this.mask(register))]!
    }
  }
}
