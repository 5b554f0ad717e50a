import { type Place, type Unit } from '../formula/index.ts'
import {
  type BinaryCode,
  type InlineLiteral,
  type Instruction,
  type Operation,
  type Register,
  SAMPLE,
} from './instructions.ts'
import { Problem } from './problem.ts'
import { ReadCorrelations } from './read-correlations.ts'
import { ReadRows, type RowState } from './read-rows.ts'
import { type Model } from './types.ts'

/** A register and what its numbers are in. */
export interface Value {
  readonly register: number
  readonly unit: Unit
}

const IS_MOVED = new Set<Operation['op']>(['unary', 'binary', 'select', 'sum'])

/** Registers and instructions of the model being compiled; the row at hand decides where an instruction is told to be. */
export class Emitter {
  protected model: Model
  protected readonly rows: ReadRows
  protected readonly states: readonly RowState[]
  protected readonly byName: ReadonlyMap<string, number>
  protected readonly registers: Register[] = []
  protected readonly notes: string[] = []
  protected readonly memberships: ReadonlyMap<number, { index: number; member: number }>
  protected readonly literals: InlineLiteral[] = []
  protected readonly constants = new Map<number, number>()
  /** Registers that nothing uses any more, by what they have room for. */
  private readonly spare: number[][] = []
  /** Of the row being compiled. */
  protected row = 0
  protected literal = 0
  protected keyOwner = ''
  protected instructions: Instruction[] = []
  protected body: Instruction[] | null = null
  /** First register of the stepped group being compiled: earlier ones are known in all months by then. */
  protected steppedFrom = Number.POSITIVE_INFINITY

  constructor(model: Model, rows: ReadRows, correlations: ReadCorrelations) {
    this.model = model
    this.rows = rows
    this.states = rows.states
    this.byName = rows.byName
    this.memberships = correlations.memberships
  }

  protected constant(value: number, unit: Unit, place: Place): Value {
    let register = this.constants.get(value)
    if (register === undefined) {
      register = this.addRegister({ shape: 0, phase: 'before', isStepped: false, isRedrawn: false })
      this.constants.set(value, register)
      this.instructions.push({ out: register, args: [], operation: { op: 'constant', value }, row: this.row, place })
    }
    return { register, unit }
  }

  protected binary(code: BinaryCode, left: number, right: number, place: Place): number {
    return this.emit({ op: 'binary', code }, [left, right], place)
  }

  /** Shape is that of all arguments together, and what the operation adds. */
  protected emit(operation: Operation, args: readonly number[], place: Place, added = 0, isRedrawn = false): number {
    const shape = args.reduce((bits, register) => bits | this.registers[register]!.shape, added)
    return this.emitShaped(operation, args, place, shape, isRedrawn)
  }

  protected emitShaped(
    operation: Operation,
    args: readonly number[],
    place: Place,
    shape: number,
    isRedrawn = false,
  ): number {
    const sources = args.map((register) => this.registers[register]!)
    const isAfter = sources.some((source) => source.phase === 'after')
    if (isAfter && shape & SAMPLE) {
      throw new Problem(
        '#VALUE!',
        place,
        'A statistic such as p90(…) is one number known after the run; it cannot be mixed with a row that varies by sample.',
      )
    }
    const register = this.addRegister({
      shape,
      phase: isAfter ? 'after' : shape & SAMPLE ? 'block' : 'before',
      isStepped: args.some((arg) => this.isStepped(arg)),
      isRedrawn: isRedrawn || sources.some((source) => source.isRedrawn),
    })
    this.push({ out: register, args, operation, row: this.row, place })
    return register
  }

  protected emitTo(register: number, operation: Operation, args: readonly number[], place: Place): void {
    const isAfter = args.some((arg) => this.registers[arg]!.phase === 'after')
    if (isAfter && this.registers[register]!.shape & SAMPLE) {
      throw new Problem(
        '#VALUE!',
        place,
        'A statistic such as p90(…) is known only after the run; it cannot feed a row that varies by sample.',
      )
    }
    this.push({ out: register, args, operation, row: this.row, place })
  }

  /** Has the instruction just given write into `register` instead, where nothing else reads what it makes; else copies. */
  protected moveTo(register: number, value: number, place: Place): void {
    const last = this.instructions.at(-1)
    const [made, wanted] = [this.registers[value]!, this.registers[register]!]
    const isAlike = made.shape === wanted.shape && made.phase === wanted.phase && made.isStepped
    if (last?.out === value && last.row === this.row && isAlike && IS_MOVED.has(last.operation.op))
      this.instructions[this.instructions.length - 1] = { ...last, out: register }
    else this.emitTo(register, { op: 'copy' }, [value], place)
  }

  /** Makes a draw of the row at hand known by itself; those inside each() have no one value. */
  protected nameLiteral(literal: number, register: number, place: Place): void {
    if (this.body !== null || this.registers[register]!.shape !== SAMPLE) return
    const { row } = this.states[this.row]!
    if (this.keyOwner !== row.id) return
    const text = row.formula.slice(place.from, place.to)
    if (text !== row.formula.trim()) this.literals.push({ id: `${row.id}#${literal}`, row: this.row, register, text })
  }

  protected push(instruction: Instruction): void {
    if (this.body !== null && this.registers[instruction.out]!.isRedrawn) this.body.push(instruction)
    else this.instructions.push(instruction)
  }

  protected addRegister(register: Register): number {
    // Registers of a group that goes through the months together are told by their numbers.
    const again = this.steppedFrom === Number.POSITIVE_INFINITY ? this.spare[roomOf(register)]?.pop() : undefined
    if (again === undefined) return this.registers.push(register) - 1
    this.registers[again] = register
    return again
  }

  protected giveBack(register: number): void {
    const room = roomOf(this.registers[register]!)
    ;(this.spare[room] ??= []).push(register)
  }

  /** Whether a register is filled month by month together with the one being compiled. */
  protected isStepped(register: number): boolean {
    return register >= this.steppedFrom && this.registers[register]!.isStepped
  }

  protected shapeOf(value: Value): number {
    return this.registers[value.register]!.shape
  }
}

/** Only registers of the same shape, kept in the same place, have the same room. */
function roomOf({ shape, phase }: Register): number {
  return 2 * shape + (phase === 'block' ? 1 : 0)
}
