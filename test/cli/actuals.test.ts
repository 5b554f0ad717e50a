import { describe, expect, test } from 'vitest'
import { actualsCommand } from '../../cli/commands/actuals.ts'
import { main } from '../../cli/main.ts'
import { makeFigureJobs } from '../../renderer/workers/figures/figure-jobs.ts'
import { Inbox } from '../../renderer/workers/parcels.ts'
import { besideActuals } from '../../shared/plan/index.ts'
import type { AttributionRule } from '../../shared/plan/index.ts'
import { formatNanos } from '../../shared/money/index.ts'
import { factReadingOf, metricSettingsOf, type Workbook, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { onDay, units } from '../support/build-facts.ts'
import { fakeIo } from '../support/fake-io.ts'
import { workbookOf } from '../support/workbook-of.ts'

const day = onDay('2026-03-02')
const base = workbookOf({
  usage: [
    { day, tool: 'Cursor', workspace: 'shop', currency: 'USD', billed: units(900) },
    { day, tool: 'Cursor', workspace: 'lab', currency: 'USD', billed: units(50) },
    { day, tool: 'OpenAI API', workspace: 'shop', model: 'gpt-5', output: 1_000_000 },
    { day, tool: 'OpenAI API', workspace: 'shop', model: 'gpt-5', output: 1_000_000, detail: 'batch' },
    { day, tool: 'Claude Code', workspace: 'lab', model: 'opus', output: 5, currency: 'USD', estimated: units(7) },
    { day, tool: 'OpenAI API', workspace: 'shop', model: 'house-model', output: 3 },
  ],
})
const rule: AttributionRule = { id: 'r', field: 'workspace', equals: 'SHOP', initiativeId: 'pilot', order: 1 }
const workbook: Workbook = {
  ...base,
  records: {
    ...base.records,
    initiatives: { pilot: { id: 'pilot', name: 'Pilot', owner: '', keyResultId: null, order: 1 } },
    attributionRules: { r: rule },
  },
}

async function run(...args: readonly string[]) {
  const world = fakeIo({ 'w.quarterdeck': writeWorkbookFile(workbook) })
  const code = await main(['actuals', 'w.quarterdeck', ...args], world.io, [actualsCommand])
  return { code, out: world.out(), err: world.err() }
}

describe('actuals', () => {
  test('are of one kind of cost, with the rest beside them and each rate named', async () => {
    const { code, out } = await run('--strict')
    expect(code).toBe(1)
    const plain = out.replaceAll(/ +/g, ' ')
    expect(plain).toContain(
      'Actual cost, billed, USD\n 2026-03 Sum\n Pilot 900.00 900.00\n Unattributed 50.00 50.00\n Sum 950.00 950.00',
    )
    expect(plain).toContain('22.00 estimated: Claude Code 7.00, OpenAI API 15.00')
    expect(plain).toMatch(
      /10\.00 USD gpt-5: price list of 23 Sep 2026, gpt-5.*: input 1\.25, .*output 10 USD per million tokens/,
    )
    expect(plain).toMatch(/5\.00 USD gpt-5: .*, as batch: /)
    expect(plain).toContain('7.00 USD opus: stated as an estimate by the export, which does not name its rates')
  })

  test('are the same on the page, rates included', async () => {
    const { out } = await run('--json')
    const told = JSON.parse(out) as {
      readonly kind: string
      readonly cells: readonly { readonly amount: string; readonly counts: boolean; readonly tool: string }[]
      readonly beside: readonly { readonly kind: string; readonly amount: string }[]
      readonly estimates: readonly { readonly amount: string; readonly by: string }[]
    }
    const inbox = new Inbox()
    const [own] = workbook.imports
    inbox.put('i1', own!.chunks)
    const jobs = makeFigureJobs(inbox)
    jobs.readAs(factReadingOf(workbook.records))
    await jobs.hold({ added: ['i1'], imports: [own!.record] })
    const settings = metricSettingsOf(workbook.records.settings['settings']!, workbook.records)
    const { actuals } = jobs.measure({ settings, rules: [rule] })
    expect(told.kind).toBe(actuals.kind)
    expect(told.cells.map(({ tool, amount, counts }) => [tool, amount, !counts])).toEqual(
      actuals.cells.map(({ tool, amount, isBeside }) => [tool, amount, isBeside]),
    )
    expect(told.beside).toEqual(
      besideActuals(actuals.cells).map(({ kind, nanos }) => ({ kind, amount: formatNanos(nanos) })),
    )
    const estimates = jobs.estimatesOfActual({ cells: actuals.cells, rules: [rule] })
    expect(estimates.map(({ nanos }) => formatNanos(nanos))).toEqual(told.estimates.map(({ amount }) => amount))
    const [first] = actuals.cells.filter(({ tool, basis }) => tool === 'OpenAI API' && basis === 'estimated')
    const { initiativeId: owner, month, currency } = first!
    const rows = jobs.spendRows({
      tool: 'OpenAI API',
      month,
      owner,
      basis: 'estimated',
      currency,
      rules: [rule],
      most: 9,
    })
    expect(rows.map(({ estimate }) => estimate)).toEqual([
      expect.stringMatching(/^price list of 23 Sep 2026, gpt-5/),
      expect.stringMatching(/, as batch$/),
    ])
  })

  test('of a month nobody imported say so, a wrong month is wrong use', async () => {
    expect((await run('--month', '2025-01')).out).toContain('Sum')
    const { code, err } = await run('--month', 'March')
    expect([code, err]).toEqual([2, expect.stringContaining('write a month like 2026-10')])
  })
})
