import { beforeAll, expect, test } from 'vitest'
import { pricesCommand } from '../../cli/commands/prices.ts'
import { main } from '../../cli/main.ts'
import { readWorkbookFile } from '../../shared/workbook/index.ts'
import { fakeIo } from '../support/fake-io.ts'
import { sampleBytes } from '../support/sample-bytes.ts'

let bytes: Uint8Array
beforeAll(async () => {
  bytes = await sampleBytes()
}, 60_000)

async function run(...args: readonly string[]) {
  const world = fakeIo({ 'w.quarterdeck': bytes })
  const code = await main(['prices', 'w.quarterdeck', ...args], world.io, [pricesCommand])
  return { code, out: world.out(), err: world.err(), written: world.written }
}

test('tells the rate and day of every estimate, and what waits for a price', async () => {
  const { code, out } = await run('--strict')
  expect(code).toBe(1)
  expect(out).toMatch(
    /OpenAI API, gpt-5\.1-2025-11-13: [\d.]+ USD, \d+ rows, \d+ tokens\n +price list of 23 Sep 2026, gpt-5\.1/,
  )
  expect(out).toContain('input 1.25, cache read 0.125, output 10 USD per million tokens')
  expect(out).toMatch(/Waiting for a price:\n {2}OpenAI API, ft:gpt-5-mini\S+: \d+ rows, \d+ tokens; no rate known/)
})

test('tells what a rate would change before it is kept, and keeps it only where told', async () => {
  const rate = 'model=ft:gpt-5-mini-2025-08-07:nordhavn::claims3,input=0.5,read=0.05,output=4,note=Contract'
  const preview = await run('--rate', rate, '--json')
  const told = JSON.parse(preview.out) as { changes: readonly Record<string, unknown>[]; unpriced: unknown[] }
  expect(told.changes).toHaveLength(1)
  expect(told.changes[0]).toMatchObject({
    before: { cost: null, rate: null },
    after: { unpricedRows: 0, currency: 'USD' },
  })
  expect([told.unpriced, preview.written.size]).toEqual([[], 1])
  const kept = await run('--rate', rate, '--out', 'priced.quarterdeck', '--strict')
  expect(kept.code).toBe(0)
  const workbook = readWorkbookFile(kept.written.get('priced.quarterdeck')!)
  expect(workbook.ok && Object.values(workbook.value.records.rates)).toMatchObject([{ note: 'Contract', batch: null }])
})

test('an alias gives a name its price', async () => {
  const { out } = await run('--alias', 'ft:gpt-5-mini-2025-08-07:nordhavn::claims3=gpt-5-mini')
  expect(out).toMatch(/Would change:\n {2}OpenAI API, ft:\S+: \d+ rows, unpriced to [\d.]+ USD/)
})

test.each([
  [['--rate', 'input=3'], 'which model'],
  [['--rate', 'model=x'], 'has no price'],
  [['--rate', 'model=x,input=-3'], 'not a plain decimal number'],
  [['--rate', 'model=x,input=3,colour=red'], 'colour is not known here'],
  [['--rate', 'model=x,input=3,from=May'], 'not a day'],
  [['--alias', 'x'], 'not NAME=VALUE'],
  [['--out', 'y'], 'name one with --rate'],
] as const)('%j is wrong usage', async (args, sentence) => {
  const { code, err } = await run(...args)
  expect([code, err.includes(sentence)]).toEqual([2, true])
})
