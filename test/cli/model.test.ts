import { describe, expect, test } from 'vitest'
import { modelCommand } from '../../cli/commands/model.ts'
import { UsageError } from '../../cli/command.ts'
import { fakeIo } from '../support/fake-io.ts'

async function run(text: string, ...args: string[]) {
  const host = fakeIo({ 'm.txt': new TextEncoder().encode(text) })
  const code = await modelCommand.run(['m.txt', ...args], host.io)
  return { code, out: host.out(), err: host.err() }
}

async function json(text: string, ...args: string[]) {
  const { code, out } = await run(text, '--json', '--samples', '2048', '--months', '2026-10..2026-12', ...args)
  return { code, ...JSON.parse(out) }
}

const EXAMPLE = `
Services              = 100
'Tokens per service'  = 12M to 70M                 -- P10..P90, lognormal (both > 0)
'Review minutes'      = 25 to 120 at 90%           -- P5..P95 when stated
Acceptance            = 65% to 80%                 -- percent: logit-normal, never above 100%
'Pilot success'       = 180 of 250                 -- Beta from counts (Jeffreys)
Arrivals = 30 to 50
Capacity = 38
Deployed = 10
'Hours saved' [h] = 0.1 to 1
Rate [$/h] = 95 to 130
'Go-live' = 2026-11
'Change failure rate' = 2% to 7%
Cost [$] = $20k to $60k
Net [$] = if(month = first(month), -Cost, 30k)
Tokens                = each(Services, 'Tokens per service')             -- independent draws, summed
'Tokens shared'       = each(Services, 'Tokens per service', share: 30%) -- with a common factor
Backlog               = max(0, prev(Backlog) + Arrivals - Capacity)
Savings               = if(month >= 'Go-live', Deployed * 'Hours saved' * Rate, 0)
Incidents             = poisson(Deployed * 'Change failure rate')
NPV                   = npv(10%/12, Net)       Payback = payback(cumulate(Net))
Odds                  = p(Payback < 4 quarters)    'P90 cost' = p90(Cost)
'Review minutes' ~ 'Tokens per service' : 0.6      -- rank correlation
`

describe('quarterdeck model', () => {
  test('--sobol: what each range has of the spread of a row, alone and together', async () => {
    const text = 'A = uniform(-1, 1)\nB = uniform(-1, 1)\nIdle = 1 to 2\nX = A * B + 0 * Idle\nBy = X * month(month)'
    const { sobol } = await json(text, '--sobol', 'x')
    expect(sobol).toMatchObject({ of: 'X', samples: 2048, runs: 5 })
    expect(sobol.inputs.map(({ name }: { name: string }) => name).sort()).toEqual(['A', 'B', 'Idle'])
    const [first] = sobol.inputs
    expect(first.total).toBeGreaterThan(0.8)
    expect(first.alone).toBeLessThan(0.15)
    expect(sobol.inputs[2]).toEqual({ name: 'Idle', alone: 0, total: 0 })
    const { out } = await run(text, '--sobol', 'X', '--samples', '2048')
    expect(out).toContain('Shares of the spread of X (Sobol, 5 runs of 2,048 samples)')
    await expect(run(text, '--sobol', 'Xx')).rejects.toThrow('The nearest is “X”')
    await expect(run(text, '--sobol', 'By')).rejects.toThrow('no spread of its own')
  })

  test('the four shapes of a row in JSON', async () => {
    const result = await json(`
      Price = 5
      Month = cumulate(2)
      Cost [$] = 10 to 20
      Run = Cost * Month
      Odds = p(Cost < 15)
      Start = 2026-12
      Lost = if(Cost < 15, 1 / 0, Cost)`)
    const rows = Object.fromEntries(result.rows.map((row: { name: string }) => [row.name, row]))
    expect(result).toMatchObject({
      code: 0,
      samples: 2048,
      seed: 1,
      months: ['2026-10', '2026-11', '2026-12'],
      errors: [],
    })
    expect(rows.Price).toEqual({ name: 'Price', unit: '', values: 5 })
    expect(rows.Month).toEqual({ name: 'Month', unit: '', values: [2, 4, 6] })
    expect(Object.keys(rows.Cost)).toEqual(['name', 'unit', 'p10', 'p50', 'p90', 'mean', 'sd', 'undefined'])
    expect(rows.Cost.unit).toBe('$')
    expect(rows.Cost.p90).toBeCloseTo(20, 1)
    expect(rows.Run.p50).toHaveLength(3)
    expect(rows.Run.undefined).toEqual([0, 0, 0])
    expect(rows.Odds.values).toBeCloseTo(0.6, 1)
    expect(rows.Start).toMatchObject({ unit: 'month', values: '2026-12' })
    expect(rows.Lost.undefined).toBeGreaterThan(1000)
    expect(result.notes.join()).toMatch(/“Lost”: .* of 2,048 samples have no value/)
  })

  test('errors tell row, code, message and place, each cause once; the rest runs', async () => {
    const result = await json('A = 1 + Nme\nB = A * 2\nwhat is this\nC = 1 / 0\nD = 5\nE = 1 +', '--strict')
    expect(result.code).toBe(1)
    expect(
      result.errors.map(({ row, code, place }: { row: string; code: string; place: { line: number } }) => [
        row,
        code,
        place.line,
      ]),
    ).toEqual([
      ['A', '#NAME?', 1],
      ['', '#SYNTAX!', 3],
      ['C', '#DIV/0!', 4],
      ['E', '#SYNTAX!', 6],
    ])
    expect(result.errors[0].place).toEqual({ line: 1, from: 4, to: 7 })
    expect(result.rows.map((row: { name: string; error?: { code: string } }) => [row.name, row.error?.code])).toEqual([
      ['A', '#NAME?'],
      ['B', '#NAME?'],
      ['C', '#DIV/0!'],
      ['D', undefined],
      ['E', '#SYNTAX!'],
    ])
  })

  test('the example of the language runs without an error, and twice the same', async () => {
    const result = await json(EXAMPLE, '--seed', '7')
    expect(result.errors).toEqual([])
    expect(result.rows).toHaveLength(23)
    expect(await json(EXAMPLE, '--seed', '7')).toEqual(result)
    expect(await json(EXAMPLE, '--seed', '8')).not.toEqual(result)
  }, 60_000)

  test('prices are at hand, what only a workbook knows has no value and says so', async () => {
    const { rows, errors } = await json(`
      Tokens [tokens] = 40M
      Cost [$] = Tokens * lookup("claude-opus-4-5", "output")
      Now = history("Cycle time")`)
    expect(rows[1].values).toBeCloseTo(1000, 9)
    expect(errors).toMatchObject([{ row: 'Now', code: '#NUM!', place: { line: 4, from: 0, to: 21 } }])
  })

  test('--exact adds up each() draw by draw; otherwise one step is taken and said', async () => {
    const text = 'X = each(100, 12 to 70)'
    const [short, exact] = [await json(text), await json(text, '--exact')]
    expect(short.notes.join()).toMatch(/one step/)
    expect(exact.notes).toEqual([])
    expect(short.rows[0].p50 / exact.rows[0].p50).toBeCloseTo(1, 2)
    expect(short.rows[0].p50).not.toBe(exact.rows[0].p50)
  })

  test('a table for people', async () => {
    const { code, out, err } = await run(
      'Acceptance = 65% to 80%\nMonth = cumulate(2)\nBad = Nme',
      '--months',
      '2026-10..2026-12',
    )
    expect(code).toBe(0)
    expect(out).toMatch(
      /^Row +Unit +P10 +P50 +P90 +Mean +No value\nAcceptance +% +65(\.\d+)?% +73\.\d+% +80(\.\d+)?% +72\.\d+%\nBad +#NAME\?\n\nRow +Unit +2026-10 +2026-11 +2026-12\nMonth +2 +4 +6$/,
    )
    expect(err).toMatch(/^Line 3, Bad: #NAME\? No row is called “Nme”/)
  })

  test.each([
    ['', 3, /no rows were found/],
    ['hello', 3, /Line 1: #SYNTAX! “hello” is not a row/],
    ['A = 1 +', 3, /Line 1, A: #SYNTAX!/],
    ['A = B', 0, /#NAME\?/],
  ])('%j ends with %d', async (text, expected, message) => {
    const { code, err } = await run(text)
    expect(code).toBe(expected)
    expect(err).toMatch(message)
  })

  test('twelve months from the clock’s month when none are named', async () => {
    const { out } = await run('A = 1', '--json', '--samples', '1')
    expect(JSON.parse(out).months).toEqual([
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-10',
      '2026-11',
      '2026-12',
      '2027-01',
      '2027-02',
    ])
  })

  test.each([
    [['--samples', '0'], /--samples 0: a whole number from 1 to 1,000,000/],
    [['--samples', '1e3'], /--samples 1e3/],
    [['--seed=-1'], /--seed -1/],
    [['--months', '2026-13..2027-01'], /two months are wanted/],
    [['--months', '2027-01..2026-01'], /before the first/],
    [['--months', '1900-01..2100-01'], /at most 600/],
    [['other.txt'], /one file is read/],
  ])('%j is wrong usage', async (args, message) => {
    const host = fakeIo({ 'm.txt': new Uint8Array() })
    await expect(modelCommand.run(['m.txt', ...args], host.io)).rejects.toThrow(message)
    await expect(modelCommand.run([], host.io)).rejects.toThrow(UsageError)
  })
})
