import { beforeEach, describe, expect, test } from 'vitest'
import { cancelTask, commitImports, readPickedClone, startEmpty } from '../../../renderer/commands/index.ts'
import { useJobs } from '../../../renderer/stores/jobs.ts'
import { useWorkbook } from '../../../renderer/stores/workbook.ts'
import { type Desk, openDesk } from './command-cases.ts'

const LANDINGS = `\u001eQD1\u001f${'a'.repeat(40)}\u001f\u001f2026-02-01T10:00:00Z\u001f2026-02-01T10:00:00Z\u001fAnn\u001fann@example.com\u001fAnn\u001fann@example.com\u001f\u001fStart (#1)\n\n3\t0\tsrc/a.ts\n`
const bytes = (text: string) => new TextEncoder().encode(text)

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
  await startEmpty('Plan')
  desk.bridge.toPick = { kind: 'opened', id: 'clone-1', name: 'api', branch: 'main', landings: 1, warnings: [] }
  desk.bridge.closedClones = 0
})

describe('a clone that was picked', () => {
  test('comes in as files to import, and is let go of', async () => {
    const half = LANDINGS.length >> 1
    desk.bridge.gitReads = {
      landings: [
        { kind: 'piece', bytes: bytes(LANDINGS.slice(0, half)), landings: 0 },
        { kind: 'piece', bytes: bytes(LANDINGS.slice(half)), landings: 1 },
      ],
    }
    expect(await readPickedClone(null)).toBeNull()
    const jobs = useJobs.getState().imports
    expect(jobs.map(({ fileName, state }) => [fileName, state.kind])).toEqual([
      ['quarterdeck-api.numstat.txt', 'staged'],
    ])
    expect(jobs.map(({ choices }) => choices)).toEqual([{ repository: 'api' }])
    expect(desk.bridge.closedClones).toBe(1)
    await commitImports(jobs.map(({ id }) => id))
    expect(useWorkbook.getState().imports.map(({ facts }) => facts)).toEqual([{ landing: 1, fileChange: 1 }])
  })

  test('brings nothing when it fails, is refused or the dialog is cancelled', async () => {
    desk.bridge.gitReads = { landings: [{ kind: 'failed', reason: 'Git could not read the clone: broken.' }] }
    expect(await readPickedClone(null)).toBe('Git could not read the clone: broken.')
    desk.bridge.toPick = { kind: 'refused', reason: 'The folder is not a clone.' }
    expect(await readPickedClone(null)).toBe('The folder is not a clone.')
    desk.bridge.toPick = null
    expect(await readPickedClone(null)).toBeNull()
    expect(useJobs.getState().imports).toEqual([])
    expect(desk.bridge.closedClones).toBe(1)
  })

  test('is let go of when the user stops it', async () => {
    const endless = { kind: 'piece', bytes: bytes('x'), landings: 0 } as const
    desk.bridge.gitReads = { landings: Array.from({ length: 1000 }, () => endless) }
    const stop = useJobs.subscribe(({ tasks }) => tasks.forEach(({ id }) => cancelTask(id)))
    const reading = readPickedClone(null)
    expect(await reading).toBeNull()
    stop()
    expect(desk.bridge.closedClones).toBe(1)
    expect(useJobs.getState().imports).toEqual([])
  })
})
