import { expect, test } from 'vitest'
import { meetingKey, type MeetingWish } from '../../../../renderer/views/wall/use-meeting.ts'

const check = (key: string, openAt: number | null, expected: MeetingWish | null, more = {}) =>
  expect(meetingKey({ key, ctrlKey: false, metaKey: false, altKey: false, ...more }, 5, openAt), key).toEqual(expected)

test('digits open and close what is behind a number', () => {
  check('1', null, { kind: 'open', index: 0 })
  check('5', 0, { kind: 'open', index: 4 })
  check('2', 1, { kind: 'open', index: null })
  check('6', null, null)
  check('1', null, null, { ctrlKey: true })
})

test('arrows go round', () => {
  check('ArrowRight', null, { kind: 'open', index: 0 })
  check('ArrowRight', 4, { kind: 'open', index: 0 })
  check('ArrowLeft', 0, { kind: 'open', index: 4 })
})

test('Esc closes first and leaves then', () => {
  check('Escape', 2, { kind: 'open', index: null })
  check('Escape', null, { kind: 'leave' })
  check('a', null, null)
})

test('N writes a note', () => {
  check('n', null, { kind: 'write' })
  check('N', 2, { kind: 'write' })
  check('n', null, null, { ctrlKey: true })
})
