import { beforeEach, describe, expect, test } from 'vitest'
import {
  addScenario,
  bringHistory,
  chooseAndOpenWorkbook,
  closeWorkbook,
  commitImports,
  editRecords,
  openSample,
  openWorkbookFile,
  readFiles,
  runScenario,
  saveBriefHtml,
  saveWorkbookFile,
  startEmpty,
  undo,
} from '../../../renderer/commands/index.ts'
import { refreshFigures } from '../../../renderer/commands/figures.ts'
import { commandHost, setCommandHost } from '../../../renderer/commands/host.ts'
import { useFigures } from '../../../renderer/stores/figures.ts'
import { useHistory } from '../../../renderer/stores/history.ts'
import { useJobs } from '../../../renderer/stores/jobs.ts'
import { useScreen } from '../../../renderer/stores/screen.ts'
import { useWorkbook } from '../../../renderer/stores/workbook.ts'
import { CancelledError } from '../../../renderer/workers/index.ts'
import { canonicalText, readWorkbookFile } from '../../../shared/workbook/index.ts'
import { addObjective, Disk, edit } from '../database/storage-cases.ts'
import { type Desk, openDesk, usageCsv } from './command-cases.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
})

const workbook = () => useWorkbook.getState()
const toasts = () => useJobs.getState().toasts.map(({ text }) => text)

describe('life of a workbook', () => {
  test('first start, empty workbook, edit, close', async () => {
    expect(workbook().phase).toBe('start')
    await startEmpty('Q4 plan')
    expect(workbook()).toMatchObject({
      phase: 'ready',
      records: {
        settings: { settings: { name: 'Q4 plan', zone: 'Europe/Berlin', quarterStart: '2026-10', isSample: false } },
      },
    })
    await editRecords('Add', addObjective('o1'))
    await closeWorkbook()
    expect([workbook().phase, useHistory.getState().undoLabel]).toEqual(['start', null])
    await desk.restart()
    expect(workbook().phase).toBe('start')
  })

  test('saved as a file and opened elsewhere it is the same workbook', async () => {
    await startEmpty('Q4 / plan')
    await readFiles([usageCsv('may.csv', '2026-05-01,Core,10,1.10')])
    await commitImports(useJobs.getState().imports.map(({ id }) => id))
    await editRecords('Add', addObjective('o1'))
    await saveWorkbookFile()
    const [file] = desk.bridge.saved
    expect(file!.name).toBe('Q4 plan.quarterdeck')
    expect(toasts()).toEqual(['Saved: /saved/Q4 plan.quarterdeck.'])
    const before = canonicalText([workbook().records, workbook().imports])
    desk = await openDesk(new Disk())
    desk.bridge.toOpen = { name: 'plan.quarterdeck', bytes: file!.bytes }
    await chooseAndOpenWorkbook()
    expect(canonicalText([workbook().records, workbook().imports])).toBe(before)
    await saveWorkbookFile()
    expect(desk.bridge.saved[0]!.bytes).toEqual(file!.bytes)
    await refreshFigures()
    expect(useFigures.getState().actuals.map(({ amount }) => amount)).toEqual(['1.1'])
    desk = await openDesk(new Disk())
    expect(
      await openWorkbookFile('dropped', new File([file!.bytes as Uint8Array<ArrayBuffer>], 'dropped')),
    ).toMatchObject({
      ok: true,
    })
    expect(canonicalText([workbook().records, workbook().imports])).toBe(before)
  })

  test('an empty workbook shows no figures of the one before it', async () => {
    await openSample()
    await refreshFigures()
    expect(useFigures.getState().wall?.asOf).not.toBeNull()
    await closeWorkbook()
    await startEmpty('Next')
    await refreshFigures()
    expect(useFigures.getState()).toMatchObject({ actuals: [], wall: { asOf: null } })
  })

  test('a file that does not open leaves everything as it was', async () => {
    await startEmpty('Plan')
    await editRecords('Add', addObjective('o1'))
    const before = canonicalText(workbook().records)
    const opened = await openWorkbookFile('x.quarterdeck', new TextEncoder().encode('hello'))
    expect(opened).toMatchObject({
      ok: false,
      issues: [{ code: 'workbook/not-a-zip', where: { file: 'x.quarterdeck' } }],
    })
    expect(canonicalText(workbook().records)).toBe(before)
    await undo()
    expect(workbook().records.objectives).toEqual({})
  })

  test('a file that cannot be read to its end is refused with a sentence', async () => {
    await startEmpty('Plan')
    const gone = new File(['x'], 'gone.quarterdeck')
    gone.arrayBuffer = () => Promise.reject(new DOMException('it was changed since', 'NotReadableError'))
    expect(await openWorkbookFile('gone.quarterdeck', gone)).toMatchObject({
      ok: false,
      issues: [{ code: 'workbook/not-read', where: { file: 'gone.quarterdeck' }, said: 'it was changed since' }],
    })
    expect(workbook().records.settings['settings']!.name).toBe('Plan')
  })

  test('a save that is stopped before its turn leaves no workbook waiting in the worker', async () => {
    await startEmpty('Plan')
    const host = commandHost()
    const { files } = host.runners
    const asked: unknown[] = []
    const run = ((name, input, options) => {
      asked.push([name, (input as { readonly parcel: string }).parcel])
      return name === 'writeFile' ? Promise.reject(new CancelledError()) : files.run(name, input, options)
    }) as typeof files.run
    setCommandHost({ ...host, runners: { ...host.runners, files: { ...files, run } } })
    await saveWorkbookFile()
    const [[, parcel] = []] = asked as string[][]
    expect(asked).toEqual([
      ['writeFile', parcel],
      ['drop', parcel],
    ])
    expect([desk.bridge.saved, toasts()]).toEqual([[], []])
  })

  test('no room for another workbook leaves the open one as it was', async () => {
    await startEmpty('Plan')
    await saveWorkbookFile()
    await editRecords('Add', addObjective('o1'))
    await readFiles([usageCsv('may.csv', '2026-05-01,Core,10,1.10')])
    await commitImports(useJobs.getState().imports.map(({ id }) => id))
    await saveWorkbookFile()
    const before = canonicalText([workbook().records, workbook().imports])
    desk.disk.vault!.failure = new DOMException('full', 'QuotaExceededError')
    const opened = await openWorkbookFile('plan.quarterdeck', desk.bridge.saved[1]!.bytes)
    expect(opened).toMatchObject({ ok: false, issues: [{ code: 'workbook/not-stored' }] })
    expect(canonicalText([workbook().records, workbook().imports])).toBe(before)
    desk.disk.vault!.failure = null
    await desk.restart()
    expect(canonicalText([workbook().records, workbook().imports])).toBe(before)
  })

  test('a wiped database is restored before anything shows, and said', async () => {
    await startEmpty('Plan')
    await editRecords('Add', addObjective('o1'))
    desk.disk.wipeDatabase()
    await desk.restart()
    expect(workbook().phase).toBe('ready')
    expect(Object.keys(workbook().records.objectives)).toEqual(['o1'])
    expect(workbook().notice).toMatch(
      /found empty. Restored from the second copy: 0 imports with 0 rows and 2 hand-edited records/,
    )
  })
})

/** Locks as a browser has them, for as many windows as a test opens. */
function makeLocks(): LockManager & { free(): void } {
  let isHeld = false
  const waiting: (() => void)[] = []
  return {
    free: () => {
      isHeld = false
      waiting.shift()?.()
    },
    query: () => Promise.reject(new Error('not asked')),
    request: ((_name: string, ...rest: unknown[]) => {
      const callback = rest.at(-1) as (lock: unknown) => unknown
      const options = rest.length > 1 ? (rest[0] as LockOptions) : {}
      const grant = () => {
        isHeld = true
        return Promise.resolve(callback({}))
      }
      if (!isHeld) return grant()
      if (options.ifAvailable) return Promise.resolve(callback(null))
      waiting.push(() => void grant())
      return new Promise(() => {})
    }) as never,
  }
}

describe('a second window', () => {
  test('reads and changes nothing, and takes over when the first is gone', async () => {
    await startEmpty('Plan')
    await editRecords('Add', addObjective('o1'))
    const locks = makeLocks()
    void locks.request('quarterdeck-writer', () => new Promise(() => {}))
    const second = await openDesk(desk.disk, locks)
    expect(workbook()).toMatchObject({ phase: 'read-only', notice: expect.stringMatching(/Another window/) })
    expect(Object.keys(workbook().records.objectives)).toEqual(['o1'])
    await editRecords('Add', addObjective('o2'))
    expect(Object.keys(workbook().records.objectives)).toEqual(['o1'])
    expect(toasts()[0]).toMatch(/^Another window has this workbook open/)
    locks.free()
    await expect.poll(() => workbook().phase).toBe('ready')
    await editRecords('Add', addObjective('o2'))
    await second.restart()
  })
})

test('a reading window shows what the writing one stores, and marks what rests on it', async () => {
  await startEmpty('Plan')
  const locks = makeLocks()
  void locks.request('quarterdeck-writer', () => new Promise(() => {}))
  const second = await openDesk(desk.disk, locks)
  await refreshFigures()
  useFigures.setState({ outcomes: { s: {} as never } })
  const writer = await desk.disk.open()
  await writer.commit(edit(writer, addObjective('o1')))
  second.hear()
  await expect.poll(() => Object.keys(workbook().records.objectives)).toEqual(['o1'])
  expect([workbook().phase, useFigures.getState().staleOutcomes]).toEqual(['read-only', ['s']])
})

describe('sample and scenario', () => {
  test('the sample opens with figures; a scenario of a template is fitted, run, told, and marked when the plan moves on', async () => {
    await openSample()
    expect(workbook().records.settings['settings']!.isSample).toBe(true)
    expect(workbook().imports.map(({ id }) => id)).toEqual(['sample-01'])
    const { wall, metrics } = useFigures.getState()
    expect(wall!.numbers).toHaveLength(5)
    expect(Object.keys(metrics).length).toBeGreaterThan(5)
    const id = await addScenario('refactor-services')
    expect(useScreen.getState().scenarioId).toBe(id)
    expect(workbook().records.scenarios[id]).toMatchObject({ templateId: 'refactor-services', startMonth: '2027-01' })
    const [second, first] = [await addScenario('refactor-services'), workbook().records.scenarios[id]!]
    expect(workbook().records.scenarios[second]!.name).toBe(`${first.name} 2`)
    await editRecords('Fewer samples', (records) => ({
      ...records,
      scenarios: { ...records.scenarios, [id]: { ...records.scenarios[id]!, samples: 256 } },
    }))
    await runScenario(id)
    expect(useFigures.getState().outcomes[id]).toMatchObject({ samples: 256 })
    expect(useFigures.getState().staleOutcomes).toEqual([])
    await bringHistory()
    expect(useFigures.getState().historyOf).toBe(useFigures.getState().of)
    await saveBriefHtml(id)
    expect(new TextDecoder().decode(desk.bridge.saved[0]!.bytes)).toMatch(/^<!doctype html>/i)
    await editRecords('Objective', addObjective('o1'))
    expect(useFigures.getState().staleOutcomes).toEqual([id])
    const whole = readWorkbookFile((await saveWorkbookFile(), desk.bridge.saved[1]!.bytes))
    expect(whole.ok && whole.value.imports.length).toBe(workbook().imports.length)
  }, 60_000)
})
