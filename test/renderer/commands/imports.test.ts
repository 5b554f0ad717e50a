import { beforeEach, describe, expect, test } from 'vitest'
import {
  commitImports,
  countedNow,
  discardImport,
  downloadKeptAside,
  keptAsideOf,
  readFiles,
  rereadFile,
  startEmpty,
  takeBackImport,
  withFormerRows,
} from '../../../renderer/commands/index.ts'
import { useFigures } from '../../../renderer/stores/figures.ts'
import { type ImportJob, useJobs } from '../../../renderer/stores/jobs.ts'
import { useWorkbook } from '../../../renderer/stores/workbook.ts'
import { refreshFigures } from '../../../renderer/commands/figures.ts'
import { canonicalText } from '../../../shared/workbook/index.ts'
import { csv, type Desk, openDesk, usageCsv } from './command-cases.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
  await startEmpty('Plan')
})

const jobs = () => useJobs.getState().imports
const jobIds = () => jobs().map(({ id }) => id)
const imports = () => useWorkbook.getState().imports
const fates = (job: ImportJob | undefined) =>
  job?.state.kind === 'staged'
    ? [job.state.record.counts.new, job.state.record.counts.changed, job.state.record.counts.duplicate]
    : job?.state

async function spent(): Promise<readonly string[]> {
  await refreshFigures()
  return useFigures.getState().actuals.map(({ month, amount, basis }) => `${month} ${amount} ${basis}`)
}

const MAY = () => usageCsv('may.csv', '2026-05-01,Core,10,1.10', '2026-05-02,Core,20,2.20')
const LATER = () => usageCsv('later.csv', '2026-05-02,Core,20,2.20', '2026-06-01,Core,30,3.30')

/** An issue on a board, as of a day. */
const board = (name: string, status: string, day: string) =>
  csv(
    name,
    `ID,Team,Title,Status,Created,Updated,Started,Completed,Canceled\nA-1,Core,Fast,${status},2026-05-01T08:00:00Z,${day}T08:00:00Z,,,\n`,
  )

const costs = (name: string, amount: string) =>
  csv(name, `usage_date_utc,model,api_key,usage_type,token_type,cost_usd\n2026-05-01,m,k,message,output,${amount}\n`)

/** Whose statement the first row changes, and its status before and now. */
async function formerStatus(job: ImportJob | undefined): Promise<readonly unknown[]> {
  if (job?.state.kind !== 'staged') return []
  const [row] = await withFormerRows(job.state.examples ?? [])
  const statusIn = (said: readonly (readonly [string, string])[] | undefined) => new Map(said).get('status')
  return [row?.changes?.importId, statusIn(row?.former), statusIn(row?.said)]
}

async function imported(...files: readonly File[]): Promise<void> {
  await readFiles(files)
  await commitImports(jobIds())
}

describe('a dropped file', () => {
  test('is read, judged and shown; nothing is stored before yes', async () => {
    await readFiles([MAY()])
    expect(fates(jobs()[0])).toEqual([2, 0, 0])
    expect(imports()).toEqual([])
    await commitImports(jobIds())
    expect(jobs()).toEqual([])
    expect(imports().map(({ fileName, seq }) => [fileName, seq])).toEqual([['may.csv', 1]])
    expect(await spent()).toEqual(['2026-05 3.3 billed'])
    await desk.restart()
    expect(imports()).toHaveLength(1)
    expect(await spent()).toEqual(['2026-05 3.3 billed'])
  })

  test('twice adds nothing', async () => {
    await imported(MAY())
    await readFiles([MAY()])
    expect(fates(jobs()[0])).toEqual([0, 0, 2])
    await commitImports(jobIds())
    expect(await spent()).toEqual(['2026-05 3.3 billed'])
  })

  test('twice after a restart: what is known is taught to the new worker', async () => {
    await imported(MAY())
    await desk.restart()
    await readFiles([MAY()])
    expect(fates(jobs()[0])).toEqual([0, 0, 2])
  })

  test('overlapping files dropped together are judged one after another', async () => {
    await readFiles([MAY(), LATER()])
    expect(jobs().map(fates)).toEqual([
      [2, 0, 0],
      [1, 0, 1],
    ])
    await commitImports(jobIds())
    expect(await spent()).toEqual(['2026-05 3.3 billed', '2026-06 3.3 billed'])
  })

  test('is judged again when the file before it was discarded', async () => {
    await readFiles([MAY(), LATER()])
    discardImport(jobIds()[0]!)
    await commitImports(jobIds())
    expect(imports().map(({ counts }) => [counts.new, counts.duplicate])).toEqual([[2, 0]])
  })

  test('tells what it changes of a file that waits, and of the same file once that is stored', async () => {
    await readFiles([board('monday.csv', 'Todo', '2026-05-04'), board('friday.csv', 'Done', '2026-05-08')])
    const [monday, friday] = jobs()
    expect([fates(monday), fates(friday)]).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ])
    expect(await formerStatus(friday)).toEqual([monday!.id, 'Todo', 'Done'])
    await commitImports([monday!.id])
    expect(await formerStatus(friday)).toEqual([monday!.id, 'Todo', 'Done'])
    discardImport(friday!.id)
    await readFiles([board('monday.csv', 'Todo', '2026-05-04')])
    expect(fates(jobs()[0])).toEqual([0, 0, 1])
  })

  test('tells what counts of a file that waits in the days it states anew', async () => {
    await readFiles([costs('may.csv', '1.25'), costs('may-again.csv', '2.50')])
    const { state } = jobs()[1]!
    if (state.kind !== 'staged') throw new Error('not staged')
    const told = async () => (await countedNow(state.inPlace!)).map(({ rows, totals }) => [rows, totals.cost.billed])
    expect(await told()).toEqual([[1, '1.25']])
    discardImport(jobIds()[0]!)
    expect(await told()).toEqual([[0, null]])
  })

  test('of which another is being imported waits for it, and is judged and numbered after it', async () => {
    await readFiles([MAY(), LATER()])
    const [may, later] = jobIds()
    // Pressed twice, too: what is stored once is not stored again.
    await Promise.all([commitImports([later!]), commitImports([later!]), commitImports([may!])])
    expect(imports().map(({ fileName, seq, counts }) => [fileName, seq, counts.new, counts.duplicate])).toEqual([
      ['later.csv', 1, 2, 0],
      ['may.csv', 2, 1, 1],
    ])
    expect(jobs()).toEqual([])
  })

  test('discarded while it is read once more for being imported is not imported', async () => {
    await readFiles([MAY(), LATER()])
    const [may, later] = jobIds()
    discardImport(may!)
    const committing = commitImports([later!])
    await new Promise((resolve) => setTimeout(resolve))
    discardImport(later!)
    await committing
    expect([imports(), jobs()]).toEqual([[], []])
  })

  test('that is being stored is not discarded any more', async () => {
    await readFiles([MAY()])
    const [may] = jobIds()
    const committing = commitImports([may!])
    while (jobs()[0]?.state.kind !== 'committing') await Promise.resolve()
    discardImport(may!)
    await committing
    expect(imports().map(({ fileName }) => fileName)).toEqual(['may.csv'])
  })

  test('of an unknown shape is refused with a reason, and can be read again with a choice', async () => {
    await readFiles([csv('odd.csv', 'a,b\n1,2\n')])
    expect(jobs()[0]?.state.kind).toBe('refused')
    await readFiles([csv('odd2.csv', 'When,Spent\n2026-05-01,1.5\n')])
    const odd = jobs()[1]!
    await rereadFile(odd.id, { as: 'generic-usage-csv', mapping: { day: 'When', billed: 'Spent' }, currency: 'USD' })
    expect(fates(jobs()[1])).toEqual([1, 0, 0])
    discardImport(odd.id)
    expect(jobs()).toHaveLength(1)
  })

  test('discarded while it is read leaves nothing', async () => {
    const reading = readFiles([MAY()])
    discardImport(jobIds()[0]!)
    await reading
    expect([jobs(), imports()]).toEqual([[], []])
    await imported(MAY())
    expect(imports()).toHaveLength(1)
  })
})

describe('a long file', () => {
  /** Three pieces of a mebibyte: cancelled before the first of them, or behind any. */
  const LONG = () => usageCsv('long.csv', ...Array.from({ length: 36_000 }, (_, i) => `2026-05-01,Core,${i},1.10`))

  test('stopped at any moment leaves everything as it was', { timeout: 20_000 }, async () => {
    await imported(MAY())
    const before = canonicalText([useWorkbook.getState().records, imports()])
    const seen = new Set<number>()
    for (let moment = 0; moment < 3; moment++) {
      let told = 0
      const unsubscribe = useJobs.subscribe(({ imports: [job] }) => {
        if (job?.state.kind !== 'reading') return
        if (told++ !== moment) return
        seen.add(job.state.share)
        queueMicrotask(() => discardImport(job.id))
      })
      await readFiles([LONG()])
      unsubscribe()
      expect([jobs(), canonicalText([useWorkbook.getState().records, imports()])]).toEqual([[], before])
    }
    expect(seen.size).toBe(3)
    await desk.restart()
    expect(canonicalText([useWorkbook.getState().records, imports()])).toBe(before)
  })
})

describe('taking back', () => {
  test('restores what held before, on the screen and on the disk', async () => {
    await imported(MAY())
    const before = await spent()
    await imported(LATER())
    await takeBackImport(imports()[1]!.id)
    expect(await spent()).toEqual(before)
    expect(useJobs.getState().toasts.map(({ text }) => text)).toEqual([
      'later.csv was taken back whole. What it had replaced holds again.',
    ])
    desk.disk.wipeDatabase()
    await desk.restart()
    expect(await spent()).toEqual(before)
  })
})

describe('kept aside', () => {
  test('can be looked at and saved as a file no spreadsheet computes', async () => {
    await imported(usageCsv('bad.csv', '2026-05-01,Core,10,1.10', '2026-05-02,=cmd(),x,2.20'))
    const [{ id } = { id: '' }] = imports()
    expect(await keptAsideOf(id)).toHaveLength(1)
    await downloadKeptAside(id)
    const { name, bytes } = desk.bridge.saved[0]!
    expect(name).toBe('bad kept aside.csv')
    const text = new TextDecoder().decode(bytes)
    expect(text.split('\r\n')[0]).toBe('Row,Line,Column,Code,Reason,Record')
    expect(text).toMatch(/^2,3,/m)
  })
})

test('a full disk: nothing of the import is kept and it can be done again', async () => {
  await readFiles([MAY()])
  desk.disk.vault!.failure = new DOMException('full', 'QuotaExceededError')
  await commitImports(jobIds())
  expect(imports()).toEqual([])
  expect(useWorkbook.getState().saveState).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/is full/) })
  expect(fates(jobs()[0])).toEqual([2, 0, 0])
  desk.disk.vault!.failure = null
  await commitImports(jobIds())
  expect(imports()).toHaveLength(1)
})
