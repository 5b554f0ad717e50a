import { describe, expect, test } from 'vitest'
import { wallCommand } from '../../cli/commands/wall.ts'
import { UsageError } from '../../cli/command.ts'
import { writeWorkbookFile } from '../../shared/workbook/index.ts'
import type { FactRows } from '../support/build-facts.ts'
import { fakeIo } from '../support/fake-io.ts'
import { smallTeam } from '../support/small-team.ts'
import { workbookOf } from '../support/workbook-of.ts'

async function run(args: readonly string[], rows: FactRows) {
  const host = fakeIo({ 'team.quarterdeck': writeWorkbookFile(workbookOf(rows)) })
  const code = await wallCommand.run(args, host.io)
  return { code, out: host.out(), err: host.err() }
}

describe('quarterdeck wall', () => {
  test('rows: what moved each number, the changes behind it and the waste', async () => {
    const { out } = await run(['team.quarterdeck', '--json', '--rows'], smallTeam())
    const [cycle, , , cost] = JSON.parse(out).numbers
    expect(cycle.behind.rows[0]).toMatchObject({ file: 'team.csv', part: 10 })
    expect(cycle.behind.splits.map(({ name }: { name: string }) => name)).toContain('Stage')
    expect(cost.behind.waste.lines.length).toBeGreaterThan(4)
    const { out: text } = await run(['team.quarterdeck', '--rows'], smallTeam())
    expect(text).toContain('where money went to waste')
    expect(text).toMatch(/Sessions that came to no change +– {2}unknown: no usage names a session/)
  })

  test('JSON: five numbers, thirteen weeks each, unknown with code and sentence', async () => {
    const { code, out, err } = await run(['team.quarterdeck', '--json'], smallTeam())
    const wall = JSON.parse(out)
    expect([code, err]).toEqual([0, ''])
    expect(Object.keys(wall)).toEqual(['asOf', 'zone', 'currency', 'illusion', 'numbers'])
    expect(wall.numbers.map(({ metric }: { metric: string }) => metric)).toEqual([
      'cycle-time',
      'rework-rate',
      'wait-state-ratio',
      'token-cost-per-shipped-feature',
      'ai-change-acceptance',
    ])
    const [cycle] = wall.numbers
    expect(cycle.weeks).toHaveLength(13)
    expect(cycle.current).toEqual({
      known: true,
      value: 10,
      n: cycle.current.n,
      quality: 'exact',
      coverage: 1,
      excluded: {},
      interval: null,
      quantiles: { p75: 10, p90: 10 },
      note: null,
    })
    expect(cycle.change).toEqual({ change: 0, low: 0, high: 0, isNoise: true })
    const late = wall.numbers[4].weeks[12]
    expect(late).toEqual({
      week: late.week,
      known: false,
      code: 'metrics/not-yet',
      message: expect.stringContaining('wanted'),
    })
  })

  test('text tells the value, its standing and what is missing', async () => {
    const { out } = await run(['team.quarterdeck'], { pullRequest: smallTeam().pullRequest })
    expect(out).toContain('Cycle time')
    expect(out).toContain('6.0 h proxy')
    expect(out).toContain('no deployments are imported')
    expect(out).toContain('Import the git history')
  })

  test('--strict: 1 when one of the five is unknown, else 0', async () => {
    expect((await run(['team.quarterdeck', '--strict'], smallTeam())).code).toBe(0)
    expect((await run(['team.quarterdeck', '--strict'], { usage: smallTeam().usage })).code).toBe(1)
    expect((await run(['team.quarterdeck'], { usage: smallTeam().usage })).code).toBe(0)
  })

  test('an empty workbook is five unknowns, not five zeros', async () => {
    const { code, out } = await run(['team.quarterdeck', '--json'], {})
    const wall = JSON.parse(out)
    expect([code, wall.asOf]).toEqual([0, null])
    for (const { current } of wall.numbers) expect(current.code).toBe('metrics/nothing-imported')
  })

  test('a file that is no workbook: 3, a sentence on stderr, nothing on stdout', async () => {
    const host = fakeIo({ 'x.csv': new TextEncoder().encode('a,b\n1,2\n') })
    expect(await wallCommand.run(['x.csv', '--json'], host.io)).toBe(3)
    expect(host.out()).toBe('')
    expect(host.err()).toMatch(/^x\.csv: /)
  })

  test('wrong usage', async () => {
    const { io } = fakeIo()
    await expect(wallCommand.run([], io)).rejects.toThrow(UsageError)
    await expect(wallCommand.run(['a', 'b'], io)).rejects.toThrow(UsageError)
    await expect(wallCommand.run(['a', '--nonsense'], io)).rejects.toMatchObject({
      code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION',
    })
  })
})
