import { type Expression, parseFormula, partsOf, printFormula } from '../formula/index.ts'
import type { Seed } from '../quantities/index.ts'
import { batchDays, queueWait } from './closed-forms.ts'
import { compileModel } from './compile-model.ts'
import { runModel } from './run-model.ts'
import { type FlowSimulation, simulateBatch, simulateQueue } from './simulate-flow.ts'
import { meanOf } from './spread-of.ts'
import type { Model, ModelRow } from './types.ts'

/** A closed form of the delivery flow beside a simulation of the same queue. */
export interface FlowCheck {
  readonly rowId: string
  readonly rowName: string
  readonly what: 'batchdays' | 'queuewait'
  /** The closed form at the mean of every argument. */
  readonly closedForm: number
  readonly simulated: FlowSimulation
  /** n over the bottleneck's rate alone, always too optimistic; null for a queue. */
  readonly lowerBound: number | null
}

type FlowCall = Expression & { readonly kind: 'call' }

const ARGUMENT_SAMPLES = 1024

/**
 * Plays through, event by event, every queue and batch a model's rows speak of in closed form, at the mean of what they are
 * given. What cannot be simulated (more arrives than is served, months in an argument) is left out.
 */
export function checkFlow(model: Model, seed: Seed, rowIds?: ReadonlySet<string>): readonly FlowCheck[] {
  return model.rows.flatMap((row) => {
    if (row.formula === '' || (rowIds && !rowIds.has(row.id))) return []
    return flowCalls(parseFormula(row.formula).ast).flatMap((call) => checkCall(model, row, call, seed) ?? [])
  })
}

function flowCalls(node: Expression): readonly FlowCall[] {
  const own = node.kind === 'call' && (node.name === 'batchdays' || node.name === 'queuewait') ? [node] : []
  return [...own, ...partsOf(node).flatMap(flowCalls)]
}

function checkCall(model: Model, row: ModelRow, call: FlowCall, seed: Seed): FlowCheck | null {
  const values = argumentMeans(model, row, call, seed)
  if (values === null) return null
  const head = { rowId: row.id, rowName: row.name }
  if (call.name === 'queuewait') {
    const [arrivals = 0, service = 0, servers = 0, arrivalSpread = 1, serviceSpread = 1] = values
    const simulated = simulateQueue({ arrivals, service, servers, arrivalSpread, serviceSpread }, seed)
    const closedForm = queueWait(arrivals, service, servers, arrivalSpread, serviceSpread)
    return simulated && { ...head, what: 'queuewait', closedForm, simulated, lowerBound: null }
  }
  const [n = 0, rework = 0, failure = 0] = values
  const stages = Array.from({ length: (values.length - 3) / 2 }, (_, k) => ({
    capacity: values[3 + 2 * k]!,
    mean: values[4 + 2 * k]!,
  }))
  const simulated = simulateBatch({ n, rework, failure, stages }, seed)
  if (!simulated) return null
  const visits = 1 / ((1 - rework) * (1 - failure))
  return {
    ...head,
    what: 'batchdays',
    closedForm: batchDays(Float64Array.from(values), values.length),
    simulated,
    lowerBound: n / Math.min(...stages.map(({ capacity, mean }) => capacity / (visits * mean))),
  }
}

/** What every argument comes to on average; null where one has months or no value. */
function argumentMeans(model: Model, row: ModelRow, call: FlowCall, seed: Seed): readonly number[] | null {
  const rows = call.args.map(({ value }, k): ModelRow => ({
    ...row,
    id: `flow/${k}`,
    name: `flow/${row.id}/${k}`,
    unit: '',
    formula: printFormula(value),
    overrides: {},
  }))
  const run = runModel(compileModel({ ...model, rows: [...model.rows, ...rows] }), {
    samples: ARGUMENT_SAMPLES,
    seed,
    wanted: rows.map(({ id }) => id),
  })
  const values = rows.map(({ id }) => {
    const samples = run.sampleOf(id)
    const result = run.rows.get(id)
    return samples ? meanOf(samples) : result?.shape === 'number' ? result.value : Number.NaN
  })
  return values.every(Number.isFinite) ? values : null
}
