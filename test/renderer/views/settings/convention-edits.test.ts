import { describe, expect, test } from 'vitest'
import { withCause } from '../../../../renderer/measured/wait-cause-edits.ts'
import {
  withFeatureType,
  withPatterns,
  withWaiting,
  withWorkingDay,
} from '../../../../renderer/views/settings/convention-edits.ts'
import { withSettings } from '../../../../renderer/views/settings/edit-settings.ts'
import type { FoundStatus } from '../../../../shared/metrics/index.ts'
import { EMPTY } from '../../../shared/workbook/workbook-cases.ts'

const usual = EMPTY.records.settings['settings']!
const status = (name: string, read: FoundStatus['class']): FoundStatus => ({
  name,
  class: read,
  items: 1,
  hours: 1,
  cause: 'people',
})
const statuses = [status('Blocked', 'waiting'), status('In Review', 'working'), status('Done', 'done')]

describe('statuses that wait', () => {
  test('the first one set keeps what waited by name', () => {
    expect(withWaiting(usual, statuses, 'In Review', true)).toEqual({ waitingStatuses: ['Blocked', 'In Review'] })
  })
  test('one that is taken away leaves those no import holds now', () => {
    const settings = { ...usual, waitingStatuses: ['Parked', 'blocked'] }
    expect(withWaiting(settings, statuses, 'Blocked', false)).toEqual({ waitingStatuses: ['Parked'] })
  })
  test('none left is as usual again, and the field is gone', () => {
    const change = withWaiting({ ...usual, waitingStatuses: ['Blocked'] }, statuses, 'Blocked', false)
    expect(withSettings({ ...usual, waitingStatuses: ['Blocked'] }, change)).toEqual(usual)
  })
})

test('types of features start from those that are features as usual', () => {
  const types = [
    { name: 'Epic', items: 2, finished: 1, isFeature: true },
    { name: 'Story', items: 2, finished: 1, isFeature: false },
  ]
  expect(withFeatureType(usual, types, 'Story', true)).toEqual({ featureTypes: ['Epic', 'Story'] })
  expect(withFeatureType({ ...usual, featureTypes: ['story'] }, types, 'Story', false)).toEqual({
    featureTypes: undefined,
  })
})

test('working days stay in their order, and one is left', () => {
  const working = { days: [1, 3], from: 540, until: 1020 }
  expect(withWorkingDay(working, 2, true).days).toEqual([1, 2, 3])
  expect(withWorkingDay(working, 1, true).days).toEqual([1, 3])
  expect(withWorkingDay(working, 3, false).days).toEqual([1])
  expect(withWorkingDay({ ...working, days: [1] }, 1, false).days).toEqual([1])
})

test('a cause is kept under the name in lower case, beside the others', () => {
  expect(withCause({ blocked: 'people' }, ' QA ', 'tooling')).toEqual({ blocked: 'people', qa: 'tooling' })
})

test('patterns: one list leaves the other; without any the list alone holds', () => {
  const settings = { ...usual, codeScope: { code: ['*.bzl'], notCode: [] } }
  expect(withPatterns(settings, { notCode: ['/docs/'] })).toEqual({
    codeScope: { code: ['*.bzl'], notCode: ['/docs/'] },
  })
  expect(withPatterns(settings, { code: [] })).toEqual({ codeScope: undefined })
})
