import { describe, expect, it } from 'vitest'
import { hashOfPlace, placeOfHash } from '../../../renderer/app/places.ts'
import { nameMonth, quarterChoices } from '../../../renderer/app/quarter-choices.ts'
import { tellSaveState } from '../../../renderer/app/save-words.ts'
import { writeReport } from '../../../renderer/app/write-report.ts'
import { PLACES } from '../../../renderer/stores/screen.ts'

describe('places in the address', () => {
  it('comes back to every place', () => {
    for (const place of PLACES) expect(placeOfHash(hashOfPlace(place))).toBe(place)
  })

  it('knows no others', () => {
    for (const hash of ['', '#', '#/', '#/walls', '#/wall/x', '#/__proto__']) expect(placeOfHash(hash)).toBeNull()
  })
})

describe('quarterChoices', () => {
  it('offers four quarters ahead and five back, each by its first month', () => {
    const choices = quarterChoices('2026-11', { startMonth: 2 })
    expect(choices).toHaveLength(10)
    expect(choices[0]).toEqual({ id: '2027-11', label: 'FY28 Q4', hint: 'Nov 2027 to Jan 2028' })
    expect(choices[4]).toEqual({ id: '2026-11', label: 'FY27 Q4', hint: 'Nov 2026 to Jan 2027' })
    expect(choices.at(-1)!.id).toBe('2025-08')
  })

  it('names months', () => expect(nameMonth('2026-11')).toBe('Nov 2026'))
})

describe('tellSaveState', () => {
  it('says the reason of a failure', () => {
    expect(tellSaveState({ kind: 'failed', reason: 'the disk is full' })).toEqual({
      short: 'Not saved',
      whole: 'The last change is not saved: the disk is full',
    })
    expect(tellSaveState({ kind: 'saved', at: null }).short).toBe('Saved')
    expect(tellSaveState({ kind: 'saving' }).short).toBe('Saving…')
  })
})

describe('writeReport', () => {
  it('holds the fault, where it was and on what', () => {
    const fault = new Error('unhandled: lever')
    const report = writeReport(fault, '\n    at WallView', 'Chrome 156')
    expect(report).toContain('Quarterdeck report\nChrome 156')
    expect(report).toContain('Error: unhandled: lever')
    expect(report).toContain('at WallView')
  })

  it('takes anything thrown', () => expect(writeReport('no', '', 'x')).toContain('Thrown value: no'))
})
