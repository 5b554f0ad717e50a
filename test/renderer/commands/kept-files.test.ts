import { beforeEach, describe, expect, test } from 'vitest'
import {
  commitImports,
  dropKeptFiles,
  editRecords,
  keptFiles,
  readFiles,
  readKeptFile,
  rereadFile,
  startEmpty,
  takeBackImport,
} from '../../../renderer/commands/index.ts'
import { refreshFigures } from '../../../renderer/commands/figures.ts'
import { commandHost, setCommandHost } from '../../../renderer/commands/host.ts'
import { setStorage } from '../../../renderer/commands/session.ts'
import { StoredWorkbook } from '../../../renderer/workers/storage/stored-workbook.ts'
import { useFigures } from '../../../renderer/stores/figures.ts'
import { useJobs } from '../../../renderer/stores/jobs.ts'
import { useWorkbook } from '../../../renderer/stores/workbook.ts'
import { csv, type Desk, openDesk, usageCsv } from './command-cases.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
  await startEmpty('Plan')
})

const jobIds = () => useJobs.getState().imports.map(({ id }) => id)
const imports = () => useWorkbook.getState().imports
const toasts = () => useJobs.getState().toasts.map(({ text }) => text)

async function imported(...files: readonly File[]): Promise<void> {
  await readFiles(files)
  await commitImports(jobIds())
}

/** Packing goes on behind the page. */
async function kept(count: number): Promise<readonly string[]> {
  for (let tries = 0; tries < 200; tries++) {
    const { importIds } = await keptFiles()
    if (importIds.length === count) return importIds
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`never ${count} files: ${(await keptFiles()).importIds.join(' ')}`)
}

const MAY = () => usageCsv('may.csv', '2026-05-01,Core,10,1.10', '2026-05-02,Core,20,2.20')
const DAYS = () =>
  csv('days.csv', 'Date,Tool,Model,User,Output tokens,Cost,Currency\n05/06/2026,Cursor,m,a@example.com,10,1.10,USD\n')

describe('the file behind an import', () => {
  test('is kept packed, counted, and gone with the import', async () => {
    await imported(MAY())
    expect(await kept(1)).toEqual(imports().map(({ id }) => id))
    expect((await keptFiles()).bytes).toBeGreaterThan(50)
    await desk.restart()
    await kept(1)
    await takeBackImport(imports()[0]!.id)
    await kept(0)
  })

  test('is dropped when asked; what was read from it stays', async () => {
    await imported(MAY())
    await kept(1)
    await dropKeptFiles()
    expect((await keptFiles()).importIds).toEqual([])
    expect(imports()).toHaveLength(1)
    await readKeptFile(imports()[0]!.id)
    expect(toasts().at(-1)).toMatch(/The file of may\.csv is not kept here\. Drop it again/)
  })

  test('is never kept where it may hold what people wrote', async () => {
    await imported(csv('log.csv', 'Date,Tool,Cost,Currency,Prompt\n2026-05-01,Cursor,1,USD,secret words\n'))
    const vendors = 'usage_date_utc,model,token_type,cost_usd,prompt\n2026-05-01,m,output,1,secret words\n'
    await imported(csv('cost.csv', vendors))
    await imported(MAY())
    expect(await kept(1)).toEqual([imports()[2]!.id])
  })

  test('finds no room: a sentence, and the import is whole', async () => {
    const host = commandHost()
    const storage: typeof host.runners.storage = {
      ...host.runners.storage,
      run: (name, ...rest) =>
        name === 'keepSource'
          ? (Promise.resolve({ ok: false, code: 'storage/full' }) as never)
          : host.runners.storage.run(name, ...rest),
    }
    setCommandHost({ ...host, runners: { ...host.runners, storage } })
    setStorage(await StoredWorkbook.open(storage, true))
    await imported(MAY())
    await expect
      .poll(() => toasts().at(-1))
      .toBe(
        'The file may.csv is imported whole and was not kept itself: there is no room for it. Keep your own copy of it.',
      )
    expect(imports()).toHaveLength(1)
  })

  test('read again with other choices, the new reading takes the place of the former', async () => {
    await readFiles([DAYS()])
    const [first] = jobIds()
    await rereadFile(first!, { dayOrder: 'day-first' })
    await commitImports(jobIds())
    expect(imports().map(({ period }) => period?.from)).toEqual(['2026-06-05'])
    await kept(1)
    await readKeptFile(imports()[0]!.id)
    const [again] = jobIds()
    await rereadFile(again!, { dayOrder: 'month-first' })
    const state = useJobs.getState().imports[0]!.state
    expect(state).toMatchObject({ kind: 'staged', record: { counts: { new: 1, duplicate: 0 } } })
    await commitImports(jobIds())
    expect(imports().map(({ period }) => period?.from)).toEqual(['2026-05-06'])
    expect(await kept(1)).toEqual([imports()[0]!.id])
  })
})

describe('figures that were worked out', () => {
  const spent = () => useFigures.getState().actuals.map(({ amount }) => amount)
  /** How often figures are worked out from now on. */
  function countMeasures(): () => number {
    const host = commandHost()
    let count = 0
    const figures: typeof host.runners.figures = {
      ...host.runners.figures,
      run(name, ...rest) {
        if (name === 'measure') count++
        return host.runners.figures.run(name, ...rest)
      },
    }
    setCommandHost({ ...host, runners: { ...host.runners, figures } })
    return () => count
  }

  test('show at the next start without working them out', async () => {
    await imported(MAY())
    await refreshFigures()
    await desk.restart()
    const count = countMeasures()
    await refreshFigures()
    expect([spent(), count()]).toEqual([['3.3'], 0])
  })

  test.each<[string, () => Promise<void>]>([
    ['an import', () => imported(usageCsv('june.csv', '2026-06-01,Core,1,0.10'))],
    ['an import taken back', () => takeBackImport(imports()[0]!.id)],
    [
      'a setting',
      () =>
        editRecords('Zone', (records) => ({
          ...records,
          settings: { settings: { ...records.settings['settings']!, zone: 'America/New_York' as never } },
        })),
    ],
    [
      'a rule',
      () =>
        editRecords('Rule', (records) => ({
          ...records,
          attributionRules: {
            r: { id: 'r', field: 'workspace', equals: 'Core', initiativeId: 'i', order: 0 },
          },
        })),
    ],
    [
      'a person',
      () =>
        editRecords('Person', (records) => ({
          ...records,
          people: {
            ann: { id: 'ann', name: 'Ann', kind: 'human', accounts: ['ann@example.com', 'ann'], teams: [] },
          },
        })),
    ],
    [
      'a name for a model',
      () =>
        editRecords('Alias', (records) => ({
          ...records,
          modelAliases: { a: { id: 'a', written: 'sonnet', model: 'claude-sonnet-4' } },
        })),
    ],
    [
      'a shared cost',
      () =>
        editRecords('Shared', (records) => ({
          ...records,
          sharedCosts: { s: { id: 's', name: 'Seats', method: 'even', parts: [], order: 0 } },
        })),
    ],
  ])('are worked out anew after %s', async (_name, change) => {
    await imported(MAY())
    await refreshFigures()
    const count = countMeasures()
    await change()
    await refreshFigures()
    expect(count()).toBe(1)
  })

  test('are worked out anew by other code', async () => {
    await imported(MAY())
    await refreshFigures()
    await desk.restart()
    await refreshFigures()
    setCommandHost({ ...commandHost(), figuresCode: 'code-2' })
    useFigures.setState({ of: null })
    const count = countMeasures()
    await refreshFigures()
    expect(count()).toBe(1)
  })
})
