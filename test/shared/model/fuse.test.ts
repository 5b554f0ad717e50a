import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MonthKey, monthsBetween } from '../../../shared/calendar/index.ts'
import { fuse } from '../../../shared/model/fuse.ts'
import { compileModel, Recalculation, runModel } from '../../../shared/model/index.ts'
import { walkMonths } from '../../../shared/model/plan-block.ts'
import { planRun, wantedRows } from '../../../shared/model/run-plan.ts'
import { seedOf } from '../../../shared/quantities/index.ts'
import { modelOf } from './run.ts'

const MONTHS = monthsBetween('2026-10' as MonthKey, '2027-03' as MonthKey)
const OPTIONS = { samples: 101, seed: seedOf(5) }
const INPUTS = [
  'Certain = 1.7',
  'Months = cumulate(1.1)',
  'One = 2 to 5',
  'Two = normal(0, 3)',
  'Changing = Months * One - 4',
]

/** The operators one run of Last goes through, month by month, once Changing is there. */
function operatorsOf(text: string): readonly string[] {
  const compiled = compileModel(modelOf(`${INPUTS.join('\n')}\n${text}`, MONTHS))
  const plan = planRun(compiled, wantedRows(compiled, ['last']))
  return fuse(compiled, walkMonths(compiled, plan.block), plan.kept)
    .flatMap(({ isStepped, instructions }) => (isStepped ? instructions : []))
    .filter(({ row }) => compiled.rows[row]!.id !== 'changing')
    .map(({ operation }) => {
      if (operation.op === 'binary') return operation.code
      if (operation.op !== 'fused') return operation.op
      return `${operation.code}${operation.before > 0 ? ' before' : ''}${operation.isAdded ? ' added' : ''}`
    })
}

test.each([
  ['Last = Months * One * Two', ['product']],
  ['A = Two * (Months * One)\nLast = A * Changing', ['product']],
  ['A = Months * One * Two\nLast = A * Certain', ['product', '*']],
  ['A = Changing * One\nLast = A + Changing', ['plus product']],
  ['A = Changing * One\nLast = A + A', ['*', '+']],
  ['A = Changing * Two\nLast = A * A + Changing', ['*', 'plus product']],
  ['Last = prev(Last) + Changing', ['plus before']],
  ['Last = Changing * Two + prev(Last)', ['plus product before']],
  [
    'A = Changing + One\nB = prev(B) + A\nC = A + Two * Changing\nLast = sum(A, B, C, Changing)',
    ['+', 'plus before', '+', 'plus product added', '+'],
  ],
])('%s goes through %j', (text, operators) => {
  expect(operatorsOf(text)).toEqual(operators)
})

test('a run that needs one row alone gives the bits of one that writes every number down', () => {
  const names = ['Certain', 'Months', 'One', 'Two', 'Changing']
  const row = fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(fc.array(row, { minLength: 4, maxLength: 12 }), (rows) => {
      const known = [...names]
      const lines = rows.map(([kind, ...picks], at) => {
        const [a, b, c, d] = picks.map((pick) => known[pick % known.length]!)
        const own = `Row${at}`
        known.push(own)
        const forms = [
          `${a} * ${b} * ${c}`,
          `${a} + ${b} * ${c}`,
          `${a} * ${b} + ${c}`,
          `prev(${own}) + ${a} * ${b}`,
          `lag(${own}, 2, ${d}) + ${a}`,
          `sum(${a}, ${b}, ${c}, ${d}, ${a})`,
          `${a} * ${b} * ${c} * ${d}`,
          `${a} - ${b}`,
        ]
        return `${own} = ${forms[kind! % forms.length]!}`
      })
      const model = modelOf([...INPUTS, ...lines, `Last = sum(${known.slice(-5).join(', ')})`].join('\n'), MONTHS)
      const compiled = compileModel(model)
      const sheet = new Recalculation(model, OPTIONS)
      for (const id of ['last', `row${rows.length - 1}`, 'row2'])
        expect(runModel(compiled, { ...OPTIONS, wanted: [id] }).rows.get(id)).toEqual(sheet.rows.get(id))
    }),
    { seed: 3, numRuns: 300 },
  )
})
