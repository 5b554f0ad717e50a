import { describe, expect, test } from 'vitest'
import type { Day, WeekKey } from '../../../../shared/calendar/index.ts'
import type { KeyResult } from '../../../../shared/okr/index.ts'
import { emptyRecords, type WorkbookRecords } from '../../../../shared/workbook/index.ts'
import {
  EMPTY_DRAFT,
  type NoteDraft,
  notesOfWeek,
  putNote,
  withDone,
  withoutNote,
} from '../../../../renderer/views/wall/note-edits.ts'
import { putTarget } from '../../../../renderer/views/wall/target-edits.ts'

const week = (key: string) => key as WeekKey
const draft = (more: Partial<NoteDraft>): NoteDraft => ({ ...EMPTY_DRAFT, text: 'x', ...more })
const written = (...notes: readonly (readonly [id: string, week: string, draft: Partial<NoteDraft>])[]) =>
  notes.reduce<WorkbookRecords>(
    (records, [id, of, more]) => putNote(records, draft(more), { id, week: week(of) }),
    emptyRecords(),
  )

describe('notes of a week', () => {
  test('a note keeps no owner and no day, a follow-up both; text is trimmed', () => {
    const more = { text: '  ask  ', owner: ' Ada ', due: '2026-11-23' as Day }
    const { weekNotes } = written(
      ['a', '2026-W46', { ...more, kind: 'decision' }],
      ['b', '2026-W46', { ...more, kind: 'follow-up' }],
    )
    expect(weekNotes['a']).toMatchObject({ text: 'ask', owner: '', due: null, order: 1 })
    expect(weekNotes['b']).toMatchObject({ text: 'ask', owner: 'Ada', due: '2026-11-23', isDone: false, order: 2 })
  })

  test('changing a follow-up leaves it done and in its place; made a note it is no longer done', () => {
    const before = withDone(written(['a', '2026-W45', { kind: 'follow-up' }]), 'a', true)
    const place = { id: 'a', week: week('2026-W45') }
    expect(putNote(before, draft({ kind: 'follow-up', text: 'y' }), place).weekNotes['a']).toMatchObject({
      text: 'y',
      isDone: true,
      order: 1,
    })
    expect(putNote(before, draft({ kind: 'note' }), place).weekNotes['a']!.isDone).toBe(false)
  })

  test('open follow-ups come along to later weeks, done ones stay with their own', () => {
    const records = written(
      ['old', '2026-W44', { kind: 'follow-up' }],
      ['own', '2026-W46', { kind: 'follow-up' }],
      ['said', '2026-W44', { kind: 'note' }],
      ['later', '2026-W47', { kind: 'follow-up' }],
    )
    const ids = (all: WorkbookRecords, of: string) => notesOfWeek(all.weekNotes, week(of)).followUps.map(({ id }) => id)
    expect(ids(records, '2026-W46')).toEqual(['old', 'own'])
    expect(ids(withDone(records, 'old', true), '2026-W46')).toEqual(['own'])
    expect(ids(withDone(records, 'own', true), '2026-W46')).toEqual(['old', 'own'])
    expect(ids(withoutNote(records, 'old'), '2026-W46')).toEqual(['own'])
    expect(notesOfWeek(records.weekNotes, week('2026-W46')).notes).toEqual([])
    expect(notesOfWeek(records.weekNotes, week('2026-W44')).notes.length).toBe(1)
  })
})

describe('the target of a metric', () => {
  const settings = { id: 'settings', isSample: false } as unknown as WorkbookRecords['settings'][string]
  const records: WorkbookRecords = { ...emptyRecords(), settings: { settings } }

  test('is kept in the settings where no key result has it, and taken away again', () => {
    const set = putTarget(records, 'cycle-time', null, 20)
    expect(set.settings['settings']!.targets).toEqual({ 'cycle-time': 20 })
    expect(putTarget(set, 'cycle-time', null, null).settings['settings']!.targets).toEqual({})
  })

  test('is kept in its key result, which a target cannot be taken from', () => {
    const keyResult = { id: 'k', target: 30 } as KeyResult
    const set = putTarget(records, 'cycle-time', keyResult, 20)
    expect(set.keyResults['k']!.target).toBe(20)
    expect(set.settings).toBe(records.settings)
    expect(putTarget(records, 'cycle-time', keyResult, null)).toBe(records)
  })
})
