import { beforeEach, expect, test } from 'vitest'
import {
  addScenario,
  commitImports,
  editRecords,
  listMetrics,
  openWorkbookFile,
  readFiles,
  runScenario,
  saveWorkbookFile,
  startEmpty,
  takeBackImport,
} from '../../../renderer/commands/index.ts'
import { refreshFigures } from '../../../renderer/commands/figures.ts'
import { type CommandHost, commandHost, setCommandHost } from '../../../renderer/commands/host.ts'
import { openedStorage } from '../../../renderer/commands/session.ts'
import { useFigures } from '../../../renderer/stores/figures.ts'
import { useJobs } from '../../../renderer/stores/jobs.ts'
import { useWorkbook } from '../../../renderer/stores/workbook.ts'
import { type Desk, openDesk, usageCsv } from './command-cases.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
  await startEmpty('Plan')
})

const figures = () => useFigures.getState()
const amounts = () => figures().actuals.map(({ amount }) => amount)

async function bring(name: string, ...rows: readonly string[]): Promise<void> {
  await readFiles([usageCsv(name, ...rows)])
  await commitImports(useJobs.getState().imports.map(({ id }) => id))
}

async function ranScenario(): Promise<string> {
  const id = await addScenario('refactor-services')
  await editRecords('Fewer samples', (records) => ({
    ...records,
    scenarios: { ...records.scenarios, [id]: { ...records.scenarios[id]!, samples: 64 } },
  }))
  await runScenario(id)
  return id
}

/** A door that opens when it is told to. */
function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  let open = () => {}
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open, passed }
}

function withRunners(change: (runners: CommandHost['runners']) => Partial<CommandHost['runners']>): void {
  const host = commandHost()
  setCommandHost({ ...host, runners: { ...host.runners, ...change(host.runners) } })
}

test('an outcome is older than the figures that came after it', async () => {
  const id = await ranScenario()
  expect(figures()).toMatchObject({ outcomes: { [id]: { samples: 64 } }, staleOutcomes: [] })
  const { of } = figures()
  await editRecords('Another name for a model', (records) => ({
    ...records,
    modelAliases: { ...records.modelAliases, a: { id: 'a', written: 'house model', model: 'claude-opus-4-5' } },
  }))
  await refreshFigures()
  expect(figures().of).not.toBe(of)
  expect(figures().staleOutcomes).toEqual([id])
})

test('a run that ends after another workbook was opened shows nothing in that one', async () => {
  const id = await addScenario('refactor-services')
  await saveWorkbookFile()
  const door = gate()
  withRunners(({ model }) => ({
    model: {
      ...model,
      runScenario: async (wish, options) => {
        await door.passed
        return model.runScenario({ ...wish, scenario: { ...wish.scenario, samples: 64 } }, options)
      },
    },
  }))
  const running = runScenario(id)
  // The same scenario under the same id, as in any copy of the file.
  await openWorkbookFile('copy.quarterdeck', desk.bridge.saved[0]!.bytes)
  door.open()
  await running
  expect(useWorkbook.getState().records.scenarios[id]).toBeDefined()
  expect([figures().outcomes, useJobs.getState().tasks, useJobs.getState().toasts.length]).toEqual([{}, [], 1])
})

test('figures of an import that came and went while they were worked out are not those of the workbook without it', async () => {
  await bring('may.csv', '2026-05-01,Core,10,1.10')
  await refreshFigures()
  let isMeasured = false
  const [before, after, storage] = [gate(), gate(), openedStorage()]
  const figuresOf = storage.figuresOf.bind(storage)
  storage.figuresOf = async (of) => {
    await before.passed
    return figuresOf(of)
  }
  withRunners(({ figures: one }) => ({
    figures: {
      ...one,
      run: (async (name, input, options) => {
        const answer = await one.run(name, input, options)
        if (name === 'measure') {
          isMeasured = true
          await after.passed
        }
        return answer
      }) as typeof one.run,
    },
  }))
  const rule = { id: 'r', field: 'tool', equals: 'Cursor', initiativeId: '', team: 'Core', order: 1 } as const
  await editRecords('Rule', (records) => ({ ...records, attributionRules: { r: rule } }))
  await bring('june.csv', '2026-06-01,Core,10,7.10')
  before.open()
  await expect.poll(() => isMeasured).toBe(true)
  await takeBackImport(useWorkbook.getState().imports.find(({ fileName }) => fileName === 'june.csv')!.id)
  after.open()
  await refreshFigures()
  expect(amounts()).toEqual(['1.1'])
})

test('a worker that took the place of one that died is brought the facts before it answers', async () => {
  await bring('may.csv', '2026-05-01,Core,10,1.10')
  expect((await listMetrics(28))!.asOf).toBe('2026-05-01')
  const held: unknown[] = []
  withRunners(({ figures: one }) => ({
    figures: {
      ...one,
      made: 2,
      run: (name, input, options) => {
        if (name === 'hold') held.push(...(input as { readonly added: readonly string[] }).added)
        return one.run(name, input, options)
      },
    },
  }))
  expect((await listMetrics(28))!.asOf).toBe('2026-05-01')
  expect(held).toEqual(useWorkbook.getState().imports.map(({ id }) => id))
})

test('an import of the same name with other content, as in another copy of a file, is brought anew', async () => {
  await bring('may.csv', '2026-05-01,Core,10,1.10')
  await listMetrics(28)
  const [known] = useWorkbook.getState().imports
  const sent: string[] = []
  const storage = openedStorage()
  const send = storage.sendFacts.bind(storage)
  storage.sendFacts = (id, to) => {
    sent.push(id)
    return send(id, to)
  }
  await listMetrics(28)
  expect(sent).toEqual([])
  Object.defineProperty(storage, 'imports', { value: [{ ...known!, checksum: 'another' }] })
  await listMetrics(28)
  expect(sent).toEqual([known!.id])
})
