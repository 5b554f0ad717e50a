import { expect, type Page, test } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { rendererConfig } from '../../build/bundles.mjs'
import { serve } from '../../build/server.mjs'
import { contextOf } from '../../cli/open-workbook.ts'
import { scenarioQuestion } from '../../cli/run-workbook-scenario.ts'
import type { ScenarioWish } from '../../renderer/workers/model/model-jobs.ts'
import { compileModel, samplePart } from '../../shared/model/index.ts'
import { prepareScenario, type ScenarioQuestion } from '../../shared/scenario/index.ts'
import { readWorkbookFile } from '../../shared/workbook/index.ts'
import { digestOf } from '../fixtures/scenario-pool/digest.ts'
import type { PoolPage } from '../fixtures/scenario-pool/main.ts'

/*
 * One worker, several workers and the command line (one thread, and several) draw the same bits of the same workbook, seed and
 * number of samples; a stop ends every worker; one that dies is told.
 */

const cli = path.resolve(import.meta.dirname, '../../build/cli.mjs')
/** As many as make the command line take threads of its own. */
const SAMPLES = 51_200

let folder = ''
let wish: ScenarioWish
let question: ScenarioQuestion
let kept = ''
let closing: () => Promise<void> = () => Promise.resolve()
let url = ''

function quarterdeck(...args: readonly string[]): string {
  return execFileSync(process.execPath, [cli, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: 'pipe' })
}

test.beforeAll(async () => {
  test.setTimeout(120_000)
  folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-pool-'))
  kept = path.join(folder, 'sample.quarterdeck')
  quarterdeck('sample', '--out', kept, '--today', '2026-11-20')
  const workbook = readWorkbookFile(await readFile(kept))
  if (!workbook.ok) throw new Error('the sample cannot be read')
  const [scenario] = Object.values(workbook.value.records.scenarios)
  const asked = { ...scenario!, samples: SAMPLES }
  question = scenarioQuestion(asked, workbook.value, contextOf(workbook.value), {})
  wish = { ...question, metrics: Object.fromEntries(question.metrics) }
  const site = path.join(folder, 'site')
  await build({
    ...rendererConfig,
    root: path.resolve(import.meta.dirname, '../fixtures/scenario-pool'),
    logLevel: 'error',
    build: { outDir: site, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, modulePreload: false },
  })
  const served = await serve({ folder: site, port: 0 })
  url = served.url
  closing = () => served.close()
})

test.afterAll(async () => {
  await closing()
  await rm(folder, { recursive: true, force: true })
})

type Asked = { readonly pool: PoolPage }

async function open(page: Page): Promise<void> {
  await page.goto(url)
  await expect(page.locator('#ready')).toHaveText('ready')
}

const answerIn = (page: Page, workers: number) =>
  page.evaluate(([asked, count]) => (window as unknown as Asked).pool.answer(asked as ScenarioWish, count as number), [
    wish,
    workers,
  ] as const)

test('one worker, three workers and the command line: one answer', async ({ page }) => {
  test.setTimeout(120_000)
  await open(page)
  const { scenarioId: id } = JSON.parse((await answerIn(page, 1)).json)
  const one = await answerIn(page, 1)
  const three = await answerIn(page, 3)
  expect(three.json).toBe(one.json)
  expect(three.early).toEqual([2048, 8192, 32_768])
  const told = JSON.parse(quarterdeck('scenario', kept, '--scenario', id, '--samples', String(SAMPLES), '--json'))
  const { template: _, ...outcome } = told
  expect(outcome).toEqual(JSON.parse(one.json))
  expect(outcome.samples).toBe(SAMPLES)
})

test('every sample is the same, bit for bit, in one worker, in four and on the main thread of Node', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await open(page)
  const digestIn = (workers: number) =>
    page.evaluate(
      ([asked, count]) => (window as unknown as Asked).pool.digest(asked as ScenarioWish, count as number),
      [wish, workers] as const,
    )
  const prepared = prepareScenario(question)
  if (!prepared.ok) throw new Error('refused')
  const { model, options } = prepared.value.runs[0]!
  const expected = await digestOf([samplePart(compileModel(model), options, 0, SAMPLES / 1024)])
  expect(await digestIn(1)).toBe(expected)
  expect(await digestIn(4)).toBe(expected)
})

test('a stop ends all workers at once, at any moment', async ({ page }) => {
  test.setTimeout(120_000)
  await open(page)
  for (const ms of [1, 150, 400]) {
    const stopped = await page.evaluate(
      ([asked, after]) => (window as unknown as Asked).pool.stopAfter(asked as ScenarioWish, 3, after as number),
      [{ ...wish, scenario: { ...wish.scenario, samples: 512_000 } }, ms] as const,
    )
    expect(stopped.told).toMatch(/^CancelledError/)
    expect(stopped.left).toBe(0)
  }
})

test('a worker that dies while it draws is told, and the next run is whole', async ({ page }) => {
  test.setTimeout(120_000)
  await open(page)
  const told = await page.evaluate(
    (asked) => (window as unknown as Asked).pool.killOne(asked as unknown as ScenarioWish, 2),
    wish,
  )
  expect(told).toBe('WorkerStoppedError: out of memory')
  expect(JSON.parse((await answerIn(page, 2)).json).samples).toBe(SAMPLES)
})
