import { binaryLoop, unaryLoop } from './elementwise.ts'
import { type BinaryCode, type Instruction, MONTH, type UnaryCode } from './instructions.ts'
import type { Unit } from './run-plan.ts'

const ADD = 0
const SUBTRACT = 1
const MULTIPLY = 2
const DIVIDE = 3
const BINARY = 4
const UNARY = 5
const COPY = 6
const SUM = 7
const SELECT = 8
const RUNNING = 9
const CALL = 10

const QUICK: Partial<Record<BinaryCode, number>> = { '+': ADD, '-': SUBTRACT, '*': MULTIPLY, '/': DIVIDE }

/** What carries out the instructions that have no short form here. */
interface Host {
  readonly months: number
  readonly data: Float64Array[]
  shapeOf(register: number): number
  execute(instruction: Instruction, from: number, to: number): void
}

/**
 * Instructions over certain numbers as one list of integers over one array of values: a row of twelve months takes some
 * twenty nanoseconds this way, where most of an instruction's cost would otherwise be finding out what it is.
 */
export class FlatProgram {
  private readonly host: Host
  private values: Float64Array
  private readonly places: (number | undefined)[] = []
  private filled = 0
  private code = new Int32Array(4096)
  private length = 0
  private readonly calls: { readonly instruction: Instruction; readonly from: number; readonly to: number }[] = []
  private readonly binaryCodes: BinaryCode[] = []
  private readonly unaryCodes: UnaryCode[] = []

  constructor(host: Host, size: number) {
    this.host = host
    this.values = new Float64Array(size)
  }

  /** How many integers it takes, those of replaced units among them. */
  get size(): number {
    return this.length
  }

  /** Gives a register its numbers. */
  place(register: number): void {
    if (this.places[register] !== undefined) return
    const size = this.sizeOf(register)
    if (this.filled + size > this.values.length) this.makeRoom(size)
    this.places[register] = this.filled
    this.host.data[register] = this.values.subarray(this.filled, this.filled + size)
    this.filled += size
  }

  private sizeOf(register: number): number {
    return this.host.shapeOf(register) & MONTH ? this.host.months : 1
  }

  private makeRoom(size: number): void {
    const longer = new Float64Array(2 * (this.values.length + size))
    longer.set(this.values)
    this.values = longer
    for (const [register, place] of this.places.entries())
      if (place !== undefined) this.host.data[register] = longer.subarray(place, place + this.sizeOf(register))
  }

  /** Adds units whose registers all have places; `run` takes the two numbers given back. */
  add(units: readonly Unit[]): readonly [number, number] {
    const start = this.length
    const { months } = this.host
    for (const { isStepped, instructions } of units) {
      for (let t = isStepped ? 0 : months - 1; t < months; t++) {
        for (const instruction of instructions) this.translate(instruction, isStepped ? t : 0, t + 1)
      }
    }
    return [start, this.length]
  }

  private push(...words: readonly number[]): void {
    if (this.length + words.length > this.code.length) {
      const longer = new Int32Array(2 * (this.length + words.length))
      longer.set(this.code)
      this.code = longer
    }
    for (const word of words) this.code[this.length++] = word
  }

  private at(register: number, t: number): number {
    return this.places[register]! + (t & this.mask(register))
  }

  /** -1 walks the months of a register, 0 repeats its one value. */
  private mask(register: number): number {
    return this.host.shapeOf(register) & MONTH ? -1 : 0
  }

  private translate(instruction: Instruction, from: number, to: number): void {
    const { out, args, operation } = instruction
    const isWhole = this.mask(out) !== 0
    const [first, count] = isWhole ? [from, to - from] : [0, 1]
    const target = this.at(out, first)
    const place = (k: number) => this.at(args[k]!, first)
    const mask = (k: number) => this.mask(args[k]!)
    switch (operation.op) {
      case 'constant':
        this.values[target] = operation.value
        return
      case 'copy':
        return this.push(COPY, target, count, place(0), mask(0))
      case 'binary': {
        const quick = QUICK[operation.code]
        if (quick !== undefined) return this.push(quick, target, count, place(0), mask(0), place(1), mask(1))
        const code = indexIn(this.binaryCodes, operation.code)
        return this.push(BINARY, target, count, place(0), mask(0), place(1), mask(1), code)
      }
      case 'unary':
        return this.push(UNARY, target, count, place(0), mask(0), indexIn(this.unaryCodes, operation.code))
      case 'sum':
        return this.push(SUM, target, count, args.length, ...args.flatMap((_, k) => [place(k), mask(k)]))
      case 'select':
        return this.push(SELECT, target, count, ...[0, 1, 2].flatMap((k) => [place(k), mask(k)]))
      case 'lag': {
        if (operation.months < 0) break
        const before = Math.max(0, Math.min(count, operation.months - first))
        if (before > 0) this.push(COPY, target, before, place(1), mask(1))
        if (before === count) return
        return this.push(
          COPY,
          target + before,
          count - before,
          this.at(args[0]!, first + before - operation.months),
          mask(0),
        )
      }
      case 'cumulate':
        if (from > 0) break
        return this.push(RUNNING, target, count, place(0), mask(0))
      default:
        break
    }
    this.calls.push({ instruction, from, to })
    this.push(CALL, this.calls.length - 1)
  }

  run([start, end]: readonly [number, number]): void {
    const { values: v, code } = this
    for (let k = start; k < end;) {
      const op = code[k]!
      if (op === CALL) {
        const { instruction, from, to } = this.calls[code[k + 1]!]!
        this.host.execute(instruction, from, to)
        k += 2
        continue
      }
      const o = code[k + 1]!
      const n = code[k + 2]!
      const a = code[k + 3]!
      const am = code[k + 4]!
      switch (op) {
        case ADD: {
          const b = code[k + 5]!
          const bm = code[k + 6]!
          for (let t = 0; t < n; t++) v[o + t] = v[a + (t & am)]! + v[b + (t & bm)]!
          k += 7
          break
        }
        case SUBTRACT: {
          const b = code[k + 5]!
          const bm = code[k + 6]!
          for (let t = 0; t < n; t++) v[o + t] = v[a + (t & am)]! - v[b + (t & bm)]!
          k += 7
          break
        }
        case MULTIPLY: {
          const b = code[k + 5]!
          const bm = code[k + 6]!
          for (let t = 0; t < n; t++) v[o + t] = v[a + (t & am)]! * v[b + (t & bm)]!
          k += 7
          break
        }
        case DIVIDE: {
          const b = code[k + 5]!
          const bm = code[k + 6]!
          for (let t = 0; t < n; t++) {
            const y = v[b + (t & bm)]!
            v[o + t] = y === 0 ? Number.NaN : v[a + (t & am)]! / y
          }
          k += 7
          break
        }
        case BINARY:
          binaryLoop(this.binaryCodes[code[k + 7]!]!, v, o, v, a, am, v, code[k + 5]!, code[k + 6]!, n)
          k += 8
          break
        case UNARY:
          unaryLoop(this.unaryCodes[code[k + 5]!]!, v, o, v, a, am, n)
          k += 6
          break
        case COPY:
          for (let t = 0; t < n; t++) v[o + t] = v[a + (t & am)]!
          k += 5
          break
        case RUNNING: {
          let total = 0
          for (let t = 0; t < n; t++) {
            total = t === 0 ? v[a]! : total + v[a + (t & am)]!
            v[o + t] = total
          }
          k += 5
          break
        }
        case SELECT:
          for (let t = 0; t < n; t++) {
            const test = v[a + (t & am)]!
            const chosen = test !== 0 ? 5 : 7
            v[o + t] = test !== test ? Number.NaN : v[code[k + chosen]! + (t & code[k + chosen + 1]!)]!
          }
          k += 9
          break
        default:
          k = this.sum(k, o, n, a)
      }
    }
  }

  /** Four months in one go through the parts, so that their sums need not be written down in between. */
  private sum(k: number, o: number, n: number, parts: number): number {
    const { values: v, code } = this
    const end = k + 4 + 2 * parts
    let t = 0
    for (; t + 3 < n; t += 4) {
      const start = code[k + 4]!
      const mask = code[k + 5]!
      let first = v[start + (t & mask)]!
      let second = v[start + ((t + 1) & mask)]!
      let third = v[start + ((t + 2) & mask)]!
      let fourth = v[start + ((t + 3) & mask)]!
      for (let part = k + 6; part < end; part += 2) {
        const a = code[part]!
        const am = code[part + 1]!
        first += v[a + (t & am)]!
        second += v[a + ((t + 1) & am)]!
        third += v[a + ((t + 2) & am)]!
        fourth += v[a + ((t + 3) & am)]!
      }
      v[o + t] = first
      v[o + t + 1] = second
      v[o + t + 2] = third
      v[o + t + 3] = fourth
    }
    for (; t < n; t++) {
      let sum = v[code[k + 4]! + (t & code[k + 5]!)]!
      for (let part = k + 6; part < end; part += 2) sum += v[code[part]! + (t & code[part + 1]!)]!
      v[o + t] = sum
    }
    return end
  }
}

function indexIn<T>(list: T[], item: T): number {
  const known = list.indexOf(item)
  return known >= 0 ? known : list.push(item) - 1
}
