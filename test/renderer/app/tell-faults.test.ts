import { beforeEach, expect, test } from 'vitest'
import { tellFaults } from '../../../renderer/app/tell-faults.ts'
import { useJobs } from '../../../renderer/stores/jobs.ts'
import { CancelledError } from '../../../renderer/workers/index.ts'

beforeEach(() => useJobs.setState(useJobs.getInitialState(), true))

test.each([
  [
    new Error('out of memory'),
    ['This could not be done: out of memory. What was saved is as it was; try again, or reload the page.'],
  ],
  ['odd', ['This could not be done: odd. What was saved is as it was; try again, or reload the page.']],
  [new CancelledError(), []],
])('of %s it tells %j', (reason, told) => {
  const page = new EventTarget()
  tellFaults(page)
  page.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }))
  expect(useJobs.getState().toasts.map(({ text }) => text)).toEqual(told)
})
