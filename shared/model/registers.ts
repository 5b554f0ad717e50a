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

  constructor(compiled: CompiledModel) {
    this.compiled = compiled
    this.months = compiled.model.months.length
  }

  shapeOf(register: number): number {
    return this.compiled.registers[register]!.shape
  }

  /** Where month t of a register begins. */
  offset(register: number, t: number): number {
    const shape = this.shapeOf(register)
    return shape & MONTH ? (shape & SAMPLE ? t * BLOCK : t) : 0
  }

  /** -1 walks the samples of a register, 0 repeats its one value. */
  mask(register: number): number {
    return this.shapeOf(register) & SAMPLE ? -1 : 0
  }

  /** Month t of sample i of all arguments, into `parameters`. */
  gather(args: readonly number[], t: number, i: number): void {
    for (let k = 0; k < args.length; k++) {
      const register = args[k]!
      parameters[k] = this.data[register]![this.offset(register, t) + (i & this.mask(register))]!
    }
  }
}
