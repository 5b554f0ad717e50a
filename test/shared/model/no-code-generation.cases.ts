import { type MonthKey, monthsBetween } from '../../../shared/calendar/index.ts'
import { FUNCTIONS } from '../../../shared/formula/index.ts'
import { compileModel, modelFromText, Recalculation, runModel } from '../../../shared/model/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'

const YEAR = monthsBetween('2026-10' as MonthKey, '2027-09' as MonthKey)
const TEXT = [
  'Cost = 1 to 9',
  'Net = if(month = first(month), -100, 12) * Cost',
  'Total = each(250, 12 to 70, share: 30%)',
  'Backlog = max(0, prev(Backlog) + 3 - Cost)',
  'Odds = p(Total > 10000)',
  'Cost ~ Total : 0.5',
  ...FUNCTIONS.map(({ example }, k) => `Example${k} = ${example}`),
].join('\n')

const { model } = modelFromText(TEXT, YEAR)
const run = runModel(compileModel(model), { samples: 2048, seed: seedOf(3) })
const sheet = new Recalculation(model, { samples: 64, seed: seedOf(3) })
sheet.change({ ...model.rows[0]!, formula: '2 to 9' })
process.stdout.write(JSON.stringify([[...run.rows.values()], run.notes, [...sheet.rows.values()]]))
