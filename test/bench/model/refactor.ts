import { type MonthKey, monthsBetween } from '../../../shared/calendar/index.ts'
import { compileModel, modelFromText, runModel } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { agree, answerOf, type Answers, race, type Result, result, time } from './measure.ts'

/*
 * “Refactor 250 services”: thirteen uncertain inputs (lognormal, beta, normal), twelve periods of review capacity,
 * NPV and payback. Every engine is given the same distributions and the same steps.
 */

export const SAMPLES = 10_000
const Z = 1.2815515655446004
const YEAR = monthsBetween('2026-01' as MonthKey, '2026-12' as MonthKey)

/** P10 and P90. */
const RANGES = {
  perService: [12, 70],
  retries: [1.1, 1.6],
  reviewMinutes: [25, 120],
  rate: [95, 130],
  incidentCost: [3000, 40_000],
  saved: [0.1, 1],
} as const

/** Mean and standard deviation. */
const SHARES = {
  outputShare: [0.08, 0.02],
  cacheHit: [0.7, 0.08],
  frontier: [0.6, 0.1],
  acceptance: [0.72, 0.07],
  rework: [0.15, 0.05],
  failure: [0.04, 0.015],
} as const

const OUTPUTS = ['tokenCost', 'npv', 'costPerAccepted'] as const

/** Plain products and sums, as every engine reads them. */
const STEPS = [
  ['priceIn', 'frontier * 5 + (1 - frontier) * 1'],
  ['priceOut', 'frontier * 25 + (1 - frontier) * 5'],
  ['price', 'outputShare * priceOut + (1 - outputShare) * priceIn * (cacheHit * 0.1 + (1 - cacheHit))'],
  ['tokenCost', '250 * perService * price * retries'],
  ['accepted', '250 * acceptance'],
  ['costPerAccepted', 'tokenCost / accepted'],
  ['incidents', 'accepted * failure'],
  ['hoursEach', 'reviewMinutes * (1 + rework) / 60'],
  ['capacity', '6 * hours * 13 / hoursEach'],
] as const

function lognormalOf([low, high]: readonly [number, number]) {
  return { mu: (Math.log(low) + Math.log(high)) / 2, sigma: Math.log(high / low) / (2 * Z) }
}

function betaOf([mean, sd]: readonly [number, number]): readonly [number, number] {
  const size = (mean * (1 - mean)) / (sd * sd) - 1
  return [mean * size, (1 - mean) * size]
}

const OUR_TEXT = [
  ...Object.entries(RANGES).map(([name, [low, high]]) => `${name} = ${low} to ${high}`),
  ...Object.entries(SHARES).map(([name, moments]) => `${name} = beta(${betaOf(moments).join(', ')})`),
  'weekly = normal(8, 1.5)',
  'hours = max(1, weekly)',
  ...STEPS.map((step) => step.join(' = ')),
  'period = cumulate(1)',
  'reviewed = min(250, capacity * period)',
  'net = reviewed * acceptance * saved * 3 * rate - (reviewed - prev(reviewed)) * hoursEach * rate - if(period = 1, tokenCost + incidents * incidentCost, 0)',
  'running = cumulate(net)',
  'npv = npv(2.5%, net)',
  'back = payback(running)',
].join('\n')

function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
}

function lognormal(range: readonly [number, number]): () => number {
  const { mu, sigma } = lognormalOf(range)
  return () => Math.exp(mu + sigma * normal())
}

/** Marsaglia and Tsang; shapes here are above 1. */
function gamma(shape: number): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(Math.random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

function beta(moments: readonly [number, number]): () => number {
  const [a, b] = betaOf(moments)
  return () => {
    const x = gamma(a)
    return x / (x + gamma(b))
  }
}

const draws: Readonly<Record<string, () => number>> = {
  ...Object.fromEntries(Object.entries(RANGES).map(([name, range]) => [name, lognormal(range)])),
  ...Object.fromEntries(Object.entries(SHARES).map(([name, moments]) => [name, beta(moments)])),
  hours: () => Math.max(1, 8 + 1.5 * normal()),
}

/** mathjs: compiled once, evaluated per sample; the periods are written out, as it has no rows over months. */
async function mathjs(): Promise<() => Answers> {
  const { compile } = await import('mathjs')
  const periods = Array.from({ length: 12 }, (_, t) => t + 1)
  const lines = [
    ...STEPS.map((step) => step.join(' = ')),
    'reviewed0 = 0',
    ...periods.map((t) => `reviewed${t} = min(250, capacity * ${t})`),
    ...periods.map(
      (t) =>
        `net${t} = reviewed${t} * acceptance * saved * 3 * rate - (reviewed${t} - reviewed${t - 1}) * hoursEach * rate${
          t === 1 ? ' - (tokenCost + incidents * incidentCost)' : ''
        }`,
    ),
    'running1 = net1',
    ...periods.slice(1).map((t) => `running${t} = running${t - 1} + net${t}`),
    `npv = ${periods.map((t) => `net${t} / ${1.025 ** t}`).join(' + ')}`,
    `back = ${periods.reduceRight((rest, t) => `(running${t} >= 0 ? ${t} : ${rest})`, '13')}`,
  ]
  const program = compile(lines.join('\n'))
  return () => {
    const out = Object.fromEntries(OUTPUTS.map((name) => [name, new Float64Array(SAMPLES)]))
    for (let i = 0; i < SAMPLES; i++) {
      const scope = new Map<string, number>()
      for (const name in draws) scope.set(name, draws[name]!())
      program.evaluate(scope)
      for (const name of OUTPUTS) out[name]![i] = scope.get(name)!
    }
    return Object.fromEntries(OUTPUTS.map((name) => [name, answerOf(out[name]!)]))
  }
}

/** Runs Squiggle code that ends in samples or distributions under the given names. */
async function squiggle(code: string, outputs: readonly string[]): Promise<Answers> {
  const { run } = await import('@quri/squiggle-lang')
  const told = outputs.map((name) => `${name}: [mean(${name}), quantile(${name}, 0.9)]`).join(', ')
  const output = await run(`${code}\n{${told}}`, {
    environment: { sampleCount: SAMPLES, xyPointLength: 1000, seed: `bench ${Math.random()}` },
  })
  if (!output.result.ok) throw new Error(String(output.result.value))
  const text = output.result.value.result.toString()
  return Object.fromEntries(
    outputs.map((name) => {
      const [, mean, p90] = new RegExp(`${name}: \\[([-\\d.e+]+),\\s*([-\\d.e+]+)\\]`).exec(text)!
      return [name, { mean: Number(mean), p90: Number(p90) }]
    }),
  )
}

const SQUIGGLE = [
  ...Object.entries(RANGES).map(
    ([name, [low, high]]) => `${name} = SampleSet.fromDist(lognormal({p10: ${low}, p90: ${high}}))`,
  ),
  ...Object.entries(SHARES).map(
    ([name, [mean, sd]]) => `${name} = SampleSet.fromDist(beta({mean: ${mean}, stdev: ${sd}}))`,
  ),
  'hours = SampleSet.max(SampleSet.fromDist(normal(8, 1.5)), 1)',
  ...STEPS.map((step) => step.join(' = ')),
  'reviewed = List.map(List.upTo(0, 12), {|t| SampleSet.min(capacity * t, 250)})',
  'net = List.map(List.upTo(1, 12), {|t| reviewed[t] * acceptance * saved * 3 * rate - (reviewed[t] - reviewed[t - 1]) * hoursEach * rate - (t == 1 ? tokenCost + incidents * incidentCost : 0)})',
  'npv = List.reduce(List.map(List.upTo(1, 12), {|t| net[t - 1] / 1.025 ^ t}), 0, {|sum, next| sum + next})',
].join('\n')

function modelOf(text: string) {
  const compiled = compileModel(modelFromText(text, YEAR).model)
  if (compiled.errors.length > 0) throw new Error(compiled.errors[0]!.message)
  return compiled
}

export async function refactor(): Promise<readonly Result[]> {
  const compiled = modelOf(OUR_TEXT)
  const wanted = [...OUTPUTS.map((name) => name.toLowerCase()), 'back']
  let seed = 1
  const samplesOf = (of: number) => {
    const run = runModel(compiled, { samples: SAMPLES, seed: seedOf(of), wanted })
    return Object.fromEntries(OUTPUTS.map((name) => [name, run.sampleOf(name.toLowerCase())!]))
  }
  const ours = (of: number) => Object.values(samplesOf(of)).map(answerOf)
  const viaMathjs = await mathjs()
  const viaSquiggle = () => squiggle(SQUIGGLE, OUTPUTS)
  agree('refactor 250 services', samplesOf(1), { mathjs: viaMathjs(), squiggle: await viaSquiggle() })
  const { cold, kept, ...peers } = await race(7, {
    cold: () => ours(++seed),
    kept: () => ours(1),
    'mathjs compiled': viaMathjs,
    squiggle: viaSquiggle,
  })
  const goals = { 'mathjs compiled': 30, squiggle: 10 }
  return [
    result('refactor 250 services, 13 uncertain inputs, 12 periods, 10,000 samples', cold, peers, goals),
    result('the same again with its seed, as when a driver is dragged', kept, peers),
  ]
}

/** xoroshiro128+ over bare locals into a typed array: what drawing the raw numbers alone costs in this language. */
function drawRaw(count: number): number {
  const out = new Float64Array(1024)
  let [s01, s00, s11, s10] = [1, 2, 3, 4]
  for (let k = 0; k < count; k++) {
    out[k & 1023] = ((s00 + s10) >>> 0) * 2.3283064365386963e-10
    const a0 = s10 ^ s00
    const a1 = s11 ^ s01
    const [low, high] = [s00, s01]
    s00 = (low << 24) ^ (high >>> 8) ^ a0 ^ (a0 << 16)
    s01 = (high << 24) ^ (low >>> 8) ^ a1 ^ ((a1 << 16) | (a0 >>> 16))
    s10 = (a1 << 5) ^ (a0 >>> 27)
    s11 = (a0 << 5) ^ (a1 >>> 27)
  }
  return out[0]!
}

export async function services(nativeDraws: () => number | null): Promise<readonly Result[]> {
  const compiled = modelOf('Out = each(250, 12 to 70)')
  let seed = 1
  const samplesOf = (sums: 'short' | 'draw by draw', of: number) =>
    runModel(compiled, { samples: SAMPLES, seed: seedOf(of), sums }).sampleOf('out')!
  const ours = (sums: 'short' | 'draw by draw') => () => answerOf(samplesOf(sums, ++seed))
  const draw = lognormal(RANGES.perService)
  const plain = (): Answers => {
    const out = new Float64Array(SAMPLES)
    for (let k = 0; k < 250; k++) for (let i = 0; i < SAMPLES; i++) out[i]! += draw()
    return { out: answerOf(out) }
  }
  const code = [
    'one(i) = SampleSet.fromDist(lognormal({p10: 12, p90: 70}))',
    'out = List.reduce(List.map(List.upTo(2, 250), one), one(1), {|sum, next| sum + next})',
  ].join('\n')
  const viaSquiggle = () => squiggle(code, ['out'])
  agree(
    '250 services',
    { out: samplesOf('draw by draw', 1) },
    {
      'in one step': { out: answerOf(samplesOf('short', 1)) },
      'plain loop': plain(),
      squiggle: await viaSquiggle(),
    },
  )
  const { byDraw, inOneStep, ...measured } = await race(5, {
    byDraw: ours('draw by draw'),
    inOneStep: ours('short'),
    squiggle: viaSquiggle,
    'Math.random and Math.exp in a plain loop': plain,
    'raw xoroshiro128+ numbers, no distribution': () => drawRaw(250 * SAMPLES),
  })
  const native = nativeDraws()
  const peers = { ...measured, ...(native === null ? {} : { [NATIVE]: native }) }
  const goals = { squiggle: 5, ...(native === null ? {} : { [NATIVE]: 1 / 6 }) }
  return [
    result('250 services, draw by draw, 10,000 samples', byDraw, peers, goals),
    result('250 services, in one step, 10,000 samples', inOneStep, peers, { squiggle: 5 }),
  ]
}

const NATIVE = 'the same draws in C (gcc -O3 -march=native)'

export async function sampleScaling(): Promise<readonly Result[]> {
  const compiled = modelOf(OUR_TEXT)
  const results: Result[] = []
  let seed = 100
  for (const samples of [1024, 10_240, 102_400]) {
    const run = () => runModel(compiled, { samples, seed: seedOf(++seed), wanted: ['npv'] })
    results.push(result(`refactor 250 services, ${samples} samples`, await time(5, run)))
  }
  return results
}
