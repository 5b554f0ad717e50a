import { beforeAll, describe, expect, test } from 'vitest'
import type { Day, MonthKey } from '../../../shared/calendar/index.ts'
import { eachFact, type FactSet, resolveFacts } from '../../../shared/facts/index.ts'
import { asOfFacts, measureWall, type WallContext } from '../../../shared/metrics/index.ts'
import { compileModel, runModel } from '../../../shared/model/index.ts'
import { actualsOf, budgetLines, planModel, planTotals, sumActuals } from '../../../shared/plan/index.ts'
import { toUnits } from '../../../shared/money/index.ts'
import { instantOf, seedOf } from '../../../shared/quantities/index.ts'
import { makeSampleFiles, makeSampleWorkbook } from '../../../shared/sample/index.ts'
import { fitTemplate, learnHistory, templateById } from '../../../shared/templates/index.ts'
import { type Workbook, writeWorkbookFile } from '../../../shared/workbook/index.ts'

const TODAY = '2026-11-20' as Day
const PRICES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  'claude-opus-5': [5, 6.25, 0.5, 25],
  'claude-sonnet-5': [2, 2.5, 0.2, 10],
}

describe('files (seed 1)', () => {
  const files = makeSampleFiles({ seed: 1, today: TODAY })
  const linesOf = (part: string) =>
    files
      .find(({ name }) => name.includes(part))!
      .text.trim()
      .split('\n')

  test('same seed and day, same bytes; another seed or day, another company', () => {
    expect(makeSampleFiles({ seed: 1, today: TODAY })).toEqual(files)
    expect(makeSampleFiles({ seed: 2, today: TODAY })).not.toEqual(files)
    expect(makeSampleFiles({ seed: 1, today: '2026-11-19' as Day })).not.toEqual(files)
  })

  test('tokens at list prices are the cost file, cent by cent', () => {
    const cents = new Map<string, number>()
    for (const line of linesOf('api_cost').slice(1)) {
      const [day, model, workspace, , , , type, amount] = line.split(',')
      cents.set(
        [day, model!.toLowerCase().replaceAll(' ', '-'), workspace, type].join('|'),
        Math.round(Number(amount) * 100),
      )
    }
    let checked = 0
    for (const line of linesOf('api_tokens').slice(1)) {
      const [day, model, , workspace, , , fresh, write, , read, output] = line.split(',')
      const [input, writePrice, readPrice, outputPrice] = PRICES[model!]!
      for (const [type, count, price] of [
        ['input_no_cache', fresh, input],
        ['input_cache_write_5m', write, writePrice],
        ['input_cache_read', read, readPrice],
        ['output', output, outputPrice],
      ] as const) {
        checked++
        expect(cents.get([day, model, workspace, type].join('|'))).toBe(
          Math.round((Number(count) * price) / 1e4 + 1e-7),
        )
      }
    }
    expect(checked).toBe(cents.size)
  })

  test('merges of the pull request files are landings of the git files', () => {
    for (const { name, text } of files.filter((file) => file.name.startsWith('gh-pr-list'))) {
      const log = files.find(
        (file) => file.name === name.replace('gh-pr-list', 'quarterdeck').replace('json', 'txt'),
      )!.text
      const merged = (JSON.parse(text) as { mergeCommit: { oid: string } | null }[]).flatMap(
        ({ mergeCommit }) => mergeCommit?.oid ?? [],
      )
      expect(merged.length).toBeGreaterThan(250)
      for (const sha of merged) expect(log).toContain(`QD1\u001f${sha}`)
    }
  })
})

describe('workbook (seed 1)', () => {
  let workbook: Workbook
  let facts: FactSet
  let context: WallContext
  beforeAll(async () => {
    workbook = await makeSampleWorkbook({ seed: 1, today: TODAY, now: instantOf(1_795_000_000_000) })
    facts = resolveFacts(
      workbook.imports.flatMap(({ chunks }) => chunks),
      workbook.imports.map(({ record }) => record),
    )
    context = { facts, settings: workbook.records.settings['settings']!, asOf: asOfFacts(facts) }
  }, 60_000)

  test('every row of every file is taken over, nothing is kept aside, the data ends today', () => {
    for (const { record } of workbook.imports)
      expect(record.counts, record.fileName).toMatchObject({ changed: 0, duplicate: 0, keptAside: 0 })
    expect(context.asOf).toBe(TODAY)
    expect(workbook.records.settings['settings']).toMatchObject({
      isSample: true,
      currency: 'USD',
      quarterStart: '2026-10',
    })
    expect(writeWorkbookFile(workbook).length).toBeLessThan(5_000_000)
  })

  test('all five numbers are known, and the story is the one of teams that hand work to agents', () => {
    const wall = measureWall(context, { weeks: 24 })
    const mean = (metric: string, part: 'early' | 'late') => {
      const weeks = wall.numbers
        .find(({ metricId }) => metricId === metric)!
        .weeks.flatMap(({ value }) => (value.known ? [value.value] : []))
      const half = part === 'early' ? weeks.slice(0, 8) : weeks.slice(-8)
      return half.reduce((sum, value) => sum + value, 0) / half.length
    }
    for (const { name, current } of wall.numbers) expect(current.known, name).toBe(true)
    for (const metric of ['cycle-time', 'rework-rate', 'wait-state-ratio', 'token-cost-per-shipped-feature']) {
      expect(mean(metric, 'late'), metric).toBeGreaterThan(mean(metric, 'early'))
    }
    const marked = [...eachFact(facts.pullRequest)].filter(({ agent }) => agent !== null).length
    expect(marked / facts.pullRequest.rows).toBeGreaterThan(0.3)
    expect(marked / facts.pullRequest.rows).toBeLessThan(0.6)
  })

  test('spend rises, most of it belongs to an initiative, the rest shows', () => {
    const rules = Object.values(workbook.records.attributionRules)
    const { cells, unpriced } = actualsOf(facts, rules, { currency: 'USD' })
    const month = (key: string) => toUnits(sumActuals(cells, (cell) => cell.month === key))
    expect(month('2026-10')).toBeGreaterThan(1.5 * month('2026-06'))
    const unattributed =
      toUnits(sumActuals(cells, ({ initiativeId }) => initiativeId === null)) / toUnits(sumActuals(cells))
    expect(unattributed).toBeGreaterThan(0.01)
    expect(unattributed).toBeLessThan(0.15)
    for (const { initiativeId } of cells)
      if (initiativeId !== null) expect(workbook.records.initiatives[initiativeId]).toBeDefined()
    // A tool without a price list is unpriced or estimated, never free.
    expect(unpriced.length > 0 || cells.some(({ tool, basis }) => tool === 'OpenAI API' && basis === 'estimated')).toBe(
      true,
    )
  })

  test('every record hangs on another that exists, and the budget can be computed', () => {
    const { objectives, keyResults, initiatives, rows, attributionRules } = workbook.records
    for (const { objectiveId } of Object.values(keyResults)) expect(objectives[objectiveId]).toBeDefined()
    for (const { keyResultId } of Object.values(initiatives)) expect(keyResults[keyResultId!]).toBeDefined()
    for (const { initiativeId } of Object.values(attributionRules)) expect(initiatives[initiativeId]).toBeDefined()
    const months = ['2026-10', '2026-11', '2026-12'] as MonthKey[]
    const run = runModel(compileModel(planModel({ rows }, months)), { samples: 256, seed: seedOf(1) })
    const totals = planTotals(budgetLines({ rows }), run.rows, months)
    expect(totals.leftOut).toEqual([])
    expect(toUnits(totals.total)).toBeGreaterThan(50_000)
    expect(toUnits(totals.total)).toBeLessThan(150_000)
  })

  test('the template learns its drivers from it', () => {
    const rows = fitTemplate(templateById('refactor-services')!, learnHistory({ ...context, asOf: TODAY }))
    const own = rows.filter(({ evidence }) => evidence.kind === 'your data').map(({ name }) => name)
    expect(own).toEqual([
      'Token cost per attempt',
      'Success per attempt',
      'Reviews a month',
      'Rework share',
      'Incident hours',
      'Changes a month',
      'Deployments a month',
      'Features a month',
    ])
    const values = rows.flatMap(({ name, evidence }) =>
      evidence.kind === 'your data' && evidence.values ? [[name, evidence.values] as const] : [],
    )
    expect(values.map(([name]) => name)).toEqual(own.filter((name) => name !== 'Token cost per attempt'))
    for (const [name, own] of values) {
      expect(own.length, name).toBeLessThanOrEqual(200)
      expect(
        [...own].sort((a, b) => a - b),
        name,
      ).toEqual(own)
    }
  })

  test('same seed, same workbook, byte for byte', async () => {
    const again = await makeSampleWorkbook({ seed: 1, today: TODAY, now: instantOf(1_795_000_000_000) })
    expect(Buffer.compare(writeWorkbookFile(again), writeWorkbookFile(workbook))).toBe(0)
  }, 60_000)
})
