import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MonthKey, monthsBetween } from '../../../shared/calendar/index.ts'
import { type Expression, nameKey, parseFormula } from '../../../shared/formula/index.ts'
import { compileModel, type ModelRun, runModel, serialOf } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { formulaOver } from './random-formulas.ts'
import { modelOf } from './run.ts'

const MONTHS = monthsBetween('2026-10' as MonthKey, '2027-03' as MonthKey)
const INPUTS = [
  'A = 1 to 9',
  'B = normal(0, 3)',
  'C = uniform(-2, 5)',
  'D = 3',
  'E = cumulate(2) - 5',
  'F = A * E',
  'G = 2026-12',
]
const SAMPLES = 8

/** The slow, plain reading of the language: one sample, one month, one number at a time. Inputs' samples come from the run. */
class Naive {
  private readonly formulas: ReadonlyMap<string, Expression>
  private readonly run: ModelRun
  private readonly known = new Map<string, number>()

  constructor(formulas: ReadonlyMap<string, Expression>, run: ModelRun) {
    this.formulas = formulas
    this.run = run
  }

  row(name: string, t: number, i: number): number {
    const key = `${nameKey(name)} ${t} ${i}`
    let value = this.known.get(key)
    if (value === undefined) {
      value = ['a', 'b', 'c'].includes(nameKey(name))
        ? this.run.sampleOf(nameKey(name))![i]!
        : this.at(this.formulas.get(nameKey(name))!, t, i)
      this.known.set(key, value)
    }
    return value
  }

  hasMonths(node: Expression): boolean {
    switch (node.kind) {
      case 'name':
        return (
          nameKey(node.name) === 'month' ||
          (!'abc'.includes(nameKey(node.name)) && this.hasMonths(this.formulas.get(nameKey(node.name))!))
        )
      case 'call':
        if (['prev', 'lag', 'cumulate'].includes(node.name)) return true
        if (
          ['npv', 'payback', 'last'].includes(node.name) ||
          (['sum', 'avg', 'min', 'max'].includes(node.name) && node.args.length === 1)
        )
          return false
        return node.args.some((arg) => this.hasMonths(arg.value))
      case 'pick':
        return node.at.kind === 'prev'
      case 'unary':
      case 'percent':
        return this.hasMonths(node.of)
      case 'binary':
        return this.hasMonths(node.left) || this.hasMonths(node.right)
      default:
        return false
    }
  }

  at(node: Expression, t: number, i: number): number {
    switch (node.kind) {
      case 'number':
        return node.value
      case 'month':
        return serialOf(node.month)
      case 'period':
        return 1
      case 'name':
        return nameKey(node.name) === 'month' ? serialOf(MONTHS[t]!) : this.row(node.name, t, i)
      case 'percent':
        return this.at(node.of, t, i) / 100
      case 'unary':
        return node.operator === '-' ? -this.at(node.of, t, i) : this.at(node.of, t, i)
      case 'pick':
        if (node.at.kind === 'prev') return t === 0 ? 0 : this.at(node.of, t - 1, i)
        return this.at(node.of, node.at.kind === 'month' ? MONTHS.indexOf(node.at.month) : 0, i)
      case 'binary':
        return this.binary(node.operator, this.at(node.left, t, i), this.at(node.right, t, i))
      case 'call':
        return this.call(node, t, i)
      default:
        throw new Error(node.kind)
    }
  }

  private binary(operator: string, x: number, y: number): number {
    if (operator === '/') return y === 0 ? NaN : x / y
    if (operator === '+') return x + y
    if (operator === '-') return x - y
    if (operator === '*') return x * y
    if (Number.isNaN(x) || Number.isNaN(y)) return NaN
    return Number({ '<': x < y, '>': x > y, '<=': x <= y, '>=': x >= y, '=': x === y, '<>': x !== y }[operator])
  }

  private call(node: Expression & { kind: 'call' }, t: number, i: number): number {
    const args = node.args.map((arg) => arg.value)
    const [first] = args as [Expression]
    // Before anything else is worked out: a row may name itself here.
    if (node.name === 'prev') return t === 0 ? 0 : this.at(first, t - 1, i)
    if (node.name === 'lag') return t < 2 ? 0 : this.at(first, t - 2, i)
    const all = (month: number) => args.map((arg) => this.at(arg, month, i))
    const isOverMonths = ['last', 'cumulate', 'payback'].includes(node.name) || args.length === 1
    const overMonths = isOverMonths ? MONTHS.map((_, month) => this.at(first, month, i)) : []
    const [x, y, z] = all(t) as [number, number, number]
    const list = args.length > 1 ? all(t) : this.hasMonths(first) ? overMonths : [x]
    switch (node.name) {
      case 'sum':
        return list.reduce((sum, value) => sum + value)
      case 'avg':
        return list.reduce((sum, value) => sum + value) / list.length
      case 'min':
        return Math.min(...list)
      case 'max':
        return Math.max(...list)
      case 'last':
        return this.hasMonths(first) ? overMonths.at(-1)! : x
      case 'abs':
        return Math.abs(x)
      case 'int':
        return Math.floor(x)
      case 'mod':
        return y === 0 ? NaN : x - y * Math.floor(x / y)
      case 'if':
        return Number.isNaN(x) ? NaN : x !== 0 ? y : z
      case 'and':
        return Number.isNaN(x + y) ? NaN : Number(x !== 0 && y !== 0)
      case 'iferror':
        return Number.isFinite(x) ? x : y
      case 'cumulate':
        return overMonths.slice(0, t + 1).reduce((sum, value) => sum + value)
      case 'npv':
        return this.hasMonths(args[1]!)
          ? MONTHS.reduce((sum, _, month) => sum + this.at(args[1]!, month, i) / 1.01 ** (month + 1), 0)
          : this.at(args[1]!, 0, i) / 1.01
      case 'payback': {
        const start = overMonths.findIndex((value) => value < 0)
        if (overMonths.some(Number.isNaN)) return NaN
        if (start < 0) return 0
        const back = overMonths.findIndex((value, month) => month > start && value >= 0)
        return back < 0 ? NaN : back + overMonths[back - 1]! / (overMonths[back - 1]! - overMonths[back]!)
      }
      default:
        throw new Error(node.name)
    }
  }
}

const model = fc
  .tuple(
    ...[0, 1, 2, 3].map((k) =>
      formulaOver(['A', 'B', 'C', 'D', 'E', 'F', ...Array.from({ length: k }, (_, j) => `R${j}`)]),
    ),
  )
  .chain((formulas) =>
    fc
      .tuple(formulaOver(['A', 'E', 'R0', 'R1']), formulaOver(['A', 'E', 'S', 'T']))
      .map(([step, after]) => [
        ...formulas.map((formula, k) => `R${k} = ${formula}`),
        `S = max(-1k, min(1k, prev(S) + (${step})))`,
        'T = prev(T) + 1',
        `U = ${after}`,
      ]),
  )

function isNear(a: number, b: number): boolean {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return !Number.isFinite(a) && !Number.isFinite(b)
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
}

test('random models give what the plain interpreter gives, in every sample and month (seed 21)', () => {
  fc.assert(
    fc.property(model, (derived) => {
      const text = [...INPUTS, ...derived].join('\n')
      const source = modelOf(text, MONTHS)
      const compiled = compileModel(source)
      expect(compiled.errors, text).toEqual([])
      const run = runModel(compiled, { samples: SAMPLES, seed: seedOf(3) })
      const naive = new Naive(new Map(source.rows.map((row) => [row.id, parseFormula(row.formula).ast])), run)
      for (const { id, name } of source.rows) {
        if ('abc'.includes(id)) continue
        const result = run.rows.get(id)!
        const check = (found: number, t: number, i: number) => {
          const wanted = naive.row(name, t, i)
          if (!isNear(found, wanted))
            throw new Error(`${name} at month ${t}, sample ${i}: ${found}, plain ${wanted}\n${text}`)
        }
        if (result.shape === 'number') check(result.value, 0, 0)
        else if (result.shape === 'months') result.values.forEach((value, t) => check(value, t, 0))
        else if (result.shape === 'error') MONTHS.forEach((_, t) => check(NaN, t, 0))
        else if (result.shape === 'spread') run.sampleOf(id)!.forEach((value, i) => check(value, 0, i))
        else run.monthSamplesOf(id)!.forEach((samples, t) => samples.forEach((value, i) => check(value, t, i)))
      }
    }),
    { numRuns: 50, seed: 21 },
  )
}, 60_000)
