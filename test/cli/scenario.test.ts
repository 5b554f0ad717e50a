import { beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../cli/main.ts'
import { scenarioCommand } from '../../cli/commands/scenario.ts'
import type { MonthKey } from '../../shared/calendar/index.ts'
import { scenarioFromTemplate, templateById } from '../../shared/templates/index.ts'
import { readWorkbookFile, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { fakeIo } from '../support/fake-io.ts'
import { sampleBytes } from '../support/sample-bytes.ts'

let bytes: Uint8Array
beforeAll(async () => {
  bytes = await sampleBytes()
}, 60_000)

async function run(...args: readonly string[]) {
  const world = fakeIo({ 'w.quarterdeck': bytes })
  const code = await main(['scenario', ...args], world.io, [scenarioCommand])
  return { code, out: world.out(), err: world.err() }
}

const FAST = ['w.quarterdeck', '--template', 'refactor-services', '--samples', '512', '--set', 'Services=30']

describe('scenario', () => {
  test('as text: cost, odds, key results, drivers, assumptions with evidence', async () => {
    const { code, out } = await run(...FAST)
    expect(code).toBe(0)
    for (const part of [
      'All-in cost',
      'NPV is above zero in',
      'Cycle time 30% shorter',
      'What drives the spread',
      'your data, n = ',
      '512 runs, seed 1',
    ]) {
      expect(out).toContain(part)
    }
  })

  test('formulas draw on the imported history', async () => {
    const { code, out } = await run(...FAST, '--json', '--set', "Reviews a month=from('Weeks'.merged) * 4")
    expect(code).toBe(0)
    const { notes, assumptions } = JSON.parse(out)
    expect(assumptions.some(({ formula }: { formula: string }) => formula.includes('from('))).toBe(true)
    expect(notes.join(' ')).toContain("“Reviews a month” draws on 'Weeks'.merged: ")
    const { code: refused, err } = await run(...FAST, '--set', "Reviews a month=from('Weks'.merged)")
    expect(refused).toBe(2)
    expect(err).toContain('Did you mean Weeks?')
  })

  test('--sobol tells what each input has of the spread, alone and in all', async () => {
    const { code, out } = await run(...FAST, '--sobol', '--json')
    expect(code).toBe(0)
    const { sobol, drawnInputs, drivers } = JSON.parse(out)
    expect(sobol).toMatchObject({ samples: 512, runs: drawnInputs + 2 })
    expect(sobol.of).toMatch(/NPV/i)
    const names = sobol.inputs.map(({ name }: { name: string }) => name)
    expect(names.slice(0, 4)).toContain(drivers[0].name)
    expect((await run(...FAST, '--sobol')).out).toContain('Shares of the spread of ')
  })

  test('--sobol says where nothing varies', async () => {
    const read = readWorkbookFile(bytes)
    if (!read.ok) throw new Error('unreadable')
    const { records, imports } = read.value
    const plain = scenarioFromTemplate(templateById('refactor-services')!, {
      id: 'plain',
      history: new Map(),
      startMonth: '2026-12' as MonthKey,
      samples: 256,
    })
    const scenarios = { plain: { ...plain, rows: [], sets: {} } }
    const world = fakeIo({ 'plain.quarterdeck': writeWorkbookFile({ records: { ...records, scenarios }, imports }) })
    const ask = ['scenario', 'plain.quarterdeck', '--scenario', 'plain', '--sobol']
    expect(await main(ask, world.io, [scenarioCommand])).toBe(0)
    expect(world.out()).toContain('There are no shares of the spread: nothing behind NPV or the cost varies.')
    const json = fakeIo({ 'plain.quarterdeck': await world.io.readFile('plain.quarterdeck') })
    expect(await main([...ask, '--json'], json.io, [scenarioCommand])).toBe(0)
    expect(JSON.parse(json.out())).toMatchObject({ sobol: null })
  })

  test('beside the baseline and another template, paired by sample', async () => {
    const { code, out } = await run(...FAST, '--against', 'baseline', '--json')
    expect(code).toBe(0)
    const { comparison, allIn } = JSON.parse(out)
    expect(comparison.numbers[0]).toMatchObject({ name: 'All-in cost', difference: allIn, better: 0 })
    expect((await run(...FAST, '--against', 'refactor-services')).out).toMatch(
      /Less “Refactor N services[^”]*”, run by run/,
    )
    expect((await run(...FAST, '--against', 'nothing')).code).toBe(2)
  })

  test('seeks the largest value of a row with which a condition holds', async () => {
    const seek = ['--seek', 'Services', '--between', '1..1000', '--so-that', "'All-in cost' < 20000", '--json']
    const { code, out } = await run(...FAST, ...seek)
    expect(code).toBe(0)
    const { sought } = JSON.parse(out)
    expect(sought).toMatchObject({ found: true })
    expect(sought.value).toBeGreaterThan(1)
    expect(sought.value).toBeLessThan(1000)
    const { code: refused, err } = await run(...FAST, '--seek', 'Services')
    for (const odds of ['80', '80.0 %']) expect((await run(...FAST, ...seek, '--odds', odds)).out).toBe(out)
    const share = await run(...FAST, ...seek, '--odds', '0.8')
    expect([share.code, share.err]).toEqual([
      2,
      expect.stringMatching(/is it 0\.8% or 80%\? Write it with the percent/),
    ])
    for (const odds of ['0', '100%', 'often', '']) expect((await run(...FAST, ...seek, '--odds', odds)).code).toBe(2)
    expect(refused).toBe(2)
    expect(err).toContain('--between 1..1000')
  })

  test('as JSON: the whole outcome, the same for the same seed', async () => {
    const [a, b, c] = [
      await run(...FAST, '--json'),
      await run(...FAST, '--json'),
      await run(...FAST, '--json', '--seed', '2'),
    ]
    expect(a.out).toBe(b.out)
    expect(a.out).not.toBe(c.out)
    const outcome = JSON.parse(a.out)
    expect(outcome).toMatchObject({ template: 'refactor-services', samples: 512, seed: 1, currency: 'USD' })
    expect(outcome.allIn.p10).toBeLessThan(outcome.allIn.p90)
    expect(outcome.keyResults).toHaveLength(7)
    expect(outcome.assumptions.find(({ name }: { name: string }) => name === 'Services')).toMatchObject({
      formula: '30',
      evidence: { kind: 'entered' },
    })
  })

  test('a kept scenario of the workbook', async () => {
    const { code, out } = await run(
      'w.quarterdeck',
      '--scenario',
      'scenario-refactor-services',
      '--samples',
      '128',
      '--set',
      'Services=10',
    )
    expect([code, out.split('\n')[0]]).toEqual([0, expect.stringContaining('128 runs')])
  })

  const refused: readonly (readonly [string, readonly string[], string])[] = [
    ['neither template nor scenario', ['w.quarterdeck'], 'Which what-if?'],
    [
      'an unknown template',
      ['w.quarterdeck', '--template', 'nope'],
      'nope: not a template. Known are: refactor-services',
    ],
    ['an unknown scenario', ['w.quarterdeck', '--scenario', 'nope'], 'Known are: scenario-refactor-services'],
    ['an unknown row', [...FAST, '--set', 'Servcies=3'], 'The nearest name is “Services”.'],
    ['a set without a formula', [...FAST, '--set', 'Services'], 'a name and a formula with an equals sign'],
    ['a broken formula', [...FAST, '--set', 'Services=3 *'], 'wanted a formula'],
    [
      'a wrong number of samples',
      ['w.quarterdeck', '--template', 'price-cut', '--samples', '0'],
      '--samples 0: a whole number from 1',
    ],
  ]
  for (const [what, args, sentence] of refused) {
    test(`${what} is wrong usage: exit code 2 and a sentence`, async () => {
      const { code, out, err } = await run(...args)
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain(sentence)
    })
  }

  test('a workbook that is not there: exit code 3', async () => {
    expect((await run('no.quarterdeck', '--template', 'price-cut')).code).toBe(3)
  })
})
