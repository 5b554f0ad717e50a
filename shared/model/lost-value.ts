import type { CompiledModel, CompiledRow, Instruction, Operation } from './instructions.ts'
import type { FormulaError } from './types.ts'

/** Which instruction gives a register its value. */
export type Makers = () => ReadonlyMap<number, Instruction>

/** Found out once and only when a value was lost: it takes a walk through the whole model. */
export function makersIn(compiled: CompiledModel): Makers {
  let known: Map<number, Instruction> | null = null
  return () => {
    if (known) return known
    const makers = new Map<number, Instruction>()
    for (const { instructions } of compiled.segments) {
      for (const instruction of instructions)
        if (!makers.has(instruction.out) || instruction.operation.op !== 'copy')
          makers.set(instruction.out, instruction)
    }
    return (known = makers)
  }
}

/** Follows undefined values back to the instruction that made them from defined ones. */
export function lostValue(
  compiled: CompiledModel,
  makersOf: Makers,
  data: readonly Float64Array[],
  row: CompiledRow,
  index: number,
): FormulaError {
  const makers = makersOf()
  const isLost = (register: number) => data[register]?.every((value) => !Number.isFinite(value)) ?? false
  let maker = makers.get(row.register!)
  for (let steps = 0; maker && steps < 10_000; steps++) {
    const operation: Operation = maker.operation
    const sources = operation.op === 'select' ? maker.args.slice(0, 1) : operation.op === 'constant' ? [] : maker.args
    const next = sources.find(isLost)
    if (next === undefined) break
    maker = makers.get(next) ?? maker
    if (maker.out !== next) break
  }
  const operation = maker?.operation
  const code = operation?.op === 'binary' && (operation.code === '/' || operation.code === 'mod') ? '#DIV/0!' : '#NUM!'
  if (maker && maker.row !== index) {
    const cause = compiled.rows[maker.row]!
    return {
      code,
      row: row.id,
      place: { from: 0, to: row.formula.length },
      message: `“${row.name}” waits for “${cause.name}”, which shows ${code}.`,
    }
  }
  return {
    code,
    row: row.id,
    place: maker?.place ?? { from: 0, to: 0 },
    message: tellLoss(row.name, operation, compiled.model.months.length),
  }
}

function tellLoss(name: string, operation: Operation | undefined, months: number): string {
  if (operation?.op === 'constant' && operation.why) return operation.why
  if (operation?.op === 'binary' && (operation.code === '/' || operation.code === 'mod')) {
    return `“${name}” divides by zero. Use iferror(…, 0) if that is meant, or check the divisor.`
  }
  if (operation?.op === 'money' && operation.code === 'payback')
    return `“${name}” does not come back to 0 within the ${months} months. Look at more months.`
  if (operation?.op === 'money')
    return `“${name}” has no rate or value: the flows need both signs and a rate above -100%.`
  if (operation?.op === 'closed form')
    return `“${name}” has no steady value: work arrives faster than it can be served, or an argument is out of its range.`
  if (operation?.op === 'unary') return `“${name}” takes ${operation.code} of a number that has none.`
  return `“${name}” has no value: a number is out of the range its formula can take.`
}
