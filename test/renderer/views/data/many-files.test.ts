import { describe, expect, it } from 'vitest'
import {
  answersTo,
  jobsAskingAlike,
  tellJobs,
  wantsAttention,
} from '../../../../renderer/views/data/import-questions.ts'
import type { ImportJob } from '../../../../renderer/stores/jobs.ts'
import type { ImportRecord } from '../../../../shared/importers/index.ts'
import type { Issue } from '../../../../shared/issues/index.ts'

const note = (code: Issue['code']): Issue => ({ code, wanted: '', did: 'noted' })

function staged(counts: Partial<ImportRecord['counts']>, more: Partial<ImportRecord> = {}): ImportJob['state'] {
  const all = { rows: 0, new: 0, changed: 0, duplicate: 0, keptAside: 0, blank: 0, ...counts }
  return {
    kind: 'staged',
    record: { counts: all, notes: [], ...more } as unknown as ImportRecord,
    keptAside: [],
    recognisedBy: '',
  }
}

const job = (state: ImportJob['state'], choices: ImportJob['choices'] = {}): ImportJob => ({
  id: '',
  fileName: '',
  size: 0,
  choices,
  state,
})

describe('many files at once', () => {
  it('are summed up in one line, with what is left to do', () => {
    expect(
      tellJobs([
        job(staged({ new: 1200, keptAside: 3 })),
        job(staged({ duplicate: 7 })),
        job({ kind: 'refused', issues: [] }),
        job({ kind: 'reading', share: 0, rows: 0 }),
      ]),
    ).toBe(
      '2 of 4 read, rows: 1,200 new, 7 duplicate, 3 kept aside; 1 need an answer or cannot be read; 1 still being read',
    )
  })

  it('ask for a look only where something is open', () => {
    const overlaps = [{ why: 'same-money' }] as unknown as NonNullable<ImportRecord['overlaps']>
    expect(wantsAttention(job(staged({ new: 1 })))).toBe(false)
    expect(wantsAttention(job(staged({ keptAside: 1 })))).toBe(true)
    expect(wantsAttention(job({ kind: 'refused', issues: [] }))).toBe(true)
    expect(wantsAttention(job(staged({ new: 1 }, { overlaps })))).toBe(true)
    expect(wantsAttention(job(staged({ new: 1 }, { overlaps }), { overlap: 'both' }))).toBe(false)
    const zoneless = staged({ new: 1 }, { notes: [note('import/zone-not-stated')] })
    expect(wantsAttention(job(zoneless))).toBe(true)
    expect(wantsAttention(job(zoneless, { zone: 'Europe/Oslo' as never }))).toBe(false)
    // The file name tells the repository unless the user knows better.
    expect(wantsAttention(job(staged({ new: 1 }, { notes: [note('import/repository-from-file-name')] })))).toBe(false)
  })

  it('that ask the same are answered at once; what is each file’s own is not handed on', () => {
    const asking = (id: string, ...codes: readonly Issue['code'][]): ImportJob => ({
      ...job({ kind: 'refused', issues: codes.map(note) }),
      id,
    })
    const jobs = [
      asking('a', 'import/day-order-ambiguous'),
      asking('b', 'import/day-order-mixed'),
      asking('c', 'import/day-order-ambiguous', 'import/zone-needed'),
      asking('d', 'import/unknown-format'),
      asking('e', 'import/unknown-format'),
      { ...job(staged({ new: 1 }, { notes: [note('import/day-order-ambiguous')] })), id: 'f' },
    ]
    const alike = (id: string, questions: Parameters<typeof jobsAskingAlike>[2]) =>
      jobsAskingAlike(jobs, id, questions).map((one) => one.id)
    expect(alike('a', ['dayOrder'])).toEqual(['b'])
    expect(alike('c', ['dayOrder', 'zone'])).toEqual([])
    expect(alike('d', ['as', 'mapping'])).toEqual([])
    expect(alike('a', [])).toEqual([])
    const choices = { dayOrder: 'day-first', as: 'focus', headerLine: 3 } as const
    expect(answersTo(['dayOrder'], choices)).toEqual({ dayOrder: 'day-first' })
  })
})
