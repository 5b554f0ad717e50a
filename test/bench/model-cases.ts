import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import { type MonthKey, monthsBetween } from '../../shared/calendar/index.ts'
import {
  compileModel,
  meanOf,
  type Model,
  modelFromText,
  quantileOf,
  Recalculation,
  runModel,
} from '../../shared/model/index.ts'
import { seedOf } from '../../shared/quantities/index.ts'

interface Result {
  readonly case: string
  readonly unit: string
  readonly ours: number
  readonly peers: Readonly<Record<string, number>>
  readonly limit: number | null
  /** What is wanted, as ratios of a peer to ours; null where there is no peer. */
  readonly goal: string | null
  readonly met: boolean | null
}

interface Answer {
  readonly mean: number
  readonly p90: number
}

const SEED = seedOf(1)
const SAMPLES = 10_000
const YEAR = monthsBetween('2026-01' as MonthKey, '2026-12' as MonthKey)
const Z = 1.2815515655446004

/** Name, P10, P90: fifteen uncertain inputs of “refactor 250 services”. */
const INPUTS = [
  ['tokens', 12, 70],
  ['price', 3, 6],
  ['attempts', 1.1, 1.6],
  ['reviewHours', 0.3, 2],
  ['rate', 95, 130],
  ['rework', 0.05, 0.25],
  ['unsafe', 0.02, 0.12],
  ['reach', 0.1, 0.4],
  ['incidentHours', 1, 6],
  ['people', 3, 5],
  ['saved', 0.1, 0.6],
  ['used', 0.4, 0.8],
  ['months', 12, 18],
  ['overhead', 1.02, 1.15],
  ['licence', 2000, 6000],
] as const

/** Written so that every engine reads it. */
const STEPS = [
  ['tokenCost', '250 * tokens * price * attempts * overhead'],
  ['reviewCost', '250 * reviewHours * rate'],
  ['reworkCost', '(tokenCost + reviewCost) * rework'],
  ['incidentCost', '250 * unsafe * reach * incidentHours * people * rate'],
  ['cost', 'tokenCost + reviewCost + reworkCost + incidentCost + licence'],
  ['worth', '250 * saved * used * rate * months'],
  ['npv', 'worth - cost'],
] as const

const fits = INPUTS.map(([, low, high]) => ({
  mu: (Math.log(low) + Math.log(high)) / 2,
  sigma: Math.log(high / low) / (2 * Z),
}))

/** Median of the processor's milliseconds over `times` runs after one that warms up. */
async function time(times: number, work: () => unknown): Promise<number> {
  await work()
  const measured: number[] = []
  for (let k = 0; k < times; k++) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    measured.push((user + system) / 1000)
  }
  return measured.sort((a, b) => a - b)[times >> 1]!
}

/** The same for work far below a millisecond. */
async function timeMany(times: number, work: (k: number) => unknown): Promise<number> {
  let k = 0
  return (
    (await time(3, () => {
      for (let i = 0; i < times; i++) work(k++)
    })) / times
  )
}

function modelOf(text: string, months: readonly MonthKey[] = YEAR): Model {
  return modelFromText(text, months).model
}

function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
}

function answerOf(samples: Float64Array): Answer {
  return { mean: meanOf(samples), p90: quantileOf(samples, 0.9) }
}

function agree(what: string, ours: Answer, peers: Readonly<Record<string, Answer>>, share: number): void {
  for (const [name, peer] of Object.entries(peers)) {
    for (const key of ['mean', 'p90'] as const) {
      if (!(Math.abs(peer[key] / ours[key] - 1) < share)) {
        throw new Error(`${what}: ${key} is ${ours[key]} here and ${peer[key]} with ${name}.`)
      }
    }
  }
}

function result(
  name: string,
  ours: number,
  peers: Readonly<Record<string, number>>,
  goals: Readonly<Record<string, number>>,
): Result {
  const told = Object.entries(goals)
  return {
    case: name,
    unit: 'ms',
    ours: round(ours),
    peers: Object.fromEntries(Object.entries(peers).map(([peer, ms]) => [peer, round(ms)])),
    limit: null,
    goal: told.length === 0 ? null : told.map(([peer, times]) => `${times} times as fast as ${peer}`).join(', '),
    met: told.length === 0 ? null : told.every(([peer, times]) => peers[peer]! / ours >= times),
  }
}

function round(ms: number): number {
  return Number(ms.toPrecision(3))
}

async function squiggle(code: string): Promise<Answer> {
  const { run } = await import('@quri/squiggle-lang')
  const output = await run(`${code}\n{mean: mean(out), p90: quantile(out, 0.9)}`, {
    environment: { sampleCount: SAMPLES, xyPointLength: 1000, seed: 'bench' },
  })
  if (!output.result.ok) throw new Error(String(output.result.value))
  const [, mean, p90] = /mean: ([-\d.e+]+), p90: ([-\d.e+]+)/.exec(output.result.value.result.toString())!
  return { mean: Number(mean), p90: Number(p90) }
}

async function aggregated(): Promise<Result> {
  const text = [
    ...INPUTS.map(([name, low, high]) => `${name} = ${low} to ${high}`),
    ...STEPS.map((step) => step.join(' = ')),
  ]
  // `months` and `used` are plain names here; `rate` too.
  const compiled = compileModel(modelOf(text.join('\n')))
  if (compiled.errors.length > 0) throw new Error(compiled.errors[0]!.message)
  const ours = () =>
    answerOf(runModel(compiled, { samples: SAMPLES, seed: SEED, wanted: ['cost', 'npv'] }).sampleOf('cost')!)

  const { compile } = await import('mathjs')
  const program = compile(STEPS.map((step) => step.join(' = ')).join('\n'))
  const viaMathjs = () => {
    const out = new Float64Array(SAMPLES)
    for (let i = 0; i < SAMPLES; i++) {
      const scope: Record<string, number> = {}
      for (const [k, [name]] of INPUTS.entries()) scope[name] = Math.exp(fits[k]!.mu + fits[k]!.sigma * normal())
      program.evaluate(scope)
      out[i] = scope['cost']!
    }
    return answerOf(out)
  }

  const code = [
    ...INPUTS.map(([name, low, high]) => `${name} = SampleSet.fromDist(lognormal({p10: ${low}, p90: ${high}}))`),
    ...STEPS.map((step) => step.join(' = ')),
    'out = cost',
  ].join('\n')
  agree('aggregated', ours(), { mathjs: viaMathjs(), squiggle: await squiggle(code) }, 0.05)
  const peers = {
    mathjs: await time(5, viaMathjs),
    squiggle: await time(5, () => squiggle(code)),
  }
  return result('aggregated model, 15 inputs, 10,000 samples', await time(15, ours), peers, {
    mathjs: 30,
    squiggle: 10,
  })
}

async function services(): Promise<readonly Result[]> {
  const compiled = compileModel(modelOf('Out = each(250, 12 to 70)'))
  const ours = (sums: 'short' | 'draw by draw') => () =>
    answerOf(runModel(compiled, { samples: SAMPLES, seed: SEED, sums }).sampleOf('out')!)
  const plain = () => {
    const out = new Float64Array(SAMPLES)
    const { mu, sigma } = fits[0]!
    for (let k = 0; k < 250; k++) for (let i = 0; i < SAMPLES; i++) out[i]! += Math.exp(mu + sigma * normal())
    return answerOf(out)
  }
  const code = [
    'one(i) = SampleSet.fromDist(lognormal({p10: 12, p90: 70}))',
    'out = List.reduce(List.map(List.upTo(2, 250), one), one(1), {|sum, next| sum + next})',
  ].join('\n')
  agree(
    'services',
    ours('draw by draw')(),
    { step: ours('short')(), plain: plain(), squiggle: await squiggle(code) },
    0.01,
  )
  const peers = {
    'Math.random and Math.exp, drawn alone': await time(3, plain),
    squiggle: await time(3, () => squiggle(code)),
  }
  return [
    result('250 services, draw by draw, 10,000 samples', await time(5, ours('draw by draw')), peers, { squiggle: 5 }),
    result('250 services, in one step, 10,000 samples', await time(15, ours('short')), peers, { squiggle: 5 }),
  ]
}

/** Row k of the grid over the rows above it, `M` the number of the month, `G` for all, `L` for the first seven. */
function gridFormula(k: number, above: string, names: { readonly G: string; readonly L: string; readonly M: string }) {
  if (k < 7) return `${names.L} * ${k + 1} + ${names.M}`
  if (k % 10 === 0 || k === 7) return `${names.G} * ${k} + ${names.M}`
  return `${above} * 1.01 + ${names.G}`
}

function gridModel(rows: number, months = YEAR, drivers: readonly string[] = ['G = 1.5', 'L = 2']): Model {
  const lines = Array.from({ length: rows }, (_, k) => {
    return `R${k} = ${gridFormula(k, `R${k - 1}`, { G: 'G', L: 'L', M: 'M' })}`
  })
  return modelOf([...drivers, 'M = cumulate(1)', ...lines].join('\n'), months)
}

const GRID_ROWS = 5000

function sheetFormula(k: number, t: number): string {
  const column = String.fromCharCode(66 + t)
  return `=${gridFormula(k, `${column}${k + 3}`, { G: '$A$1', L: '$A$2', M: `${column}$3` })}`
}

async function hyperFormula() {
  const { HyperFormula } = await import('hyperformula')
  const cells: (string | number | null)[][] = [[1.5], [2], [null, ...YEAR.map((_, t) => t + 1)]]
  for (let k = 0; k < GRID_ROWS; k++) cells.push([null, ...YEAR.map((_, t) => sheetFormula(k, t))])
  const sheet = HyperFormula.buildFromArray(cells, { licenseKey: 'gpl-v3' })
  return {
    set: (row: number, value: number) => sheet.setCellContents({ sheet: 0, row, col: 0 }, [[value]]),
    last: () => Number(sheet.getCellValue({ sheet: 0, row: GRID_ROWS + 2, col: 12 })),
  }
}

async function ironCalc() {
  const ironcalc = await import('@ironcalc/wasm')
  const file = createRequire(import.meta.url)
    .resolve('@ironcalc/wasm')
    .replace(/wasm\.js$/, 'wasm_bg.wasm')
  ironcalc.initSync({ module: readFileSync(file) })
  const book = new ironcalc.Model('grid', 'en', 'UTC', 'en')
  book.pauseEvaluation()
  book.setUserInput(0, 1, 1, '1.5')
  book.setUserInput(0, 2, 1, '2')
  for (const t of YEAR.keys()) book.setUserInput(0, 3, t + 2, String(t + 1))
  for (let k = 0; k < GRID_ROWS; k++) {
    for (const t of YEAR.keys()) book.setUserInput(0, k + 4, t + 2, sheetFormula(k, t))
  }
  book.resumeEvaluation()
  book.evaluate()
  return {
    set: (row: number, value: number) => book.setUserInput(0, row + 1, 1, String(value)),
    last: () => Number(book.getFormattedCellValue(0, GRID_ROWS + 3, 13).replaceAll(',', '')),
  }
}

async function recalculation(): Promise<readonly Result[]> {
  const model = gridModel(GRID_ROWS)
  const ours = new Recalculation(model, { samples: 1024, seed: SEED })
  const drivers = new Map(model.rows.slice(0, 2).map((row) => [row.id, row]))
  const last = `r${GRID_ROWS - 1}`
  const set = (id: string, value: number) => {
    ours.change({ ...drivers.get(id)!, formula: String(value) })
    return ours.row(last)
  }
  const [hyper, iron] = [await hyperFormula(), await ironCalc()]
  set('g', 1.75)
  hyper.set(0, 1.75)
  iron.set(0, 1.75)
  const row = ours.row(last)!
  const mine = row.shape === 'months' ? row.values[11]! : Number.NaN
  for (const [name, theirs] of Object.entries({ hyperformula: hyper.last(), ironcalc: iron.last() })) {
    if (!(Math.abs(theirs / mine - 1) < 1e-6)) throw new Error(`grid: ${mine} here, ${theirs} with ${name}.`)
  }
  const all = {
    hyperformula: await time(5, () => hyper.set(0, 1 + Math.random())),
    ironcalc: await time(5, () => iron.set(0, 1 + Math.random())),
  }
  const few = {
    hyperformula: await timeMany(50, (k) => hyper.set(1, 1 + k)),
    ironcalc: await time(5, () => iron.set(1, 1 + Math.random())),
  }
  const grid = gridModel(GRID_ROWS, YEAR, [
    'G = D1 + D2 + D3 + D4 + D5',
    'L = 2',
    ...[1, 2, 3, 4, 5].map((k) => `D${k} = 0.1 to 0.5`),
  ])
  const uncertain = compileModel(grid)
  // The ends of all chains: every row is worked out, a tenth of them kept.
  const ends = grid.rows.filter(({ id }) => /^r\d*9$/.test(id)).map(({ id }) => id)
  return [
    result('5,000 rows x 12 months, a driver of all', await time(15, () => set('g', 1 + Math.random())), all, {
      hyperformula: 40,
      ironcalc: 40,
    }),
    result('5,000 rows x 12 months, a driver of 84 cells', await timeMany(300, (k) => set('l', 1 + k / 7)), few, {
      hyperformula: 400,
      ironcalc: 400,
    }),
    result(
      '5,000 rows x 12 months, 5 uncertain drivers, 1,024 samples, a tenth of the rows kept (peers: one certain recalculation)',
      await time(5, () => runModel(uncertain, { samples: 1024, seed: SEED, wanted: ends })),
      all,
      { hyperformula: 1 },
    ),
  ]
}

async function scaling(): Promise<readonly Result[]> {
  const results: Result[] = []
  const text = [
    ...INPUTS.map(([name, low, high]) => `${name} = ${low} to ${high}`),
    ...STEPS.map((step) => step.join(' = ')),
  ]
  const compiled = compileModel(modelOf(text.join('\n')))
  for (const samples of [1024, 10_240, 102_400]) {
    const ms = await time(5, () => runModel(compiled, { samples, seed: SEED, wanted: ['npv'] }))
    results.push(result(`aggregated model, ${samples} samples`, ms, {}, {}))
  }
  for (const rows of [100, 1000, 5000, 20_000]) {
    const model = gridModel(rows)
    results.push(result(`compile ${rows} rows`, await time(3, () => compileModel(model)), {}, {}))
    const grid = compileModel(model)
    results.push(
      result(
        `run ${rows} certain rows x 12 months`,
        await time(5, () => runModel(grid, { samples: 1, seed: SEED })),
        {},
        {},
      ),
    )
  }
  for (const years of [1, 5]) {
    const months = monthsBetween('2026-01' as MonthKey, `${2025 + years}-12` as MonthKey)
    const grid = compileModel(gridModel(1000, months, ['G = 1 to 2', 'L = 2']))
    const ms = await time(3, () => runModel(grid, { samples: 1024, seed: SEED, wanted: ['r999'] }))
    results.push(result(`1,000 rows x ${months.length} months, 1,024 samples`, ms, {}, {}))
  }
  return results
}

export async function main(): Promise<void> {
  const results = [await aggregated(), ...(await services()), ...(await recalculation()), ...(await scaling())]
  const machine = { cpu: os.cpus()[0]?.model ?? '', cores: os.cpus().length, node: process.version }
  process.stdout.write(`${JSON.stringify({ bench: 'model', machine, results }, null, 2)}\n`)
}
