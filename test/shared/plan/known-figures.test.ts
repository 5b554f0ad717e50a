import { describe, expect, test } from 'vitest'
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import type { MetricValue } from '../../../shared/metrics/index.ts'
import { compileModel, modelFromText, type RowResult, runModel } from '../../../shared/model/index.ts'
import { nanosOf } from '../../../shared/money/index.ts'
import { type ActualCell, type FigureSources, knownFigures, metricsAsked } from '../../../shared/plan/index.ts'
import { NO_OWN_PRICES, type OwnRate } from '../../../shared/prices/index.ts'
import { seedOf } from '../../../shared/quantities/index.ts'

const MONTHS = ['2026-07', '2026-08', '2026-09'] as MonthKey[]

function cell(month: string, dollars: bigint, basis: 'billed' | 'estimated' = 'billed'): ActualCell {
  const nanos = nanosOf(dollars * 1_000_000_000n)
  const own = { initiativeId: 'pilot', month: month as MonthKey, tool: 'a', currency: 'USD' }
  return { ...own, amount: `${dollars}`, nanos, basis, isBeside: basis !== 'billed' }
}

const CYCLE = { known: true, value: 30, n: 12, quality: 'exact', coverage: { hits: 1, of: 1 }, excluded: {} } as unknown
const SOURCES: FigureSources = {
  currency: 'USD',
  prices: NO_OWN_PRICES,
  initiatives: { pilot: { id: 'pilot', name: 'Agent pilot' } },
  actuals: { cells: [cell('2026-07', 700n), cell('2026-07', 50n), cell('2026-08', 800n)], unpriced: [] },
  metrics: new Map([['cycle-time', CYCLE as MetricValue]]),
}

function valueOf(formula: string, unit = '', sources = SOURCES): RowResult {
  const { model } = modelFromText(`X${unit} = ${formula}\nLine = 12`, MONTHS)
  const rows = model.rows.map((row) =>
    row.name === 'Line' ? { ...row, kind: 'budget line' as const, group: 'pilot' } : row,
  )
  const known = knownFigures(rows, MONTHS, sources)
  return runModel(compileModel({ ...model, rows, ...(known && { known }) }), { samples: 16, seed: seedOf(1) }).rows.get(
    'x',
  )!
}

function errorOf(formula: string, unit = '', sources = SOURCES): string {
  const result = valueOf(formula, unit, sources)
  return result.shape === 'error' ? `${result.error.code} ${result.error.message}` : JSON.stringify(result)
}

describe('lookup', () => {
  test('is the price of one token: $25 and $5 a million', () => {
    expect(valueOf('lookup("claude-opus-4-5", "output")')).toMatchObject({ value: 0.000025, unit: '$/tokens' })
    expect(valueOf('1M * lookup("Claude Opus 4.5")')).toMatchObject({ value: 5 })
  })

  test('own prices come first and begin in their month', () => {
    const rate: OwnRate = {
      id: 'r',
      model: 'claude-opus-4-5',
      from: '2026-08-01' as Day,
      to: null,
      currency: 'USD',
      perMillion: { output: '20' },
      longPrompts: null,
      batch: null,
      regions: {},
      note: '',
    }
    const prices = { rates: [rate], aliases: [] }
    const own = { ...SOURCES, prices }
    expect(valueOf('1M * lookup("claude-opus-4-5", "output")', '', own)).toMatchObject({ values: [25, 20, 20] })
    // The own price names no price for input: those months are unknown, not 0.
    expect(valueOf('1M * lookup("claude-opus-4-5")', '', own)).toMatchObject({ values: [5, Number.NaN, Number.NaN] })
  })

  test('refuses what it does not know, and does not convert', () => {
    expect(errorOf('lookup("claude-nonsense-99")')).toMatch(/^#NAME\? No price is known for “claude-nonsense-99”/)
    expect(errorOf('lookup("claude-opus-4-5", "thought")')).toMatch(/There are input, output, cache read/)
    expect(errorOf('lookup("claude-opus-4-5")', '', { ...SOURCES, currency: 'EUR' })).toMatch(/priced in USD, the plan/)
    expect(errorOf('lookup(3)')).toMatch(/lookup takes names/)
    expect(errorOf('lookup("claude-opus-4-5")', ' [h]')).toMatch(/^#UNIT! .*\$\/tokens/)
  })
})

describe('actual', () => {
  test('is what was spent by month; months without imports have no value', () => {
    expect(valueOf("actual('Agent pilot')")).toMatchObject({ unit: '$', values: [750, 800, Number.NaN] })
    expect(valueOf('iferror(actual(Line), 900)')).toMatchObject({ values: [750, 800, 900] })
  })

  test('a row may take its own actuals: that is no circle', () => {
    expect(valueOf('iferror(actual(Line), Line)')).toMatchObject({ values: [750, 800, 12] })
    expect(errorOf('actual(X)')).toMatch(/^#NAME\? No initiative or budget line is called “X”/)
  })

  test('usage without a price makes its month unknown, nothing imported all of them', () => {
    const unpriced = [{ tool: 'b', month: '2026-08' as MonthKey, rows: 3 }]
    const some = { ...SOURCES, actuals: { ...SOURCES.actuals!, unpriced } }
    expect(valueOf('actual(Line)', '', some)).toMatchObject({ values: [750, Number.NaN, Number.NaN] })
    const none = { ...SOURCES, actuals: null }
    expect(errorOf('actual(Line)', '', none)).toMatch(
      /^#NUM! What was spent on “Agent pilot” is not known: no spending/,
    )
    expect(errorOf('actual("Agent pilt")')).toMatch(/Did you mean 'Agent pilot'/)
    expect(errorOf('actual(Line)', ' [h]')).toMatch(/^#UNIT!/)
  })

  test('a month with cost of another kind only is unknown, not nothing; beside billed cost it is not added', () => {
    const cells = [cell('2026-07', 700n), cell('2026-07', 90n, 'estimated'), cell('2026-08', 60n, 'estimated')]
    const mixed = { ...SOURCES, actuals: { cells, unpriced: [] } }
    expect(valueOf('actual(Line)', '', mixed)).toMatchObject({ values: [700, Number.NaN, Number.NaN] })
    const tool = cells[1]!.tool
    const alsoUnpriced = { ...SOURCES, actuals: { cells, unpriced: [{ tool, month: '2026-07' as MonthKey, rows: 3 }] } }
    expect(valueOf('actual(Line)', '', alsoUnpriced)).toMatchObject({ values: [700, Number.NaN, Number.NaN] })
    const only = { ...SOURCES, actuals: { cells: cells.slice(2), unpriced: [] } }
    expect(errorOf('sum(actual(Line))', '', only)).toMatch(/only estimated, which no actual adds/)
  })
})

describe('history', () => {
  test('is what the metric came to, in its unit', () => {
    expect(valueOf('history("Cycle time") * 2')).toMatchObject({ value: 60, unit: 'h' })
    expect(errorOf('history("Cycle time") + $3')).toMatch(/^#UNIT!/)
  })

  test('an unknown metric is told, one that is not measured has no value', () => {
    expect(errorOf('history("Cycle tim")')).toMatch(
      /^#NAME\? No metric is called “Cycle tim”\. Did you mean "Cycle time"/,
    )
    expect(errorOf('history("Review time")', '', { ...SOURCES, metrics: new Map() })).toMatch(
      /^#NUM! “.*” is not known/,
    )
    expect(valueOf('iferror(history("Cycle time"), 7)', '', { ...SOURCES, metrics: new Map() })).toMatchObject({
      value: 7,
    })
  })
})

test('metrics are asked for by name and by id, whatever the letter case', () => {
  const asked = (name: string) => metricsAsked([{ formula: `2 * history("${name}")` }, { formula: 'actual(Line)' }])
  for (const name of ['Cycle time', 'cycle TIME', 'cycle-time', 'Cycle-Time'])
    expect(asked(name)).toEqual(['cycle-time'])
  expect(asked('Cycle tim')).toEqual([])
})

test('a model that was given no figures says so', () => {
  const { model } = modelFromText('X = history("Cycle time")', MONTHS)
  expect(compileModel(model).errors[0]?.message).toMatch(/is not at hand here/)
})
