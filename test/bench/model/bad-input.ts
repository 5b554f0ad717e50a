import { type MonthKey, monthsBetween } from '../../../shared/calendar/index.ts'
import { FUNCTIONS, parseFormula } from '../../../shared/formula/index.ts'
import { compileModel, modelFromText } from '../../../shared/model/index.ts'
import { type Result, result, time } from './measure.ts'

const YEAR = monthsBetween('2026-01' as MonthKey, '2026-12' as MonthKey)
const LIMIT = 50

/** The slowest of all, after the same once before: what reading and compiling the worst piece of bad input takes. */
function slowest(name: string, work: readonly ((round: number) => void)[]): Result {
  let worst = 0
  for (const round of [0, 1]) {
    worst = 0
    for (const one of work) {
      const before = process.cpuUsage()
      one(round)
      const { user, system } = process.cpuUsage(before)
      worst = Math.max(worst, (user + system) / 1000)
    }
    if (round === 1) break
  }
  return bounded(name, worst)
}

function bounded(name: string, ms: number): Result {
  return { ...result(name, ms), limit: LIMIT, met: ms <= LIMIT }
}

export async function badInput(): Promise<readonly Result[]> {
  const base = modelFromText('A = 2\nX = 1', YEAR).model
  // Another text each round, because one that was read lately is remembered.
  const read = (text: string) => (round: number) => {
    const formula = `${text}${' '.repeat(round)}`
    parseFormula(formula)
    compileModel({ ...base, rows: base.rows.map((row) => (row.id === 'x' ? { ...row, formula } : row)) })
  }
  const prefixes = FUNCTIONS.flatMap(({ example }) =>
    Array.from({ length: example.length }, (_, end) => read(example.slice(0, end))),
  )
  const deep = [
    '('.repeat(10_000),
    '-'.repeat(8_000) + '1',
    '2' + '^2'.repeat(4_000),
    '1' + '+1'.repeat(4_000),
    '1' + ' to 2'.repeat(1_000),
    '9'.repeat(8_000),
    'A+'.repeat(500_000),
    '5' + '%'.repeat(3_000),
  ].map(read)
  const circle = Array.from({ length: 5_000 }, (_, k) => `R${k} = R${(k + 1) % 5_000}`).join('\n')
  const { model } = modelFromText(circle, YEAR)
  // Formulas not seen before each time: one that was read lately is remembered.
  const circles = Array.from({ length: 8 }, (_, round) => ({
    ...model,
    rows: model.rows.map((row) => ({ ...row, formula: `${row.formula} + ${round}` })),
  }))
  const told = await time(7, (round) => compileModel(circles[round]!))
  return [
    slowest('the slowest prefix of a sound formula', prefixes),
    slowest('the slowest of deep and huge formulas', deep),
    bounded('a circle of 5,000 rows, told (reading 5,000 formulas included)', told),
  ]
}
