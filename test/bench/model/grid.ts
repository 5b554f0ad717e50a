import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type MonthKey, monthsBetween } from '../../../shared/calendar/index.ts'
import { compileModel, type Model, modelFromText, Recalculation, runModel } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { race, type Result, result, time } from './measure.ts'

/*
 * A plan of 5,000 rows over 12 months: 700 initiatives of seven rows each over seven drivers of all, 93 idle drivers, and
 * three totals. A global driver (the price of tokens) reaches 2,800 rows and two totals, the size of one initiative seven
 * rows and the totals.
 */

const SEED = seedOf(1)
const YEAR = monthsBetween('2026-01' as MonthKey, '2026-12' as MonthKey)
const INITIATIVES = 700
const DRIVERS = {
  price: 4,
  perChange: 35,
  cache: 0.7,
  acceptance: 0.72,
  rework: 0.15,
  growth: 0.02,
  idle: 110,
} as const
const UNCERTAIN: Readonly<Record<string, string>> = {
  price: '3.5 to 4.5',
  perChange: '20 to 60',
  cache: '60% to 80%',
  acceptance: '65% to 80%',
  rework: '10% to 20%',
}

function planText(initiatives: number, drivers: Readonly<Record<string, string | number>>): string {
  // A function takes 250 values at most: groups of 50 initiatives, and the groups.
  const groups = Array.from({ length: Math.ceil(initiatives / 50) }, (_, g) => g)
  const totals = (name: string) => [
    ...groups.map((g) => {
      const members = Array.from({ length: Math.min(50, initiatives - 50 * g) }, (_, k) => `${name}${50 * g + k}`)
      return `${name}OfGroup${g} = sum(${members.join(', ')}, 0)`
    }),
    `${name} = sum(${groups.map((g) => `${name}OfGroup${g}`).join(', ')}, 0)`,
  ]
  return [
    ...Object.entries(drivers).map(([name, value]) => `${name} = ${value}`),
    ...Array.from({ length: 93 }, (_, i) => `idle${i} = ${i}`),
    'period = cumulate(1)',
    ...Array.from({ length: initiatives }, (_, i) => [
      `base${i} = ${1 + (i % 9)}`,
      `changes${i} = base${i} * (1 + growth) ^ (period - 1)`,
      `tokens${i} = changes${i} * perChange`,
      `cost${i} = tokens${i} * price * (1 - cache * 0.9)`,
      `accepted${i} = changes${i} * acceptance`,
      `again${i} = cost${i} * rework`,
      `total${i} = cost${i} + again${i}`,
      `running${i} = prev(running${i}) + total${i}`,
    ]).flat(),
    ...totals('total'),
    ...totals('accepted'),
    ...totals('running'),
  ].join('\n')
}

function planModel(
  initiatives: number,
  drivers: Readonly<Record<string, string | number>> = DRIVERS,
  months = YEAR,
): Model {
  return modelFromText(planText(initiatives, drivers), months).model
}

const TOTALS = ['total', 'accepted', 'running']

/** The same plan as cells: drivers in A1:A7, then one band of rows for each kind of row, months in B to M. */
const BANDS = ['base', 'changes', 'tokens', 'cost', 'accepted', 'again', 'total', 'running'] as const
const FIRST = 100
const rowOf = (band: (typeof BANDS)[number], i: number) => FIRST + BANDS.indexOf(band) * INITIATIVES + i + 1

function cellsOf(): (string | number | null)[][] {
  const cells: (string | number | null)[][] = Object.values(DRIVERS).map((value) => [value])
  while (cells.length < FIRST) cells.push([cells.length])
  const letters = YEAR.map((_, t) => String.fromCharCode(66 + t))
  for (const band of BANDS) {
    for (let i = 0; i < INITIATIVES; i++) {
      const at = (other: (typeof BANDS)[number], t: number) => `${letters[t]}${rowOf(other, i)}`
      const formulas = {
        base: () => null,
        changes: (t: number) => `=$A$${rowOf('base', i)}*(1+$A$6)^${t}`,
        tokens: (t: number) => `=${at('changes', t)}*$A$2`,
        cost: (t: number) => `=${at('tokens', t)}*$A$1*(1-$A$3*0.9)`,
        accepted: (t: number) => `=${at('changes', t)}*$A$4`,
        again: (t: number) => `=${at('cost', t)}*$A$5`,
        total: (t: number) => `=${at('cost', t)}+${at('again', t)}`,
        running: (t: number) => (t === 0 ? `=${at('total', t)}` : `=${at('running', t - 1)}+${at('total', t)}`),
      }
      cells.push([band === 'base' ? 1 + (i % 9) : null, ...letters.map((_, t) => formulas[band](t))])
    }
  }
  for (const band of ['total', 'accepted', 'running'] as const)
    cells.push([
      null,
      ...letters.map((letter) => `=SUM(${letter}${rowOf(band, 0)}:${letter}${rowOf(band, INITIATIVES - 1)})`),
    ])
  return cells
}

interface Sheet {
  /** Writes column A of a row, 1-based. */
  set(row: number, value: number): void
  /** The running total of the last month. */
  last(): number
}

async function hyperFormula(cells: (string | number | null)[][]): Promise<Sheet> {
  const { HyperFormula } = await import('hyperformula')
  const sheet = HyperFormula.buildFromArray(cells, { licenseKey: 'gpl-v3' })
  return {
    set: (row, value) => sheet.setCellContents({ sheet: 0, row: row - 1, col: 0 }, [[value]]),
    last: () => Number(sheet.getCellValue({ sheet: 0, row: cells.length - 1, col: 12 })),
  }
}

async function ironCalc(cells: (string | number | null)[][]): Promise<Sheet> {
  const ironcalc = await import('@ironcalc/wasm')
  const file = createRequire(import.meta.url)
    .resolve('@ironcalc/wasm')
    .replace(/wasm\.js$/, 'wasm_bg.wasm')
  ironcalc.initSync({ module: readFileSync(file) })
  const book = new ironcalc.Model('grid', 'en', 'UTC', 'en')
  book.pauseEvaluation()
  for (const [r, row] of cells.entries()) {
    for (const [c, value] of row.entries()) if (value !== null) book.setUserInput(0, r + 1, c + 1, String(value))
  }
  book.resumeEvaluation()
  book.evaluate()
  return {
    set: (row, value) => book.setUserInput(0, row, 1, String(value)),
    last: () => Number(book.getFormattedCellValue(0, cells.length, 13).replaceAll(',', '')),
  }
}

export async function recalculation(): Promise<readonly Result[]> {
  const model = planModel(INITIATIVES)
  const ours = new Recalculation(model, { samples: 1024, seed: SEED })
  const byId = new Map(model.rows.map((row) => [row.id, row]))
  const set = (id: string, value: number) => {
    ours.change({ ...byId.get(id)!, formula: String(value) })
    return ours.row('running')
  }
  const cells = cellsOf()
  const sheets = { hyperformula: await hyperFormula(cells), ironcalc: await ironCalc(cells) }
  for (const [id, row, value] of [
    ['price', 1, 4.25],
    ['base3', rowOf('base', 3), 7.5],
  ] as const) {
    const told = set(id, value)
    const mine = told?.shape === 'months' ? told.values[11]! : Number.NaN
    for (const [name, sheet] of Object.entries(sheets)) {
      sheet.set(row, value)
      if (!(Math.abs(sheet.last() / mine - 1) < 1e-9))
        throw new Error(`grid: ${mine} here, ${sheet.last()} with ${name}.`)
    }
  }
  const { hyperformula, ironcalc } = sheets
  const local = rowOf('base', 3)
  const uncertain = compileModel(planModel(INITIATIVES, { ...DRIVERS, ...UNCERTAIN }))
  const {
    ours: global,
    sampled,
    ...all
  } = await race(7, {
    ours: (k) => set('price', 4 + k / 7777),
    sampled: (k) => runModel(uncertain, { samples: 1024, seed: seedOf(k + 2), wanted: TOTALS }),
    hyperformula: (k) => hyperformula.set(1, 4 + k / 7777),
    ironcalc: (k) => ironcalc.set(1, 4 + k / 7777),
  })
  const { ours: one, ...few } = await race(5, {
    ours: (k) => set('base3', 1 + k / 7777),
    hyperformula: (k) => hyperformula.set(local, 1 + k / 7777),
    ironcalc: (k) => ironcalc.set(local, 1 + k / 7777),
  })
  return [
    result('5,000 rows x 12 months, a driver of all', global, all, { hyperformula: 40, ironcalc: 40 }),
    result('5,000 rows x 12 months, a driver of one initiative (84 cells and the totals)', one, few, {
      hyperformula: 400,
      ironcalc: 400,
    }),
    result(
      '5,000 rows x 12 months, 5 uncertain drivers, 1,024 samples of every row (peers: one certain recalculation)',
      sampled,
      all,
      { hyperformula: 1 },
    ),
  ]
}

export async function gridScaling(): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const rows of [100, 1000, 5000, 20_000]) {
    const model = planModel(Math.round((rows - 104) / 8) || 1)
    const { length } = model.rows
    results.push(result(`compile ${length} rows`, await time(3, () => compileModel(model))))
    const compiled = compileModel(model)
    const run = () => runModel(compiled, { samples: 1, seed: SEED })
    results.push(result(`run ${length} certain rows x 12 months`, await time(5, run)))
  }
  for (const years of [1, 5]) {
    const months = monthsBetween('2026-01' as MonthKey, `${2025 + years}-12` as MonthKey)
    const compiled = compileModel(planModel(112, { ...DRIVERS, ...UNCERTAIN }, months))
    const run = () => runModel(compiled, { samples: 1024, seed: SEED, wanted: TOTALS })
    results.push(result(`1,000 rows x ${months.length} months, 1,024 samples`, await time(3, run)))
  }
  return results
}
