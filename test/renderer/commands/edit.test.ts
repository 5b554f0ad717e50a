import fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { editRecords, goToStep, redo, startEmpty, undo } from '../../../renderer/commands/index.ts'
import { useHistory } from '../../../renderer/stores/history.ts'
import { useJobs } from '../../../renderer/stores/jobs.ts'
import { useWorkbook } from '../../../renderer/stores/workbook.ts'
import { canonicalText, type WorkbookRecords } from '../../../shared/workbook/index.ts'
import { addObjective } from '../database/storage-cases.ts'
import { type Desk, openDesk } from './command-cases.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
  await startEmpty('Plan')
})

const objectives = () => Object.values(useWorkbook.getState().records.objectives).map(({ id, name }) => `${id}=${name}`)
const hash = () => canonicalText(useWorkbook.getState().records)

describe('one edit', () => {
  test('shows at once, says saving, then saved', async () => {
    const done = editRecords('Add', addObjective('o1'))
    expect(objectives()).toEqual(['o1=o1'])
    expect(useWorkbook.getState().saveState.kind).toBe('saving')
    await done
    expect(useWorkbook.getState().saveState.kind).toBe('saved')
    await desk.restart()
    expect(objectives()).toEqual(['o1=o1'])
  })

  test('that changes nothing is no step', async () => {
    await editRecords('Nothing', (records) => ({ ...records }))
    expect(useHistory.getState().undoLabel).toBeNull()
  })

  test('undo and redo with their labels', async () => {
    await editRecords('Add o1', addObjective('o1'))
    await editRecords('Rename', addObjective('o1', 'better'))
    expect(useHistory.getState()).toMatchObject({ undoLabel: 'Rename', redoLabel: null })
    await undo()
    expect([objectives(), useHistory.getState()]).toMatchObject([
      ['o1=o1'],
      { undoLabel: 'Add o1', redoLabel: 'Rename', steps: [{ label: 'Add o1' }, { label: 'Rename' }], done: 1 },
    ])
    await redo()
    expect(objectives()).toEqual(['o1=better'])
    await undo()
    await editRecords('Other', addObjective('o2'))
    expect(useHistory.getState().redoLabel).toBeNull()
  })
})

describe('the list of steps', () => {
  test('goes back and forth over many of them at once, and what it shows is stored', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await editRecords(`Call it ${name}`, addObjective('o1', name))
    await goToStep(1)
    expect([objectives(), useHistory.getState().done]).toEqual([['o1=a'], 1])
    await desk.restart()
    expect(objectives()).toEqual(['o1=a'])
  })

  test('goes to any number of steps as single undos and redos do (seed 11)', async () => {
    for (const name of ['a', 'b', 'a', 'c']) await editRecords(`Call it ${name}`, addObjective('o1', name))
    const all = ['', 'o1=a', 'o1=b', 'o1=a', 'o1=c']
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 6 }), async (places) => {
        for (const place of places) {
          await goToStep(place)
          const at = Math.max(0, Math.min(4, place))
          expect([objectives().join(' '), useHistory.getState().done]).toEqual([all[at], at])
        }
      }),
      { seed: 11, numRuns: 20 },
    )
  })
})

describe('typing joins', () => {
  test('within a second and a half on the same record', async () => {
    for (const name of ['a', 'ab', 'abc']) {
      await editRecords('Name', addObjective('o1', name), 'join')
      desk.later(1_000)
    }
    await undo()
    expect(objectives()).toEqual([])
  })
  test.each<[string, number, string, string]>([
    ['not after a pause', 1_501, 'Name', 'o1'],
    ['not under another label', 0, 'Other', 'o1'],
    ['not on another record', 0, 'Name', 'o2'],
  ])('%s', async (_name, pause, label, id) => {
    await editRecords('Name', addObjective('o1', 'a'), 'join')
    desk.later(pause)
    await editRecords(label, addObjective(id, 'ab'), 'join')
    await undo()
    expect(objectives()).toEqual(['o1=a'])
  })
  test('typed and typed back is nothing to undo', async () => {
    await editRecords('Add', addObjective('o1', 'a'))
    await editRecords('Name', addObjective('o1', 'ab'), 'join')
    await editRecords('Name', addObjective('o1', 'a'), 'join')
    expect(useHistory.getState().undoLabel).toBe('Add')
  })
})

describe('what cannot be stored', () => {
  test('is taken back with everything on top of it, and a sentence says why', async () => {
    await editRecords('Kept', addObjective('kept'))
    const before = hash()
    const { Storage } = await import('../../../renderer/database/index.ts')
    const commit = vi
      .spyOn(Storage.prototype, 'commit')
      .mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError'))
    await Promise.all([editRecords('Lost', addObjective('lost')), editRecords('On top', addObjective('top'))])
    expect(hash()).toBe(before)
    expect(useHistory.getState().undoLabel).toBe('Kept')
    expect(useWorkbook.getState().saveState).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/^“Lost”: The disk .* is full/),
    })
    expect(useJobs.getState().toasts).toHaveLength(1)
    commit.mockRestore()
    await editRecords('Again', addObjective('again'))
    expect(useWorkbook.getState().saveState.kind).toBe('saved')
    await desk.restart()
    expect(objectives().sort()).toEqual(['again=again', 'kept=kept'])
  })

  test('only in the second copy: the step stays and a sentence says that it is in one copy', async () => {
    desk.disk.vault!.failure = new Error('gone')
    await editRecords('Add', addObjective('o1'))
    expect(objectives()).toEqual(['o1=o1'])
    expect(useWorkbook.getState().saveState).toMatchObject({
      reason: expect.stringMatching(/second copy could not be written/),
    })
    desk.disk.vault!.failure = null
    await editRecords('Add', addObjective('o2'))
    desk.disk.wipeDatabase()
    await desk.restart()
    expect(objectives()).toEqual(['o1=o1', 'o2=o2'])
    expect(useWorkbook.getState().notice).toMatch(/Restored from the second copy/)
  })
})

describe('laws', () => {
  const change = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    name: fc.constantFrom('x', 'y', 'z', null),
    label: fc.constantFrom('Name', 'Order'),
    remembered: fc.constantFrom('step' as const, 'join' as const),
    pause: fc.constantFrom(0, 2_000),
    move: fc.constantFrom('edit', 'edit', 'edit', 'undo', 'redo'),
  })
  const edited =
    (id: string, name: string | null) =>
    (records: WorkbookRecords): WorkbookRecords => {
      if (name !== null) return addObjective(id, name)(records)
      const { [id]: _gone, ...objectivesLeft } = records.objectives
      return { ...records, objectives: objectivesLeft }
    }

  test('undo all ends at the start, redo all at the end, and both are stored (seed 7)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (moves) => {
        await startEmpty('Plan')
        const start = hash()
        for (const { id, name, label, remembered, pause, move } of moves) {
          desk.later(pause)
          if (move === 'edit') await editRecords(label, edited(id, name), remembered)
          else await (move === 'undo' ? undo() : redo())
        }
        while (useHistory.getState().redoLabel !== null) await redo()
        const end = hash()
        while (useHistory.getState().undoLabel !== null) await undo()
        expect(hash()).toBe(start)
        while (useHistory.getState().redoLabel !== null) await redo()
        expect(hash()).toBe(end)
        await desk.restart()
        expect(hash()).toBe(end)
        desk.disk.wipeDatabase()
        await desk.restart()
        expect(hash()).toBe(end)
      }),
      { seed: 7, numRuns: 25 },
    )
  }, 60_000)
})
