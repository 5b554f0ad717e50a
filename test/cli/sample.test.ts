import { expect, test } from 'vitest'
import { main } from '../../cli/main.ts'
import { sampleCommand } from '../../cli/commands/sample.ts'
import { readWorkbookFile } from '../../shared/workbook/index.ts'
import { fakeIo } from '../support/fake-io.ts'

async function run(...args: readonly string[]) {
  const world = fakeIo()
  const code = await main(['sample', ...args], world.io, [sampleCommand])
  return { code, out: world.out(), err: world.err(), written: world.written }
}

test('writes a workbook that opens, and its export files where asked', async () => {
  const { code, out, written } = await run('--out', 's.quarterdeck', '--files', 'exports')
  expect(code).toBe(0)
  expect(out).toContain('7 key results, 14 plan rows, 1 scenario')
  // Without --today the clock decides, which stands at 2026-03-30 here.
  expect(out).toContain('up to 2026-03-30')
  const workbook = readWorkbookFile(written.get('s.quarterdeck')!)
  expect(workbook.ok && workbook.value.records.settings['settings']).toMatchObject({
    isSample: true,
    quarterStart: '2026-01',
  })
  expect([...written.keys()].filter((path) => path.startsWith('exports/')).length).toBe(
    workbook.ok ? workbook.value.imports.length : -1,
  )
}, 60_000)

test('wrong usage', async () => {
  for (const [args, sentence] of [
    [[], 'Name the workbook with --out'],
    [['--out', 'x', '--seed', 'one'], '--seed one: a whole number from 0'],
    [['--out', 'x', '--today', '2026-02-30'], '--today 2026-02-30: not a day'],
  ] as const) {
    const { code, err, written } = await run(...args)
    expect([code, written.size]).toEqual([2, 0])
    expect(err).toContain(sentence)
  }
})
