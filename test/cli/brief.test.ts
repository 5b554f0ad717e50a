import { beforeAll, expect, test } from 'vitest'
import { main } from '../../cli/main.ts'
import { briefCommand } from '../../cli/commands/brief.ts'
import { readWorkbookFile, writeWorkbookFile } from '../../shared/workbook/index.ts'
import { fakeIo } from '../support/fake-io.ts'
import { sampleBytes } from '../support/sample-bytes.ts'

let bytes: Uint8Array
beforeAll(async () => {
  const sample = readWorkbookFile(await sampleBytes())
  if (!sample.ok) throw new Error('sample does not open')
  const { records, imports } = sample.value
  const scenario = { ...Object.values(records.scenarios)[0]!, samples: 256, sets: { Services: '30' } }
  bytes = writeWorkbookFile({ records: { ...records, scenarios: { [scenario.id]: scenario } }, imports })
}, 60_000)

async function run(...args: readonly string[]) {
  const world = fakeIo({ 'w.quarterdeck': bytes })
  const code = await main(['brief', ...args], world.io, [briefCommand])
  return {
    code,
    out: world.out(),
    err: world.err(),
    text: (path: string) => new TextDecoder().decode(world.written.get(path)),
  }
}

test('writes the page: every section, the period of the imports, what is unattributed', async () => {
  const { code, text } = await run('w.quarterdeck', '--out', 'b.html')
  expect(code).toBe(0)
  const html = text('b.html')
  expect(html.startsWith('<!doctype html>')).toBe(true)
  for (const part of [
    'Decision and ask',
    'Sign-off',
    '25 imports cover 23 May to 20 Nov 2026',
    'is unattributed',
    'Sample workbook',
  ]) {
    expect(html).toContain(part)
  }
})

test('writes text where the name ends so', async () => {
  const { text } = await run('w.quarterdeck', '--out', 'b.txt', '--scenario', 'scenario-refactor-services')
  expect(text('b.txt')).toContain('DECISION AND ASK')
})

test('wrong usage', async () => {
  for (const [args, sentence] of [
    [['w.quarterdeck'], 'Name the file with --out'],
    [
      ['w.quarterdeck', '--out', 'b.html', '--scenario', 'x'],
      'x: not a scenario of this workbook. Known are: scenario-refactor-services',
    ],
  ] as const) {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  }
})
